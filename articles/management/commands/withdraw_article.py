"""`withdraw_article`: takes an article off the public pages; its address then answers with the note."""

from typing import Any

from django.core.management.base import CommandParser

from articles.management.base import PlainCommand, article_called, user_called
from articles.publishing import press


class Command(PlainCommand):
    help = "Withdraws a live article. Its address answers 410 with the note from then on."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", help="the article's address")
        parser.add_argument("--by", required=True, metavar="USERNAME", help="the account that withdraws it")
        parser.add_argument("--note", required=True, help="why; readers see it")

    def handle(self, *, slug: str, by: str, note: str, **options: Any) -> None:
        article, user = article_called(slug), user_called(by)
        edition = press.withdraw(article, by=user, note=note)
        self.stdout.write(f"“{edition.title}” is withdrawn since {edition.live_from.isoformat()}.")
