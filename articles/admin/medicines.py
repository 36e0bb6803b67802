"""Cards of medicines: written from the label, checked by somebody, on a day."""

from abc import ABC, abstractmethod
from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from articles.admin.public_texts import KeepsItsAddress, PublicTextForm
from articles.evidence import route_words
from articles.models import Drug, Edition, Label
from articles.publishing import medicines


class LinesField(forms.CharField):
    """A list of words as lines of text; empty lines are left out."""

    widget = forms.Textarea

    def __init__(self, *, encoder: Any = None, decoder: Any = None, **kwargs: Any) -> None:
        super().__init__(**{**kwargs, "show_hidden_initial": False})

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        lines = value if isinstance(value, list) else str(value or "").splitlines()
        return list(dict.fromkeys(stripped for line in lines if (stripped := " ".join(str(line).split()))))

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool(self.to_python(initial) != self.to_python(data))


class _TableField(forms.CharField, ABC):
    """A list of dictionaries as lines of text, one a row, with "|" between its parts."""

    widget = forms.Textarea

    def __init__(self, *, encoder: Any = None, decoder: Any = None, **kwargs: Any) -> None:
        super().__init__(**{**kwargs, "show_hidden_initial": False})

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, list):
            return value
        return "\n".join(" | ".join(part for part in self.parts(row) if part) for row in value)

    def to_python(self, value: Any) -> Any:
        if isinstance(value, list):
            return value
        return [self.row(line) for line in str(value or "").splitlines() if line.strip()]

    def has_changed(self, initial: Any, data: Any) -> bool:
        return str(self.prepare_value(initial) or "").split() != str(data or "").split()

    @abstractmethod
    def parts(self, row: dict[str, Any]) -> list[str]:
        """A row as the cells of its line."""

    @abstractmethod
    def row(self, line: str) -> dict[str, Any]:
        """Raises ValidationError where the line is no row."""


class HazardsField(_TableField):
    """One hazard a line: its sense | phrases that tell it; with semicolons | words for its one use, if any."""

    def parts(self, row: dict[str, Any]) -> list[str]:
        return [row["sense"], "; ".join(row["told_by"]), "; ".join(row.get("only_if", []))]

    def row(self, line: str) -> dict[str, Any]:
        sense, *lists = _cells(line)
        phrases = [_phrases(part, blank=" *…") for part in lists]
        if not sense or not phrases or not phrases[0] or len(phrases) > 2:
            raise forms.ValidationError(f"“{line.strip()}” needs a hazard, then “|” and the phrases that tell it.")
        return {
            "sense": sense,
            "told_by": phrases[0],
            **({"only_if": phrases[1]} if phrases[1:] and phrases[1] else {}),
        }


class RoutesField(_TableField):
    """Routes of one source a line: what they are | the routes; with semicolons | the source | brands, if any."""

    def parts(self, row: dict[str, Any]) -> list[str]:
        return [row["status"], "; ".join(row["routes"]), row["source"], "; ".join(row.get("brands", []))]

    def row(self, line: str) -> dict[str, Any]:
        status, names, source, brands, *more = [*_cells(line), "", "", ""][: max(4, line.count("|") + 1)]
        if status not in route_words.STATUSES or not _phrases(names) or not source or more:
            raise forms.ValidationError(
                f"“{line.strip()}” needs “approved”, “forbidden” or “not approved”, then “|” and the routes, then “|” "
                "and the source."
            )
        if unknown := [name for name in _phrases(names) if name not in route_words.NAMES]:
            known = ", ".join(f"“{name}”" for name in route_words.NAMES)
            raise forms.ValidationError(f"“{unknown[0]}” is not one of the routes. They are {known}.")
        only = {"brands": _phrases(brands)} if _phrases(brands) else {}
        return {"status": status, "routes": _phrases(names), "source": source, **only}


def _cells(line: str) -> list[str]:
    return [" ".join(part.split()) for part in line.split("|")]


