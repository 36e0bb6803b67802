"""Renditions of pictures, served by name; the originals are never served."""

import re

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest
from django.views.decorators.http import require_safe

TYPES = {"jpg": "image/jpeg", "jpeg": "image/jpeg", "webp": "image/webp", "avif": "image/avif", "png": "image/png"}
NAME = re.compile(r"^renditions/[0-9a-f]{2}/[0-9a-f]{64}-\d{1,5}\.(jpe?g|webp|avif|png)$")


@require_safe
def rendition(request: HttpRequest, name: str) -> FileResponse:
    """A name holds the hash of its picture, so what it answers never changes."""
    found = NAME.match(name)
    if found is None or not default_storage.exists(name):
        raise Http404
    response = FileResponse(default_storage.open(name), content_type=TYPES[found[1]])
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    return response
