"""What a reader or an editor sees when an address leads nowhere, or when we failed."""

import sys

from django.conf import settings
from django.db import InternalError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

TRY_AGAIN_IN = 60  # seconds


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "articles/not_found.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Touches neither database nor session: they may be what failed.

    A database that is locked, read-only or away (the kinds of error that Django's backends raise for it) is told
    apart: what was sent is not lost, it only has to be sent again.
    """
    away = isinstance(sys.exc_info()[1], OperationalError | InternalError)
    page = "articles/unavailable.html" if away else "articles/server_error.html"
    response = HttpResponse(render_to_string(page, {"site_name": settings.SITE_NAME}), status=503 if away else 500)
    if away:
        response["Retry-After"] = str(TRY_AGAIN_IN)
    response["Cache-Control"] = "no-store"
    return response
