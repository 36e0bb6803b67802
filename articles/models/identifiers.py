"""DOIs and PubMed ids as columns: kept bare, however they were written and wherever they come from."""

from collections.abc import Callable
from typing import Any

from django.db import models

from articles.evidence import citations


class IdentifierField(models.CharField):
    """Text that is an identifier is kept, and looked for, as `bare` writes it; what is none stays as it is."""

    bare: Callable[[str], str]

    def get_prep_value(self, value: Any) -> Any:
        value = super().get_prep_value(value)
        return (type(self).bare(value) or value) if value else value

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        value = self.get_prep_value(super().pre_save(model_instance, add))
        setattr(model_instance, self.attname, value)
        return value

    def deconstruct(self) -> Any:
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.CharField", args, kwargs


class DoiField(IdentifierField):
    bare = staticmethod(citations.bare_doi)


class PmidField(IdentifierField):
    bare = staticmethod(citations.bare_pmid)
