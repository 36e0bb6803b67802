"""Cards of procedures and devices: written from a label, guideline or review, checked by somebody, on a day."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest

from articles.admin.medicines import HazardsField, LinesField
from articles.evidence.drug_classes import key
from articles.evidence.promises import KINDS
from articles.models import Procedure


class PartsField(HazardsField):
    """One part a line: its names | where it lies | where it does not lie, each list with semicolons."""

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(map(_as_line, value)) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        if isinstance(value, list):
            return value
        return [_as_part(line) for line in str(value or "").splitlines() if line.strip()]


def _as_line(part: dict[str, Any]) -> str:
    return " | ".join(["; ".join(part["names"]), part["lies"], "; ".join(part["elsewhere"])])


def _as_part(line: str) -> dict[str, Any]:
    names, lies, elsewhere = ([*(" ".join(part.split()) for part in line.split("|")), "", ""])[:3]
    part = {"names": _listed(names), "lies": lies, "elsewhere": _listed(elsewhere)}
    if line.count("|") != 2 or not all(part.values()):
        raise forms.ValidationError(
            f"“{line.strip()}” needs names, then “|” and where it lies, then “|” and where it does not lie."
        )
    return part


def _listed(words: str) -> list[str]:
    return [phrase for phrase in map(str.strip, words.split(";")) if phrase]


class ProcedureForm(forms.ModelForm):
    class Meta:
        model = Procedure
        fields = (
            "name", "other_names", "is_surgery", "parts", "hazards", "signs", "accurate", "source", "checked_by",
            "checked_on",
        )  # fmt: skip
        field_classes = {
            **dict.fromkeys(("other_names", "accurate"), LinesField),
            **dict.fromkeys(("hazards", "signs"), HazardsField),
            "parts": PartsField,
        }
        widgets = {
            **dict.fromkeys(("other_names", "accurate"), forms.Textarea(attrs={"rows": 4})),
            **dict.fromkeys(("parts", "hazards", "signs"), forms.Textarea(attrs={"rows": 6, "cols": 100})),
        }

    def clean_accurate(self) -> list[str]:
        claims: list[str] = self.cleaned_data["accurate"]
        if unknown := [claim for claim in claims if key(claim) not in map(key, KINDS)]:
            known = ", ".join(f"“{kind}”" for kind in KINDS)
            raise forms.ValidationError(f"“{unknown[0]}” isn’t a claim that the checks ask about. They know {known}.")
        return claims

    def clean(self) -> Any:
        data = super().clean() or {}
        if data.get("checked_by") and not data.get("checked_on"):
            self.add_error("checked_on", "Enter the date it was checked.")
        return data


@admin.register(Procedure)
class ProcedureAdmin(admin.ModelAdmin):
    form = ProcedureForm
    actions = None
    list_display = ["name", "is_surgery", "checked_by", "checked_on"]
    list_filter = ["is_surgery", ("checked_by", admin.EmptyFieldListFilter)]
    list_select_related = ["checked_by"]
    search_fields = ["name", "other_names"]
    autocomplete_fields = ["checked_by"]
    fieldsets = [
        (None, {"fields": [("name", "is_surgery"), "other_names", "parts"]}),
        ("What an article must tell", {"fields": ["hazards", "signs"]}),
        ("Claims", {"fields": ["accurate"]}),
        ("Source", {"fields": ["source", ("checked_by", "checked_on")]}),
    ]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """A card that says something else now, and that nobody has checked again, is not checked."""
        changed = set(form.changed_data)
        if change and obj.checked_by_id and changed and not changed & {"checked_by", "checked_on"}:
            obj.checked_by = obj.checked_on = None
            messages.warning(request, "This card changed, so it is no longer marked as checked.")
        super().save_model(request, obj, form, change)
