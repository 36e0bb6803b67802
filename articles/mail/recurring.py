"""What the clock does beside its rounds, each in a thread of its own: no round waits for a mail server or a mailbox."""

import logging
import time
from abc import ABC, abstractmethod
from datetime import timedelta
from threading import Event, Thread

from django.db import DatabaseError, close_old_connections, connections

logger = logging.getLogger(__name__)

AGAIN_IN = 5.0  # seconds after a failure


class Recurring(ABC, Thread):
    """Does a piece of work again and again until it is told to end."""

    is_called = ""  # as in “The clock’s … doesn’t go on”
    may_take: timedelta | None = None  # a piece of work; None where something else watches over it
    ends_within: float | None = None  # seconds for which `end` waits; None for as long as it takes

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.stop = Event()
        self.began_at: float | None = None  # monotonic; None between two pieces of work

    @abstractmethod
    def work(self) -> float:
        """One piece of work. Returns the seconds until the next."""

    def run(self) -> None:
        while not self.stop.is_set():
            self.began_at = time.monotonic()
            pause = self._attempt()
            self.began_at = None
            close_old_connections()
            self.stop.wait(pause)
        connections.close_all()

    def _attempt(self) -> float:
        try:
            return self.work()
        except DatabaseError:
            logger.warning("The database could not be reached; the %s waits", self.is_called)
        except Exception:
            logger.exception("The %s failed; trying again", self.is_called)
        return AGAIN_IN

    def end(self) -> None:
        """Lets it finish what it has in hand, within limits."""
        self.stop.set()
        self.join(self.ends_within)

    def stuck_for(self) -> timedelta | None:
        """How long its piece of work has taken, if that is longer than it may take."""
        began_at = self.began_at
        if began_at is None or self.may_take is None:
            return None
        passed = timedelta(seconds=time.monotonic() - began_at)
        return passed if passed > self.may_take else None
