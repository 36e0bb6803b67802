"""What a reader or an editor sees when an address leads nowhere, or when we failed."""

import sys
from urllib.parse import quote

from django.conf import settings
from django.db import InternalError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import is_valid_path
from django.utils.http import escape_leading_slashes

from articles.images.storage import StorageAway

TRY_AGAIN_IN = 60  # seconds
AWAY = {"database": (OperationalError, InternalError), "file storage": (StorageAway,)}


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """An address with capitals leads to the same one in small letters, with its last slash, where there is such a page.

    Whether anything is published there is that page's own answer.
    """
    if request.method in ("GET", "HEAD") and (meant := _in_small_letters(request.path_info)):
        query = request.META.get("QUERY_STRING", "")
        return HttpResponsePermanentRedirect(f"{meant}?{query}" if query else meant)
    return render(request, "articles/not_found.html", status=404)


def _in_small_letters(path: str) -> str:
    """The address of ours that was meant; "" where capitals are not what is wrong with it."""
    small = path.lower()
    if small == path:
        return ""
    return next(
        (escape_leading_slashes(quote(address)) for address in (small, f"{small}/") if is_valid_path(address)), ""
    )


def server_error(request: HttpRequest) -> HttpResponse:
    """Touches neither database nor session: they may be what failed.

    A database that is locked, read-only or away (the kinds of error that Django's backends raise for it) is told
    apart, and so is a bucket that is away: what was sent is not lost, it only has to be sent again.
    """
    problem = sys.exc_info()[1]
    away = next((name for name, kinds in AWAY.items() if isinstance(problem, kinds)), "")
    page = "articles/unavailable.html" if away else "articles/server_error.html"
    context = {"site_name": settings.SITE_NAME, "away": away}
    response = HttpResponse(render_to_string(page, context), status=503 if away else 500)
    if away:
        response["Retry-After"] = str(TRY_AGAIN_IN)
    response["Cache-Control"] = "no-store"
    return response
