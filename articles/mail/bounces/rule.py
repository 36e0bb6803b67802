"""Whose mail came back, or was called unwanted, and from when on we write no more.

One hard failure ends a subscription, or three soft ones within 14 days, or one complaint. What a server refuses while
an issue is sent counts when the issue has gone out: one that refuses everybody (`refusal_runs`) refuses us. What is
refused for our own fault (reputation, content) is kept and ends nothing. A report counts where it came to a return path
that we made.
"""

import hashlib
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from articles.mail import journal, suppression
from articles.mail.bounces import reports, return_paths
from articles.mail.bounces.reports import Report
from articles.models import BounceEvent, Delivery, Subscription, Suppression

SOURCE = "mail server"
SOFT_ONES, WITHIN = 3, timedelta(days=14)
SEEN, FORGED, NO_REPORT, NO_FAILURE, ERASED = "seen before", "forged", "no report", "no failure", "erased"


def take(report: Report | None, *, digest: str, at: datetime | None = None) -> str:
    """Takes in what a mail to the bounce address reports. What became of it: its kind, or why it does not count."""
    if report is None:
        return NO_REPORT
    numbers = [number for address in report.addressed_to if (number := return_paths.delivery_of(address))]
    delivery = Delivery.objects.select_related("subscription").filter(pk__in=numbers[:1]).first()
    if delivery is None:
        return FORGED
    if not report.kind:
        return NO_FAILURE
    if delivery.subscription is None:
        return ERASED
    key = f"{delivery.pk} {digest}"
    new = record(
        delivery.subscription, report.kind, status=report.status, said=report.said, key=key, delivery=delivery, at=at
    )
    return report.kind if new else SEEN


def refused(delivery: Delivery, answer: str, *, at: datetime | None = None) -> str:
    """Takes in that a mail server refused a message for good (5yz) while it was handed over. Its kind is returned.

    The subscription goes on until the issue has gone out (`end_pending`): a server that refuses everybody refuses us.
    """
    kind = reports.classify("", answer)
    if delivery.subscription is not None:
        words, key = reports.without_addresses(answer), f"{delivery.pk} refused"
        enhanced = reports.ENHANCED.search(answer)
        status = enhanced[0] if enhanced else ""
        record(delivery.subscription, kind, status=status, said=words, key=key, delivery=delivery, at=at, waits=True)
    return kind


@transaction.atomic
def end_pending(issue: int, *, at: datetime | None = None) -> int:
    """Ends the subscriptions that were refused while an issue (its id) was sent; their number."""
    pending = BounceEvent.objects.pending(issue).select_related("subscription")
    with journal.together():
        for event in pending:
            suppression.silence(event.subscription, Suppression.BOUNCED, source=SOURCE, at=at)
    return pending.update(is_pending=False)


def forgive(issue: int) -> int:
    """Keeps them instead: it was not the addresses that were refused, but our mail."""
    return BounceEvent.objects.pending(issue).update(is_pending=False, kind=BounceEvent.OURS)


@transaction.atomic
def record(
    subscription: Subscription,
    kind: str,
    *,
    key: str,
    status: str = "",
    said: str = "",
    delivery: Delivery | None = None,
    at: datetime | None = None,
    waits: bool = False,
) -> bool:
    """Keeps one event and applies the rule. `key` names the report: taken in twice, it counts once (then False).

    Where it `waits`, a bounce that would end the subscription is pending.
    """
    at = at or timezone.now()
    event = BounceEvent(
        subscription=subscription,
        delivery=delivery,
        kind=kind,
        status=status[:12],
        said=said[:500],
        digest=hashlib.sha256(key.encode("utf-8", "replace")).hexdigest(),
        at=at,
    )
    Subscription.objects.select_for_update().filter(pk=subscription.pk).first()
    if BounceEvent.objects.filter(digest=event.digest).exists():
        return False
    event.save()
    if reason := _reason(subscription, kind, at):
        if waits and reason == Suppression.BOUNCED:
            BounceEvent.objects.filter(pk=event.pk).update(is_pending=True)
        else:
            suppression.silence(subscription, reason, source=SOURCE, at=at)
    return True


def _reason(subscription: Subscription, kind: str, at: datetime) -> str:
    if kind == BounceEvent.COMPLAINT:
        return Suppression.COMPLAINED
    since = max(at - WITHIN, subscription.confirmed_at or at - WITHIN)  # who came back begins anew
    soft = subscription.bounce_events.filter(kind=BounceEvent.SOFT, at__gte=since, at__lte=at)
    if kind == BounceEvent.HARD or (kind == BounceEvent.SOFT and soft.count() >= SOFT_ONES):
        return Suppression.BOUNCED
    return ""
