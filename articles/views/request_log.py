"""Every request as it is answered: a number of its own, and one line in the log that names no address and no
reader, and one more in what is counted (`articles.metrics`)."""

import logging
import secrets
import sys
import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.urls import Resolver404, resolve
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
        number, began = secrets.token_hex(8), time.perf_counter()
        with bound_contextvars(request_id=number):
            response = get_response(request)
            name, seconds = route(request), time.perf_counter() - began
            level = logging.DEBUG if name in ASKED_BY_MACHINES else logging.INFO
            method = request.method if request.method in METHODS else "other"
            facts = {"method": method, "route": name, "status": response.status_code}
            logger.log(level, "request", extra={**facts, "ms": round(1000 * seconds, 1)})
        metrics.REQUESTS.labels(method, name, response.status_code).inc()
        metrics.DURATIONS.labels(name).observe(seconds)
        response[HEADER] = number
        return response

    return answer


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
