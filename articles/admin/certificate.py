"""When the certificate of the site's public address ends: asked there over TLS as a browser would, kept for an hour."""

import math
import socket
import ssl
import threading
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.core.cache import cache
from django.utils import timezone
from django.utils.formats import date_format

from articles.views import readiness

WITHIN = 3.0  # seconds that the page waits
KEPT_FOR, PROBLEM_KEPT_FOR = 3600, 300  # seconds
SOON = timedelta(days=21)


@dataclass(frozen=True)
class Answer:
    """When the certificate ends, or why nobody can say: `is_refused` where browsers turn readers away."""

    ends_at: datetime | None = None
    problem: str = ""
    is_refused: bool = False

    def state(self) -> tuple[str, str]:
        """How bad that is, one of readiness' states, and one sentence."""
        if self.ends_at is None:
            return readiness.FAILED if self.is_refused else readiness.WARNING, self.problem
        day, left = date_format(timezone.localtime(self.ends_at), "F j, Y"), self.ends_at - timezone.now()
        if left > SOON:
            return readiness.OK, f"It ends on {day}."
        days = math.ceil(left / timedelta(days=1))
        return readiness.WARNING, f"It ends on {day}, {f'in {days} days' if days > 1 else 'within a day'}. Renew it."


def state() -> tuple[str, str] | None:
    """None where SITE_URL is not https. Waits for three seconds at most, whatever the network does."""
    if not settings.SITE_URL.startswith("https://"):
        return None
    parts = urlsplit(settings.SITE_URL)
    host, port = str(parts.hostname), parts.port or 443
    kept: Answer | None = cache.get(_key(host, port))
    if kept is None or (kept.ends_at and kept.ends_at <= timezone.now()):
        kept = _asked_in_time(host, port)
        cache.set(_key(host, port), kept, KEPT_FOR if kept.ends_at else PROBLEM_KEPT_FOR)
    return kept.state()


def _key(host: str, port: int) -> str:
    return f"certificate.{host}.{port}"


def _asked_in_time(host: str, port: int) -> Answer:
    """A name server may be silent for longer than any socket's limit, so a thread of its own asks."""
    answers: list[Answer] = []
    thread = threading.Thread(target=lambda: answers.append(_ask(host, port)), name="certificate", daemon=True)
    thread.start()
    thread.join(WITHIN)
    return answers[0] if answers else _silent(host, port)


def _silent(host: str, port: int) -> Answer:
    return Answer(problem=f"{host}:{port} did not answer within {WITHIN:.0f} seconds.")


def _ask(host: str, port: int) -> Answer:
    try:
        with (
            socket.create_connection((host, port), timeout=WITHIN) as plain,
            ssl.create_default_context().wrap_socket(plain, server_hostname=host) as secure,
        ):
            ends = str((secure.getpeercert() or {})["notAfter"])
    except TimeoutError:
        return _silent(host, port)
    except ssl.SSLCertVerificationError as problem:
        words = problem.verify_message.rstrip(".")
        return Answer(problem=f"Browsers refuse the certificate of {host}: {words}.", is_refused=True)
    except (OSError, UnicodeError) as problem:
        words = getattr(problem, "strerror", None) or type(problem).__name__
        return Answer(problem=f"{host}:{port} can’t be asked from this machine: {words}.")
    return Answer(datetime.fromtimestamp(ssl.cert_time_to_seconds(ends), UTC))
