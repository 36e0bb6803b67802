"""Single mails, each once: its owner writes intent down first, and after a crash the mail server is asked for it.

Who owns a mail is a row of somebody else's (a wish, a report). Here is what they share: how long a mail stays in the
hand of one sender, a Message-ID that is the same at every attempt, and what became of an attempt that nobody ended.
"""

import logging
from datetime import datetime, timedelta
from enum import Enum

from django.conf import settings
from django.utils.crypto import salted_hmac

from articles.newsletter import bounces
from articles.newsletter.messages import Message
from articles.newsletter.sending.answers import Answer, Outcome
from articles.newsletter.sending.door import Way, way_for_single_mails
from articles.newsletter.sending.relays import relay
from articles.newsletter.sending.smtp import Refusal
from articles.newsletter.sending.wire import Envelope

logger = logging.getLogger(__name__)

LEASE = timedelta(minutes=45)  # more than all waits for a mail server together
DOUBTS = 2  # attempts that nobody saw the end of, at a mail server that cannot be asked: no third copy goes out
ASKED_FOR = timedelta(days=1)  # a mail server that could say what it took, and gives no answer


class Fate(Enum):
    """What became of a mail that was begun, and of which nobody saw the end."""

    TAKEN = "taken"
    NOT_TAKEN = "not taken"
    NOT_KNOWN_YET = "not known yet"
    NEVER_KNOWN = "never known"


def in_hand() -> timedelta:
    """How long after an attempt began its sender must be dead, and the mail server knows what it took."""
    return LEASE + timedelta(seconds=relay().settles_within)


def fate(message_id: str, *, since: datetime, at: datetime) -> Fate:
    """Asks the mail server for a mail that was first tried at `since`."""
    asked = relay()
    knows = asked.knows(message_id, since)
    if knows is not None:
        return Fate.TAKEN if knows else Fate.NOT_TAKEN
    return Fate.NOT_KNOWN_YET if asked.can_be_asked and at < since + ASKED_FOR else Fate.NEVER_KNOWN


def hand_over(way: Way, message: Message, *, to: str, message_id: str, date: datetime, at: datetime) -> Answer:
    """Hands a mail over by a way that is open. Raises HeaderRefused before anything is sent."""
    envelope = Envelope(
        message=message,
        sender=bounces.own_address(),
        recipient=to,
        message_id=message_id,
        from_email=settings.DEFAULT_FROM_EMAIL,
        date=date,
        finish_by=at + LEASE,
    )
    return way.hand_over(envelope)


def post(message: Message, *, to: str, message_id: str, at: datetime) -> Outcome:
    """Hands one mail over by a way of its own. A mail server that cannot be reached is asked LATER."""
    way = way_for_single_mails()
    try:
        way.open()
        return hand_over(way, message, to=to, message_id=message_id, date=at, at=at).outcome
    except Refusal as refusal:
        logger.warning("The mail server cannot be reached: %s", refusal)
        return Outcome.LATER
    finally:
        way.close()


def message_id(owner: str, number: int) -> str:
    """The same at every attempt, and nobody else's: `owner` names a kind of rows, `number` is the id of one."""
    keyed = salted_hmac(owner, str(number), algorithm="sha256").hexdigest()[:32]
    return f"<answer-{keyed}@{bounces.own_address().rpartition('@')[2]}>"
