"""A wish to leave that came as a mail, as mail programs send it for their user."""

import pytest

from articles.models import ConsentEvent, Subscription
from articles.newsletter.issues.rendering import mail_to_leave
from articles.newsletter.subscriptions import consent, incoming
from tests.mail.test_bounces import dsn

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader():
    from django.utils import timezone

    now = timezone.now()
    return Subscription.objects.create(email="ada@example.org", state="active", confirmed_at=now)


def asked(subject):
    return f"From: ada@example.org\r\nSubject: {subject}\r\n\r\n".encode()


def key(reader):
    return consent.leave_link(reader).rstrip("/").rpartition("/")[2]


def test_the_subject_that_the_letter_asks_for_ends_the_subscription(reader):
    from urllib.parse import parse_qs, urlsplit

    [subject] = parse_qs(urlsplit(mail_to_leave(key(reader))).query)["subject"]
    assert incoming.take(asked(subject)) == "left"
    reader.refresh_from_db()
    assert reader.state == Subscription.ENDED
    assert reader.consent_events.get(kind=ConsentEvent.ENDED).wording == incoming.WORDING


@pytest.mark.parametrize("around", ["Re: {}", "AW:  {}", "=?utf-8?q?x?= {}", "{} please"])
def test_words_around_it_do_no_harm(reader, around):
    assert incoming.take(asked(around.format(f"unsubscribe {key(reader)}"))) == "left"


@pytest.mark.parametrize("subject", ["unsubscribe", "unsubscribe me", "unsubscribe " + "A" * 43, "Unsubscribe x\x00y"])
def test_without_a_key_nobody_leaves(reader, subject):
    incoming.take(asked(subject))
    reader.refresh_from_db()
    assert reader.state == Subscription.ACTIVE


def test_everything_else_is_a_report_or_none():
    assert incoming.take_all([b"", b"Subject: hello\r\n\r\nhello", dsn("x+1-aaaaaaaaaaaaaaaa@example.org")]) == {
        "no report": 2,
        "forged": 1,
    }
