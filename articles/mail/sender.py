"""Sends what waits in the outbox, each mail once, whatever dies and wherever.

An attempt is written down before the mail server hears of it. One that nobody saw the end of is asked about
(`acceptance`); where nobody can be asked, at most one more copy goes out, under the same Message-ID.
"""

import logging
from collections.abc import Collection
from datetime import datetime, timedelta
from threading import Event

from django.conf import settings
from django.db import DatabaseError, transaction
from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.crypto import salted_hmac

from articles.mail import acceptance, journal, standstill, transports
from articles.mail.acceptance import Verdict
from articles.mail.bounces import return_paths
from articles.mail.kinds import KINDS, Kind
from articles.mail.message import Message
from articles.mail.mime import Envelope
from articles.mail.smtp_replies import Answer, Outcome
from articles.mail.transports import Refusal, Transport
from articles.models import OutgoingMail

logger = logging.getLogger(__name__)

LEASE = timedelta(minutes=45)  # more than all waits for a mail server together
DOUBTS = 2  # attempts that nobody saw the end of, at a mail server that cannot be asked: no third copy goes out
ASKED_EVERY = timedelta(minutes=2)  # a mail server that cannot say yet what it took
SOONEST, LATEST = timedelta(seconds=15), timedelta(hours=4)  # until a mail that was not taken is tried again
GIVEN_UP_AFTER = timedelta(days=7)


def send_due(
    *,
    at: datetime | None = None,
    most: int = 500,
    kinds: Collection[str] | None = None,
    stop: Event | None = None,
) -> int:
    """Sends what is due, the oldest first, until told to stop; of some `kinds` alone, or of all.

    Returns how many mails are done with.

    Where the mail server cannot be reached, all stay as they are for a quarter of a minute.
    """
    at, done, transport = at or timezone.now(), 0, transports.for_single_mails()
    if standstill.reason():
        return 0
    wanted = [name for name, kind in KINDS.items() if (kinds is None or name in kinds) and kind.has_room(at)]
    due = OutgoingMail.objects.filter(next_at__lte=at, kind__in=wanted)
    try:
        for mail in due.select_related("subscription").order_by("id")[:most]:
            if (stop is not None and stop.is_set()) or standstill.reason():
                break
            if KINDS[mail.kind].has_room(at):
                done += _Attempt(mail, transport, at).make()
    except Refusal as refusal:
        logger.warning("The mail server cannot be reached; %s mails wait: %s", due.count(), refusal)
        due.update(next_at=at + SOONEST)
    finally:
        transport.close()
    return done


def in_hand() -> timedelta:
    """How long after an attempt began its sender must be dead, and the mail server knows what it took."""
    return LEASE + timedelta(seconds=acceptance.configured().settles_within)


class _Attempt:
    """One mail in one sender's hand. Nothing is recorded about a mail that another sender has taken meanwhile."""

    def __init__(self, mail: OutgoingMail, transport: Transport, at: datetime) -> None:
        self.mail, self.transport, self.at, self.kind = mail, transport, at, KINDS[mail.kind]
        self.began_at, self.lease_until = mail.began_at or at, at + in_hand()

    def make(self) -> bool:
        """True where the mail is done with: it was taken, or must not go out."""
        self.transport.open()
        mail, verdict = self.mail, Verdict.NOT_TAKEN
        if mail.doubts:
            verdict = acceptance.verdict(message_id(self.number), since=self.began_at, at=self.at)
        if verdict is Verdict.NOT_KNOWN_YET:
            self._own.update(next_at=self.at + ASKED_EVERY)
            return False
        if verdict is Verdict.TAKEN:
            return self._taken(self._own)
        if verdict is Verdict.NEVER_KNOWN and mail.doubts >= DOUBTS:
            logger.error("A mail (%s) was tried twice, and nobody knows whether it was taken", mail.kind)
            return self._taken(self._own)
        try:
            return self._send(doubts=0 if verdict is Verdict.NOT_TAKEN else mail.doubts)
        except (DatabaseError, Refusal):
            raise
        except Exception:  # one mail that cannot be written keeps no other waiting
            logger.exception("A mail (%s) could not be written", mail.kind)
            OutgoingMail.objects.filter(pk=mail.pk).update(next_at=self.at + LATEST)
            return False

    def _send(self, *, doubts: int) -> bool:
        """Writes the attempt down, hands the mail over, and writes down what became of it."""
        with transaction.atomic():
            if not self._own.update(next_at=self.lease_until, began_at=self.began_at, doubts=doubts + 1):
                return False  # another sender has it
            message = self.kind.write(self.mail, self.at)
            if message is None:
                OutgoingMail.objects.filter(pk=self.mail.pk).delete()
                return True
        held = OutgoingMail.objects.filter(pk=self.mail.pk, next_at=self.lease_until)
        outcome = self._hand_over(message).outcome
        if outcome is Outcome.TAKEN:
            return self._taken(held)
        if outcome is Outcome.NOT_THIS_READER:
            return _drop(held, self.kind, self.mail, self.at)
        if outcome is not Outcome.UNKNOWN:
            pause = min(max((self.at - self.began_at) / 2, SOONEST), LATEST)
            held.update(next_at=self.at + pause, doubts=F("doubts") - 1)
        return False

    @property
    def _own(self) -> QuerySet[OutgoingMail]:
        """The row, if nobody else has taken it since it was read."""
        return OutgoingMail.objects.filter(pk=self.mail.pk, next_at=self.mail.next_at)

    def _hand_over(self, message: Message) -> Answer:
        finish_by = self.at + LEASE
        return self.transport.hand_over(
            envelope(message, to=self.mail.to, number=self.number, date=self.began_at, finish_by=finish_by)
        )

    @transaction.atomic
    def _taken(self, row: QuerySet[OutgoingMail]) -> bool:
        journal.note(journal.MAILED, mail=self.mail.digest)
        self.kind.taken(self.mail, self.at)
        return row.delete()[0] > 0

    @property
    def number(self) -> str:
        """The same at every attempt, and no other mail's."""
        return "mail-" + salted_hmac("articles.mail.sender", str(self.mail.pk), algorithm="sha256").hexdigest()[:32]


def envelope(message: Message, *, to: str, number: str, date: datetime, finish_by: datetime | None = None) -> Envelope:
    """A mail to one person as it leaves us."""
    return Envelope(
        message=message,
        sender=return_paths.own_address(),
        recipient=to,
        message_id=message_id(number),
        from_email=settings.DEFAULT_FROM_EMAIL,
        date=date,
        finish_by=finish_by,
    )


def message_id(number: str) -> str:
    return f"<{number}@{return_paths.own_address().rpartition('@')[2]}>"


@transaction.atomic
def _drop(row: QuerySet[OutgoingMail], kind: Kind | None, mail: OutgoingMail, at: datetime) -> bool:
    if not row.delete()[0]:
        return False
    if kind is not None:  # one that a later release no longer knows
        kind.not_sent(mail, at)
    return True


def give_up(*, at: datetime) -> None:
    """Drops what could not be sent in a week."""
    for mail in OutgoingMail.objects.filter(queued_at__lte=at - GIVEN_UP_AFTER):
        logger.error("A mail (%s) could not be sent for a week; it is given up", mail.kind)
        _drop(OutgoingMail.objects.filter(pk=mail.pk), KINDS.get(mail.kind), mail, at)
