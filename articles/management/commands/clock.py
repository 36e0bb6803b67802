"""`clock`: everything that happens with time and without a person."""

import signal
import threading
import time
from typing import Any

from django.core.management.base import CommandParser
from django.db import DatabaseError, close_old_connections

from articles.management.base import PlainCommand
from articles.newsletter import consent, heartbeat, watch

EVERY = 30  # seconds


class Command(PlainCommand):
    help = "Builds the due letter, asks waiting subscribers, forgets unconfirmed ones. Runs until SIGTERM, or once."

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
        built = watch.go_round()
        heartbeat.tell_alarms()
        forgotten, asked = consent.forget(), consent.ask_waiting()
        heartbeat.beat()
        return f"{asked} asked to confirm, {forgotten} forgotten.{built}"
