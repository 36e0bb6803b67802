"""How long a copy of a public page may be kept (RFC 9111, RFC 5861), and answers to those who kept one (RFC 9110)."""

import hashlib
from collections.abc import Callable
from datetime import datetime, timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, quote_etag

from articles import cache

# No `stale-while-revalidate`: browsers obey it too, and would show a page as it was before what its reader just did.
SHARED = "public, max-age=0, s-maxage="  # how what `for_shared_caches` says begins
LONGEST = 60  # seconds; what an editor changes by hand is seen by everybody after that
LONGEST_AWAY = 600  # seconds; while the site can't answer, a cache may go on with its copy for that long
KEPT = frozenset({200, 301, 304, 404, 410})
# In a request's META where its answer is to be kept in the process (`articles.page_cache`): until when it stays true.
# It stays None where the answer isn't for everybody.
TRUE_UNTIL = "articles.true_until"


def until_the_next_change(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Middleware: caches that many share may keep a public page for a minute, never past the moment at which the clock
    changes it. A reader's own browser asks each time, so that what they just did, or just published, is there.
    """

    def answer(request: HttpRequest) -> HttpResponseBase:
        asked_at = timezone.now()
        response = get_response(request)
        if request.method not in ("GET", "HEAD") or request.path.startswith(settings.SESSION_COOKIE_PATH):
            return response
        if TRUE_UNTIL in request.META and response.status_code == 200 and _is_public(response):
            request.META[TRUE_UNTIL] = true_until(asked_at)
        if response.status_code in KEPT and not response.has_header("Cache-Control"):
            response["Cache-Control"] = for_shared_caches(seconds_until(true_until(asked_at)))
            return _unless_known(request, response)
        return response

    return answer


def _is_public(response: HttpResponseBase) -> bool:
    """Whether the view says so, or leaves it to the middleware above."""
    return "public" in response.get("Cache-Control", "public")


def _unless_known(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """The answer, or 304 to a browser that has this very page."""
    if response.status_code != 200 or response.has_header("ETag") or not isinstance(response, HttpResponse):
        return response
    response["ETag"] = etag = _etag(response.content)
    return get_conditional_response(request, etag=etag, response=response) or response


def _etag(content: bytes) -> str:
    return quote_etag(hashlib.sha256(content).hexdigest()[:32])


def for_shared_caches(left: int) -> str:
    """For a page that stays true for so many seconds: no copy is used after that, not even while the site is away."""
    kept = min(LONGEST, left)
    return f"{SHARED}{kept}, stale-if-error={min(LONGEST_AWAY, left) - kept}"


def true_until(asked_at: datetime) -> datetime:
    """The end of a page that was asked for at `asked_at`: when an edition begins or ends, or the day does.

    With the day reviews become due.
    """
    midnight = timezone.localtime(asked_at).replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    return min(filter(None, (cache.next_change(asked_at), midnight)))


def seconds_until(end: datetime) -> int:
    """0 where it passed while the page was being made."""
    return max(0, int((end - timezone.now()).total_seconds()))


def conditional(
    request: HttpRequest, content: bytes, *, content_type: str, changed_at: datetime | None
) -> HttpResponseBase:
    """An answer with `ETag` and `Last-Modified`; 304 without a body to a client that has this very content already."""
    etag = _etag(content)
    response = HttpResponse(content, content_type=content_type)
    response["ETag"] = etag
    stamp = int(changed_at.timestamp()) if changed_at else None
    if stamp is not None:
        response["Last-Modified"] = http_date(stamp)
    return get_conditional_response(request, etag=etag, last_modified=stamp, response=response) or response
