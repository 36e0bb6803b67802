"""For the machine that watches: is the process alive, and can it serve readers? What is looked at: `readiness`."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from articles.views import readiness


@never_cache
@require_safe
def live(request: HttpRequest) -> HttpResponse:
    return HttpResponse("live\n", content_type="text/plain")


@never_cache
@require_safe
def ready(request: HttpRequest) -> HttpResponse:
    """200 where readers can be served, 503 where not; each check by its name for those with the token."""
    found = readiness.found()
    is_ready = not any(found[name] for name in readiness.NEEDED)
    status = 200 if is_ready else 503
    if not _may_know(request):
        return HttpResponse("ready\n" if is_ready else "not ready\n", content_type="text/plain", status=status)
    checks = {name: {"state": _state(name, said), **({"reason": said} if said else {})} for name, said in found.items()}
    return JsonResponse({"ready": is_ready, "checks": checks}, status=status)


def _state(name: str, said: str) -> str:
    if not said:
        return "ok"
    return "failed" if name in readiness.NEEDED else "warning"


def _may_know(request: HttpRequest) -> bool:
    scheme, _space, given = request.headers.get("Authorization", "").partition(" ")
    token = settings.HEALTH_TOKEN
    return bool(token) and scheme.lower() == "bearer" and constant_time_compare(given.strip(), token)


PAGES: dict[str, Callable[[HttpRequest], HttpResponse]] = {"/health/live": live, "/health/ready": ready}


def first(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Callable[[HttpRequest], HttpResponseBase]:
    """Middleware before all that look at the scheme and the host: load balancers ask over plain HTTP, by an address."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        page = PAGES.get(request.path_info)
        if page is None:
            return get_response(request)
        response = page(request)
        response["X-Content-Type-Options"] = "nosniff"
        response["Content-Security-Policy"] = "default-src 'none'; frame-ancestors 'none'"
        return response

    return answer
