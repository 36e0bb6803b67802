"""A sender at work on one issue: turn by turn at the ledger, over one way out, until there is nothing left to do."""

import logging
import threading
from collections import defaultdict
from dataclasses import dataclass, field
from itertools import count

from django.conf import settings
from django.db import DatabaseError, close_old_connections
from django.utils import timezone

from articles import database_file
from articles.mail import journal, transports
from articles.mail.bounces import return_paths
from articles.mail.bounces.reports import without_addresses
from articles.mail.message import HeaderRefused
from articles.mail.mime import Envelope
from articles.mail.smtp_replies import Answer, Outcome, readable
from articles.mail.transports import Transport
from articles.mail.transports.smtp import Refusal
from articles.models import Issue
from articles.newsletter.delivery import recording, settling
from articles.newsletter.delivery.ledger import Halted, Ledger, Ready, Settled, Step, Wait
from articles.newsletter.delivery.liveness import Sender
from articles.newsletter.delivery.recording import Claim, Ended
from articles.newsletter.issues import building, rendering
from articles.newsletter.issues.refusal import IssueRefused
from articles.newsletter.issues.rendering import RenderedIssue
from articles.newsletter.subscriptions import consent

logger = logging.getLogger(__name__)

IN_A_ROW = 3  # messages refused for a reason that is ours, with no message taken in between: then the issue is held
LONGEST_PAUSE = 60.0  # seconds between two attempts to reach the mail server, or the database
NOT_OUR_MAIL = "The mail server refuses our mail: {}"


@dataclass
class Troubles:
    """What was refused in a row for a reason that is ours, by issue. Kept by the one who starts senders again.

    A message is named by its delivery: one that is refused again and again counts once.
    """

    refusals: defaultdict[int, set[object]] = field(default_factory=lambda: defaultdict(set))


