"""Every request as it is answered: a number of its own, and one line in the log that names no address and no
reader, and one more in what is counted (`articles.metrics`)."""

import logging
import random
import sys
import time
from collections.abc import Callable
from contextlib import nullcontext
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.urls import Resolver404, resolve
from prometheus_client import Counter, Histogram
from structlog.contextvars import bound_contextvars

from articles import metrics
from articles.images.storage import StorageAway

logger = logging.getLogger(__name__)

HEADER = "X-Request-ID"
METHODS = {"GET", "HEAD", "POST", "OPTIONS", "PUT", "PATCH", "DELETE"}
NOWHERE = "none"  # addresses that lead to no page
STATIC = "static"
ASKED_BY_MACHINES = {"/health/live", "/health/ready", "/metrics"}  # every few seconds: written at `debug` alone


def logged(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Callable[[HttpRequest], HttpResponseBase]:
    """Middleware around all others. The number is made here, whatever a client sends; whatever is logged has it."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        number, began = _number(), time.perf_counter()
        with bound_contextvars(request_id=number):
            response = get_response(request)
            name, seconds = route(request), time.perf_counter() - began
            method = request.method if request.method in METHODS else "other"
            answered(method, name, response.status_code, seconds)
        response[HEADER] = number
        return response

    return answer


def from_the_page_cache(method: str, name: str, status: int, seconds: float) -> str:
    """The number of a request that Django never saw; it is written and counted as any other."""
    number = _number()
    with bound_contextvars(request_id=number) if logger.isEnabledFor(logging.INFO) else nullcontext():
        answered(method, name, status, seconds)
    return number


def answered(method: str, name: str, status: int, seconds: float) -> None:
    level = logging.DEBUG if name in ASKED_BY_MACHINES else logging.INFO
    if logger.isEnabledFor(level):
        facts = {"method": method, "route": name, "status": status}
        logger.log(level, "request", extra={**facts, "ms": round(1000 * seconds, 1)})
    requests, durations = _counters(method, name, status)
    requests.inc()
    durations.observe(seconds)


@lru_cache(maxsize=1000)  # routes, methods and statuses: to look one up among all labels costs more than to count
def _counters(method: str, name: str, status: int) -> tuple[Counter, Histogram]:
    return metrics.REQUESTS.labels(method, name, status), metrics.DURATIONS.labels(name)


def _number() -> str:
    """Unlike any other, which is all that it is for: nobody may do more who guesses it."""
    return f"{random.getrandbits(64):016x}"


def log_error(sender: Any, request: HttpRequest | None = None, **kwargs: Any) -> None:
    """A receiver of Django's `got_request_exception`: an error is one entry, also one in the page that says sorry.

    A storage that is away has written so itself, once for all pictures that are asked for meanwhile.
    """
    if isinstance(sys.exc_info()[1], StorageAway):
        return
    logger.error("Unhandled error", exc_info=True, extra={"request": request})


def route(request: HttpRequest) -> str:
    """The pattern of the address that was asked for, as in `urls`: what stood in its place could be a key or a name."""
    match = request.resolver_match
    if match is None:  # answered by a middleware
        if request.path_info.startswith(settings.STATIC_URL):
            return STATIC
        try:
            match = resolve(request.path_info)
        except Resolver404:
            return NOWHERE
    return f"/{match.route}"
