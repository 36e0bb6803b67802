"""Mail that came back is fetched from BOUNCE_MAILBOX by the clock, beside its rounds, so a slow mailbox delays nothing.

A mailbox that cannot be read raises an alarm, and is tried again; newsletters go on meanwhile.
"""

import logging
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from threading import Event

from django.conf import settings
from django.db import DatabaseError

from articles.mail import alarms
from articles.mail.bounces import mailboxes
from articles.mail.bounces.mailboxes import MailboxRefused
from articles.mail.recurring import Recurring
from articles.newsletter.subscriptions import incoming

logger = logging.getLogger(__name__)

EVERY = 300.0  # seconds between two readings
AGAIN = 60.0  # seconds after one that failed
IN_A_ROW = 3  # failures that raise the alarm: a server that starts again is no news
ALARM = "bounces"


def collect(stop: Event | None = None) -> Counter[str]:
    """Takes in the mails that lie there, until told to stop; how many came to which end. Raises MailboxRefused."""
    stop = stop or Event()
    if not settings.BOUNCE_MAILBOX:
        return Counter()
    return incoming.take_all(_until(stop, mailboxes.mails(settings.BOUNCE_MAILBOX)))


def _until(stop: Event, mails: Iterator[bytes]) -> Iterator[bytes]:
    for mail in mails:
        yield mail
        if stop.is_set():
            return


def attempt(stop: Event | None = None, *, failures: int = IN_A_ROW - 1) -> bool:
    """One reading, after so many `failures` in a row; the third raises the alarm. False if it failed."""
    try:
        collect(stop)
    except DatabaseError:
        logger.warning("The database could not be reached; mail that came back waits")
        return False
    except MailboxRefused as refusal:
        return _failed(str(refusal), failures)
    except Exception as problem:
        logger.exception("Mail that came back could not be taken in")
        return _failed(f"{type(problem).__name__}: the server’s log says more.", failures)
    alarms.over(ALARM)
    return True


def _failed(why: str, before: int) -> bool:
    logger.warning("Mail that came back could not be read: %s", why)
    if before + 1 >= IN_A_ROW and not alarms.is_open(ALARM):
        alarms.ring(ALARM, f"Bounced mail isn’t being read, so dead addresses stay on the list. {why}")
    return False


class Collector(Recurring):
    """The clock's own reader of the mailbox. A mail that was being read when it had to end is read again."""

    is_called = "reader of bounced mail"
    may_take = timedelta(minutes=30)
    ends_within = 5.0

    def __init__(self) -> None:
        super().__init__()
        self.failures = 0

    def work(self) -> float:
        self.failures = 0 if attempt(self.stop, failures=self.failures) else self.failures + 1
        return AGAIN if self.failures else EVERY
