"""Subscribe, confirm, leave, forget: what a reader agreed to is what is kept, and a token opens one door once."""

import logging
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from articles.mail import addresses, sender
from articles.mail.addresses import AddressRefused
from articles.models import ConsentEvent, InboxCount, Subscription, SubscriptionToken
from articles.newsletter.subscriptions import consent, erasure, tokens
from articles.newsletter.subscriptions.consent import Consent, TokenRefused
from tests.newsletter.conftest import link_in
from tests.newsletter.subscribing import subscribe

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)
DAY = timedelta(days=1)
YES = Consent("Send me the letter.", "/articles/pumps/")


def subscribed(address="reader@example.org", at=NOW):
    subscribe(address, consent=YES, at=at)
    return Subscription.objects.get(email__iexact=address)


def test_a_wish_is_recorded_with_its_words_and_asked_about(mailoutbox):
    subscription = subscribed()
    event = subscription.consent_events.get()
    assert (subscription.state, subscription.asked_at) == ("pending", NOW)
    assert (event.kind, event.wording, event.page, event.at) == ("asked", YES.wording, YES.page, NOW)
    assert [mail.to for mail in mailoutbox] == [["reader@example.org"]]


def test_a_confirmed_subscription_is_active_and_says_when(mailoutbox):
    subscribed()
    leave = consent.confirm(link_in(mailoutbox[0], "confirm"), consent=YES, at=NOW + DAY)
    subscription = Subscription.objects.get()
    assert (subscription.state, subscription.confirmed_at) == ("active", NOW + DAY)
    assert list(subscription.consent_events.values_list("kind", flat=True)) == ["asked", "confirmed"]
    consent.unsubscribe(leave, consent=Consent("Stop.", "/unsubscribe/"), at=NOW + 2 * DAY)
    subscription.refresh_from_db()
    assert (subscription.state, subscription.ended_at) == ("ended", NOW + 2 * DAY)
    assert list(subscription.consent_events.values_list("kind", flat=True)) == ["asked", "confirmed", "ended"]


def test_leaving_twice_is_no_error_and_changes_nothing_more(mailoutbox):
    subscribed()
    leave = link_in(mailoutbox[0], "unsubscribe")
    consent.unsubscribe(leave, consent=YES, at=NOW)
    consent.unsubscribe(leave, consent=YES, at=NOW + DAY)
    assert Subscription.objects.get().ended_at == NOW
    assert ConsentEvent.objects.filter(kind="ended").count() == 1


def test_whoever_left_cannot_be_brought_back_by_an_old_link(mailoutbox):
    subscribed()
    consent.unsubscribe(link_in(mailoutbox[0], "unsubscribe"), consent=YES, at=NOW)
    with pytest.raises(TokenRefused):
        consent.confirm(link_in(mailoutbox[0], "confirm"), consent=YES, at=NOW)
    assert Subscription.objects.get().state == "ended"


def test_whoever_left_may_come_back_and_is_asked_again(mailoutbox):
    subscribed()
    consent.unsubscribe(link_in(mailoutbox[0], "unsubscribe"), consent=YES, at=NOW)
    subscribed(at=NOW + DAY)
    consent.confirm(link_in(mailoutbox[1], "confirm"), consent=YES, at=NOW + DAY)
    assert Subscription.objects.get().state == "active"
    assert [event.kind for event in ConsentEvent.objects.all()] == ["asked", "ended", "asked", "confirmed"]


def test_a_subscriber_who_asks_again_is_told_in_private(mailoutbox):
    subscribed()
    consent.confirm(link_in(mailoutbox[0], "confirm"), consent=YES, at=NOW)
    subscribed("READER@example.org", at=NOW + DAY)
    assert (Subscription.objects.count(), Subscription.objects.get().state) == (1, "active")
    assert "already" in mailoutbox[1].subject.lower()
    assert ConsentEvent.objects.filter(kind="asked").count() == 1


# Tokens ---------------------------------------------------------------------------------------------------------------


def test_a_token_is_kept_as_a_keyed_hash_only(mailoutbox, settings):
    subscribed()
    token = link_in(mailoutbox[0], "confirm")
    row = SubscriptionToken.objects.get(purpose="confirm")
    assert len(token) == 43
    assert token not in str(SubscriptionToken.objects.values())
    settings.SECRET_KEY = "another key" * 8
    assert tokens.digest(token) != row.digest


