"""The clock's sign of life: when it last went round, and telling the administrators when it stood still.

`management.supervisor` tells them while it stands still, the clock itself when it runs again.
"""

from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from articles.mail import alarms, outbox
from articles.mail.bodies import written
from articles.mail.kinds import Kind, register
from articles.mail.message import Message
from articles.models import OutgoingMail

LATE = timedelta(minutes=10)


def _path() -> Path:
    return Path(settings.VAR_DIR) / "heartbeat"


def last() -> datetime | None:
    """When the clock last went round; None where it never did, or where its file says nothing readable."""
    try:
        at = datetime.fromisoformat(_path().read_text().strip())
    except (OSError, ValueError):
        return None
    return at if timezone.is_aware(at) else None


def silence(at: datetime | None = None) -> timedelta | None:
    """How long the clock has been silent; None where it never went round. A clock set back counts as none."""
    before = last()
    return None if before is None else max(timedelta(), (at or timezone.now()) - before)


def beat(at: datetime | None = None) -> None:
    """Leaves the sign of life, and tells the administrators by mail if the clock stood still before it."""
    at = at or timezone.now()
    stood_still = silence(at)
    path = _path()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(at.isoformat())
    if stood_still is not None and stood_still >= LATE:
        tell(at - stood_still, at)


def tell(since: datetime, until: datetime | None = None) -> None:
    """Tells every administrator and ADMINS by mail that the clock stood still, or without `until` that it does."""
    who = Q(groups__name="Site administrator") | Q(is_superuser=True)
    people = get_user_model().objects.filter(who, is_active=True).distinct()
    context = {"since": since.isoformat(), "until": until and until.isoformat()}
    for address in alarms.addresses_of(people):
        outbox.enqueue(ClockStoodStill.name, address, key=f"{since} {until}", context=context)


@register
class ClockStoodStill(Kind):
    """What waited, and that it goes on by itself; or that it still waits."""

    name = "clock_stood_still"

    def write(self, mail: OutgoingMail, at: datetime) -> Message | None:
        since, until = mail.context["since"], mail.context["until"]
        return written(
            "clock",
            f"The clock of {settings.SITE_NAME} " + ("stopped for a while" if until else "has stopped"),
            since=datetime.fromisoformat(since),
            until=datetime.fromisoformat(until) if until else None,
            desk=settings.SITE_URL + reverse("admin:index"),
        )
