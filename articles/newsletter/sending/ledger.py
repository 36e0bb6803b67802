"""The ledger of deliveries: in one transaction, what became of the last letter is recorded and the next is claimed.

A claim is committed before the mail server hears of the letter, and names its sender and attempt, so that no sender
records anything about another's. Who left meanwhile gets nothing: after the commit of an unsubscription no letter is
claimed for that reader.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from articles.models import Delivery, Issue, Subscription
from articles.newsletter import bounces, building, suppression
from articles.newsletter.halting import halting
from articles.newsletter.sending import pace
from articles.newsletter.sending.answers import Answer, Outcome, without
from articles.newsletter.sending.relays import relay
from articles.newsletter.sending.retrying import delay, is_given_up

LEASE = timedelta(minutes=45)  # more than all waits of `smtp.Patience` together
WITHHELD_AT_ONCE = 100  # rows that one transaction withholds before it lets others in
LOCKED = timedelta(milliseconds=50)  # how long somebody else's transaction takes
LOOK_AGAIN = timedelta(seconds=5)
GOING = (Issue.APPROVED, Issue.SENDING)


@dataclass(frozen=True)
class Claim:
    """A letter that is this sender's to hand over, and nobody else's."""

    delivery: int
    attempt: int
    sender: str
    subscription: Subscription
    sections: str
    message_id: str
    date: datetime  # of the first attempt, so that every attempt sends the same bytes
    lease_until: datetime


@dataclass(frozen=True)
class Ended:
    """A claim, and what became of it."""

    claim: Claim
    answer: Answer


@dataclass(frozen=True)
class Ready:
    """There is a letter to claim, once the way out is open."""


@dataclass(frozen=True)
class Wait:
    """Nothing to claim before a moment; `for_pace` only because letters must not go faster."""

    until: datetime
    for_pace: bool = False


@dataclass(frozen=True)
class Halted:
    """The issue does not go on; `because` is a sentence."""

    because: str


@dataclass(frozen=True)
class Settled:
    """No letter of the issue is left."""


Step = Claim | Ready | Wait | Halted | Settled


# A turn ---------------------------------------------------------------------------------------------------------------


@transaction.atomic
def turn(issue: int, sender: str, ended: Ended | None = None, *, claim: bool = True) -> Step:
    """Records what became of the last letter and claims the next of the issue (its id), in one commit.

    Without `claim` it only says whether there is one. Whatever it raises, nothing was recorded and nothing claimed.
    """
    at = timezone.now()
    if ended is not None:
        record(ended, at=at)
    going = Issue.objects.get(pk=issue)
    return _halted(going, at) or _claim(going, sender, at, claim) or _what_is_left(going, at)


def _halted(issue: Issue, at: datetime) -> Halted | None:
    """Nothing, where the issue goes on; it holds itself where one of its articles does not stand any more."""
    if issue.state not in GOING:
        said = issue.because or f"It is {issue.get_state_display().lower()}."
        return Halted(said)
    if reasons := halting(issue, at=at):
        building.hold(issue, because=" ".join(reasons), at=at)
        return Halted(" ".join(reasons))
    if issue.state == Issue.APPROVED:
        Issue.objects.filter(pk=issue.pk, state=Issue.APPROVED).update(state=Issue.SENDING, started_at=at)
    return None


def _claim(issue: Issue, sender: str, at: datetime, claim: bool) -> Step | None:
    passed: list[int] = []
    queue = issue.deliveries.due(at)
    for _row in range(WITHHELD_AT_ONCE):
        # A lock that somebody holds is passed by, never waited for: no two transactions can wait for each other.
        row = queue.exclude(pk__in=passed).select_for_update(skip_locked=True).first()
        if row is None:
            return Wait(at + LOCKED) if passed else None
        reader = _entitled(issue, row, at).select_for_update(skip_locked=True, no_key=True).first()
        if reader is None and _entitled(issue, row, at).exists():
            passed.append(row.pk)
        elif reader is None or suppression.of(reader.email) is not None:
            _withhold(row, at)
        elif not claim:
            return Ready()
        elif slot := pace.take_slot(at):
            return Wait(slot, for_pace=True)
        else:
            return _claimed(row, reader, sender, at)
    return Wait(at)


def _entitled(issue: Issue, row: Delivery, at: datetime) -> Any:
    """The row's reader, if the letter is for them still: a correction goes also to those who pause."""
    readers = Subscription.objects
    wanted = readers.getting_the_letter(at) if issue.kind == Issue.WEEKLY else readers.active()
    return wanted.filter(pk=row.subscription_id or 0)


def _withhold(row: Delivery, at: datetime) -> None:
    Delivery.objects.filter(pk=row.pk, state=Delivery.QUEUED).update(
        state=Delivery.WITHHELD, settled_at=at, answer="Its reader left, or paused, before it was sent."
    )


def _claimed(row: Delivery, reader: Subscription, sender: str, at: datetime) -> Claim:
    attempt, first, lease = row.attempts + 1, row.first_tried_at or at, at + LEASE
    Delivery.objects.filter(pk=row.pk).update(
        state=Delivery.CLAIMED, attempts=attempt, first_tried_at=first, claimed_by=sender, lease_until=lease
    )
    return Claim(row.pk, attempt, sender, reader, row.sections, row.message_id, first, lease)


def _what_is_left(issue: Issue, at: datetime) -> Wait | Settled:
    left = issue.deliveries.unsettled()
    if not left.exists():
        return Settled()
    queued = left.filter(state=Delivery.QUEUED).order_by("next_at").values_list("next_at", flat=True).first()
    return Wait(min(queued, at + LOOK_AGAIN) if queued else at + LOOK_AGAIN)


# What became of it ----------------------------------------------------------------------------------------------------


@transaction.atomic
def record(ended: Ended, *, at: datetime | None = None) -> bool:
    """Writes down what became of a claimed letter. False if the claim was not this sender's any more.

    That a letter was taken is true whoever says so, and is written down unless another has it in hand again.
    """
    at, claim, answer = at or timezone.now(), ended.claim, ended.answer
    row = Delivery.objects.filter(pk=claim.delivery)
    said = without(answer.said, claim.subscription.email)
    if answer.outcome is Outcome.NOT_THIS_READER:  # first, so that locks are taken in the order of an erasure
        bounces.refused(row.select_related("subscription").get(), said, at=at)
    mine = row.filter(state=Delivery.CLAIMED, claimed_by=claim.sender, attempts=claim.attempt)
    if mine.update(**_fate(claim, answer.outcome, said, at)):
        return True
    if answer.outcome is Outcome.TAKEN:
        free = row.filter(state__in=[Delivery.QUEUED, Delivery.UNCERTAIN])
        return free.update(**_fate(claim, Outcome.TAKEN, said, at)) > 0
    return False


def _fate(claim: Claim, outcome: Outcome, said: str, at: datetime) -> dict[str, Any]:
    """The columns of a row whose attempt ended in some way."""
    ended = {"answer": said, "tried_at": at, "lease_until": None}
    settled = {**ended, "settled_at": at}
    if outcome is Outcome.TAKEN:
        return {**settled, "state": Delivery.HANDED_OVER}
    if outcome is Outcome.UNKNOWN:
        asked_at = at + timedelta(seconds=relay().settles_within)
        return {**ended, "state": Delivery.UNCERTAIN, "was_uncertain": True, "next_at": asked_at}
    if outcome is Outcome.NOT_THIS_READER or is_given_up(outcome, claim.attempt, claim.date, at):
        return {**settled, "state": Delivery.REFUSED}
    return {**ended, "state": Delivery.QUEUED, "next_at": at + delay(claim.attempt)}
