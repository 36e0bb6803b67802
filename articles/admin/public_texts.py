"""Forms for texts that readers see beside the articles, which editors alone change; and the history of those texts."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from articles.admin.editions import ReadOnlyAdmin
from articles.models import TextChange
from articles.publishing import public_texts


class PublicTextForm(forms.ModelForm):
    """Says beside what was typed why it cannot be published."""

    by: Any

    def full_clean(self) -> None:
        super().full_clean()
        if self.is_bound and not self.errors:
            for finding in public_texts.findings(self.instance, by=self.by):
                if finding.is_error:
                    self.add_error(None, finding.message)


class PublicTextAdmin(admin.ModelAdmin):
    """A row with such texts: they are read only for those who may not publish, and each change is history."""

    form = PublicTextForm
    actions = None
    named_by_all: Sequence[str] = ()  # of a new row, what those who may not publish may write too

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change, **kwargs)
        return type(form.__name__, (form,), {"by": request.user})

    def has_add_permission(self, request: HttpRequest) -> bool:
        may_write = public_texts.may_change(request.user) or bool(self.named_by_all)  # type: ignore[arg-type]
        return may_write and super().has_add_permission(request)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        own = list(super().get_readonly_fields(request, obj))
        if public_texts.may_change(request.user):  # type: ignore[arg-type]
            return own
        free = () if obj else self.named_by_all
        return [*own, *(name for name in public_texts.names(self.model) if name not in (*own, *free))]

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> dict[str, Any]:
        """An address, once given, stays: links lead to it."""
        return {} if obj else super().get_prepopulated_fields(request, obj)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        for finding in public_texts.findings(obj, by=request.user):  # type: ignore[arg-type]
            messages.warning(request, finding.message)
        public_texts.save(obj, by=request.user)  # type: ignore[arg-type]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        may_delete: bool = super().has_delete_permission(request, obj)
        return may_delete and public_texts.may_change(request.user)  # type: ignore[arg-type]

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        public_texts.remove(obj, by=request.user)  # type: ignore[arg-type]


class KeepsItsAddress(PublicTextAdmin):
    """An address, once given, stays: links lead to it."""

    prepopulated_fields = {"slug": ["name"]}

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        readonly = super().get_readonly_fields(request, obj)
        return ["slug", *readonly] if obj and "slug" not in readonly else readonly


@admin.register(TextChange)
class TextChangeAdmin(ReadOnlyAdmin):
    list_display = ["__str__", "by", "at"]
    list_filter = ["kind"]
    list_select_related = ["by"]
    search_fields = ["key"]
    when_empty = "No changes yet. Each change of a definition, summary, biography or medicine is kept here."
    fields = ["kind", "key", ("by", "at"), "differences"]
    readonly_fields = ["differences"]

    @admin.display(description="what changed")
    def differences(self, change: TextChange) -> SafeString:
        texts = (
            (name.replace("_", " "), _shown(before), _shown(after)) for name, before, after in change.differences()
        )
        return format_html_join("", "<p><b>{}</b><br>It said: {}<br>It says: {}</p>", texts)


def _shown(value: Any) -> str:
    """A list of names in one line, and a table row by row."""
    if isinstance(value, dict):
        return " | ".join(map(_shown, value.values()))
    if isinstance(value, list):
        return ("; " if any(isinstance(row, dict) for row in value) else ", ").join(map(_shown, value)) or "(nothing)"
    return str(value) or "(nothing)"
