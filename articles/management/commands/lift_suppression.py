"""`lift_suppression`: an address may be asked again, because its owner wrote to us that they want it."""

from typing import Any

from django.core.management.base import CommandError, CommandParser

from articles.mail import addresses, suppression
from articles.management.base import PlainCommand, user_called
from articles.newsletter.subscriptions import list_import


class Command(PlainCommand):
    help = "Removes an address from the suppression list. Its owner can then subscribe and confirm."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", metavar="EMAIL")
        parser.add_argument("--by", required=True, metavar="USERNAME", help="username of a site administrator")

    def handle(self, *, email: str, by: str, **options: Any) -> None:
        list_import.must_be_allowed(user_called(by))
        if not suppression.remove(addresses.normalize(email)):
            raise CommandError("This address isn’t on the list.")
        self.stdout.write("Removed from the list. The owner can subscribe again.")
