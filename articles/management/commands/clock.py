"""`clock`: everything that happens with time and without a person."""

import signal
import threading
import time
from typing import Any, TypeVar

from django.core.management.base import CommandParser
from django.db import DatabaseError, close_old_connections
from django.utils import timezone

from articles.mail import alarms, sender
from articles.management.base import PlainCommand
from articles.newsletter import heartbeat, scheduler
from articles.newsletter.delivery import workers
from articles.newsletter.delivery.workers import SendingThread
from articles.newsletter.subscriptions import collecting, erasure, requests
from articles.newsletter.subscriptions.collecting import Collector
from articles.publishing.pictures import receivers
from articles.readers import reports, visitor_dedupe
from articles.search import index

EVERY = 30  # seconds
AT_ONCE = 1  # seconds after which a mail that is in line is sent


Running = TypeVar("Running", bound=threading.Thread)


def started(thread: type[Running]) -> Running:
    made = thread()
    made.start()
    return made


class Command(PlainCommand):
    help = "Builds and sends the due newsletter, sends waiting mail, deletes what has expired. Runs until SIGTERM."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="do what is due now, and end")

    def handle(self, *, once: bool, **options: Any) -> None:
        if once:
            collecting.attempt()
            self.stdout.write(self.tick() + self.send())
            return
        stop = threading.Event()
        postman, collector = started(SendingThread), started(Collector)
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        while not stop.is_set():
            began = time.monotonic()
            try:
                self.tick()
            except DatabaseError as problem:
                self.stderr.write(f"The clock could not reach the database and tries again: {problem}")
            close_old_connections()
            postman = postman if postman.is_alive() else started(SendingThread)
            collector = collector if collector.is_alive() else started(Collector)
            self.answer_until(began + EVERY, stop)
        postman.end()
        collector.end()

    def send(self) -> str:
        """Sends what is due now, and ends; SIGTERM finishes the letter in hand."""
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        looked_at = workers.send_due(stop)
        return f" {looked_at} issue{'' if looked_at == 1 else 's'} under way." if looked_at else ""

    def answer_until(self, end: float, stop: threading.Event) -> None:
        """Answers those who wait for a mail at this moment, until the next round is due."""
        while not stop.wait(min(AT_ONCE, max(0.0, end - time.monotonic()))) and time.monotonic() < end:
            try:
                sender.send_due()
            except DatabaseError:  # the next round says so
                close_old_connections()

    def tick(self) -> str:
        """One round; every step is safe to repeat after being cut off anywhere."""
        built = scheduler.go_round()
        alarms.tell()
        requests.ask_imported()
        sent = sender.send_due()
        sender.give_up(at=timezone.now())
        forgotten = erasure.forget() + reports.forget()
        for tidy in (erasure.sweep, visitor_dedupe.forget, index.tidy, receivers.catch_up):
            tidy()
        heartbeat.beat()
        return f"{sent} mail{'' if sent == 1 else 's'} sent, {forgotten} forgotten.{built}"
