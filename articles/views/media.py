"""Renditions of pictures. The row decides at every request whether its file is sent; the originals never are.

Public is what a live page shows or a newsletter that went out. The pages that show other pictures, a preview behind a
signed link or a page of the admin, let their reader see those for a day by a signature in each picture’s address.
"""

import hashlib
import re
from collections.abc import Iterable
from datetime import timedelta
from urllib.parse import urlencode

from django.conf import settings
from django.core import signing
from django.core.files.storage import default_storage
from django.db.models import Exists, OuterRef, Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.templatetags.static import static
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from articles.images import renditions
from articles.models import Edition, EditionPicture, Image
from articles.publishing import share_cards

NAME = re.compile(
    r"renditions/(?P<folder>[0-9a-f]{24})/(?P<stamp>[0-9a-f]{12})/"
    r"(?:(?P<shape>card)-\d{1,3}-\d{1,3}-)?(?P<width>\d{1,5})\.(?P<extension>avif|webp|jpg)"
)
FORMATS = {extension: format for format, extension in renditions.FORMATS.items()}
# Kept by caches, and asked about at each use: a picture that was withdrawn is gone at once, from there too.
CACHING = "public, no-cache"
PRIVATE = "private, no-store"
LETS_IN = "articles.media.lets_in"  # what a signature is for
LETS_IN_FOR = timedelta(days=1)


def let_in(images: Iterable[Image]) -> None:
    """Lets those who are shown these pictures on a private page see their files, which may not be public."""
    for image in images:
        shown = image.present
        shown.pass_query = "?" + urlencode({"pass": signing.dumps(renditions.folder_for(shown.digest), salt=LETS_IN)})


@require_safe
def rendition(request: HttpRequest, name: str) -> HttpResponse:
    """A file; the way to it where its credit has changed or its picture was replaced; 410 if it was withdrawn."""
    asked = NAME.fullmatch(name)
    places = EditionPicture.objects.seen_by_readers().filter(
        Q(image=OuterRef("pk")) | Q(image__replaced_by=OuterRef("pk"))
    )
    pictures = Image.objects.with_credit().annotate(is_public=Exists(places))
    image = pictures.of_file(asked["folder"]).first() if asked else None
    if asked is None or image is None:
        raise Http404
    shown = image.present
    if not shown.is_shown:
        if shown.hidden_reason == "withdrawn":
            return _told(HttpResponse("This picture was taken down.\n", status=410, content_type="text/plain"))
        raise Http404
    if not image.is_public and not _has_pass(request, image):
        raise Http404
    present = shown.rendition_url(int(asked["width"]), FORMATS[asked["extension"]], asked["shape"] or "full")
    if present != settings.MEDIA_URL + name:
        query = "" if image.is_public else "?" + urlencode({"pass": request.GET["pass"]})
        return _told(HttpResponseRedirect(present + query), is_public=image.is_public)
    return _told(_file(request, name, renditions.TYPES[asked["extension"]]), is_public=image.is_public)


@require_safe
def share_card(request: HttpRequest, article: int, digest: str) -> HttpResponse:
    """The card of a live article, or the way to the one it has now; the site's own where none could be drawn yet."""
    edition = Edition.objects.live().filter(article=article).select_related("section", "review").first()
    if edition is None:
        raise Http404
    card = share_cards.card_of(edition)
    if digest != card.digest:
        return _told(HttpResponseRedirect(share_cards.address(edition, card)))
    try:
        return _told(_file(request, share_cards.file_of(digest), "image/png"))
    except (Http404, OSError):
        return _told(HttpResponseRedirect(static("articles/card.png")))


def _has_pass(request: HttpRequest, image: Image) -> bool:
    try:
        folder = signing.loads(request.GET.get("pass", ""), salt=LETS_IN, max_age=LETS_IN_FOR)
    except signing.BadSignature:
        return False
    return bool(folder == renditions.folder_for(image.digest))


def _file(request: HttpRequest, name: str, content_type: str) -> HttpResponse:
    try:
        with default_storage.open(name) as file:
            data = file.read()
    except FileNotFoundError as problem:
        raise Http404 from problem
    response = HttpResponse(data, content_type=content_type)
    response["ETag"] = etag = f'"{hashlib.blake2b(data, digest_size=12).hexdigest()}"'
    return get_conditional_response(request, etag=etag, response=response) or response


def _told(response: HttpResponse, *, is_public: bool = True) -> HttpResponse:
    response["Cache-Control"] = CACHING if is_public else PRIVATE
    return response