class Worker:
    """One sender on one issue. `waits` stays until everything is settled; without, it ends when nothing is due now."""

    def __init__(
        self,
        issue: Issue,
        *,
        sender: Sender,
        stop: threading.Event,
        rendered: RenderedIssue | None = None,
        transport: Transport | None = None,
        waits: bool = True,
        troubles: Troubles | None = None,
    ) -> None:
        self.issue, self.sender, self.stop, self.waits = issue, sender, stop, waits
        self.rendered, self.transport = rendered, transport or transports.configured()
        self.troubles = troubles or Troubles()
        self.ledger = Ledger(issue, sender.name)
        self.failures = 0  # of the mail server or the database, in a row
        self.may_hold_more = False  # the database failed while a message may have been claimed

    def run(self) -> Step | None:
        """Works until the issue is settled or does not go on, or nothing is due. None where it was told to stop."""
        ended: Ended | None = None
        try:
            while not self.stop.is_set():
                step = self._turn(ended)
                ended = None
                if isinstance(step, Claim):
                    self.sender.will_send(step.delivery, self.ledger.upcoming)
                    ended = self._hand_over(step)
                elif isinstance(step, Ready):
                    if not self._open():
                        return Wait(timezone.now())
                elif not self._goes_on(step):
                    return step
            if ended is not None:
                self._record(ended)
            return None
        finally:
            self.transport.close()

    # The ledger -------------------------------------------------------------------------------------------------------

    def _turn(self, ended: Ended | None) -> Step:
        if ended is not None and self._too_many_refusals(ended.answer, ended.claim.delivery):
            self._record(ended)
            return self._hold(ended.answer.said)
        try:
            if problem := database_file.problem():
                return Halted(problem)
            if self.may_hold_more:
                recording.let_go(self.sender.name)
                self.may_hold_more = False
            step = self.ledger.turn(ended, claim=self.transport.is_open())
            if isinstance(step, Settled):
                settling.close(self.issue.pk)
        except DatabaseError:
            self.may_hold_more = True
            if ended is not None:
                self._record(ended)
            else:
                self._pause_for_the_database()
            return Wait(timezone.now(), briefly=True)
        return step

    def _record(self, ended: Ended) -> None:
        """What is known of a message must not be lost: the database is waited for, unless everything must end."""
        for attempt in count(1):
            try:
                recording.record(ended)
            except DatabaseError:
                if self.stop.is_set() and attempt >= 3:
                    logger.exception("A message’s end could not be recorded; it will be uncertain")
                    return
                self._pause_for_the_database()
            else:
                self.failures = 0
                return

    def _pause_for_the_database(self) -> None:
        logger.warning("The database could not be reached; trying again")
        close_old_connections()
        self._pause()

    def _pause(self) -> None:
        self.failures += 1
        self.stop.wait(min(LONGEST_PAUSE, 0.5 * 2 ** min(self.failures, 10)))

    def _goes_on(self, step: Step) -> bool:
        """Waits, where there is something to wait for. False where this sender's work ends."""
        if not isinstance(step, Wait) or not (self.waits or step.briefly):
            return False
        if not step.briefly:
            try:
                settling.tend()
            except DatabaseError:
                self._pause_for_the_database()
        self.stop.wait(max(0.0, (step.until - timezone.now()).total_seconds()))
        return True

    # The way out ------------------------------------------------------------------------------------------------------

    def _open(self) -> bool:
        """Makes the way out ready; False where this sender gives up for now."""
        try:
            self.transport.open()
        except Refusal as refusal:
            logger.warning("The mail server cannot be reached: %s", refusal)
            if self._too_many_refusals(refusal.answer, object()):
                self._hold(refusal.answer.said)
            elif self.waits:
                self._pause()
            return self.waits
        self.failures = 0
        return True

    def _hand_over(self, claim: Claim) -> Ended:
        try:
            envelope = self._envelope(claim)
            envelope.content  # noqa: B018  what cannot be written is known before anything is sent
        except Exception as problem:
            logger.exception("A message could not be made out")
            words = (
                str(problem)
                if isinstance(problem, HeaderRefused)
                else f"The message couldn’t be prepared ({problem!r})."
            )
            return Ended(claim, Answer(Outcome.NOT_US, readable(words)))
        try:
            answer = self.transport.hand_over(envelope)
        except HeaderRefused as refusal:
            return Ended(claim, Answer(Outcome.NOT_THIS_READER, str(refusal)))
        except Exception as problem:
            logger.exception("A message may have been taken")
            return Ended(claim, Answer(Outcome.UNKNOWN, f"Sending was interrupted: {type(problem).__name__}."))
        if answer.outcome is Outcome.TAKEN:
            journal.note(journal.HANDED_OVER, issue=self.issue.number, message=claim.message_id)
        return Ended(claim, answer)

    def _envelope(self, claim: Claim) -> Envelope:
        if self.rendered is None:
            self.rendered = rendering.render(self.issue)
        reader = claim.subscription
        message = self.rendered.for_reader(
            sections=claim.sections,
            leave=consent.leave_link(reader, at=claim.date),
            preferences=consent.preferences_link(reader, at=claim.date),
        )
        return Envelope(
            message=message,
            sender=return_paths.return_path(claim.delivery),
            recipient=reader.email,
            message_id=claim.message_id,
            from_email=settings.DEFAULT_FROM_EMAIL,
            date=claim.date,
            finish_by=claim.lease_until,
        )

    def _too_many_refusals(self, answer: Answer, what: object) -> bool:
        """Counts refusals that are ours. Whatever else is answered says that the server takes mail from us."""
        refused = self.troubles.refusals[self.issue.pk]
        if answer.outcome is Outcome.NOT_US:
            refused.add(what)
        elif answer.outcome in (Outcome.TAKEN, Outcome.NOT_THIS_READER):
            refused.clear()
        return len(refused) >= IN_A_ROW

    def _hold(self, words: str) -> Halted:
        self.troubles.refusals[self.issue.pk].clear()
        reason = NOT_OUR_MAIL.format(without_addresses(words))
        try:
            building.hold(self.issue, reason=reason)
        except IssueRefused as refusal:  # somebody else held or closed it at the same moment
            return Halted(str(refusal))
        return Halted(reason)
