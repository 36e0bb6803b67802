"""Answers to reports leave for their readers, each once: intent is written down first, and after a crash the mail
server is asked under a Message-ID that stays the same. Whoever must not be written to is not.
"""

import logging
from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils import timezone

from articles.models import SentenceReport
from articles.newsletter import suppression
from articles.newsletter.messages import HeaderRefused
from articles.newsletter.sending import single
from articles.newsletter.sending.answers import Outcome
from articles.newsletter.sending.door import Way, way_for_single_mails
from articles.newsletter.sending.single import Fate
from articles.newsletter.sending.smtp import Refusal
from articles.readers import mails

logger = logging.getLogger(__name__)

AT_ONCE = 50


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
    free = Q(mail_began_at=None) | Q(mail_began_at__lte=at - single.in_hand())
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
    date, name = report.answered_at or at, message_id(report)
    known = single.fate(name, since=date, at=at) if report.mail_began_at else Fate.NOT_TAKEN
    if known is Fate.TAKEN:
        return bool(own.update(mailed_at=at))
    if known is Fate.NOT_KNOWN_YET:
        return False
    doubts = 0 if known is Fate.NOT_TAKEN else report.mail_doubts
    if doubts >= single.DOUBTS:
        logger.error("The answer to report %s was tried twice, and nobody knows whether it was taken", report.pk)
        own.update(email="")
        return False
    own.update(mail_doubts=doubts + 1)
    try:
        answer = single.hand_over(way, mails.answer(report), to=report.email, message_id=name, date=date, at=at)
    except HeaderRefused:
        logger.exception("An answer to a reader could not be written")
        return False
    return _record(own, answer.outcome, at)


def _record(own: QuerySet[SentenceReport], outcome: Outcome, at: datetime) -> bool:
    if outcome is Outcome.TAKEN:
        return bool(own.update(mailed_at=at))
    if outcome is Outcome.NOT_THIS_READER:
        own.update(email="", mail_began_at=None)
    elif outcome is not Outcome.UNKNOWN:
        own.update(mail_began_at=None)
    return False


def message_id(report: SentenceReport) -> str:
    """The same at every attempt, and nobody else's."""
    return single.message_id("articles.readers.outbox", report.pk)
