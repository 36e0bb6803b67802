"""`check_links`: asks every address that articles link to or cite, once a day."""

import time
from typing import Any
from urllib.parse import urlsplit

from django.core.management.base import CommandError, CommandParser
from django.utils import timezone
from tqdm import tqdm

from articles.management.base import PlainCommand
from articles.models import LinkHealth
from articles.publishing import link_check

PAUSE = 1.0  # seconds between two questions to the same host


class Command(PlainCommand):
    help = (
        "Checks the links in articles. If interrupted, it continues where it stopped: links checked today are skipped."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--again", action="store_true", help="also check links that were checked today")

    def handle(self, *, again: bool, **options: Any) -> None:
        today = timezone.localdate()
        known = LinkHealth.objects.filter(checked_on=today)
        done = set() if again else set(known.values_list("url", flat=True))
        wanted = [url for url in link_check.addresses() if url not in done]
        host, asked = "", {}
        for url in tqdm(wanted, desc="Links", unit=" links", leave=False, disable=None):
            if urlsplit(url).netloc == host:
                time.sleep(PAUSE)
            host = urlsplit(url).netloc
            asked[url] = link_check.ask(url)
            if not asked[url].failed:
                link_check.record(url, asked[url], on=today)
        answered = known.filter(failing_since=None).exclude(url__in=asked).values_list("url", flat=True)
        if reason := link_check.outage(asked, answered=answered):
            raise CommandError(f"{reason} This machine may have no network, so no link was recorded as broken.")
        for url, outcome in asked.items():
            if outcome.failed:
                link_check.record(url, outcome, on=today)
        broken = list(LinkHealth.objects.broken())
        self.stdout.write(f"{len(wanted)} links checked, {len(done)} checked earlier today, {len(broken)} broken.")
        for health in broken:
            self.stdout.write(f"  {health.url}  since {health.failing_since}: {health.said}")
