"""What a crash left open is settled: messages that a dead sender had in hand, and issues of which no message is left.

A message in a dead sender's hand is uncertain: it may have been taken. The mail server is asked where it can be; where
not, the message goes once more under the same Message-ID, and the report lists it (`Delivery.was_uncertain`).
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from articles.mail import acceptance, journal
from articles.mail.acceptance import Acceptance
from articles.mail.bounces import rule
from articles.models import Delivery, Issue
from articles.newsletter.delivery import liveness, retrying

ASKED_EVERY, ASKED_FOR = timedelta(minutes=2), timedelta(hours=1)
DIED = "The sending process stopped while it had this message."
KNOWN = "The mail server says it accepted it."
UNKNOWN = "The mail server says it didn’t get it."
DOUBTFUL = "No answer came, and the mail server can’t be asked. The subscriber may have it twice, or not at all."


def tend(at: datetime | None = None) -> None:
    """Everything here, for all issues under way. Any number of processes may do it at once."""
    at = at or timezone.now()
    asked = acceptance.configured()
    free_what_died(asked, at)
    ask(asked, at)
    for issue in Issue.objects.filter(state__in=[Issue.APPROVED, Issue.SENDING]):
        close(issue.pk, at=at)


def free_what_died(asked: Acceptance, at: datetime) -> int:
    """Makes claims of dead senders, and other machines' claims whose lease ended, uncertain. Their number.

    A lease ends by the clock alone, also where that jumps or the machine slept: it says nothing of a sender seen alive.
    """
    dead = liveness.dead()
    lost = Q(state=Delivery.CLAIMED, lease_until__lte=at) & ~Q(claimed_by__in=liveness.living())
    lost |= Q(state=Delivery.CLAIMED, claimed_by__in=[path.name for path in dead])
    for path in dead:
        lost |= Q(state=Delivery.QUEUED, pk__in=liveness.lost_with_the_power(path))
    asked_at = at + _settling(asked)
    freed = Delivery.objects.filter(lost).update(
        state=Delivery.UNCERTAIN, was_uncertain=True, next_at=asked_at, tried_at=at, lease_until=None, answer=DIED
    )
    for path in dead:
        path.unlink(missing_ok=True)
    return freed


def _settling(asked: Acceptance) -> timedelta:
    return timedelta(seconds=asked.settles_within)


def ask(asked: Acceptance, at: datetime) -> None:
    """Asks about each uncertain message that the mail server must know by now; settles it, or queues it again.

    A mail server that could answer and does not just now is asked again for an hour before the message goes once more.
    """
    waiting = Delivery.objects.filter(state=Delivery.UNCERTAIN, next_at__lte=at, issue__in=Issue.objects.under_way())
    for row in waiting.select_related("issue"):
        still = Delivery.objects.filter(pk=row.pk, state=Delivery.UNCERTAIN, attempts=row.attempts)
        since = row.first_tried_at or row.issue.approved_at or at  # a loss of power can take the first attempt with it
        knows = asked.knows(row.message_id, since)
        if knows:
            journal.note(journal.HANDED_OVER, issue=row.issue.number, message=row.message_id)
            still.update(state=Delivery.HANDED_OVER, settled_at=at, answer=KNOWN)
        elif knows is None and asked.can_be_asked and at < (row.tried_at or at) + _settling(asked) + ASKED_FOR:
            still.update(next_at=at + ASKED_EVERY)
        elif knows is None and row.attempts >= retrying.DOUBTS:
            still.update(state=Delivery.REFUSED, settled_at=at, answer=DOUBTFUL)
        else:
            again = at if row.answer == DIED else at + retrying.delay(row.attempts)
            still.update(state=Delivery.QUEUED, next_at=again, **({} if knows is None else {"answer": UNKNOWN}))


def close(issue: int, *, at: datetime | None = None) -> bool:
    """Calls an issue (its id) sent, if every message of it is settled; the one who settles the last does it."""
    left = Delivery.objects.filter(issue=OuterRef("pk")).unsettled()
    at = at or timezone.now()
    waits = Q(state=Issue.APPROVED, send_at__gt=at)
    going = Issue.objects.filter(pk=issue, state__in=[Issue.APPROVED, Issue.SENDING]).filter(~waits, ~Exists(left))
    with transaction.atomic():
        is_closed = going.update(state=Issue.SENT, sent_at=at, started_at=Coalesce("started_at", at)) > 0
        if is_closed:
            number = Issue.objects.values_list("number", flat=True).get(pk=issue)
            journal.write(journal.ISSUE_STATE, number=number, state=Issue.SENT)
            rule.end_pending(issue, at=at)
    return is_closed


# The report -----------------------------------------------------------------------------------------------------------


def counts(issue: Issue) -> dict[str, int]:
    """How many messages of an issue are in each state."""
    counted = issue.deliveries.order_by().values_list("state").annotate(Count("pk"))
    return {**dict.fromkeys((state for state, _label in Delivery.STATES), 0), **dict(counted)}


def doubtful(issue: Issue) -> QuerySet[Delivery]:
    """Messages that were uncertain once: what a crash may have doubled, or where it had to be asked."""
    return issue.deliveries.filter(was_uncertain=True).order_by("pk")
