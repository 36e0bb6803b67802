"""What readers did, on the dashboard: what they opened, what they answered, what they searched for in vain."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar
from urllib.parse import urlencode

from django.db.models import F
from django.urls import reverse
from django.utils import timezone

from articles.admin.dashboard_item import DashboardItem, address
from articles.admin.public_dashboard import while_public
from articles.models import AnswerTally
from articles.readers import opens
from articles.search import misses

MOST = 5
LATELY = 600  # seconds for which what was counted is shown as it was
Value = TypeVar("Value")


@dataclass(frozen=True)
class Opened:
    """An article and how often it was opened; `share` is how many per cent of the most read that is."""

    title: str
    url: str
    count: int
    share: int


def _lately(name: str, read: Callable[[], Value]) -> Value:
    """Counted anew every few minutes, for all users of a process."""
    return while_public(f"{name}, {timezone.now().timestamp() // LATELY}", read)


def most_read(user: Any) -> list[Opened]:
    return _lately("most read", _most_read) if user.has_perm("articles.view_article") else []


def answers(user: Any) -> list[DashboardItem]:
    """The questions under articles that most readers answered."""
    return _lately("answers", _answers) if user.has_perm("articles.view_article") else []


def searched(user: Any) -> list[DashboardItem]:
    """What readers searched for in vain, for those who decide what is written."""
    return _lately("searched", _searched) if user.has_perm("articles.publish_article") else []


def _most_read() -> list[Opened]:
    found = opens.most_read(MOST)
    most = max((count for _pk, _title, count in found), default=1)
    return [Opened(title, address(pk), count, max(1, round(100 * count / most))) for pk, title, count in found]


def _answers() -> list[DashboardItem]:
    counted = AnswerTally.objects.annotate(times=F("yes") + F("no") + F("unsure")).filter(times__gt=0)
    return [
        DashboardItem(
            tally.question,
            f"{tally.article}: {tally.yes:,} yes, {tally.no:,} no, {tally.unsure:,} not sure",
            address(tally.article_id),
        )
        for tally in counted.select_related("article").defer("article__body").order_by("-times", "-id")[:MOST]
    ]


def _searched() -> list[DashboardItem]:
    return [
        DashboardItem(
            f"“{question}”",
            f"At least {times} times in the last month",
            f"{reverse('search')}?{urlencode({'q': question})}",
        )
        for question, times in misses.frequent()[:MOST]
    ]
