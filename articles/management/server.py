"""The process of granian that serves readers: forked, and forked again where it ended."""

import multiprocessing
import signal
import time
from dataclasses import dataclass
from typing import Any

from granian import Granian
from granian.constants import Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels

from articles.management import lifeline, web_worker
from articles.management.binding import Binding
from articles.management.lifeline import Process
from articles.management.supervisor import Restarts
from articles.refusal import Refused

SETTLES = 10.0  # seconds: a server that ends by itself before that does not work at all
QUEUE = 128  # connections that may wait for a worker: some seconds' work. More are refused at once
PAUSE = 1.0  # seconds between two attempts to start it again: the site is down meanwhile
LETS_GO = 10.0  # seconds in which the workers of a killed server are expected to give its port back
BESIDE = 5.0  # seconds that new workers serve beside the old ones before these stop; a busy machine takes some
FINISHES = 30  # seconds that an old worker gets for the requests in its hands
LOOKS = 10  # seconds between two looks at the memory of the workers
SITE_LOG: dict[str, Any] = {"incremental": True, "handlers": {}, "loggers": {}}  # the site's log, as it was set up


class ServerEnded(Refused):
    """It could not even start."""


@dataclass(frozen=True)
class Size:
    """How many workers, of how many threads, and the megabytes that each may have."""

    workers: int
    threads: int
    memory: int


class Server:
    """`look` is called again and again; it returns a sentence where it did something that its owner should read.

    `replaced` is a server of older code, which stops as soon as this one has served for some time.
    """

    def __init__(self, binding: Binding, size: Size, replaced: Process | None = None) -> None:
        self.binding, self.size, self.replaced = binding, size, replaced
        self.first, self.is_asked, self.restarts = True, False, Restarts(longest=PAUSE)
        self._start()

    def _start(self) -> None:
        if not self.replaced:
            self.binding.refuse_taken()
        self.process, self.started = lifeline.fork("site-server", self._serve), time.monotonic()
        self.last_up = self.started

    def _serve(self) -> None:
        """Runs in a process of its own."""
        multiprocessing.set_start_method("fork", force=True)  # granian starts its workers by the method that is set
        self.binding.clear()
        size = self.size
        granian = Granian(
            "the site",
            interface=Interfaces.WSGI,
            workers=size.workers,
            blocking_threads=size.threads,
            backpressure=2 * size.threads,
            backlog=QUEUE,
            http1_settings=HTTP1Settings(),
            log_level=LogLevels.error,
            log_dictconfig=SITE_LOG,
            respawn_failed_workers=True,
            respawn_interval=BESIDE,
            workers_max_rss=size.memory,
            rss_sample_interval=LOOKS,
            rss_samples=2,
            workers_kill_timeout=FINISHES,
            **self.binding.arguments(),
        )
        granian.serve(target_loader=web_worker.load, wrap_loader=False)

    def look(self) -> str:
        """Raises ServerEnded where it never served. A worker that ends is replaced by granian itself."""
        ended, now = self.process.poll(), time.monotonic()
        if ended is None:
            self.binding.publish()
            self.last_up = now
            if now - self.started >= SETTLES:
                self.first = False
                self.restarts.reset()
            self._retire(now)
            return ""
        if self.first and ended > 0 and not self.replaced:
            raise ServerEnded(f"The server stopped unexpectedly (exit {ended}).")
        if not self.restarts.is_time(now):
            return ""
        try:
            self._start()
        except Refused as refusal:
            is_taken = now - self.last_up >= LETS_GO
            return f"The server stopped. It can’t be restarted yet: {refusal.problems[0]}" if is_taken else ""
        return "The server stopped. Restarting it."

    def _retire(self, now: float) -> None:
        """Asks it to stop, once."""
        served = now - self.started
        if not self.replaced or self.replaced.poll() is not None:
            self.replaced = None
        elif served >= BESIDE and not self.is_asked and not self.binding.is_hidden:
            self.is_asked = True
            self.replaced.send(signal.SIGTERM)
        elif self.is_asked and served >= BESIDE + 2 * FINISHES:
            self.replaced.send(signal.SIGKILL)

    def processes(self) -> list[Process]:
        return [self.process, *([self.replaced] if self.replaced else [])]
