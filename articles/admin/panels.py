"""The panels beside an article's text: they stand outside the form's element and belong to it all the same.

What is checked and reviewed has forms of its own, and HTML has no form within a form: fields of the article that are
beside the text name their form instead.
"""

from typing import Any

from django import forms
from django.utils.functional import cached_property

FORM = "article_form"
NAMES = ("checks", "details", "search", "picture", "references", "history")


class PanelField(forms.BoundField):
    """A field that says which form it belongs to, wherever on the page it stands."""

    def build_widget_attrs(self, attrs: Any, widget: Any = None) -> Any:
        return {**super().build_widget_attrs(attrs, widget), "form": FORM}


class PanelFormSet(forms.BaseInlineFormSet):
    """Rows beside the text; their count is sent with the article's form as well."""

    @cached_property
    def management_form(self) -> Any:
        form: Any = super().management_form
        for field in form.fields.values():
            field.widget.attrs["form"] = FORM
        return form


def of_fieldset(fieldset: Any) -> str:
    """The panel that a fieldset says it belongs to, by its class; empty for what stands in the text's own page."""
    found = [name for name in NAMES if f"panel-{name}" in fieldset.classes.split()]
    return found[0] if found else ""


def of_inline(prefix: str) -> str:
    return "references" if prefix == "references" else "details"


def context(adminform: Any, inlines: Any) -> dict[str, Any]:
    """The parts of the form, in the panel that each belongs to, and which panels have something to correct."""
    fieldsets: dict[str, list[Any]] = {name: [] for name in ("", *NAMES)}
    formsets: dict[str, list[Any]] = {name: [] for name in NAMES}
    refused: set[str] = set()
    for fieldset in adminform:
        panel = of_fieldset(fieldset)
        fieldsets[panel].append(fieldset)
        names = {name for line in fieldset.fields for name in ([line] if isinstance(line, str) else line)}
        refused |= {panel} if names & adminform.form.errors.keys() else set()
    for inline in inlines:
        panel = of_inline(inline.formset.prefix)
        formsets[panel].append(inline)
        refused |= {panel} if inline.formset.is_bound and not inline.formset.is_valid() else set()
    first = next((name for name in NAMES if name in refused), "checks")
    return {"page": fieldsets[""], "fieldsets": fieldsets, "formsets": formsets, "refused": refused, "open": first}
