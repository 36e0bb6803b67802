"""`clock`: everything that happens with time and without a person."""

import signal
import threading
import time
from typing import Any

from django.core.management.base import CommandParser
from django.db import DatabaseError, close_old_connections

from articles.management.base import PlainCommand
from articles.newsletter import consent, heartbeat
from articles.readers import reports, traces

EVERY = 30  # seconds


class Command(PlainCommand):
    help = "Asks waiting subscribers, forgets unconfirmed ones, and leaves a heartbeat. Runs until SIGTERM, or once."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="do what is due now, and end")

    def handle(self, *, once: bool, **options: Any) -> None:
        if once:
            self.stdout.write(self.tick())
            return
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        while not stop.is_set():
            started = time.monotonic()
            try:
                self.tick()
            except DatabaseError as problem:
                self.stderr.write(f"The clock could not reach the database and tries again: {problem}")
            close_old_connections()
            stop.wait(max(1.0, EVERY - (time.monotonic() - started)))

    def tick(self) -> str:
        """One round; every step is safe to repeat after being cut off anywhere."""
        forgotten, asked = consent.forget() + reports.forget(), consent.ask_waiting()
        traces.forget()
        answered = reports.mail_answers()
        heartbeat.beat()
        return f"{asked} asked to confirm, {answered} answers mailed, {forgotten} forgotten."
