"""Bringing a picture into the library: its bytes checked, its renditions made, its row written, or none of it."""

from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from articles.images import intake, renditions
from articles.models import Image


def store(data: bytes, *, name: str, by: Any = None, alt: str = "", is_decorative: bool = False) -> Image:
    """The library's picture of these bytes: a new one, or the one that is there already.

    Files are written before the row, so that no row stands without its file. Raises `intake.RefusedPicture`.
    """
    accepted = intake.accept(data, name=name)
    if (known := Image.objects.filter(digest=accepted.digest).first()) is not None:
        return known
    path = f"pictures/{accepted.digest[:2]}/{accepted.digest}.{accepted.extension}"
    _write(path, accepted.data)
    for rendition in renditions.make(accepted.data, digest=accepted.digest):
        _write(rendition.name, rendition.data)
    with transaction.atomic():
        image, _created = Image.objects.get_or_create(
            digest=accepted.digest,
            defaults={
                "file": path,
                "format": accepted.format,
                "width": accepted.width,
                "height": accepted.height,
                "alt": alt,
                "is_decorative": is_decorative,
                "uploaded_by": by,
            },
        )
    return image


def _write(path: str, data: bytes) -> None:
    """Names are hashes of what they hold, so a file that is there already is the same file."""
    if not default_storage.exists(path):
        default_storage.save(path, ContentFile(data))
