"""Renditions of pictures. The row decides at every request whether its file is sent; the originals never are."""

import hashlib
import re

from django.conf import settings
from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from articles.images import renditions
from articles.models import Image

NAME = re.compile(
    r"renditions/(?P<folder>[0-9a-f]{24})/(?P<stamp>[0-9a-f]{12})/"
    r"(?:(?P<shape>card|social)-\d{1,3}-\d{1,3}-)?(?P<width>\d{1,5})\.(?P<extension>avif|webp|jpg)"
)
FORMATS = {extension: format for format, extension in renditions.FORMATS.items()}
# Kept by caches, and asked about at each use: a picture that was withdrawn is gone at once, from there too.
CACHING = "public, no-cache"


@require_safe
def rendition(request: HttpRequest, name: str) -> HttpResponse:
    """A file; the way to it where its credit has changed or its picture was replaced; 410 if it was withdrawn."""
    asked = NAME.fullmatch(name)
    image = Image.objects.with_credit().of_file(asked["folder"]).first() if asked else None
    if asked is None or image is None:
        raise Http404
    shown = image.present
    if not shown.is_shown:
        if shown.hidden_reason == "withdrawn":
            return _told(HttpResponse("This picture was taken down.\n", status=410, content_type="text/plain"))
        raise Http404
    present = shown.rendition_url(int(asked["width"]), FORMATS[asked["extension"]], asked["shape"] or "full")
    if present != settings.MEDIA_URL + name:
        return _told(HttpResponseRedirect(present))
    return _told(_file(request, name, renditions.TYPES[asked["extension"]]))


def _file(request: HttpRequest, name: str, content_type: str) -> HttpResponse:
    try:
        with default_storage.open(name) as file:
            data = file.read()
    except FileNotFoundError as problem:
        raise Http404 from problem
    response = HttpResponse(data, content_type=content_type)
    response["ETag"] = etag = f'"{hashlib.blake2b(data, digest_size=12).hexdigest()}"'
    return get_conditional_response(request, etag=etag, response=response) or response


def _told(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = CACHING
    return response
