"""A license in a form: which one, and its jurisdiction, instead of six hundred options."""

import json
from functools import cache, lru_cache
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from articles.images import licenses


class LicenseWidget(forms.Widget):
    """Two selects under one name; the second, `…_port`, counts for Creative Commons 1.0 to 3.0 only."""

    template_name = "admin/articles/license_widget.html"

    def format_value(self, value: Any) -> tuple[str, str]:
        license = licenses.LICENSES.get(str(value or ""))
        if license is None:
            return str(value or ""), ""
        return license.code.removesuffix(f"-{license.port}") if license.port else license.code, license.port

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        code, port = self.format_value(value)
        id = context["widget"]["attrs"].get("id", name)
        own = tuple({**context["widget"]["attrs"], "id": id, "data-unneeded": _unneeded()}.items())
        context["which"], context["where"] = _which(name, code, own), _where(name, port, id)
        context["port_id"] = f"{id}_port"
        return context

    def value_from_datadict(self, data: Any, files: Any, name: str) -> str:
        code, port = data.get(name) or "", data.get(f"{name}_port") or ""
        known = licenses.LICENSES.get(code)
        return f"{code}-{port}" if code and port and not (known and known.port) else code

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return name not in data


@cache
def _unneeded() -> str:
    """For the browser: the options, and the fields of a credit that each gives no reason to fill in."""
    alike: dict[tuple[str, ...], list[str]] = {}
    for code in ["", *(code for _group, options in _with("") for code, _name in options)]:
        known = f"{code}-jp" if code.endswith("-2.1") else code  # of 2.1 there are ported versions alone
        alike.setdefault(licenses.unneeded(known), []).append(code)
    return json.dumps([[codes, fields] for fields, codes in alike.items()], separators=(",", ":"))


@lru_cache(maxsize=200)
def _which(name: str, code: str, attrs: tuple[tuple[str, Any], ...]) -> str:
    """The first select, whose hundred options the catalog alone decides."""
    return forms.Select(choices=[("", "not stated"), *_with(code)]).render(name, code, dict(attrs))


@lru_cache(maxsize=200)
def _where(name: str, port: str, id: str) -> str:
    choices = [("", "International (not ported)"), *licenses.jurisdictions()]
    return forms.Select(choices=choices).render(f"{name}_port", port, {"id": f"{id}_port"})


def _with(code: str) -> list[Any]:
    """The groups of licenses; one that ended up in the database without being in the catalog can still be seen."""
    choices = licenses.choices()
    known = {option for _group, options in choices for option, _name in options}
    return [*choices, *([(code, f"{code} (not in the catalog)")] if code and code not in known else [])]


class LicenseFormField(forms.CharField):
    """Cleans to the code of a license of the catalog, or ""."""

    widget = LicenseWidget

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{**kwargs, "label": "Why may we show it?"})

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {}  # a select has no length

    def clean(self, value: Any) -> str:
        code = super().clean(value)
        if code and code not in licenses.LICENSES:
            raise ValidationError(_complaint(code))
        return code


def _complaint(code: str) -> str:
    base, _dash, port = code.rpartition("-")
    place = dict(licenses.jurisdictions()).get(port)
    known = licenses.LICENSES.get(base)
    if place and base.endswith("-4.0"):
        return f"{base.upper()} has no ported versions. Choose “International (not ported)”."
    if place and known and not known.version:
        return f"“{known.name}” has no version ported to {place}. Choose “International (not ported)”."
    if place:
        return f"That license was never ported to {place}. Check the license link on the work’s page."
    if code.endswith("-2.1"):
        return "Version 2.1 exists only for Australia, Canada, Japan and Spain. Choose one."
    return "That license isn’t in the catalog."
