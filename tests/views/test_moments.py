"""Moments in a page: what a machine reads of a `time` element."""

import re
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest
from django.template import Context, Template
from django.urls import reverse
from django.utils.timezone import get_current_timezone

from articles.models import Article
from articles.publishing import press
from tests import factories

MONDAY = datetime(2026, 11, 2, 9, 0, 0, 123456, tzinfo=UTC)
DAY = timedelta(days=1)


def moments(html: str) -> list[datetime]:
    """What HTML reads of them: a date, a time to the second or with one to three digits more, and an offset."""
    named = r'<time datetime="([^"]*)"|<meta property="article:\w+_time" content="([^"]*)"'
    written = [unescape("".join(found)) for found in re.findall(named, html)]
    for one in written:
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,3})?[+-]\d\d:\d\d", one), one
    return [datetime.fromisoformat(one) for one in written]


@pytest.mark.django_db
def test_a_page_tells_machines_when_it_was_printed_and_changed(client):
    first = factories.print_edition(slug="pumps", at=MONDAY)
    article = Article.objects.get()
    article.standfirst = "Other words."
    article.save()
    factories.sign(article)
    press.publish(article, by=first.by, note="Changed.", at=MONDAY + DAY, is_backdated=True)
    page, history = (client.get(reverse(name, args=["pumps"])).content.decode() for name in ("article", "history"))
    printed, changed = MONDAY.replace(microsecond=0), MONDAY.replace(microsecond=0) + DAY
    assert moments(page) == [printed, changed] * 2  # for those who link to it, and in the line under the title
    assert moments(history) == [changed, printed, changed]


def test_it_is_worded_as_asked_in_the_time_of_the_site():
    at = MONDAY.replace(hour=23, minute=5, microsecond=0)
    here = at.astimezone(get_current_timezone())
    shown = Template('{% load moments %}{{ at|moment:"j F, H:i" }}').render(Context({"at": at}))
    assert shown == f'<time datetime="{here.isoformat()}">{here.day} {here:%B, %H:%M}</time>'
