"""How often an article is opened is counted by hour, then by day, without readers."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.handlers.wsgi import WSGIHandler
from django.urls import reverse
from django.utils import timezone

from articles.models import DayOfOpens, HourOfOpens
from articles.page_cache import PageCache
from articles.publishing import press
from articles.readers import opens
from tests import factories
from tests.page_cache.client import ask, connection_kept

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 30, 12, tzinfo=UTC)
PERSON = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


def site(status="200 OK"):
    def answer(environ, start_response):
        start_response(status, [("Content-Type", "text/html")])
        return [b"page"]

    return opens.counted(answer)


def counted():
    opens.tally.flush()
    return {row.article.slug: row.count for row in HourOfOpens.objects.select_related("article")}


def test_an_article_that_is_opened_counts_with_its_hour_and_nothing_else_does():
    edition = factories.print_edition(slug="pumps")
    with time_machine.travel(NOON + timedelta(minutes=41), tick=False):
        for address in ("/articles/pumps/", "/articles/pumps/?from=mail", "/articles/pumps/history/", "/", "/admin/"):
            ask(site(), address, user_agent=PERSON)
        ask(site("304 Not Modified"), "/articles/pumps/", user_agent=PERSON)
        ask(site("404 Not Found"), "/articles/pumps/", user_agent=PERSON)
        ask(site("301 Moved Permanently"), "/articles/pumps/", user_agent=PERSON)
        ask(site(), "/articles/no-such-article/", user_agent=PERSON)
    opens.tally.flush()
    assert list(HourOfOpens.objects.values_list("article", "at", "count")) == [(edition.article_id, NOON, 3)]
    assert HourOfOpens.objects.filter(at=NOON).exists(), "as Django writes the moment"
    assert {field.name for field in HourOfOpens._meta.fields} == {"id", "article", "at", "count"}


@pytest.mark.parametrize(
    "headers",
    [
        {"user_agent": "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"},
        {"user_agent": "facebookexternalhit/1.1"},
        {"user_agent": "curl/8.5.0"},
        {"user_agent": "Mozilla/5.0 (X11; Linux x86_64) HeadlessChrome/148.0"},
        {"user_agent": ""},
        {"user_agent": PERSON, "sec_purpose": "prefetch;prerender"},
        {"user_agent": PERSON, "method": "HEAD"},
        {"user_agent": PERSON, "method": "POST"},
    ],
    ids=lambda headers: " ".join(headers.values())[:40],
)
def test_machines_and_pages_that_are_fetched_in_advance_count_nothing(headers):
    factories.print_edition(slug="pumps")
    ask(site(), "/articles/pumps/", **headers)
    assert counted() == {}


def test_a_telephone_called_like_a_machine_is_one_of_a_person():
    factories.print_edition(slug="pumps")
    ask(site(), "/articles/pumps/", user_agent="Mozilla/5.0 (Linux; Android 13; CUBOT_P80) Chrome/148.0 Mobile")
    assert counted() == {"pumps": 1}


def test_a_page_that_is_kept_counts_each_time_and_stays_kept():
    factories.print_edition(slug="pumps")
    made, handler = [], WSGIHandler()

    def django(environ, start_response):
        made.append(environ["PATH_INFO"])
        return handler(environ, start_response)

    kept = opens.counted(PageCache(django))
    with connection_kept():
        first = ask(kept, "/articles/pumps/", user_agent=PERSON)
        assert counted() == {"pumps": 1}
        for _time in range(2):
            assert ask(kept, "/articles/pumps/", user_agent=PERSON).body == first.body
        assert ask(kept, "/articles/pumps/", user_agent=PERSON, if_none_match=first.headers["ETag"]).status == 304
    assert counted() == {"pumps": 4}
    assert made == ["/articles/pumps/"], "what is counted changes nothing that readers see"


def test_a_day_is_made_of_hours_after_a_month_and_the_sum_stays(settings):
    settings.TIME_ZONE = "America/New_York"
    edition = factories.print_edition(slug="pumps")
    day = datetime(2026, 10, 25, tzinfo=ZoneInfo("America/New_York"))
    for hours, count in ((0, 1), (9, 2), (23, 4), (24, 8)):
        HourOfOpens.objects.create(article=edition.article, at=day + timedelta(hours=hours), count=count)
    assert opens.make_days(at=day + timedelta(days=31)) == 3
    assert list(DayOfOpens.objects.values_list("on", "count")) == [(day.date(), 7)]
    assert list(HourOfOpens.objects.values_list("count", flat=True)) == [8]
    HourOfOpens.objects.create(article=edition.article, at=day, count=16)  # counted late, by a clock that was behind
    opens.make_days(at=day + timedelta(days=31))
    assert list(DayOfOpens.objects.values_list("on", "count")) == [(day.date(), 23)]


def test_the_most_read_of_the_week_come_first():
    pumps, nerves = (
        factories.print_edition(slug="pumps", title="Pumps"),
        factories.print_edition(slug="nerves", title="Nerves"),
    )
    for edition, days, count in ((pumps, 1, 2), (pumps, 6, 3), (pumps, 8, 50), (nerves, 0, 9)):
        HourOfOpens.objects.create(article=edition.article, at=NOON - timedelta(days=days), count=count)
    assert opens.most_read(5, at=NOON) == [(nerves.article_id, "Nerves", 9), (pumps.article_id, "Pumps", 5)]
    assert opens.this_week(pumps.article, at=NOON) == 5


def test_an_article_that_was_withdrawn_within_the_minute_counts_nothing():
    edition = factories.print_edition(slug="pumps")
    ask(site(), "/articles/pumps/", user_agent=PERSON)
    press.withdraw(edition.article, by=factories.editor(), note="It was wrong.")
    assert counted() == {}


def test_the_articles_page_on_the_desk_says_how_often_it_was_opened_this_week(client):
    client.force_login(factories.editor())
    edition = factories.print_edition(slug="pumps")
    HourOfOpens.objects.create(article=edition.article, at=timezone.now(), count=1312)
    page = client.get(reverse("admin:articles_article_change", args=[edition.article_id])).content.decode()
    assert "Opens: 1,312 this week" in page
    draft = factories.publishable_article()
    page = client.get(reverse("admin:articles_article_change", args=[draft.pk])).content.decode()
    assert "Opens:" not in page
