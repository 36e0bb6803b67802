"""Knowing for a day that something was done already, without knowing by whom.

A trace is a keyed hash (HMAC-SHA-256). Its key is drawn at random for one day and forgotten after it, so that nobody,
we included, can find out later which network or browser a trace was of. No cookie, and no address, is kept.
"""

import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from articles.models import Trace, TraceKey

AN_HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Visitor:
    """What tells readers apart for a day: the address of their network, and what their browser calls itself."""

    network: str
    agent: str


def leave(action: str, about: str, visitor: Visitor, *, at: datetime | None = None) -> bool:
    """Notes a action. False if the same visitor did the same action about the same thing today."""
    at = at or timezone.now()
    key = _key(timezone.localdate(at))
    digest = _hash(key, action, visitor.network, visitor.agent, about)
    try:
        with transaction.atomic():
            Trace.objects.create(digest=digest, network=_hash(key, action, visitor.network), at=at)
    except IntegrityError:
        return False
    return True


def in_an_hour(action: str, visitor: Visitor, *, at: datetime | None = None) -> int:
    """How often a action was done from a visitor's network within the hour, as far as today's key tells."""
    at = at or timezone.now()
    network = _hash(_key(timezone.localdate(at)), action, visitor.network)
    return Trace.objects.filter(network=network, at__gt=at - AN_HOUR).count()


def forget(*, at: datetime | None = None) -> int:
    """Forgets every key and trace of a day before this one; the number of traces."""
    today = timezone.localdate(at)
    TraceKey.objects.exclude(day=today).delete()
    start = timezone.localtime(at or timezone.now()).replace(hour=0, minute=0, second=0, microsecond=0)
    gone, _by_model = Trace.objects.filter(at__lt=start).delete()
    return gone


def _key(day: date) -> str:
    """The key of a day, drawn when it is first wanted; the days before are forgotten then, clock or no clock."""
    known = TraceKey.objects.filter(day=day).first()
    if known is None:
        try:
            with transaction.atomic():
                known = TraceKey.objects.create(day=day, key=secrets.token_hex(32))
        except IntegrityError:  # drawn by another process at the same moment
            return TraceKey.objects.get(day=day).key
        TraceKey.objects.filter(day__lt=day).delete()
    return known.key


def _hash(key: str, *parts: str) -> str:
    joined = "\0".join(parts)
    return salted_hmac("articles.readers.traces", joined, secret=key, algorithm="sha256").hexdigest()
