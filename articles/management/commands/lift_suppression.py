"""`lift_suppression`: an address may be written to again; or all whom an issue bounced from through our fault."""

from typing import Any

from django.core.management.base import CommandError, CommandParser

from articles.mail import addresses, suppression
from articles.management.base import PlainCommand, user_called
from articles.models import Issue
from articles.newsletter.issues import refused_readers
from articles.newsletter.subscriptions import list_import


class Command(PlainCommand):
    help = (
        "Removes an address from the suppression list, so that its owner can subscribe and confirm. With --issue: "
        "restores every subscription that ended because mail servers refused or returned that issue."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        which = parser.add_mutually_exclusive_group(required=True)
        which.add_argument("email", nargs="?", metavar="EMAIL")
        which.add_argument("--issue", type=int, metavar="NUMBER", help="number of the issue that bounced")
        parser.add_argument("--by", required=True, metavar="USERNAME", help="username of someone who may do this")

    def handle(self, *, email: str | None, issue: int | None, by: str, **options: Any) -> None:
        person = user_called(by)
        if issue is not None:
            bounced = Issue.objects.filter(number=issue).first()
            if bounced is None:
                raise CommandError(f"There’s no issue {issue}.")
            restored = refused_readers.restore(bounced, by=person)
            self.stdout.write(f"{restored} subscription{'' if restored == 1 else 's'} restored.")
            return
        list_import.must_be_allowed(person)
        if not suppression.remove(addresses.normalize(email or "")):
            raise CommandError("This address isn’t on the list.")
        self.stdout.write("Removed from the list. The owner can subscribe again.")
