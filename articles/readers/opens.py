"""How often the pages of articles are opened: the page and the hour, and nothing of who opened it.

It is counted in front of the site and of the pages that are kept, so each answer counts, wherever it comes from. What a
proxy or a browser shows again by itself is not asked for here: a count is at most what was read.
"""

import re
from collections import Counter
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

from django.db import DEFAULT_DB_ALIAS, transaction
from django.utils import timezone

from articles.models import Article, DayOfOpens, Edition, HourOfOpens
from articles.tally import Tally, add_to

Wsgi = Callable[[Any, Any], Any]

PAGE = re.compile(r"/articles/([-\w]+)/")
OPENED = ("200", "304")
# Words in the names that machines give themselves.
MACHINES = (
    *("bot", "crawl", "spider", "slurp", "preview", "monitor", "scan", "fetch", "externalhit", "headless"),
    *("lighthouse", "curl", "wget", "python", "java/", "httpclient", "http-client", "go-http", "okhttp"),
)
TELEPHONES = "cubot"  # a brand
MOST_WAITING = 5000  # pages in a process; one statement writes them
BY_HOUR = timedelta(days=30)  # after that a day is one row
WEEK = timedelta(days=7)
AT_ONCE = 1000  # rows of a round of the clock


def counted(site: Wsgi) -> Wsgi:
    """A WSGI application around another, which counts the pages that it sends to people."""

    def answer(environ: Any, start_response: Any) -> Any:
        page = PAGE.fullmatch(environ["PATH_INFO"])
        if page is None or not _is_of_a_person(environ):
            return site(environ, start_response)

        def start(status: str, *others: Any, **named: Any) -> Any:
            if status.startswith(OPENED):
                tally.add((page[1], _hour(timezone.now())))
            return start_response(status, *others, **named)

        return site(environ, start)

    return answer


def _is_of_a_person(environ: Any) -> bool:
    """Whether somebody looks at the page: neither a machine nor a browser that only expects them to."""
    agent = environ.get("HTTP_USER_AGENT", "").lower().replace(TELEPHONES, "")
    is_expected = "prefetch" in environ.get("HTTP_SEC_PURPOSE", "")
    is_person = agent and not any(word in agent for word in MACHINES)
    return bool(is_person and environ["REQUEST_METHOD"] == "GET" and not is_expected)


def _hour(at: datetime) -> datetime:
    return at.replace(minute=0, second=0, microsecond=0)


def _write(counted: Counter[tuple[str, datetime]]) -> None:
    """What is live at an address now is what was opened there. An address that moved within the minute is nobody's."""
    slugs = {slug for slug, _hour in counted}
    live = dict(Edition.objects.using(DEFAULT_DB_ALIAS).live().filter(slug__in=slugs).values_list("slug", "article"))
    rows = [(live[slug], hour, times) for (slug, hour), times in counted.items() if slug in live]
    add_to(HourOfOpens, ("article_id", "at"), rows)


tally = Tally(_write, most=MOST_WAITING)


@transaction.atomic
def make_days(*, at: datetime | None = None) -> int:
    """Makes days of the hours that are no news any more. Of how many rows."""
    until = timezone.localtime((at or timezone.now()) - BY_HOUR).replace(hour=0, minute=0, second=0, microsecond=0)
    hours = list(HourOfOpens.objects.filter(at__lt=until).order_by("at")[:AT_ONCE])
    days = Counter[tuple[int, date]]()
    for hour in hours:
        days[hour.article_id, timezone.localdate(hour.at)] += hour.count
    add_to(DayOfOpens, ("article_id", "on"), [(*key, count) for key, count in days.items()])
    HourOfOpens.objects.filter(pk__in=[hour.pk for hour in hours]).delete()
    return len(hours)


def most_read(most: int, *, at: datetime | None = None) -> list[tuple[int, str, int]]:
    """Articles by id and title, and how often each was opened in the last seven days; the most read first."""
    return HourOfOpens.objects.since((at or timezone.now()) - WEEK).most_read(most)


def this_week(article: Article, *, at: datetime | None = None) -> int:
    """How often an article was opened in the last seven days."""
    counted = HourOfOpens.objects.since((at or timezone.now()) - WEEK).filter(article=article)
    return sum(counted.values_list("count", flat=True))
