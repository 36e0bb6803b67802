"""Readers get no cookie, whatever their browser sent along from other applications on this host."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse


def none_for_readers(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: outside the desk no answer sets a cookie, renews a broken one, or varies on one."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if not request.path.startswith(settings.SESSION_COOKIE_PATH):
            response.cookies.clear()
            names = [name.strip() for name in response.get("Vary", "").split(",")]
            varies = [name for name in names if name.lower() not in ("", "cookie")]
            if varies:
                response["Vary"] = ", ".join(varies)
            elif response.has_header("Vary"):
                del response["Vary"]
        return response

    return answer
