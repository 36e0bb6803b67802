"""`approve_issue`: freezes an issue and queues a delivery for each of its readers."""

from typing import Any

from django.core.management.base import CommandError, CommandParser

from articles.management.base import PlainCommand, issue_numbered, user_called
from articles.newsletter.issues import building


class Command(PlainCommand):
    help = "Approves a newsletter issue, like the Approve button. Exit 1 with the reasons if it can’t be approved."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("number", type=int, help="the issue’s number")
        parser.add_argument("--by", required=True, metavar="USERNAME", help="username of the person who approves it")

    def handle(self, *, number: int, by: str, **options: Any) -> None:
        issue, user = issue_numbered(number), user_called(by)
        try:
            issue = building.approve(issue, by=user)
        except building.IssueRefused as refusal:
            raise CommandError("\n".join([f"Issue {number} was not approved:", *refusal.problems])) from refusal
        readers = issue.deliveries.count()
        self.stdout.write(f"Issue {number} is approved; it goes to {readers} subscriber{'' if readers == 1 else 's'}.")
