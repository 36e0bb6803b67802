"""The page behind the link of a mail about a changed reviewer or rule: a GET shows the change, a POST stops it.

Mail scanners open every link, so nothing happens before the button. The link itself is what a post needs.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from articles.publishing import safeguards
from articles.publishing.links import LinkRefused
from articles.views.origin import FROM_ELSEWHERE, from_another_site
from articles.views.previews import refusal_page, unlisted


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stop_change(request: HttpRequest, token: str) -> HttpResponse:
    try:
        asked = safeguards.open_stop(token)
    except LinkRefused as refusal:
        return refusal_page(request, refusal)
    if request.method != "POST":
        return _page(request, {"asked": asked})
    if from_another_site(request):
        return _page(request, {"asked": asked, "problems": [FROM_ELSEWHERE]}, 403)
    stopped = asked.open
    try:
        for change in stopped:
            safeguards.stop(change, by=None)
    except safeguards.SafeguardRefused as refusal:
        return _page(request, {"asked": safeguards.open_stop(token), "problems": refusal.problems}, 422)
    return _page(request, {"asked": asked, "stopped": bool(stopped)})


def _page(request: HttpRequest, context: dict[str, object], status: int = 200) -> HttpResponse:
    return unlisted(render(request, "articles/stop_change.html", context, status=status))
