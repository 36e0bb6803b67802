"""A web address as a column. Django 6 makes this the default, and then `models.URLField` will do."""

from typing import Any

from django.db import models


class LinkField(models.URLField):
    """An address typed without its scheme means https, not http."""

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"assume_scheme": "https", **kwargs})

    def deconstruct(self) -> Any:
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.URLField", args, kwargs
