"""The lock-out after wrong passwords: five for one name from one address, thirty from one address whatever the names.

An office is one address, and a stranger may share it: a browser in which its user has signed in before is held up by
the first of these alone. It is known by a signed cookie that says the user's name (OWASP calls it a device cookie).
"""

from datetime import datetime
from math import ceil
from typing import Any

from axes.attempts import get_cool_off_threshold
from axes.handlers.database import AxesDatabaseHandler
from axes.handlers.proxy import AxesProxyHandler
from axes.helpers import get_cool_off, get_failure_limit
from axes.models import AccessAttempt
from django.conf import settings
from django.contrib import admin
from django.db.models import Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

MOST_FROM_AN_ADDRESS = 30  # wrong passwords within AXES_COOLOFF_TIME
KNOWN = "known"
KNOWN_FOR = 400 * 24 * 3600  # seconds; browsers keep no cookie longer


class Handler(AxesDatabaseHandler):
    """Counts as axes does, by AXES_LOCKOUT_PARAMETERS, and all names of an address together."""

    def is_locked(self, request: Any, credentials: Any = None) -> bool:
        return super().is_locked(request, credentials) or _is_address_locked(request, credentials)


def _is_address_locked(request: Any, credentials: Any) -> bool:
    failures = _from_address(request).aggregate(total=Sum("failures_since_start"))["total"] or 0
    return failures >= MOST_FROM_AN_ADDRESS and not _is_known(request, credentials["username"])


def _from_address(request: Any) -> Any:
    since = get_cool_off_threshold(request)
    return AccessAttempt.objects.filter(ip_address=request.axes_ip_address, attempt_time__gte=since)


def _is_known(request: HttpRequest, username: str) -> bool:
    return request.get_signed_cookie(KNOWN, default=None, salt=KNOWN, max_age=KNOWN_FOR) == username


def remember(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """The answer to a sign-in; one that succeeded makes the browser a known one of that user."""
    if request.method == "POST" and request.user.is_authenticated:
        response.set_signed_cookie(
            KNOWN,
            request.user.get_username(),
            salt=KNOWN,
            max_age=KNOWN_FOR,
            path=settings.SESSION_COOKIE_PATH,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
    return response


def locked_out(request: Any, response: HttpResponse | None, credentials: dict[str, Any]) -> HttpResponse:
    """The page in place of the form after too many wrong passwords."""
    [of_this_name] = AxesProxyHandler.get_implementation().get_user_attempts(request, credentials)
    unlocks_at = _unlocks_at(request, of_this_name, get_failure_limit(request, credentials))
    is_for_any_name = _is_address_locked(request, credentials)
    if is_for_any_name:
        unlocks_at = max(unlocks_at, _unlocks_at(request, _from_address(request), MOST_FROM_AN_ADDRESS))
    seconds = max(1, ceil((unlocks_at - timezone.now()).total_seconds()))
    context = {"minutes": ceil(seconds / 60), "is_for_any_name": is_for_any_name}
    answer = render(request, "admin/locked_out.html", {**admin.site.each_context(request), **context}, status=429)
    answer["Retry-After"] = str(seconds)
    answer["Cache-Control"] = "no-store"
    return answer


def _unlocks_at(request: Any, attempts: Any, limit: int) -> datetime:
    """When enough failures will have grown old."""
    failures = list(attempts.order_by("attempt_time").values_list("attempt_time", "failures_since_start"))
    left = sum(count for _at, count in failures)
    for at, count in failures:
        left -= count
        if left < limit:
            return at + get_cool_off(request)
    return timezone.now()
