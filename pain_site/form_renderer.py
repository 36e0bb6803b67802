"""How the fields of forms become HTML: by Django's own templates for them in Jinja2, which takes half the time.

An article's form renders three hundred. The admin's own templates exist for Django's engine only, and keep it.
"""

from typing import Any

from django.forms.renderers import DjangoTemplates, Jinja2
from django.utils.functional import cached_property


class FormRenderer(DjangoTemplates):
    @cached_property
    def jinja(self) -> Jinja2:
        return Jinja2()

    def get_template(self, template_name: str) -> Any:
        if template_name.startswith("django/forms/"):
            return self.jinja.get_template(template_name)
        return super().get_template(template_name)
