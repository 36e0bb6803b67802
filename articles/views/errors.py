"""What a reader sees when an address leads nowhere, or when we failed."""

from django.http import HttpRequest, HttpResponse, HttpResponseServerError
from django.shortcuts import render
from django.template.loader import render_to_string


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "articles/not_found.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Touches neither database nor session: they may be what failed."""
    return HttpResponseServerError(render_to_string("articles/server_error.html"))
