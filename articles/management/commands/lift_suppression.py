"""`lift_suppression`: an address may be asked again, because its owner wrote to us that they want it."""

from typing import Any

from django.core.management.base import CommandError, CommandParser

from articles.mail import suppression
from articles.management.base import PlainCommand, user_called
from articles.management.commands.export_subscriber import given
from articles.newsletter.subscriptions import list_import
from articles.newsletter.subscriptions.list_import import ImportRefused


class Command(PlainCommand):
    help = "Takes an address off the suppression list, whatever the reason. Its owner then subscribes and confirms."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", metavar="EMAIL")
        parser.add_argument("--by", required=True, metavar="USERNAME", help="a site administrator's account")

    def handle(self, *, email: str, by: str, **options: Any) -> None:
        try:
            list_import.must_be_allowed(user_called(by))
        except ImportRefused as problem:
            raise CommandError(str(problem)) from problem
        if not suppression.remove(given(email)):
            raise CommandError("This address is not on the list.")
        self.stdout.write("It is off the list, and may subscribe again.")
