"""`send_test_mail`: one mail the way all mail goes, and what the server answered."""

from typing import Any

from django.core.management.base import CommandError, CommandParser

from articles.mail import trial
from articles.mail.smtp_replies import Outcome
from articles.management.base import PlainCommand


class Command(PlainCommand):
    help = "Sends one mail to ADDRESS the way all mail goes, and shows the mail server’s answer."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("address", metavar="ADDRESS")

    def handle(self, *, address: str, **options: Any) -> None:
        answer = trial.send(address)
        if answer.outcome is Outcome.UNKNOWN:
            raise CommandError(f"Nobody can say whether the mail was accepted. {answer.said}")
        if answer.outcome is not Outcome.TAKEN:
            raise CommandError(f"The mail was not accepted. {answer.said}")
        self.stdout.write(f"The mail was accepted. {answer.said}")
