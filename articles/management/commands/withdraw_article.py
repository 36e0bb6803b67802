"""`withdraw_article`: takes an article off the public pages; its address then answers with the note."""

from typing import Any

from django.core.management.base import CommandParser

from articles.management.base import PlainCommand, article_called, user_called
from articles.publishing import press


class Command(PlainCommand):
    help = "Unpublishes an article. Its address then returns 410 with the note."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", help="the article’s address")
        parser.add_argument("--by", required=True, metavar="USERNAME", help="username of the person who unpublishes it")
        parser.add_argument("--note", required=True, help="why; readers will see this")

    def handle(self, *, slug: str, by: str, note: str, **options: Any) -> None:
        article, user = article_called(slug), user_called(by)
        edition = press.withdraw(article, by=user, note=note)
        self.stdout.write(f"“{edition.title}” is unpublished since {edition.live_from.isoformat()}.")
