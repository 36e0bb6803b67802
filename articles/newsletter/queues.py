"""How much is waiting to leave by mail, and since when: for those who watch the site."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Min
from django.utils import timezone

from articles.models import Delivery, Issue, OutgoingMail
from articles.newsletter.delivery import settling


@dataclass(frozen=True)
class Queues:
    """Single mails, and the copies of the issues that are under way and of the newest one, by state."""

    mails: int
    oldest_mail: timedelta
    deliveries: dict[int, dict[str, int]]  # an issue's number; every state
    oldest_delivery: timedelta  # how long a copy has been due that nobody has claimed


def now(at: datetime | None = None) -> Queues:
    at = at or timezone.now()
    mails = OutgoingMail.objects.aggregate(number=Count("pk"), oldest=Min("queued_at"))
    due = Delivery.objects.due(at).filter(issue__state=Issue.SENDING).order_by().aggregate(oldest=Min("next_at"))
    return Queues(mails["number"], _since(mails["oldest"], at), _deliveries(), _since(due["oldest"], at))


def _since(moment: datetime | None, at: datetime) -> timedelta:
    return max(at - moment, timedelta()) if moment else timedelta()


def _deliveries() -> dict[int, dict[str, int]]:
    newest = Issue.objects.exclude(approved_at=None).order_by("-number")[:1]
    return {issue.number: settling.counts(issue) for issue in [*newest, *Issue.objects.under_way()]}
