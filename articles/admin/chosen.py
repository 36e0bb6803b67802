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
        if self.chosen is None or value != [str(self.chosen.pk)]:
            return super().optgroups(name, value, attr)
        groups = super().optgroups(name, [], attr)
        options = groups[0][1]
        options.append(self.create_option(name, self.chosen.pk, str(self.chosen), True, len(options)))
        return groups


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
