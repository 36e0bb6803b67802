"""For the machine that watches: is the process alive, and can it serve readers? What is looked at: `readiness`."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from articles.views import bearer, readiness
from articles.views.metrics import metrics


@never_cache
@require_safe
def live(request: HttpRequest) -> HttpResponse:
    return HttpResponse("live\n", content_type="text/plain")


@never_cache
@require_safe
def ready(request: HttpRequest) -> HttpResponse:
    """200 where readers can be served, 503 where not; each check by its name for those with the token."""
    problems = readiness.found()
    is_ready = not any(problems[name] for name in readiness.NEEDED)
    status = 200 if is_ready else 503
    if not bearer.shows(request, settings.HEALTH_TOKEN):
        return HttpResponse("ready\n" if is_ready else "not ready\n", content_type="text/plain", status=status)
    checks = {
        name: {"state": readiness.state(name, problem), **({"reason": problem} if problem else {})}
        for name, problem in problems.items()
    }
    return JsonResponse({"ready": is_ready, "version": settings.VERSION, "checks": checks}, status=status)


PAGES: dict[str, Callable[[HttpRequest], HttpResponse]] = {
    "/health/live": live,
    "/health/ready": ready,
    "/metrics": metrics,
}


def first(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Callable[[HttpRequest], HttpResponseBase]:
    """Middleware before all that look at the scheme and the host: machines ask over plain HTTP, by an address."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        page = PAGES.get(request.path_info)
        if page is None:
            return get_response(request)
        response = page(request)
        response["X-Content-Type-Options"] = "nosniff"
        response["Content-Security-Policy"] = "default-src 'none'; frame-ancestors 'none'"
        return response

    return answer
