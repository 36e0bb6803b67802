"""Rights to a picture hold on the day on which an edition goes live, by every path."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.urls import reverse

from articles.models import Article, Edition
from articles.publishing import press
from articles.publishing.press import PublishingRefused
from tests import factories
from tests.publishing.judging import refusals

pytestmark = pytest.mark.django_db

MONDAY = datetime(2026, 11, 2, 9, tzinfo=UTC)
DAY = timedelta(days=1)


def rights_until_friday(**kwargs):
    """A publishable article with a picture that nobody may show from Friday on; today is Monday."""
    picture = factories.CreditFactory(rights_end_on=(MONDAY + 4 * DAY).date()).image
    return factories.publishable_article(lead_image=picture, **kwargs)


def scheduled_by_function(article, by, client, at):
    with suppress(PublishingRefused):
        press.publish(article, by=by, at=at)


def scheduled_by_command(article, by, client, at):
    with suppress(CommandError):
        call_command("publish_article", article.slug, by=by.username, at=at)


def scheduled_by_admin(article, by, client, at):
    client.force_login(by)
    sent = {"_publish": "schedule", "at": at.strftime("%Y-%m-%dT%H:%M"), "seen": factories.seen(article)}
    client.post(reverse("admin:articles_article_publish", args=[article.pk]), sent)


def scheduled_anew(article, by, client, at):
    """First for a day that is early enough, and then moved."""
    press.unschedule(press.publish(article, by=by, at=MONDAY + DAY), by=by)
    scheduled_by_function(article, by, client, at)


@pytest.mark.parametrize("days", [3, 4, 9])
@pytest.mark.parametrize(
    "path",
    [scheduled_by_function, scheduled_by_command, scheduled_by_admin, scheduled_anew],
    ids=lambda path: path.__name__,
)
def test_rights_have_to_hold_when_an_edition_goes_live_by_every_path(path, days, client):
    with time_machine.travel(MONDAY, tick=False):
        path(rights_until_friday(), factories.editor(), client, MONDAY + days * DAY)
        assert Edition.objects.scheduled().exists() is (days < 4)


def test_the_refusal_names_the_day():
    with time_machine.travel(MONDAY, tick=False):
        article = rights_until_friday()
        with pytest.raises(
            PublishingRefused,
            match=r"rights that end on November 6, 2026\. From that day on, no one may show the picture",
        ):
            press.publish(article, by=factories.editor(), at=MONDAY + 4 * DAY)


def test_a_correction_for_a_later_day_is_judged_by_that_day():
    by = factories.editor()
    with time_machine.travel(MONDAY, tick=False):
        article = rights_until_friday(in_section="news", signed=False)
        press.publish(article, by=by)
        Article.objects.filter(pk=article.pk).update(standfirst="Mended.")
        erratum = press.Erratum("was", "now", "why", "minor")
        with time_machine.travel(MONDAY + DAY, tick=False):
            deed = lambda days: factories.correct(article, erratum, by=by, at=MONDAY + days * DAY)  # noqa: E731
            assert refusals(lambda: deed(4)) == ["credit.ended"]
            assert deed(3).edition.live_from == MONDAY + 3 * DAY


def test_an_edition_that_is_dated_back_is_judged_by_today():
    with time_machine.travel(MONDAY + 5 * DAY, tick=False):
        article = rights_until_friday()
        past = {"at": MONDAY, "is_backdated": True}
        assert refusals(lambda: press.publish(article, by=factories.editor(), **past)) == ["credit.ended"]
