"""`deliveries`: what the ledger says of an issue, without a single address."""

import json
from typing import Any

from django.core.management.base import CommandParser

from articles.management.base import PlainCommand, issue_numbered
from articles.models import Delivery, Issue
from articles.newsletter.delivery import settling


class Command(PlainCommand):
    help = "Shows how many copies of an issue are in each state, and which were unknown after a crash."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("number", type=int, help="the issue’s number")
        parser.add_argument("--json", action="store_true", help="print one JSON document")

    def handle(self, *, number: int, **options: Any) -> None:
        issue = issue_numbered(number)
        counts, doubtful = settling.counts(issue), [_doubt(row) for row in settling.doubtful(issue)]
        if options["json"]:
            about = {"number": issue.number, "issue": issue.state, "total": sum(counts.values())}
            self.stdout.write(json.dumps({**counts, **about, "was_uncertain": doubtful}))
        else:
            self.write(issue, counts, doubtful)

    def write(self, issue: Issue, counts: dict[str, int], doubtful: list[dict[str, Any]]) -> None:
        reason = f": {issue.reason}" if issue.reason else ""
        self.stdout.write(f"Issue {issue.number}, {issue.get_state_display().lower()}{reason}")
        for state, label in Delivery.STATES:
            self.stdout.write(f"{counts[state]:8}  {label.lower()}")
        for row in doubtful:
            self.stdout.write(f"  was unknown: {row['message_id']}, now {row['state']}. {row['answer']}")


def _doubt(row: Delivery) -> dict[str, Any]:
    return {
        "delivery": row.pk,
        "message_id": row.message_id,
        "state": row.state,
        "attempts": row.attempts,
        "answer": row.answer,
    }
