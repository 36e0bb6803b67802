"""The references of an article: added by DOI, PubMed id, citation or file, put in order, and cited from the text."""

import json
from dataclasses import asdict
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.forms.widgets import Script
from django.http import HttpRequest, JsonResponse
from django.urls import URLPattern, path
from django.views.decorators.http import require_POST

from articles.admin import panels
from articles.bibliography import reading
from articles.bibliography.records import trimmed
from articles.models import Reference
from articles.publishing import citing
from articles.richtext.citing import renumbered

LONGEST = 100_000  # characters of a record as JSON
LAST = 1000  # behind every place that can be entered


class RecordField(forms.JSONField):
    """What an imported file said of a source. It is sent back and forth, so whatever is no such record is dropped."""

    widget = forms.HiddenInput

    def to_python(self, value: Any) -> Any:
        if not isinstance(value, str):
            return trimmed(value)
        try:
            return trimmed(json.loads(value)) if len(value) <= LONGEST else {}
        except (ValueError, RecursionError):
            return {}


class ReferenceForm(forms.ModelForm):
    bound_field_class = panels.PanelField
    record = RecordField(required=False)
    position = forms.IntegerField(
        label="place", required=False, min_value=0, max_value=999, help_text="Numbers in the text follow when you save."
    )

    def clean_position(self) -> int:
        return self.cleaned_data["position"] or 0


class ReferenceFormSet(panels.PanelFormSet):
    def in_order(self) -> tuple[list[tuple[int, Any]], int]:
        """The forms that stay, by their new order, each with the number that the text knows it by; and how many
        numbers there were.
        """
        new = [form for form in self.extra_forms if form.has_changed()]
        numbered = list(enumerate([*self.initial_forms, *new], 1))
        kept = [(number, form) for number, form in numbered if form not in self.deleted_forms]
        kept.sort(key=lambda pair: (_place(pair[1], pair[1] in new), pair[0]))
        return kept, len(numbered)

    def put_in_order(self, article: Any) -> list[int]:
        """Numbers the saved references from 1, and the text with them; the numbers of those that went."""
        kept, count = self.in_order()
        for place, (_number, form) in enumerate(kept, 1):
            if form.instance.position != place:
                form.instance.position = place
                form.instance.save(update_fields=["position"])
        moved = citing.moves(kept, of=count)
        article.body = renumbered(article.body, lambda number: moved.get(number, number))
        return [number for number, now in moved.items() if now is None]


def _place(form: Any, is_new: bool) -> float:
    """Before what has its new place if it is new or moved up, behind if it moved down; new ones without are last."""
    wanted: int = form.cleaned_data["position"]
    before = form.initial.get("position")
    if is_new:
        return wanted - 0.5 if wanted else LAST
    return wanted if before in (None, wanted) else wanted + (0.5 if wanted > before else -0.5)


class ReferenceInline(admin.StackedInline):
    model = Reference
    form = ReferenceForm
    formset = ReferenceFormSet
    template = "admin/articles/article/references.html"
    extra = 0
    fields = ["citation", ("doi", "pmid"), ("url", "position"), "record"]

    class Media:
        js = [Script("articles/references.js", type="module")]


class ReferencesByIdentifier(admin.ModelAdmin):
    """The view that makes references of what an editor typed or uploaded, and the order of those that are saved."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(require_POST(self.find_references))
        return [path("references/", view, name="articles_article_references"), *super().get_urls()]

    def find_references(self, request: HttpRequest) -> JsonResponse:
        if not self.has_add_permission(request):
            raise PermissionDenied
        if file := request.FILES.get("file"):
            answer = citing.from_file(file.read(reading.MOST_BYTES + 1))
        else:
            answer = citing.from_words(request.POST.get("words", ""))
        return JsonResponse(asdict(answer))

    def order_references(self, request: HttpRequest, article: Any, formsets: Any) -> None:
        for formset in formsets:
            if isinstance(formset, ReferenceFormSet):
                for number in formset.put_in_order(article):
                    messages.info(request, f"Reference {number} was deleted, with its number in the text.")
