"""The ledger of deliveries: in one transaction, what became of the last message is recorded and the next is claimed.

A claim is committed before the mail server hears of the message, and names its sender and attempt, so that no sender
records anything about another's. Who left meanwhile gets nothing: after the commit of an unsubscription no message is
claimed for that reader.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from articles.mail import addresses, suppression
from articles.mail.smtp_replies import Outcome
from articles.models import Delivery, Issue, Subscription, Suppression
from articles.models.subscription import SubscriptionQuerySet
from articles.newsletter.delivery import liveness, pace
from articles.newsletter.delivery.prepared import Change, Question
from articles.newsletter.delivery.recording import Claim, Ended, write_down
from articles.newsletter.issues import building, refusal_runs
from articles.newsletter.issues.hold_rules import reasons_to_hold, statuses

LEASE = timedelta(minutes=45)  # more than all waits of `smtp.Patience` together
WITHHELD_AT_ONCE = 100  # rows that one transaction withholds before it lets others in
LOCKED = timedelta(milliseconds=50)  # how long somebody else's transaction takes
LOOK_AGAIN = timedelta(seconds=5)
GOING = (Issue.APPROVED, Issue.SENDING)


@dataclass(frozen=True)
class Ready:
    """There is a message to claim, once the way out is open."""


@dataclass(frozen=True)
class Wait:
    """Nothing to claim before a moment; `briefly` where the next message is only a matter of pace or of a lock."""

    until: datetime
    briefly: bool = False


@dataclass(frozen=True)
class Halted:
    """The issue does not go on; `reason` is a sentence."""

    reason: str


@dataclass(frozen=True)
class Settled:
    """No message of the issue is left."""


Step = Claim | Ready | Wait | Halted | Settled


# A turn ---------------------------------------------------------------------------------------------------------------

STATE = Question(
    lambda issue: Issue.objects.filter(pk=issue).values_list("state", "reason", "approved_at", "send_at"), issue=int
)
QUEUE = Question(
    lambda issue, at, passed=(): (
        Delivery.objects.due(at)
        .filter(issue=issue)
        .exclude(pk__in=passed)
        .select_for_update(skip_locked=True)
        .values_list("pk", "subscription", "attempts", "first_tried_at", "sections", "message_id")[:1]
    ),
    issue=int,
    at=datetime,
)
WEEKLY_READER = Question(
    lambda reader, at: (
        Subscription.objects.getting_the_newsletter(at)
        .filter(pk=reader)
        .select_for_update(skip_locked=True, no_key=True)
        .order_by()
        .values_list("email")
    ),
    reader=int,
    at=datetime,
)
CLAIM = Change(
    lambda row, attempt, first, sender, lease: (
        Delivery.objects.filter(pk=row),
        {
            "state": Delivery.CLAIMED,
            "attempts": attempt,
            "first_tried_at": first,
            "claimed_by": sender,
            "lease_until": lease,
        },
    ),
    row=int,
    attempt=int,
    first=datetime,
    sender=str,
    lease=datetime,
)


class Ledger:
    """The ledger of one issue in the hands of one sender."""

    def __init__(self, issue: Issue, sender: str) -> None:
        self.issue, self.sender = issue, sender
        self.statuses = Question(lambda at: statuses(issue, at=at), at=datetime)
        self.fine: object = None  # what the issue's articles looked like when nothing was the matter

    @transaction.atomic
    def turn(self, ended: Ended | None = None, *, claim: bool = True) -> Step:
        """Records what became of the last message and claims the next of the issue, in one commit.

        Without `claim` it only says whether there is one. Whatever it raises, nothing was recorded and nothing claimed.
        """
        at = timezone.now()
        if ended is not None:
            write_down(ended, at)
            if ended.answer.outcome is Outcome.NOT_THIS_READER and (reason := refusal_runs.reason_to_hold(self.issue)):
                return self._hold(reason, at)
        return self._halted(at) or self._claim(at, claim) or self._what_is_left(at)

    def upcoming(self) -> list[int]:
        """The messages that come next in the queue, by their deliveries' ids."""
        queue = self.issue.deliveries.filter(state=Delivery.QUEUED).order_by("next_at", "id")
        return list(queue.values_list("pk", flat=True)[: liveness.AHEAD])

    def _halted(self, at: datetime) -> Halted | None:
        """Nothing, where the issue goes on; it holds itself where one of its articles does not stand any more."""
        [(state, reason, approved_at, send_at)] = STATE.rows(issue=self.issue.pk)
        if state not in GOING:
            return Halted(reason or f"It is {dict(Issue.STATES)[state].lower()}.")
        if approved_at != self.issue.approved_at:  # what this sender has rendered may be another text
            return Halted("Its approval was undone, and it was approved again.")
        if reasons := self._reasons(at):
            return self._hold(" ".join(reasons), at)
        if state == Issue.APPROVED and (send_at is None or send_at <= at):
            approved = Issue.objects.filter(pk=self.issue.pk, state=Issue.APPROVED)
            if not approved.update(state=Issue.SENDING, started_at=at):
                return self._halted(at)  # another sender began meanwhile, or somebody undid the approval
        return None

    def _hold(self, reason: str, at: datetime) -> Halted:
        if Issue.objects.filter(pk=self.issue.pk, state__in=GOING).exists():
            building.hold(self.issue, reason=reason, at=at)
        return Halted(reason)

    def _reasons(self, at: datetime) -> list[str]:
        """Why the issue must stop. Its articles are looked at every time, and judged anew where they changed."""
        seen = self.statuses.raw(at=at), timezone.localdate(at)
        if seen == self.fine:
            return []
        reasons = reasons_to_hold(self.issue, at=at)
        self.fine = None if reasons else seen
        return reasons

    def _claim(self, at: datetime, claim: bool) -> Step | None:
        passed: list[int] = []
        for _row in range(WITHHELD_AT_ONCE):
            if not (rows := self._first_in_queue(at, passed)):
                return Wait(at + LOCKED, briefly=True) if passed else None
            [(row, reader, attempts, first, sections, message_id)] = rows
            email = self._address(reader, at)
            if email is None and self._is_locked(reader, at):
                passed.append(row)
                continue
            if email is None or _is_suppressed(email):
                _withhold(row, at)
                continue
            if not claim:
                return Ready()
            if slot := pace.take_slot(at):
                return Wait(slot, briefly=True)
            attempt, first, lease = attempts + 1, first or at, at + LEASE
            CLAIM.apply(row=row, attempt=attempt, first=first, sender=self.sender, lease=lease)
            subscription = Subscription(pk=reader, email=email)
            return Claim(row, attempt, self.sender, subscription, sections, message_id, first, lease)
        return Wait(at, briefly=True)

    def _first_in_queue(self, at: datetime, passed: list[int]) -> list[Any]:
        if not passed:
            return QUEUE.rows(issue=self.issue.pk, at=at)
        return list(QUEUE.make(issue=self.issue.pk, at=at, passed=passed))

    def _readers(self, at: datetime) -> SubscriptionQuerySet:
        """Those for whom the message still is: a correction goes also to readers who pause."""
        weekly = self.issue.kind == Issue.WEEKLY
        return Subscription.objects.getting_the_newsletter(at) if weekly else Subscription.objects.active()

    def _address(self, reader: int | None, at: datetime) -> str | None:
        """The reader's, locked until the claim is committed; None where they left, or another transaction has them.

        A row of that one is passed by, never waited for, so that no two transactions can wait for each other.
        """
        if reader is None:
            return None
        if self.issue.kind == Issue.WEEKLY:
            rows = WEEKLY_READER.rows(reader=reader, at=at)
            return rows[0][0] if rows else None
        locked = self._readers(at).filter(pk=reader).select_for_update(skip_locked=True, no_key=True)
        return locked.values_list("email", flat=True).first()

    def _is_locked(self, reader: int | None, at: datetime) -> bool:
        return reader is not None and self._readers(at).filter(pk=reader).exists()

    def _what_is_left(self, at: datetime) -> Wait | Settled:
        left = self.issue.deliveries.unsettled()
        if not left.exists():
            return Settled()
        waiting = left.exclude(state=Delivery.CLAIMED).order_by("next_at").values_list("next_at", flat=True).first()
        return Wait(min(waiting, at + LOOK_AGAIN) if waiting else at + LOOK_AGAIN)


def _is_suppressed(email: str) -> bool:
    """Whether the address is on the list. A cheap question first, to which the answer is no for nearly everybody."""
    digests = [*suppression.digests(email), *suppression.digests(addresses.inbox(email))]
    return bool(SUPPRESSED(len(digests)).raw(**_numbered(digests))) and suppression.of(email) is not None


@cache
def SUPPRESSED(size: int) -> Question:  # noqa: N802  a prepared question like the others, for each number of keys
    def make(**digests: str) -> QuerySet[Any, Any]:
        return Suppression.objects.filter(digest__in=list(digests.values())).order_by().values_list("pk")

    return Question(make, **dict.fromkeys(_numbered([""] * size), str))


def _numbered(digests: list[str]) -> dict[str, str]:
    return {f"digest{place}": digest for place, digest in enumerate(digests)}


def _withhold(row: int, at: datetime) -> None:
    Delivery.objects.filter(pk=row, state=Delivery.QUEUED).update(
        state=Delivery.WITHHELD, settled_at=at, answer="The subscriber left or paused before it was sent."
    )