@pytest.mark.parametrize(
    ("spoil", "status"),
    [
        (lambda token: token[:-1], 404),
        (lambda token: token + "x", 404),
        (lambda token: "A" * 43, 404),
        (lambda token: "", 404),
        (lambda token: "../../etc/passwd", 404),
        (lambda token: token[:-1] + "é", 404),
    ],
)
def test_a_token_that_is_cut_or_made_up_opens_nothing(spoil, status, mailoutbox):
    subscribed()
    with pytest.raises(TokenRefused) as refused:
        consent.confirm(spoil(link_in(mailoutbox[0], "confirm")), consent=YES, at=NOW)
    assert refused.value.status == status
    assert Subscription.objects.get().state == "pending"


def test_a_token_is_for_one_purpose(mailoutbox):
    subscribed()
    with pytest.raises(TokenRefused):
        consent.confirm(link_in(mailoutbox[0], "unsubscribe"), consent=YES, at=NOW)
    with pytest.raises(TokenRefused):
        consent.unsubscribe(link_in(mailoutbox[0], "confirm"), consent=YES, at=NOW)
    assert Subscription.objects.get().state == "pending"


@pytest.mark.parametrize(("after", "opens"), [(7 * DAY - timedelta(seconds=1), True), (7 * DAY, False)])
def test_a_question_can_be_answered_for_a_week(after, opens, mailoutbox):
    subscribed()
    token = link_in(mailoutbox[0], "confirm")
    if opens:
        assert tokens.check(token, "confirm", at=NOW + after)
    else:
        with pytest.raises(TokenRefused) as refused:
            tokens.check(token, "confirm", at=NOW + after)
        assert (refused.value.status, "expired" in str(refused.value)) == (410, True)


def test_a_question_is_answered_once(mailoutbox):
    subscribed()
    token = link_in(mailoutbox[0], "confirm")
    consent.confirm(token, consent=YES, at=NOW)
    with pytest.raises(TokenRefused) as refused:
        consent.confirm(token, consent=YES, at=NOW)
    assert (refused.value.status, "already been used" in str(refused.value)) == (410, True)


# Addresses ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "address",
    [
        *("", "reader", "reader@", "@example.org", "a b@example.org", "reader@example", "a@b@c.org", "x\n@example.org"),
        *("reader@example.org, other@example.org", "reader@exa..mple.org", "\x00@example.org"),
        *("a" * 65 + "@example.org", f"reader@{'a' * 63}.{'b' * 63}.{'c' * 63}.{'d' * 62}.org"),
        "reader@example.org\r\nBcc: other@example.org",
    ],
)
def test_what_is_no_address_is_refused_in_one_sentence(address, mailoutbox):
    with pytest.raises(AddressRefused) as refused:
        subscribe(address, consent=YES)
    assert str(refused.value).endswith((".", "be."))
    assert not Subscription.objects.exists()
    assert mailoutbox == []


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        (" reader@Example.ORG ", "reader@example.org"),
        ("Reader@example.org", "Reader@example.org"),
        ("reader@bücher.example", "reader@xn--bcher-kva.example"),
        ("o'hara+pain@example.org", "o'hara+pain@example.org"),
    ],
)
def test_an_address_is_stored_as_mail_servers_know_it(typed, stored):
    assert addresses.normalize(typed) == stored


# Mail servers and time ------------------------------------------------------------------------------------------------


def test_a_mail_server_that_is_away_is_tried_again_by_the_clock(monkeypatch, mailoutbox, caplog):
    def away(self, messages):
        raise ConnectionRefusedError

    with monkeypatch.context() as broken:
        broken.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", away)
        with caplog.at_level(logging.DEBUG):
            subscription = subscribed()
    assert subscription.asked_at is None
    assert "reader" not in caplog.text
    assert [sender.send_due(at=NOW + timedelta(minutes=minute)) for minute in (1, 2)] == [1, 0]
    assert (len(mailoutbox), InboxCount.objects.count()) == (1, 1)


def test_what_nobody_confirmed_is_forgotten_after_a_week(mailoutbox):
    subscribed()
    subscribed("other@example.org", at=NOW + DAY)
    consent.confirm(link_in(mailoutbox[1], "confirm"), consent=YES, at=NOW + DAY)
    assert erasure.forget(at=NOW + 7 * DAY - timedelta(seconds=1)) == 0
    assert erasure.forget(at=NOW + 7 * DAY) == 1
    assert [subscription.email for subscription in Subscription.objects.all()] == ["other@example.org"]
    assert not ConsentEvent.objects.filter(subscription__email="reader@example.org").exists()


def test_a_link_to_leave_outlives_the_letter_it_came_with(mailoutbox):
    subscribed()
    token = link_in(mailoutbox[0], "unsubscribe")
    with time_machine.travel(NOW + 365 * DAY, tick=False):
        assert tokens.read(token, tokens.LEAVE)
