"""Hard refusals that come in a row, or in numbers: then it is our mail that is refused, and not so many readers.

The issue is held before one subscription ends (`articles.mail.bounces.rule.refused`), and a person says which it is.
"""

from datetime import datetime

from django.db.models import QuerySet

from articles.models import BounceEvent, Delivery, Issue

IN_A_ROW = 5  # different readers, for one reason or at one domain, with no message taken in between
SHARE = 0.02  # of an issue's readers, for one reason or at one domain
SENTENCE = (
    "The mail server refused {number} subscribers, {how}: “{said}”. No subscription has been ended. "
    "Say below whether these addresses are dead."
)


def reason_to_hold(issue: Issue) -> str:
    """A sentence with the server's words, where the newest refusal belongs to a run; else empty."""
    return _run(issue, list(_pending(issue)))


def asks(issue: Issue) -> bool:
    """Whether a person has to say who was meant: not for a few dead addresses in an issue that is held or goes out.

    In a held issue the run is the one that ended when it was held: what other workers had in hand was settled after.
    A closed one has nothing pending but a run.
    """
    if issue.state == Issue.HELD:
        return bool(_run(issue, list(_pending(issue).filter(at__lte=issue.held_at)), until=issue.held_at))
    return issue.state == Issue.SENT and _pending(issue).exists()


def _pending(issue: Issue) -> QuerySet[BounceEvent]:
    return BounceEvent.objects.pending(issue.pk).select_related("subscription").order_by("-pk")


def _run(issue: Issue, pending: list[BounceEvent], until: datetime | None = None) -> str:
    if len(pending) < IN_A_ROW:
        return ""
    newest = pending[0]
    domain = _domain(newest)
    alike = {
        "for one reason": {event.delivery_id for event in pending if _why(event) == _why(newest)},
        f"all at {domain}": {event.delivery_id for event in pending if _domain(event) == domain},
    }
    settled = issue.deliveries.filter(state__in=[Delivery.HANDED_OVER, Delivery.REFUSED]).order_by("-settled_at", "-pk")
    settled = settled.filter(settled_at__lte=until) if until else settled
    there = settled.filter(subscription__email__iendswith=f"@{domain}")
    many = max(IN_A_ROW, SHARE * issue.deliveries.count())
    for (how, refused), tried in zip(alike.items(), (settled, there), strict=True):
        last = list(tried.values_list("pk", flat=True)[:IN_A_ROW])
        if len(refused) >= many or (len(last) == IN_A_ROW and refused.issuperset(last)):
            return SENTENCE.format(number=len(refused), how=how, said=newest.said)
    return ""


def _why(event: BounceEvent) -> str:
    return event.status or event.said[:3]


def _domain(event: BounceEvent) -> str:
    return event.subscription.email.rpartition("@")[2].lower()
