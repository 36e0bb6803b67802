"""The clock's sign of life: when it last went round; and whom to tell when it stood still or something is amiss.

`management.keeper` tells while it stands still, the clock itself when it goes again.
"""

from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.utils import timezone

from articles.models import Alarm
from articles.newsletter import messages, sending

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


def tell(since: datetime, until: datetime | None = None) -> int:
    """Mails every administrator that the clock stood still, or that it does. The number of mails taken."""
    people = get_user_model().objects.filter(is_active=True, groups__name="Site administrator").exclude(email="")
    message = messages.clock_stood_still(since, until)
    return sum(sending.deliver(message, to=person.email) for person in people.distinct())


def tell_alarms(at: datetime | None = None) -> int:
    """Mails each alarm that nobody was told of to whoever may approve issues. The number of mails taken.

    Of several clocks one tells; where no mail was taken the next round tries again.
    """
    at, taken = at or timezone.now(), 0
    for alarm in Alarm.objects.filter(told_at=None, over_at=None):
        if Alarm.objects.filter(pk=alarm.pk, told_at=None).update(told_at=at):
            told = [sending.deliver(messages.alarm(alarm), to=address) for address in newsletter_editors()]
            taken += sum(told)
            if told and not any(told):
                Alarm.objects.filter(pk=alarm.pk).update(told_at=None)
    return taken


def newsletter_editors() -> list[str]:
    """Addresses of everybody who may approve an issue."""
    people = get_user_model().objects.with_perm(
        "articles.approve_issue", backend="django.contrib.auth.backends.ModelBackend"
    )
    return list(people.exclude(email="").order_by("pk").values_list("email", flat=True))
