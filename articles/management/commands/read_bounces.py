"""`read_bounces`: takes in mail to the bounce address: reports, and requests to unsubscribe."""

from typing import Any

from django.conf import settings
from django.core.management.base import CommandError, CommandParser

from articles.mail.bounces import mailboxes
from articles.management.base import PlainCommand
from articles.newsletter.subscriptions import incoming


class Command(PlainCommand):
    help = (
        "Reads bounce reports (RFC 3464, RFC 5965) and unsubscribe requests from an .eml file, a folder of them, a "
        "Maildir, an mbox, or imaps://USER:PASSWORD@HOST/FOLDER. Without PLACE: the mailbox set in BOUNCE_MAILBOX."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("place", nargs="?", default="", metavar="PLACE")

    def handle(self, *, place: str, **options: Any) -> None:
        place = place or settings.BOUNCE_MAILBOX
        if not place:
            raise CommandError("Name a file, a folder or a mailbox, or set BOUNCE_MAILBOX.")
        ends = incoming.take_all(mailboxes.mails(place))
        counts = ", ".join(f"{number} {end}" for end, number in sorted(ends.items()))
        self.stdout.write(f"{ends.total()} messages read" + (f": {counts}." if counts else "."))
