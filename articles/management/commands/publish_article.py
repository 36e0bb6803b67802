"""`publish_article`: through the same press and the same gate as the admin."""

from datetime import datetime
from typing import Any

from django.core.management.base import CommandError, CommandParser

from articles.management.base import PlainCommand, article_called, moment, user_called
from articles.publishing import press


class Command(PlainCommand):
    help = "Prints an edition of an article, now or for a time. Exit 1 with the findings if the gate refuses."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", help="the article's address")
        parser.add_argument("--by", required=True, metavar="USERNAME", help="the account that publishes")
        parser.add_argument("--at", type=moment, metavar="ISO", help="when it goes live, as 2026-11-26T09:00")
        parser.add_argument("--note", default="", help="what changed; readers see it")

    def handle(self, *, slug: str, by: str, at: datetime | None, note: str, **options: Any) -> None:
        article, user = article_called(slug), user_called(by)
        try:
            edition = press.publish(article, by=user, at=at, note=note)
        except press.PublishingRefused as refusal:
            lines = [f"  {finding.id:22} {finding.message}" for finding in refusal.findings]
            raise CommandError("\n".join([f"“{article.title}” was not printed:", *lines])) from refusal
        self.stdout.write(
            f"Edition {edition.number} of “{edition.title}” is live from {edition.live_from.isoformat()}."
        )