def _phrases(cell: str, *, blank: str = " ") -> list[str]:
    return [phrase.strip() for phrase in cell.split(";") if phrase.strip(blank)]


LISTS = ("brands", "former_brands", "class_synonyms")


class DrugForm(PublicTextForm):
    class Meta:
        model = Drug
        fields = (
            "name", "slug", "is_class", "brands", "former_brands", "drug_class", "class_synonyms", "what_it_is",
            "boxed_warning", "hazards", "route", "how_it_is_given", "routes", "source", "checked_by", "checked_on",
        )  # fmt: skip
        field_classes = {**dict.fromkeys(LISTS, LinesField), "hazards": HazardsField, "routes": RoutesField}
        widgets = {
            **dict.fromkeys(LISTS, forms.Textarea(attrs={"rows": 4})),
            **dict.fromkeys(("what_it_is", "how_it_is_given"), forms.Textarea(attrs={"rows": 4})),
            **dict.fromkeys(("hazards", "routes"), forms.Textarea(attrs={"rows": 6, "cols": 100})),
        }

    def clean(self) -> Any:
        data = super().clean() or {}
        if data.get("boxed_warning") and not data.get("hazards") and not self.has_error("hazards"):
            self.add_error("hazards", "Add what an article must say about this warning.")
        if data.get("checked_by") and not data.get("checked_on"):
            self.add_error("checked_on", "Enter the date it was checked.")
        return data


class CheckedFilter(admin.SimpleListFilter):
    title = "checked"
    parameter_name = "checked"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("no", "Not checked yet"), ("differ", "Labels that differ"), ("boxed", "With a boxed warning")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        differing = Q(label__in=Label.objects.differing())
        kinds = {"no": Q(checked_by=None), "differ": differing, "boxed": ~Q(boxed_warning="")}
        wanted = kinds.get(self.value() or "")
        return queryset.filter(wanted) if wanted else queryset


@admin.register(Drug)
class DrugAdmin(KeepsItsAddress):
    form = DrugForm
    list_display = ["name", "drug_class", "has_box", "checked_by", "checked_on"]
    list_filter = [CheckedFilter, "drug_class"]
    list_select_related = ["checked_by"]
    list_per_page = 100
    search_fields = ["name", "brands", "drug_class"]
    autocomplete_fields = ["checked_by"]
    readonly_fields = ["named_in", "against"]

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        return [
            (
                None,
                {
                    "fields": [
                        ("name", "slug"),
                        ("drug_class", "is_class"),
                        ("brands", "former_brands"),
                        "class_synonyms",
                        "what_it_is",
                    ]
                },
            ),
            ("Routes", {"fields": ["route", "how_it_is_given", "routes"]}),
            ("Boxed warning", {"fields": ["boxed_warning", "hazards"]}),
            (
                "Source",
                {"fields": ["source", ("checked_by", "checked_on"), *(["against", "named_in"] if obj else [])]},
            ),
        ]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if set(form.changed_data) - {"checked_by", "checked_on"}:
            obj.changed_at, obj.checked_label = timezone.now(), None
        super().save_model(request, obj, form, change)

    @admin.display(description="boxed warning")
    def has_box(self, drug: Drug) -> str:
        return "Yes" if drug.boxed_warning else "–"

    @admin.display(description="Its label")
    def against(self, drug: Drug) -> str:
        if drug.label is None:
            return "Not imported."
        state = "Checked against it." if drug.checked_label_id == drug.label_id else "Not checked against it yet."
        address = reverse("admin:articles_label_change", args=[drug.label.pk])
        return format_html('<a href="{}">{}</a>. {}', address, drug.label, " ".join([state, *drug.label.differences]))

    @admin.display(description="Published articles that name it")
    def named_in(self, drug: Drug) -> str:
        titles = [edition.title for edition in medicines.naming(Edition.objects.live(), drug)]
        return "; ".join(titles) or "None."
