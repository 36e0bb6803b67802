"""What became of a claimed message, written into the ledger; only its own sender does that.

A claim names its sender and attempt, so that a sender that was taken for dead records nothing about another's.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from articles.mail import acceptance
from articles.mail.bounces import rule
from articles.mail.smtp_replies import Answer, Outcome, without
from articles.models import Delivery, Subscription
from articles.newsletter.delivery.prepared import Change
from articles.newsletter.delivery.retrying import delay, is_given_up


@dataclass(frozen=True)
class Claim:
    """A message that is this sender's to hand over, and nobody else's."""

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


TAKEN = Change(
    lambda row, attempt, sender, at, said: (
        Delivery.objects.filter(pk=row, state=Delivery.CLAIMED, claimed_by=sender, attempts=attempt),
        {"state": Delivery.HANDED_OVER, "answer": said, "tried_at": at, "settled_at": at, "lease_until": None},
    ),
    row=int,
    attempt=int,
    sender=str,
    at=datetime,
    said=str,
)


@transaction.atomic
def record(ended: Ended, *, at: datetime | None = None) -> bool:
    """Writes down what became of a claimed message. False if the claim was not this sender's any more.

    That a message was taken is true from any sender, and is written down unless another has it in hand again.
    """
    return write_down(ended, at or timezone.now())


def let_go(sender: str) -> None:
    """Puts back what a sender claimed without hearing of it, since no answer came to the commit: it was never begun."""
    unheard = Delivery.objects.filter(state=Delivery.CLAIMED, claimed_by=sender)
    unheard.update(state=Delivery.QUEUED, lease_until=None)


def write_down(ended: Ended, at: datetime) -> bool:
    claim, answer = ended.claim, ended.answer
    row = Delivery.objects.filter(pk=claim.delivery)
    answer_text = without(answer.said, claim.subscription.email)
    if answer.outcome is Outcome.TAKEN and TAKEN.apply(
        row=claim.delivery, attempt=claim.attempt, sender=claim.sender, at=at, said=answer_text
    ):
        return True
    if answer.outcome is Outcome.NOT_THIS_READER:  # first, so that locks are taken in the order of an erasure
        rule.refused(row.select_related("subscription").get(), answer_text, at=at)
    mine = row.filter(state=Delivery.CLAIMED, claimed_by=claim.sender, attempts=claim.attempt)
    if mine.update(**_fate(claim, answer.outcome, answer_text, at)):
        return True
    if answer.outcome is Outcome.TAKEN:
        free = row.filter(state__in=[Delivery.QUEUED, Delivery.UNCERTAIN])
        return free.update(**_fate(claim, Outcome.TAKEN, answer_text, at)) > 0
    return False


def _fate(claim: Claim, outcome: Outcome, said: str, at: datetime) -> dict[str, Any]:
    """The columns of a row whose attempt ended in some way."""
    ended = {"answer": said, "tried_at": at, "lease_until": None}
    settled = {**ended, "settled_at": at}
    if outcome is Outcome.TAKEN:
        return {**settled, "state": Delivery.HANDED_OVER}
    if outcome is Outcome.UNKNOWN:
        asked_at = at + timedelta(seconds=acceptance.configured().settles_within)
        return {**ended, "state": Delivery.UNCERTAIN, "was_uncertain": True, "next_at": asked_at}
    if outcome is Outcome.NOT_THIS_READER or is_given_up(outcome, claim.attempt, claim.date, at):
        return {**settled, "state": Delivery.REFUSED}
    return {**ended, "state": Delivery.QUEUED, "next_at": at + delay(claim.attempt)}
