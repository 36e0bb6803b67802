"""RichTextField: a text column to which nothing unsafe can be written."""

from typing import Any

from django.db import models

from articles.richtext.sanitizer import clean
from articles.richtext.widgets import RichTextWidget


class RichTextField(models.TextField):
    """Sanitizes in `pre_save`, so that the instance holds what was stored, and before every write to the database."""

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        value = super().pre_save(model_instance, add)
        if isinstance(value, str):
            value = clean(value)
            setattr(model_instance, self.attname, value)
        return value

    def get_db_prep_save(self, value: Any, connection: Any) -> Any:
        return super().get_db_prep_save(clean(value) if isinstance(value, str) else value, connection)

    def deconstruct(self) -> Any:
        """Migrations know a plain text column, so the editor can be left without touching one."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.TextField", args, kwargs

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{**kwargs, "widget": RichTextWidget})
