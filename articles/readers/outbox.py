"""Answers to reports leave for their readers, each once: intent is written down first, and after a crash the mail
server is asked under a Message-ID that stays the same. Whoever must not be written to is not.
"""

import logging
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.crypto import salted_hmac

from articles.models import SentenceReport
from articles.newsletter import bounces, suppression
from articles.newsletter.messages import HeaderRefused
from articles.newsletter.sending.answers import Outcome
from articles.newsletter.sending.door import Way, way_for_single_mails
from articles.newsletter.sending.relays import relay
from articles.newsletter.sending.smtp import Refusal
from articles.newsletter.sending.wire import Envelope
from articles.readers import mails

logger = logging.getLogger(__name__)

AT_ONCE = 50
LEASE = timedelta(minutes=45)  # more than all waits for a mail server together
ASKED_FOR = timedelta(days=1)  # a mail server that gives no answer; then the mail goes once more


def mail_answers(*, at: datetime | None = None) -> int:
    """Mails every answer whose reader left an address and was not mailed yet. The number of mails taken.

    Where the mail server cannot be reached, all stay as they are, and the clock tries again.
    """
    at = at or timezone.now()
    way, taken = way_for_single_mails(), 0
    try:
        for report in _waiting(at)[:AT_ONCE]:
            taken += _mail(report, way, at)
    except Refusal as refusal:
        logger.warning("Answers to readers wait: %s", refusal)
    finally:
        way.close()
    return taken


def _waiting(at: datetime) -> QuerySet[SentenceReport]:
    """Answered, with an address, and in nobody's hand: a mail that was begun is free when its sender must be dead."""
    free_since = at - LEASE - timedelta(seconds=relay().settles_within)
    free = Q(mail_began_at=None) | Q(mail_began_at__lte=free_since)
    waiting = SentenceReport.objects.exclude(answered_at=None).exclude(email="").filter(free, mailed_at=None)
    return waiting.for_desk().order_by("answered_at")


def _mail(report: SentenceReport, way: Way, at: datetime) -> bool:
    own = SentenceReport.objects.filter(pk=report.pk, email=report.email)
    if suppression.of(report.email):
        own.update(email="")
        return False
    way.open()
    if not own.filter(mailed_at=None, mail_began_at=report.mail_began_at).update(mail_began_at=at):
        return False  # another clock has it
    if report.mail_began_at is not None and (known := _is_known(report, at)) is not None:
        return known and bool(own.update(mailed_at=at))
    try:
        outcome = way.hand_over(_envelope(report, at)).outcome
    except HeaderRefused:
        logger.exception("An answer to a reader could not be written")
        return False
    if outcome is Outcome.TAKEN:
        return bool(own.update(mailed_at=at))
    if outcome is Outcome.NOT_THIS_READER:
        own.update(email="", mail_began_at=None)
    elif outcome is not Outcome.UNKNOWN:
        own.update(mail_began_at=None)
    return False


def _is_known(report: SentenceReport, at: datetime) -> bool | None:
    """Of a mail that was begun: True if it was taken, False if that will be known later, None if it has to go."""
    asked, since = relay(), report.answered_at or at
    knows = asked.knows(message_id(report), since)
    if knows is None and asked.can_be_asked and at < since + ASKED_FOR:
        return False
    return True if knows else None


def _envelope(report: SentenceReport, at: datetime) -> Envelope:
    return Envelope(
        message=mails.answer(report),
        sender=bounces.own_address(),
        recipient=report.email,
        message_id=message_id(report),
        from_email=settings.DEFAULT_FROM_EMAIL,
        date=report.answered_at or at,
        finish_by=at + LEASE,
    )


def message_id(report: SentenceReport) -> str:
    """The same at every attempt, and nobody else's."""
    keyed = salted_hmac("articles.readers.outbox", str(report.pk), algorithm="sha256").hexdigest()[:32]
    return f"<answer-{keyed}@{bounces.own_address().rpartition('@')[2]}>"
