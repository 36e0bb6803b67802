"""`clock`: everything that happens with time and without a person."""

import signal
import threading
import time
from typing import Any

from django.core.management.base import CommandParser
from django.db import DatabaseError, close_old_connections

from articles.management.base import PlainCommand
from articles.newsletter import consent, erasure, heartbeat, watch, wishes
from articles.newsletter.sending import outbox
from articles.newsletter.sending.outbox import Postman
from articles.publishing.pictures import consequences
from articles.readers import reports, traces
from articles.search import index

EVERY = 30  # seconds
AT_ONCE = 1  # seconds after which somebody who pressed a button is answered by mail


class Command(PlainCommand):
    help = "Builds and sends the due letter, answers who waits for a mail, forgets. Runs until SIGTERM, or once."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="do what is due now, and end")

    def handle(self, *, once: bool, **options: Any) -> None:
        if once:
            self.stdout.write(self.tick() + self.send())
            return
        stop, postman = threading.Event(), Postman()
        postman.start()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        while not stop.is_set():
            started = time.monotonic()
            try:
                self.tick()
            except DatabaseError as problem:
                self.stderr.write(f"The clock could not reach the database and tries again: {problem}")
            close_old_connections()
            if not postman.is_alive():
                postman = Postman()
                postman.start()
            self.answer_until(started + EVERY, stop)
        postman.end()

    def send(self) -> str:
        """Sends what is due now, and ends; SIGTERM finishes the letter in hand."""
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        looked_at = outbox.send_due(stop)
        return f" {looked_at} issue{'' if looked_at == 1 else 's'} under way." if looked_at else ""

    def answer_until(self, end: float, stop: threading.Event) -> None:
        """Answers those who wait for a mail at this moment, until the next round is due."""
        while not stop.wait(min(AT_ONCE, max(0.0, end - time.monotonic()))) and time.monotonic() < end:
            try:
                wishes.answer()
            except DatabaseError:  # the next round says so
                close_old_connections()

    def tick(self) -> str:
        """One round; every step is safe to repeat after being cut off anywhere."""
        built = watch.go_round()
        heartbeat.tell_alarms()
        forgotten = erasure.forget() + reports.forget()
        asked = wishes.answer() + consent.ask_waiting()
        answered = reports.mail_answers()
        for tidy in (erasure.sweep, traces.forget, index.tidy, consequences.catch_up):
            tidy()
        heartbeat.beat()
        return f"{asked} asked to confirm, {answered} answers mailed, {forgotten} forgotten.{built}"
