"""What a flood of sign-ups can do: to one inbox, from one network, to the site; and who is not asked again."""

from datetime import UTC, datetime, timedelta
from ipaddress import ip_address

import pytest

from articles.mail import sender, suppression
from articles.mail.smtp_replies import Answer, Outcome
from articles.mail.transports import BackendTransport
from articles.models import ConsentEvent, NetworkCount, OutgoingMail, Subscription, SubscriptionToken
from articles.newsletter.subscriptions import consent, erasure, rate_limits, requests, tokens
from articles.newsletter.subscriptions.consent import Consent
from articles.newsletter.subscriptions.requests import RequestRefused
from tests.newsletter.conftest import link_in, reader

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)
DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
YES = Consent("Send me the letter.", "/articles/pumps/")


def wish(address="reader@example.org", at=NOW, client=None):
    requests.subscribe(address, consent=YES, client=client and ip_address(client), at=at)


def test_a_wish_waits_until_the_clock_answers_it_and_keeps_its_words(mailoutbox):
    wish()
    assert (OutgoingMail.objects.count(), Subscription.objects.count(), len(mailoutbox)) == (1, 0, 0)
    assert sender.send_due(at=NOW + MINUTE) == 1
    assert (OutgoingMail.objects.count(), sender.send_due(at=NOW + MINUTE)) == (0, 0)
    assert [mail.to for mail in mailoutbox] == [["reader@example.org"]]
    event = ConsentEvent.objects.get()
    assert (event.kind, event.wording, event.page) == ("asked", YES.wording, YES.page)


def test_two_clocks_that_see_the_same_wish_answer_it_once(monkeypatch):
    handed, usual = [], BackendTransport.open

    def meanwhile(way):
        monkeypatch.setattr(BackendTransport, "open", usual)
        sender.send_due(at=NOW)  # by the other clock, which is never told whether its mail was taken
        usual(way)

    monkeypatch.setattr(BackendTransport, "open", meanwhile)
    monkeypatch.setattr(BackendTransport, "hand_over", lambda way, mail: handed.append(mail) or Answer(Outcome.UNKNOWN))
    wish()
    sender.send_due(at=NOW)
    assert len(handed) == 1


def test_a_flood_aimed_at_one_inbox_is_one_mail_however_it_is_spelt_and_wherever_it_comes_from(mailoutbox):
    for number in range(400):
        address = ("victim@example.org", "VICTIM@example.org", f"victim+{number}@example.org")[number % 3]
        wish(address, at=NOW + number * MINUTE, client=f"198.51.{number % 250}.7")
        if number % 40 == 0:
            sender.send_due(at=NOW + number * MINUTE)
    while sender.send_due(at=NOW + 401 * MINUTE):
        pass
    requests.ask_imported(at=NOW + 402 * MINUTE)
    assert len(mailoutbox) == Subscription.objects.count() == 1


def test_one_inbox_is_asked_three_times_in_thirty_days_even_if_it_was_forgotten_or_erased_between(mailoutbox):
    for day in range(30):
        wish(at=NOW + day * DAY)
        sender.send_due(at=NOW + day * DAY)
        if day == 5:
            erasure.erase("reader@example.org", at=NOW + day * DAY)
        erasure.forget(at=NOW + day * DAY)
    assert len(mailoutbox) == 3
    wish(at=NOW + 31 * DAY)
    sender.send_due(at=NOW + 31 * DAY)
    assert len(mailoutbox) == 4


@pytest.mark.parametrize(
    ("clients", "is_full"),
    [
        (["192.0.2.1", "192.0.2.250"], True),
        (["192.0.2.1", "192.0.3.1"], False),
        (["2001:db8:1:1::1", "2001:db8:1:ffff::9"], True),
        (["2001:db8:1::1", "2001:db8:2::1"], False),
        ([None, None], True),
    ],
)
def test_one_network_has_one_measure_a_day(clients, is_full, monkeypatch):
    monkeypatch.setattr(rate_limits, "NETWORK_A_DAY", 1)
    first, second = clients
    wish("one@example.org", client=first)
    if is_full:
        with pytest.raises(RequestRefused) as refused:
            wish("two@example.org", client=second)
        assert refused.value.retry_after == 24 * 3600
    else:
        wish("two@example.org", client=second)
    assert OutgoingMail.objects.count() == (1 if is_full else 2)
    wish("three@example.org", at=NOW + DAY, client=second)


def test_what_is_kept_of_a_network_is_a_hash_that_changes_every_day_and_goes():
    wish(client="192.0.2.1")
    wish("other@example.org", at=NOW + DAY, client="192.0.2.1")
    hashes = set(NetworkCount.objects.values_list("digest", flat=True))
    assert len(hashes) == 2
    assert not any("192" in one.digest and "." in one.digest for one in NetworkCount.objects.all())
    erasure.forget(at=NOW + DAY)
    assert NetworkCount.objects.count() == 1


def test_the_site_asks_so_many_an_hour_and_the_rest_waits_its_turn(monkeypatch, mailoutbox):
    monkeypatch.setattr(rate_limits, "SITE_AN_HOUR", 3)
    for number in range(5):
        wish(f"reader{number}@example.org")
    assert sender.send_due(at=NOW) == 3
    assert (len(mailoutbox), OutgoingMail.objects.count()) == (3, 2)
    assert sender.send_due(at=NOW + 61 * MINUTE) == 2
    assert len(mailoutbox) == 5


