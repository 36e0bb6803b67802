"""Notes on sources: that a later version exists, or why an old one is still the best."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone

from articles.models import SourceNote


@admin.register(SourceNote)
class SourceNoteAdmin(admin.ModelAdmin):
    list_display = ["citation", "doi", "successor", "classic", "by", "at"]
    list_select_related = ["by"]
    search_fields = ["citation", "successor", "=doi", "=pmid"]
    when_empty = (
        "No notes yet. An article’s page lists its old and superseded sources; the link beside each leads here. A note "
        "says that a later version exists, or why the source is still the best."
    )
    fieldsets = [
        (None, {"fields": ["citation", ("doi", "pmid")]}),
        ("Superseded by", {"fields": ["successor", ("successor_doi", "successor_pmid"), "successor_url"]}),
        ("Classic", {"fields": ["classic"]}),
    ]
    formfield_overrides = {SourceNote._meta.get_field("citation").__class__: {"widget": forms.Textarea({"rows": 3})}}

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """A note is its last writer's."""
        obj.by, obj.at = request.user, timezone.now()
        super().save_model(request, obj, form, change)
