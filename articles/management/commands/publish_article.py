"""`publish_article`: through the same press and the same gate as the admin."""

from datetime import datetime
from typing import Any

from django.core.management.base import CommandError, CommandParser

from articles.management.base import PlainCommand, article_called, moment, user_called
from articles.publishing import press


class Command(PlainCommand):
    help = "Publishes or schedules an article. Exit 1 with the findings if a check fails."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", help="the article’s address")
        parser.add_argument("--by", required=True, metavar="USERNAME", help="username of the person who publishes it")
        parser.add_argument("--at", type=moment, metavar="ISO", help="when to publish it, for example 2026-11-26T09:00")
        parser.add_argument("--note", default="", help="what changed; readers will see this")

    def handle(self, *, slug: str, by: str, at: datetime | None, note: str, **options: Any) -> None:
        article, user = article_called(slug), user_called(by)
        try:
            edition = press.publish(article, by=user, at=at, note=note)
        except press.PublishingRefused as refusal:
            lines = [f"  {finding.id:22} {finding.message}" for finding in refusal.findings]
            raise CommandError("\n".join([f"“{article.title}” was not published:", *lines])) from refusal
        self.stdout.write(
            f"Version {edition.number} of “{edition.title}” is published from {edition.live_from.isoformat()}."
        )
