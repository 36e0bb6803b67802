"""`erase_subscriber`: at a reader's wish their address stands nowhere any more."""

from typing import Any

from django.core.management.base import CommandParser

from articles.mail import addresses
from articles.management.base import PlainCommand
from articles.newsletter.subscriptions import erasure


class Command(PlainCommand):
    help = "Erases an address and everything kept with it. Later imports can’t bring it back."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", metavar="EMAIL")

    def handle(self, *, email: str, **options: Any) -> None:
        had_one = erasure.erase(addresses.normalize(email))
        was_swept = erasure.sweep()
        self.stdout.write(
            ("Erased." if had_one else "There was no subscription.")
            + " Its keyed hash prevents it from being imported again."
            + ("" if was_swept else " The clock overwrites its space in the database within a minute.")
        )
