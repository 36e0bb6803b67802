"""What the clock does beside its rounds, each in a thread of its own: no round waits for a mail server or a mailbox."""

import time
from abc import ABC, abstractmethod
from datetime import timedelta
from threading import Event, Thread

from django.db import close_old_connections, connections


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
        """One piece of work, which raises nothing. Returns the seconds until the next."""

    def run(self) -> None:
        while not self.stop.is_set():
            self.began_at = time.monotonic()
            pause = self.work()
            self.began_at = None
            close_old_connections()
            self.stop.wait(pause)
        connections.close_all()

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
