"""`after_restore`: what happened since the backup, and a person's word that mail may leave again."""

from typing import Any

from django.core.management.base import CommandError, CommandParser

from articles.backup import answering
from articles.management.base import PlainCommand, user_called


class Command(PlainCommand):
    help = "Shows what is known of the time after the backup that was restored; with an answer, records it."

    def add_arguments(self, parser: CommandParser) -> None:
        answer = parser.add_mutually_exclusive_group()
        answer.add_argument(
            "--go-on", action="store_true", help="nothing else was sent since the backup: mail is sent again"
        )
        answer.add_argument("--keep-on-hold", action="store_true", help="nothing leaves until somebody says --go-on")
        parser.add_argument("--by", metavar="USERNAME", help="username of a site administrator")

    def handle(self, *, go_on: bool, keep_on_hold: bool, by: str | None, **options: Any) -> None:
        if not (go_on or keep_on_hold):
            self.show()
            return
        if by is None:
            raise CommandError("Say who answers: --by USERNAME.")
        if keep_on_hold:
            answering.keep_on_hold(by=user_called(by))
            self.stdout.write("Everything stays on hold.")
            return
        stays = answering.go_on(by=user_called(by))
        self.stdout.write("\n".join(["Mail is sent again.", *stays]))

    def show(self) -> None:
        restored = answering.waiting()
        if restored is None:
            self.stdout.write("Nothing is on hold because of a restored backup.")
            return
        self.stdout.write("\n".join([f"{restored}.", *restored.events, "No mail is sent until somebody answers."]))
