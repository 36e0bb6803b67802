"""A clock that stands still is told of: on the desk while it does, by mail when it goes again."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse

from articles.mail import sender
from articles.newsletter import heartbeat
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_folder")]

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)


@pytest.fixture
def administrator():
    return factories.UserFactory(role="Site administrator", email="admin@example.org")


def test_a_clock_that_goes_tells_nobody(mailoutbox, administrator):
    for minute in range(30):
        heartbeat.beat(NOON + timedelta(minutes=minute))
    assert mailoutbox == []


def test_a_clock_that_stood_still_tells_the_administrators_once(mailoutbox, administrator):
    factories.UserFactory(role="Editor", email="editor@example.org")
    factories.UserFactory(role="Site administrator", email="gone@example.org", is_active=False)
    factories.UserFactory(role=None, email="root@example.org", is_superuser=True)
    heartbeat.beat(NOON)
    heartbeat.beat(NOON + timedelta(hours=3))
    heartbeat.beat(NOON + timedelta(hours=3, minutes=1))
    assert sender.send_due() == 2
    assert [mail.to for mail in mailoutbox] == [["admin@example.org"], ["root@example.org"]]
    assert "November 2, 2026, 12:00" in mailoutbox[0].body
    assert "November 2, 2026, 15:00" in mailoutbox[0].body


def test_those_who_run_the_site_are_told_of_the_clock_too_each_address_once(mailoutbox, administrator, settings):
    settings.ADMINS = [("", "Admin@example.org"), ("Ops", "ops@example.org"), ("", "ops@example.org")]
    heartbeat.tell(NOON)
    sender.send_due()
    assert [mail.to for mail in mailoutbox] == [["admin@example.org"], ["ops@example.org"]]


def test_a_clock_set_back_and_a_file_of_nonsense_are_no_error(mailoutbox, administrator, tmp_path):
    heartbeat.beat(NOON)
    assert heartbeat.silence(NOON - timedelta(days=1)) == timedelta()
    for nonsense in ("", "yesterday", "2026-11-02T12:00:00"):
        (tmp_path / "heartbeat").write_text(nonsense)
        assert heartbeat.silence(NOON) is None
    assert mailoutbox == []


@pytest.mark.parametrize(("minutes", "told"), [(1, False), (11, True)])
def test_the_desk_says_that_the_clock_stands_still(client, minutes, told):
    client.force_login(factories.editor())
    heartbeat.beat(NOON)
    with time_machine.travel(NOON + timedelta(minutes=minutes), tick=False):
        client.force_login(factories.editor())
        page = client.get(reverse("admin:index")).content.decode()
    assert ("The clock isn" in page) == told


@pytest.mark.parametrize(
    ("days", "words"),
    [(-3, "Review overdue since"), (5, "within 7 days"), (20, "within 30 days"), (50, "within 60 days"), (70, "")],
)
def test_the_desk_lists_reviews_that_come_due(client, days, words):
    edition = factories.print_edition()
    at = datetime.combine(edition.review.due_on, datetime.min.time(), UTC) - timedelta(days=days)
    with time_machine.travel(at + timedelta(hours=12), tick=False):
        client.force_login(factories.editor())
        upcoming = client.get(reverse("admin:index")).context["upcoming"]
    reviews = [line for line in upcoming if not line.title.startswith("Newsletter for week")]
    assert [words in line.about for line in reviews] == ([True] if words else [])
