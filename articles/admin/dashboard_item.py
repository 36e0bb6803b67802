"""DashboardItem: one entry on the dashboard, and how entries name a day and an article’s page."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

MOST = 8  # items in a panel


@dataclass(frozen=True)
class DashboardItem:
    """A title, a sentence about it and its link; why it is there in a word or two, and how urgent that is (`stop`,
    `care`, or nothing); its picture.
    """

    title: str
    about: str
    url: str
    reason: str = ""
    tone: str = ""
    picture: int | None = None


def address(article_id: int) -> str:
    return reverse("admin:articles_article_change", args=[article_id])


def day(at: datetime | None) -> str:
    return date_format(timezone.localtime(at), "F j")


def moment(at: datetime | None) -> str:
    return date_format(timezone.localtime(at), "l, F j, H:i")
