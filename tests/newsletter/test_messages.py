"""Mails to one person: one dress for all, and the same links in both bodies."""

import re
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest

from articles.mail import alarms
from articles.mail.kinds import KINDS
from articles.models import Alarm, OutgoingMail
from articles.newsletter.subscriptions import mails

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)
TOKEN = "t" * 43
HOME = "https://example.org/"


def clock(since, until=None):
    context = {"since": since.isoformat(), "until": until and until.isoformat()}
    return KINDS["clock_stood_still"].write(OutgoingMail(context=context), NOON)


def alarm():
    alarms.ring("build", "Two <issues> wait & nobody looks.")
    return KINDS["alarm"].write(OutgoingMail(context={"alarm": Alarm.objects.get().pk}), NOON)


MAILS = {
    "confirm": lambda: mails.confirmation(TOKEN, "u" * 43, "n" * 43),
    "already": lambda: mails.already_subscribed(TOKEN, "https://example.org/preferences/p/"),
    "already, nothing to choose": lambda: mails.already_subscribed(TOKEN),
    "key": lambda: mails.key(TOKEN, "u" * 43),
    "move": lambda: mails.move(TOKEN),
    "moved": lambda: mails.moved(),
    "clock stands": lambda: clock(NOON),
    "clock stood": lambda: clock(NOON, NOON + timedelta(hours=2)),
    "alarm": lambda: alarm(),
}


@pytest.fixture(params=MAILS.values(), ids=MAILS.keys())
def mail(request, settings):
    settings.SITE_URL = HOME.rstrip("/")
    settings.POSTAL_ADDRESS = "1 Long Road"
    return request.param()


def test_its_look_is_in_its_tags_and_holds_in_the_dark(mail):
    for tag in ("body", "h1", "p", "a"):
        assert re.search(rf'<{tag}\b[^>]*\sstyle="[^"]*color', mail.html), tag
    assert mail.html.count("<style") == 1
    assert "@media (prefers-color-scheme: dark)" in mail.html
    assert "data-css-inline" not in mail.html
    assert "url(" not in mail.html


def test_both_bodies_lead_to_the_same_places(mail):
    links = {unescape(found) for found in re.findall(r'href="([^"]*)"', mail.html)} - {HOME}
    assert links == set(re.findall(r"https://\S+", mail.text))
    assert all(link.startswith(HOME) for link in links)


def test_it_says_who_writes_and_where_they_are(mail, settings):
    for body in (mail.html, mail.text):
        assert settings.SITE_NAME in body
        assert "1 Long Road" in body


def test_what_a_person_wrote_is_text_in_it():
    mail = alarm()
    assert "Two &lt;issues&gt; wait &amp; nobody looks." in mail.html
    assert "Two <issues> wait & nobody looks." in mail.text
