"""`clock`: everything that happens with time and without a person."""

import signal
import threading
import time
from typing import Any, TypeVar

from django.core.management.base import CommandParser
from django.db import DatabaseError, close_old_connections

from articles.management.base import PlainCommand
from articles.newsletter import collecting, consent, erasure, heartbeat, watch, wishes
from articles.newsletter.collecting import Collector
from articles.newsletter.sending import outbox
from articles.newsletter.sending.outbox import Postman
from articles.publishing.pictures import consequences
from articles.readers import outbox as answers
from articles.readers import reports, traces
from articles.search import index

EVERY = 30  # seconds
AT_ONCE = 1  # seconds after which somebody who pressed a button is answered by mail


Running = TypeVar("Running", bound=threading.Thread)


def started(thread: type[Running]) -> Running:
    made = thread()
    made.start()
    return made


class Command(PlainCommand):
    help = "Builds and sends the due letter, answers who waits for a mail, forgets. Runs until SIGTERM, or once."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="do what is due now, and end")

    def handle(self, *, once: bool, **options: Any) -> None:
        if once:
            collecting.attempt()
            self.stdout.write(self.tick() + self.send())
            return
        stop = threading.Event()
        postman, collector = started(Postman), started(Collector)
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        while not stop.is_set():
            began = time.monotonic()
            try:
                self.tick()
            except DatabaseError as problem:
                self.stderr.write(f"The clock could not reach the database and tries again: {problem}")
            close_old_connections()
            postman = postman if postman.is_alive() else started(Postman)
            collector = collector if collector.is_alive() else started(Collector)
            self.answer_until(began + EVERY, stop)
        postman.end()
        collector.end()

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
        answered = answers.mail_answers()
        for tidy in (erasure.sweep, traces.forget, index.tidy, consequences.catch_up):
            tidy()
        heartbeat.beat()
        return f"{asked} asked to confirm, {answered} answers mailed, {forgotten} forgotten.{built}"