def test_a_queue_that_is_flooded_takes_no_more_and_says_when(monkeypatch):
    monkeypatch.setattr(rate_limits, "WAITING", 2)
    for number in range(3):
        wish(f"reader{number}@example.org")
    with pytest.raises(RequestRefused) as refused:
        wish("late@example.org")
    assert (str(refused.value), refused.value.retry_after) == (requests.SITE_FULL, 3600)


# Who is not asked -----------------------------------------------------------------------------------------------------


def test_whoever_says_it_was_not_me_is_forgotten_and_never_asked_again(mailoutbox):
    wish("victim+1@example.org")
    sender.send_due(at=NOW)
    consent.not_me(link_in(mailoutbox[0], "not-me"), at=NOW)
    assert not Subscription.objects.exists()
    for day, address in enumerate(("victim+1@example.org", "VICTIM@example.org", "victim+2@example.org"), start=40):
        wish(address, at=NOW + day * DAY)
        sender.send_due(at=NOW + day * DAY)
    assert (len(mailoutbox), Subscription.objects.count()) == (1, 0)


def test_it_was_not_me_works_after_the_address_was_forgotten_and_does_not_touch_others(mailoutbox):
    wish()
    sender.send_due(at=NOW)
    other = reader("other@example.org")
    erasure.forget(at=NOW + 8 * DAY)
    consent.not_me(link_in(mailoutbox[0], "not-me"), at=NOW + 9 * DAY)
    assert suppression.of("reader@example.org").reason == "not_me"
    assert list(Subscription.objects.all()) == [other]


def test_a_subscriber_who_says_it_was_not_me_is_ended_for_good(mailoutbox):
    wish()
    sender.send_due(at=NOW)
    consent.confirm(link_in(mailoutbox[0], "confirm"), consent=YES, at=NOW)
    consent.not_me(link_in(mailoutbox[0], "not-me"), at=NOW)
    assert Subscription.objects.get().state == "ended"
    assert ConsentEvent.objects.filter(kind="ended").get().wording == "I didn’t sign up."


@pytest.mark.parametrize(
    ("reason", "asked"), [("erased", True), ("bounced", True), ("complained", False), ("not_me", False)]
)
def test_erased_and_bounced_end_when_the_owner_confirms_and_the_others_never_by_themselves(reason, asked, mailoutbox):
    suppression.add(suppression.digest("reader@example.org"), reason, at=NOW)
    wish()
    sender.send_due(at=NOW)
    assert len(mailoutbox) == asked
    assert suppression.of("reader@example.org").reason == reason
    if asked:
        consent.confirm(link_in(mailoutbox[0], "confirm"), consent=YES, at=NOW)
        assert suppression.of("reader@example.org") is None


@pytest.mark.parametrize("reason", ["complained", "not_me"])
def test_what_lasts_outlives_the_answer_to_a_question_that_was_asked_before(reason, mailoutbox):
    wish()
    sender.send_due(at=NOW)
    suppression.add(suppression.digest("reader@example.org"), reason, at=NOW)
    consent.confirm(link_in(mailoutbox[0], "confirm"), consent=YES, at=NOW)
    assert suppression.of("reader@example.org").reason == reason


@pytest.mark.parametrize(
    ("first", "second", "stays"),
    [("complained", "erased", "complained"), ("erased", "complained", "complained"), ("bounced", "erased", "erased")],
)
def test_a_lasting_reason_is_not_replaced_by_one_that_can_end(first, second, stays):
    for reason in (first, second):
        suppression.add(suppression.digest("reader@example.org"), reason, at=NOW)
    assert suppression.of("Reader@example.org").reason == stays


def test_the_list_outlives_a_change_of_key_that_keeps_the_old_one(settings):
    suppression.add(suppression.digest("reader@example.org"), "not_me", at=NOW)
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "a new key " * 8, [settings.SECRET_KEY]
    assert suppression.of("reader@example.org").reason == "not_me"


# Keys to one's data ---------------------------------------------------------------------------------------------------


def test_the_key_to_ones_data_goes_to_the_address_itself_and_works_for_an_hour(mailoutbox):
    subscription = reader()
    requests.key(subscription, at=NOW)
    sender.send_due(at=NOW)
    [mail] = mailoutbox
    token = link_in(mail, "preferences")
    assert mail.to == ["reader@example.org"]
    assert tokens.check(token, SubscriptionToken.MANAGE, at=NOW + 59 * MINUTE).subscription == subscription
    with pytest.raises(tokens.TokenRefused, match="one hour"):
        tokens.check(token, SubscriptionToken.MANAGE, at=NOW + 60 * MINUTE)


def test_whoever_holds_a_forwarded_letter_cannot_flood_its_reader_with_keys(mailoutbox):
    subscription = reader()
    for hour in range(20):
        requests.key(subscription, at=NOW + hour * 60 * MINUTE)
        sender.send_due(at=NOW + hour * 60 * MINUTE)
    assert len(mailoutbox) == 3
