"""What a person must see to: raised once, on the dashboard until it is over, and told by mail."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from articles.mail import outbox
from articles.mail.bodies import written
from articles.mail.kinds import Kind, register
from articles.mail.message import Message
from articles.mail.wrapping import wrapped
from articles.models import Alarm, Issue, OutgoingMail


def ring(key: str, sentence: str, *, issue: Issue | None = None, at: datetime | None = None) -> None:
    """Raises an alarm, or raises it again if it had been over; one that is open is left as it is."""
    at = at or timezone.now()
    fresh = {"sentence": sentence, "issue": issue, "raised_at": at}
    alarm, made = Alarm.objects.get_or_create(key=key, defaults=fresh)
    if not made and (alarm.over_at is not None or alarm.sentence != sentence):
        Alarm.objects.filter(pk=alarm.pk).update(**fresh, told_at=None, over_at=None)


def is_open(key: str) -> bool:
    return Alarm.objects.filter(key=key, over_at=None).exists()


def was_rung(key: str) -> bool:
    """Whether it was ever raised, over or not."""
    return Alarm.objects.filter(key=key).exists()


def end_old(beginning: str, *, before: datetime) -> None:
    """Ends the alarms whose key begins so and that were raised before a moment."""
    Alarm.objects.filter(key__startswith=beginning, raised_at__lt=before, over_at=None).update(over_at=timezone.now())


def over(*keys: str, at: datetime | None = None) -> None:
    Alarm.objects.filter(key__in=keys, over_at=None).update(over_at=at or timezone.now())


def tell(*, at: datetime | None = None) -> None:
    """Mails each alarm that nobody was told of to all who may approve issues, and to ADMINS. Of several clocks one
    does it.
    """
    at = at or timezone.now()
    for alarm in Alarm.objects.filter(told_at=None, over_at=None):
        with transaction.atomic():
            if Alarm.objects.filter(pk=alarm.pk, told_at=None).update(told_at=at):
                for address in addresses_of(newsletter_editors()):
                    outbox.enqueue("alarm", address, key=alarm.pk, context={"alarm": alarm.pk}, at=at)


def newsletter_editors() -> Any:
    """Everybody who may approve an issue, superusers included."""
    return get_user_model().objects.with_perm(
        "articles.approve_issue", backend="django.contrib.auth.backends.ModelBackend"
    )


def addresses_of(users: Any) -> list[str]:
    """Where these users, and those who run the site (ADMINS), are told of an alarm: each address once."""
    addresses = [
        *users.order_by("pk").values_list("email", flat=True),
        *(address for _name, address in settings.ADMINS),
    ]
    once: dict[str, str] = {}
    for address in filter(None, addresses):
        once.setdefault(address.lower(), address)
    return list(once.values())


@register
class AlarmMail(Kind):
    """What happened, and where to see to it."""

    name = "alarm"

    def write(self, mail: OutgoingMail, at: datetime) -> Message | None:
        alarm = Alarm.objects.filter(pk=mail.context["alarm"], over_at=None).first()
        if alarm is None:
            return None
        page = reverse("admin:index")
        if alarm.issue_id is not None:
            page = reverse("admin:articles_issue_change", args=[alarm.issue_id])
        return written(
            "alarm",
            f"The newsletter of {settings.SITE_NAME} needs you",
            sentence=alarm.sentence,
            plain=wrapped(alarm.sentence),
            desk=settings.SITE_URL + page,
        )
