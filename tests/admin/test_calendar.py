"""The calendar shows weeks of what is planned, and moves what is scheduled: the same text, through the same gate."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from articles.admin import calendar
from articles.models import Article, Edition, ReviewTask
from articles.publishing import desk, press
from tests import factories, markup

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 11, 30)
NOW = datetime(2026, 11, 30, 10, tzinfo=UTC)


@pytest.fixture(autouse=True)
def on_a_monday(settings):
    settings.TIME_ZONE = "UTC"
    with time_machine.travel(NOW, tick=False):
        yield


def scheduled(title="Pumps", *, days=2, hours=0):
    return factories.print_edition(title=title, at=NOW + timedelta(days=days, hours=hours))


def reviewed_until(due_on, title="Nerves", *, at=None):
    article = factories.publishable_article(title=title, due_on=due_on)
    return press.publish(article, by=factories.editor(), at=at)


def events(user, weeks=4, first=MONDAY):
    found = [*calendar.public_events(first, weeks), *calendar.asked_reviews(first, weeks)]
    shown = calendar.in_weeks(found, user, first, weeks)
    return [
        (day.on, event.time, event.title, event.about) for week in shown for day in week.days for event in day.events
    ]


def move(client, edition, **form):
    return client.post(reverse("admin:calendar_move", args=[edition.pk]), form, follow=True)


def planned():
    return {edition.title: edition.live_from for edition in Edition.objects.scheduled()}


@pytest.fixture
def editor(client):
    user = factories.editor()
    client.force_login(user)
    return user


def test_weeks_hold_what_is_scheduled_the_newsletter_and_reviews_that_fall_due():
    edition = scheduled()
    off = scheduled("Taken off", days=3)
    press.unschedule(off, by=factories.editor())
    live = reviewed_until(MONDAY + timedelta(days=9))
    asked = factories.publishable_article(title="Heat", signed=False)
    revision = desk.save(asked, by=None)
    reviewer = factories.ReviewerFactory(name="Salome Wendt")
    ReviewTask.objects.create(article=asked, revision=revision, reviewer=reviewer, due_on=MONDAY + timedelta(days=4))
    found = events(factories.editor())
    assert (edition.live_from.date(), "10:00", "Pumps", "Scheduled") in found
    assert (date(2026, 12, 9), "", "Nerves", "Review due") in found
    assert (date(2026, 12, 4), "", "Heat", f"Asked of {reviewer}") in found
    assert (MONDAY, "10:00", live.title, "Published") in found
    assert [about for *_rest, title, about in found if title == "Newsletter"] == ["Will be drafted"] * 4
    assert [title for *_rest, title, _about in found if title == "Taken off"] == []
    assert {title for *_rest, title, _about in events(factories.UserFactory(role="Newsletter editor"))} == {
        *("Pumps", "Nerves", "Newsletter")
    }


def test_the_calendar_leads_to_other_weeks_and_takes_any_address(client, editor):
    scheduled(days=30)
    address = reverse("admin:calendar")
    assert "Pumps" not in client.get(address).content.decode()
    page = client.get(address, {"week": "2026-12-30"})
    assert "Pumps" in page.content.decode()
    assert page.context["weeks"][0].days[0].on == date(2026, 12, 28)
    for given in ("", "x", "2026-02-30", "0001-01-01", "9999-12-31", "\x00"):
        assert client.get(address, {"week": given}).context["weeks"][0].days[0].on == MONDAY, given


def test_the_calendar_asks_as_often_for_three_articles_as_for_one(client, editor, django_assert_num_queries):
    scheduled()
    client.get(reverse("admin:calendar"))
    with CaptureQueriesContext(connection) as counted:
        client.get(reverse("admin:calendar"))
    asked = len(counted)
    scheduled("Nerves")
    reviewed_until(MONDAY + timedelta(days=9))
    client.get(reverse("admin:calendar"))
    with django_assert_num_queries(asked):
        client.get(reverse("admin:calendar"))


def test_what_is_dragged_to_another_day_keeps_its_text_and_its_time_of_day(client, editor):
    edition = scheduled()
    page = move(client, edition, day="2026-12-05")
    moved = Edition.objects.scheduled().get()
    assert moved.live_from == datetime(2026, 12, 5, 10, tzinfo=UTC)
    assert (moved.revision.digest, moved.title) == (edition.revision.digest, "Pumps")
    assert "“Pumps” was moved to Saturday, December 5, 10:00." in markup.page(page)


def test_a_move_is_undone_once_it_was_made(client, editor):
    edition = scheduled()
    page = move(client, edition, at="2026-12-07T08:30")
    assert planned() == {"Pumps": datetime(2026, 12, 7, 8, 30, tzinfo=UTC)}
    undo = page.context["moved"]
    move(client, undo["edition"], at=undo["before"])
    assert planned() == {"Pumps": edition.live_from}
    client.get(reverse("admin:calendar"))
    assert client.get(reverse("admin:calendar")).context["moved"] is None, "it is offered once"


def refused(page):
    assert page.status_code == 422
    return list(page.context["problems"])


def test_a_move_into_the_past_or_to_no_time_is_refused_and_changes_nothing(client, editor):
    edition = scheduled()
    for form, sentence in (
        ({"day": "2026-11-29"}, "November 29, 2026, 10:00 has passed. Choose a later time, or publish it now."),
        ({"day": "2026-12-02"}, "“Pumps” is already scheduled for December 2, 2026, 10:00."),
        ({"day": "x"}, "Choose a date and time to publish it."),
        ({"at": "2026-02-30T10:00"}, "Choose a date and time to publish it."),
        ({}, "Choose a date and time to publish it."),
    ):
        assert refused(move(client, edition, **form)) == [sentence], form
    assert planned() == {"Pumps": edition.live_from}


def test_an_hour_that_clocks_skip_or_repeat_is_asked_about(client, editor, settings):
    settings.TIME_ZONE = "America/New_York"
    edition = factories.print_edition(title="Pumps", at=datetime(2027, 3, 13, 7, 30, tzinfo=UTC))  # 02:30 there
    [sentence] = refused(move(client, edition, day="2027-03-14"))
    assert "02:30 doesn’t exist" in sentence
    page = move(client, edition, at="2027-11-07T01:30")
    assert "comes twice" in refused(page)[0]
    assert 'value="2027-11-07T01:30"' in page.content.decode(), "what was typed is still there"
    move(client, edition, at="2027-11-07T01:30", which_hour="second")
    assert planned() == {"Pumps": datetime(2027, 11, 7, 6, 30, tzinfo=UTC)}


def test_of_two_people_who_move_the_same_the_second_is_told(client, editor):
    edition = scheduled()
    move(client, edition, day="2026-12-05")
    [sentence] = refused(move(client, edition, day="2026-12-06"))
    assert sentence == (
        "“Pumps” is no longer scheduled for December 2, 2026, 10:00: someone moved or unscheduled it, or it’s out."
    )
    assert planned() == {"Pumps": datetime(2026, 12, 5, 10, tzinfo=UTC)}


def test_what_went_live_while_it_was_dragged_stays_where_it_is(client, editor):
    edition = scheduled(days=0, hours=1)
    with time_machine.travel(edition.live_from + timedelta(seconds=1)):
        assert "or it’s out" in refused(move(client, edition, day="2026-12-05"))[0]
        assert list(Edition.objects.live()) == [edition]


def test_a_text_that_was_changed_after_it_was_scheduled_is_not_published_by_a_move(client, editor):
    edition = scheduled()
    article = Article.objects.get(pk=edition.article_id)
    article.title = "Pumps, rewritten"
    desk.save(article, by=editor)
    [sentence] = refused(move(client, edition, day="2026-12-05"))
    assert sentence == "“Pumps” was changed after it was scheduled. Open it to schedule what it says now."
    assert planned() == {"Pumps": edition.live_from}


def test_the_gate_is_asked_about_the_day_to_which_something_is_moved(client, editor):
    edition = reviewed_until(MONDAY + timedelta(days=20), "Pumps", at=NOW + timedelta(days=2))
    problems = refused(move(client, edition, day="2027-01-20"))
    assert len(problems) == 1
    assert planned() == {"Pumps": edition.live_from}


def test_a_version_that_says_what_is_live_is_moved_like_any_other(client, editor):
    live = factories.print_edition(title="Pumps")
    press.publish(Article.objects.get(pk=live.article_id), by=editor, at=NOW + timedelta(days=2))
    move(client, Edition.objects.scheduled().get(), day="2026-12-05")
    assert planned() == {"Pumps": datetime(2026, 12, 5, 10, tzinfo=UTC)}


def test_only_those_who_publish_move_anything(client):
    edition = scheduled()
    client.force_login(factories.UserFactory(role="Author"))
    assert "Move…" not in client.get(reverse("admin:calendar")).content.decode()
    assert client.post(reverse("admin:calendar_move", args=[edition.pk]), {"day": "2026-12-05"}).status_code == 403
    assert planned() == {"Pumps": edition.live_from}


def test_the_form_says_when_it_is_scheduled_now(client, editor):
    edition = scheduled()
    page = client.get(reverse("admin:calendar_move", args=[edition.pk])).content.decode()
    assert "Wednesday, December 2, 2026, 10:00" in page
    assert 'value="2026-12-02T10:00"' in page
    assert timezone.localtime(edition.live_from).hour == 10
