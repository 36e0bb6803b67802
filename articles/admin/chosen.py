"""A choice by search whose present row the form has already: it is shown without asking the database for it again."""

from typing import Any

from django import forms
from django.contrib.admin.options import BaseModelAdmin
from django.contrib.admin.widgets import AutocompleteSelect
from django.db.models import ForeignKey, Model
from django.http import HttpRequest


class ChosenSelect(AutocompleteSelect):
    """Django's own asks for the chosen row of each field, so once for each row of an inline."""

    chosen: Model | None = None

    def optgroups(self, name: str, value: Any, attr: Any = None) -> Any:
        wanted = [number for number in value if number]
        known = [self.chosen] if self.chosen is not None and wanted == [str(self.chosen.pk)] else []
        if wanted and not known:
            return super().optgroups(name, value, attr)
        options = [] if self.is_required else [self.create_option(name, "", "", False, 0)]
        options += [self.create_option(name, row.pk, str(row), True, len(options)) for row in known]
        return [(None, options, 0)]


class ChosenAdmin(BaseModelAdmin):
    """The `autocomplete_fields` of an admin or an inline whose form is a ChosenForm."""

    def formfield_for_foreignkey(self, db_field: ForeignKey[Any, Any], request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs["widget"] = ChosenSelect(db_field, self.admin_site, using=kwargs.get("using"))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class ChosenForm(forms.ModelForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            select = getattr(field.widget, "widget", field.widget)  # the admin wraps it in its links
            if isinstance(select, ChosenSelect) and getattr(self.instance, f"{name}_id"):
                select.chosen = getattr(self.instance, name)
