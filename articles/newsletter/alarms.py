"""What a person must see to: raised once, on the desk until it is over. `heartbeat` tells by mail."""

from datetime import datetime

from django.utils import timezone

from articles.models import Alarm, Issue


def ring(key: str, sentence: str, *, issue: Issue | None = None, at: datetime | None = None) -> None:
    """Raises an alarm, or raises it again if it had been over; one that stands is left as it is."""
    at = at or timezone.now()
    fresh = {"sentence": sentence, "issue": issue, "raised_at": at}
    alarm, made = Alarm.objects.get_or_create(key=key, defaults=fresh)
    if not made and (alarm.over_at is not None or alarm.sentence != sentence):
        Alarm.objects.filter(pk=alarm.pk).update(**fresh, told_at=None, over_at=None)


def stands(key: str) -> bool:
    return Alarm.objects.filter(key=key, over_at=None).exists()


def over(*keys: str, at: datetime | None = None) -> None:
    Alarm.objects.filter(key__in=keys, over_at=None).update(over_at=at or timezone.now())
