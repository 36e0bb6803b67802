"""Errors to Sentry, or to a server that speaks its language: what the log says of them, and nothing more.

Imported only where SENTRY_DSN is set: the package `sentry-sdk` is in `deploy/requirements.txt`.
"""

from typing import Any

import sentry_sdk
from sentry_sdk.integrations.logging import EventHandler
from sentry_sdk.types import Event, Hint

from pain_site import redaction
from pain_site.logs import WithoutFloods

# All of an event that leaves this machine; not among them: the request, the user, the machine's name, values in frames.
KEPT = ("event_id", "timestamp", "level", "logger", "platform", "release", "sdk", "modules", "exception", "logentry")


class Reports(WithoutFloods, EventHandler):
    """Sends each error that the log would write. None of Sentry's own integrations look into requests and queries."""

    def __init__(self, dsn: str, release: str) -> None:
        super().__init__()
        sentry_sdk.init(
            dsn,
            release=release,
            default_integrations=False,
            include_local_variables=False,
            max_breadcrumbs=0,
            before_send=without_readers,
        )


def without_readers(event: Event, hint: Hint) -> Event:
    whole: dict[str, Any] = {name: value for name, value in event.items() if name in KEPT}
    request = getattr(hint.get("log_record"), "request", None)
    words = redaction.brought(request) if request is not None else []
    for problem in (whole.get("exception") or {}).get("values", []):
        problem["value"] = redaction.cleaned(str(problem.get("value") or ""), words)
    if entry := whole.get("logentry"):
        whole["logentry"] = {"message": redaction.cleaned(entry["formatted"], words)}
    return whole  # type: ignore[return-value]
