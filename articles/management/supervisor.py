"""The clock's process beside the server: started again where it ended or hangs. Silent for long, it is told of."""

import logging
import time
from collections.abc import Callable
from datetime import datetime

from django.db import connections
from django.utils import timezone

from articles.mail import sender
from articles.management.lifeline import Process, stop
from articles.newsletter import heartbeat

logger = logging.getLogger(__name__)

FIRST, LONGEST = 1.0, 60.0  # seconds before what ended again is started again: twice as long each time
HANGS_AFTER = 60.0  # seconds of looking at a late heartbeat: a machine that slept gives the clock time to beat
TOLD_EVERY = 24 * 3600.0  # seconds


class Restarts:
    """When what ended is started again: at once after the first end, then after longer and longer pauses."""

    def __init__(self, longest: float = LONGEST) -> None:
        self.longest, self.pause, self.again_at = longest, FIRST, 0.0

    def is_time(self, now: float) -> bool:
        if now < self.again_at:
            return False
        self.again_at, self.pause = now + self.pause, min(2 * self.pause, self.longest)
        return True

    def reset(self) -> None:
        self.pause = FIRST


class Supervisor:
    """`look` is called again and again; it returns a sentence where it did something that its owner should read.

    `replaced` is a clock of older code, which was asked to stop: the new one starts when it has.
    """

    def __init__(self, start: Callable[[], Process], replaced: Process | None = None) -> None:
        self.start, self.process, self.since = start, replaced or start(), timezone.now()
        self.started_at, self.started = self.since, time.monotonic()
        self.restarts, self.tell_at = Restarts(), 0.0
        self.late_since: float | None = None

    def look(self) -> str:
        now, silent_since = time.monotonic(), max(self.since, heartbeat.last() or self.since)
        if silent_since > self.started_at:
            self.restarts.reset()
        is_late = self._is_late(silent_since, now)
        if is_late and now >= self.tell_at:
            self.tell_at = now + (TOLD_EVERY if self._tell(silent_since) else LONGEST)
        if self.process.poll() is not None:
            return self._restart(now)
        if is_late and now - self.started >= heartbeat.LATE.total_seconds():
            stop([self.process])
            return "The clock isn’t responding. Stopping it."
        return ""

    def _is_late(self, silent_since: datetime, now: float) -> bool:
        if timezone.now() - silent_since < heartbeat.LATE:
            self.late_since, self.tell_at = None, 0.0
            return False
        if self.late_since is None:
            self.late_since = now
        return now - self.late_since >= HANGS_AFTER

    def _restart(self, now: float) -> str:
        """The pauses grow until a clock beats."""
        if not self.restarts.is_time(now):
            return ""
        self.process, self.started_at, self.started = self.start(), timezone.now(), now
        return "The clock stopped. Restarting it."

    def _tell(self, silent_since: datetime) -> bool:
        """Mails the administrators; False where even that was not possible."""
        try:
            heartbeat.tell(silent_since)
            return sender.send_due(kinds=[heartbeat.ClockStoodStill.name]) > 0
        except Exception:
            logger.exception("The clock isn’t running, and no one could be notified")
            return False
        finally:
            connections.close_all()  # the next clock is forked from this process
