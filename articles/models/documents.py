"""Where documents are kept that nobody is ever sent an address of: letters of permission, saved pages."""

from typing import Any

from django.core.files.storage import Storage, storages
from django.db import models

from articles.images.storage import WholeFileStorage


class PrivateStorage(WholeFileStorage):
    """A folder beside the media, not below them. The desk hands its files out by itself, as downloads."""

    def url(self, name: Any) -> str:
        raise ValueError("A private document has no address.")


def documents() -> Storage:
    """Looked up when the application starts, so that no migration names a path."""
    return storages["documents"]


class DocumentField(models.FileField):
    """A file among them, named by its hash; migrations know it as any file."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "storage": documents})

    def deconstruct(self) -> Any:
        name, _path, args, kwargs = super().deconstruct()
        kwargs.pop("storage", None)
        return name, "django.db.models.FileField", args, kwargs
