"""Sections, topics in their tree, and the glossary."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest

from articles.admin.medicines import LinesField
from articles.admin.public_texts import KeepsItsAddress, PublicTextAdmin, PublicTextForm
from articles.admin.safeguards import KeepsSafeguards
from articles.models import Section, Term, Topic
from articles.models.safeguards import RULES
from articles.publishing import public_texts, safeguards


@admin.register(Section)
class SectionAdmin(KeepsSafeguards, PublicTextAdmin):
    named_by_all = ("name", "slug")
    list_display = ["name", "position", "requires_review", "requires_references", "requires_risks"]
    prepopulated_fields = {"slug": ["name"]}

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """What a section requires is for site administrators; the rest is editorial."""
        own = super().get_readonly_fields(request, obj)
        return own if request.user.has_perm(safeguards.MAY) else [*own, *RULES]


class TopicForm(PublicTextForm):
    class Meta:
        model = Topic
        fields = (
            "name",
            "slug",
            "parent",
            "section",
            "definition",
            "synonyms",
            "mesh_id",
            "place",
            "icon",
            "medicines",
        )
        field_classes = {"synonyms": LinesField}
        widgets = {"definition": forms.Textarea(attrs={"rows": 3}), "synonyms": forms.Textarea(attrs={"rows": 4})}


@admin.register(Topic)
class TopicAdmin(KeepsItsAddress):
    form = TopicForm
    fields = [
        ("name", "slug"),
        ("parent", "section"),
        "definition",
        ("synonyms", "mesh_id"),
        "medicines",
        ("place", "icon"),
    ]
    list_display = ["name", "parent", "section", "definition", "mesh_id"]
    list_select_related = ["parent", "section"]
    search_fields = ["name", "definition", "synonyms"]
    autocomplete_fields = ["parent", "medicines"]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Which medicines readers find on its page is for those who publish."""
        own = super().get_readonly_fields(request, obj)
        return own if public_texts.may_change(request.user) else [*own, "medicines"]  # type: ignore[arg-type]


class TermForm(PublicTextForm):
    class Meta:
        model = Term
        fields = ("name", "slug", "synonyms", "definition", "source", "source_url")
        field_classes = {"synonyms": LinesField}
        widgets = {"definition": forms.Textarea(attrs={"rows": 4}), "synonyms": forms.Textarea(attrs={"rows": 4})}


@admin.register(Term)
class TermAdmin(KeepsItsAddress):
    form = TermForm
    fields = [("name", "slug"), "definition", "synonyms", ("source", "source_url")]
    list_display = ["name", "definition", "source"]
    list_per_page = 200
    search_fields = ["name", "definition", "synonyms"]
