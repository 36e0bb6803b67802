"""`build_issue`: the letter of a week, by hand."""

import json
from datetime import datetime
from typing import Any

from django.core.management.base import CommandParser

from articles.management.base import PlainCommand, moment
from articles.models import Issue
from articles.newsletter.issues import building


class Command(PlainCommand):
    help = "Builds the newsletter issue of an ISO week, or adds what was published since to its draft. Safe to repeat."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--now", type=moment, metavar="ISO", help="build the week of this time")
        parser.add_argument("--since", type=moment, metavar="ISO", help="include what was published after this time")
        parser.add_argument("--json", action="store_true", help="print one JSON document and nothing else")

    def handle(self, *, now: datetime | None, since: datetime | None, json: bool, **options: Any) -> None:
        issue = building.build(now=now, since=since)
        self.stdout.write(as_json(issue) if json else as_lines(issue))


def as_json(issue: Issue) -> str:
    return json.dumps(
        {
            "number": issue.number,
            "week": issue.week,
            "state": issue.state,
            "subject": issue.subject,
            "reason": issue.reason,
            "since": issue.since.isoformat(),
            "until": issue.until.isoformat(),
            "articles": [
                {"slug": edition.slug, "title": edition.title, "edition": edition.number} for edition in said(issue)
            ],
        },
        ensure_ascii=False,
        indent=1,
    )


def as_lines(issue: Issue) -> str:
    lines = [f"Issue {issue.number}, week {issue.week}, {issue.get_state_display().lower()}: {issue.subject}"]
    lines += [f"  {edition.title}" for edition in said(issue)]
    return "\n".join([*lines, *([issue.reason] if issue.reason else [])])


def said(issue: Issue) -> list[Any]:
    return [item.edition for item in issue.items.select_related("edition")]
