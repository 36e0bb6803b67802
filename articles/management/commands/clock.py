"""`clock`: everything that happens with time and without a person."""

import logging
import signal
import threading
import time
from datetime import timedelta
from typing import Any

from django.core.management.base import CommandParser
from django.db import close_old_connections
from django.utils import timezone

from articles.mail import alarms, sender
from articles.mail.postman import Postman
from articles.mail.recurring import Recurring
from articles.management.base import SETTINGS_ALONE, Service
from articles.metrics import CLOCK_ROUNDS
from articles.newsletter import heartbeat, scheduler
from articles.newsletter.delivery import workers
from articles.newsletter.delivery.workers import SendingThread
from articles.newsletter.subscriptions import collecting, erasure, requests
from articles.newsletter.subscriptions.collecting import Collector
from articles.publishing import deletions, index_now, notices, page_texts, review_mails, safeguards, share_cards
from articles.publishing.index_now import Herald
from articles.publishing.pictures import receivers
from articles.readers import opens, reports, visitor_dedupe
from articles.search import index, misses, related

logger = logging.getLogger(__name__)

EVERY = 30  # seconds
BESIDE = (SendingThread, Postman, Collector, Herald)


class Command(Service):
    help = "Builds and sends the due newsletter, sends waiting mail, deletes what has expired. Runs until SIGTERM."
    requires_system_checks = SETTINGS_ALONE

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="do what is due now, and end")

    def handle(self, *, once: bool, **options: Any) -> None:
        if once:
            collecting.attempt()
            report = self.tick()
            index_now.tell()
            sent = sender.send_due()
            self.stdout.write(f"{sent} mail{'' if sent == 1 else 's'} sent, {report}" + self.send())
            return
        stop = threading.Event()
        running: list[Recurring] = [started(task) for task in BESIDE]
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        while not stop.is_set():
            end = time.monotonic() + EVERY
            try:
                self.tick()
                name_stuck(running)
            except Exception:
                logger.exception("A round of the clock failed; trying again")
            close_old_connections()
            running = [task if task.is_alive() else started(type(task)) for task in running]
            stop.wait(max(0.0, end - time.monotonic()))
        for task in running:
            task.end()

    def send(self) -> str:
        """Sends what is due now, and ends; SIGTERM finishes the letter in hand."""
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        looked_at = workers.send_due(stop)
        return f" {looked_at} issue{'' if looked_at == 1 else 's'} under way." if looked_at else ""

    def tick(self) -> str:
        """One round; every step is safe to repeat after being cut off anywhere, and none waits for another machine."""
        built = scheduler.go_round()
        alarms.tell()
        safeguards.apply_due()
        review_mails.remind()
        notices.remind()
        notices.mail()
        requests.ask_imported()
        sender.give_up(at=timezone.now())
        forgotten = erasure.forget() + reports.forget()
        for tidy in (
            erasure.sweep,
            visitor_dedupe.forget,
            opens.make_days,
            deletions.purge,
            misses.forget,
            index.tidy,
            receivers.catch_up,
        ):
            tidy()
        for catch_up in (page_texts.catch_up, related.catch_up, share_cards.catch_up):
            catch_up()
        heartbeat.beat()
        CLOCK_ROUNDS.inc()
        return f"{forgotten} forgotten.{built}"


def started(task: type[Recurring]) -> Recurring:
    made = task()
    made.start()
    return made


def name_stuck(running: list[Recurring]) -> None:
    """Raises an alarm for what takes longer than it may, by its name, and ends it when that goes on."""
    for task in running:
        key = f"task:{type(task).__name__}"
        if (passed := task.stuck_for()) is not None:
            minutes = passed // timedelta(minutes=1)
            if not alarms.is_open(key):
                alarms.ring(key, f"The clock’s {task.is_called} hasn’t come to an end for {minutes} minutes.")
        else:
            alarms.over(key)
