"""`send_issue`: hands an approved issue over to its readers, until every letter is settled or it is stopped."""

import signal
import sys
import threading
from typing import Any

from django.core.management.base import CommandError, CommandParser
from tqdm import tqdm

from articles.management.base import PlainCommand, issue_numbered
from articles.models import Delivery, Issue
from articles.newsletter.delivery import settling
from articles.newsletter.delivery.workers import WorkerPool


class Command(PlainCommand):
    help = (
        "Sends an approved issue until it is finished. SIGTERM stops it after the messages in progress. Started "
        "again, or on several machines with one PostgreSQL, it continues where it stopped."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("number", type=int, help="the issue’s number")
        parser.add_argument("--workers", type=int, default=1, metavar="N", help="connections to the mail server")

    def handle(self, *, number: int, workers: int, **options: Any) -> None:
        if not 1 <= workers <= 64:
            raise CommandError("--workers takes a number from 1 to 64.")
        issue = issue_numbered(number)
        refuse(issue)
        stop = threading.Event()
        for received in (signal.SIGTERM, signal.SIGINT):
            signal.signal(received, lambda *_: stop.set())
        self.send(issue, workers, stop)
        issue.refresh_from_db()
        self.report(issue, settling.counts(issue))

    def send(self, issue: Issue, workers: int, stop: threading.Event) -> None:
        total = issue.deliveries.count()
        with (
            tqdm(total=total, desc=f"Issue {issue.number}", unit=" letters", disable=not sys.stderr.isatty()) as bar,
            WorkerPool(issue, workers=workers, stop=stop) as crew,
        ):
            while crew.is_at_work(within=0.5 if not bar.disable else 2.0):
                bar.update(issue.deliveries.settled().count() - bar.n if not bar.disable else 0)

    def report(self, issue: Issue, counts: dict[str, int]) -> None:
        states = ", ".join(f"{counts[state]} {label.lower()}" for state, label in Delivery.STATES if counts[state])
        self.stdout.write(f"Issue {issue.number}: {states or 'no subscribers'}.")
        if doubtful := settling.doubtful(issue).count():
            self.stdout.write(f"{doubtful} were unknown after a crash: manage.py deliveries {issue.number}")
        if issue.state == Issue.HELD:
            raise CommandError(f"Issue {issue.number} is on hold: {issue.reason}")
        if issue.state != Issue.SENT:
            self.stdout.write("Stopped before the end. Run it again to continue.")


def refuse(issue: Issue) -> None:
    """Stops the command where an issue cannot be sent, with the reason."""
    if issue.state == Issue.HELD:
        raise CommandError(f"Issue {issue.number} is on hold: {issue.reason}")
    if issue.state == Issue.DRAFT:
        raise CommandError(f"Issue {issue.number} is a draft. Approve it first.")
    if issue.state == Issue.SKIPPED:
        raise CommandError(f"Issue {issue.number} was skipped: {issue.reason}")
