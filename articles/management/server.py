"""The process of granian that serves readers: started, reloaded, and started again where it ended."""

import signal
import sys
import time
from pathlib import Path

from django.conf import settings

from articles.management import lifeline
from articles.management.binding import Binding
from articles.management.supervisor import Restarts
from articles.refusal import Refused

SETTLES = 10.0  # seconds: a server that ends by itself before that does not work at all
QUEUE = 128  # connections that may wait for a worker: some seconds' work. More are refused at once
PAUSE = 1.0  # seconds between two attempts to start it again: the site is down meanwhile
LETS_GO = 10.0  # seconds in which the workers of a killed server are expected to give its port back
RELOADS = 8.0  # seconds that a new worker gets to load the site before the old one stops; a busy machine takes some
FINISHES = 30  # seconds that an old worker gets for the requests in its hands
JSON_LOG = Path(__file__).with_name("json_lines.json")
LOOKS = 10  # seconds between two looks at the memory of the workers


class ServerEnded(Refused):
    """It could not even start."""


class Server:
    """`look` is called again and again; it returns a sentence where it did something that its owner should read."""

    def __init__(self, binding: Binding, *, workers: int, threads: int, memory: int) -> None:
        self.binding, self.first = binding, True
        self.command = [sys.executable, "-m", "granian", "--interface", "wsgi", *binding.arguments()]
        self.command += ["--workers", str(workers), "--blocking-threads", str(threads)]
        self.command += ["--backpressure", str(2 * threads), "--backlog", str(QUEUE)]
        self.command += ["--log-level", "error", "--no-access-log"]
        if settings.LOG_FORMAT == "json":
            self.command += ["--log-config", str(JSON_LOG)]
        self.command += ["--respawn-failed-workers", "--respawn-interval", str(RELOADS)]
        self.command += ["--workers-max-rss", str(memory), "--rss-sample-interval", str(LOOKS), "--rss-samples", "2"]
        self.command += ["--workers-kill-timeout", str(FINISHES), "articles.management.web_worker:application"]
        self.restarts = Restarts(longest=PAUSE)
        self._start()

    def _start(self) -> None:
        self.binding.refuse_taken()
        self.process, self.started = lifeline.start(self.command), time.monotonic()
        self.last_up = self.started

    def look(self) -> str:
        """Raises ServerEnded where it never served. A worker that ends is replaced by granian itself."""
        ended, now = self.process.poll(), time.monotonic()
        if ended is None:
            self.last_up = now
            if now - self.started >= SETTLES:
                self.first = False
                self.restarts.reset()
            return ""
        if self.first and ended > 0:
            raise ServerEnded(f"The server stopped unexpectedly (exit {ended}).")
        if not self.restarts.is_time(now):
            return ""
        try:
            self._start()
        except Refused as refusal:
            is_taken = now - self.last_up >= LETS_GO
            return f"The server stopped. It can’t be restarted yet: {refusal.problems[0]}" if is_taken else ""
        return "The server stopped. Restarting it."

    def reload(self) -> None:
        """Replaces the workers one after another: each new one serves before the old one stops."""
        self.process.send_signal(signal.SIGHUP)
