"""What readers change about their letter, and the record of it; another address is confirmed, the old one told."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from articles.mail import sender, suppression
from articles.models import Section, Subscription
from articles.newsletter.subscriptions import consent, preferences, requests, tokens
from articles.newsletter.subscriptions.consent import Consent
from articles.newsletter.subscriptions.preferences import PreferencesRefused
from tests.newsletter.conftest import delivery_to, link_in, reader

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)
YES = Consent(preferences.MOVE_WORDING, "/subscribe/confirm/")


def last_event(subscription):
    event = subscription.consent_events.last()
    return event.kind, event.wording, event.page


def test_choices_are_kept_and_recorded_in_words():
    subscription = reader()
    preferences.choose(subscription, wants="corrections", sections=["news", "made-up"], page="/preferences/", at=NOW)
    subscription.refresh_from_db()
    assert (subscription.wants, [one.slug for one in subscription.sections.all()]) == ("corrections", ["news"])
    words = "Only corrections to what I was sent; News."
    assert last_event(subscription) == ("changed", words, "/preferences/")
    assert not Subscription.objects.getting_the_newsletter(NOW).exists()


def test_all_sections_and_none_are_the_same_so_that_a_new_section_comes_too():
    subscription = reader()
    every = list(Section.objects.values_list("slug", flat=True))
    for sections in (every, []):
        preferences.choose(subscription, wants="weekly", sections=sections, at=NOW)
        assert not subscription.sections.exists()
    assert last_event(subscription)[1] == "The weekly newsletter and corrections; all sections."


def test_a_choice_that_is_not_offered_is_refused_in_a_sentence():
    subscription = reader()
    with pytest.raises(PreferencesRefused):
        preferences.choose(subscription, wants="hourly", sections=[], at=NOW)
    assert subscription.consent_events.count() == 2


def test_a_pause_begins_at_once_and_ends_on_its_day_by_itself():
    subscription = reader()
    preferences.pause(subscription, until=date(2026, 11, 20), at=NOW)
    getting = Subscription.objects.getting_the_newsletter
    assert not getting(datetime(2026, 11, 19, 23, 59, tzinfo=UTC)).exists()
    assert getting(datetime(2026, 11, 20, tzinfo=UTC)).exists()
    preferences.resume(subscription, at=NOW)
    assert getting(NOW).exists()
    assert [event.kind for event in subscription.consent_events.all()][2:] == ["changed", "changed"]
    preferences.resume(subscription, at=NOW)
    assert subscription.consent_events.count() == 4


@pytest.mark.parametrize("until", [date(2026, 11, 2), date(2026, 11, 1), date(2027, 11, 4), date.max, date.min])
def test_a_pause_is_a_day_to_come_within_a_year(until):
    with pytest.raises(PreferencesRefused):
        preferences.pause(reader(), until=until, at=NOW)
    assert Subscription.objects.get().paused_until is None


def test_whoever_left_has_nothing_to_choose():
    subscription = reader()
    consent.end(subscription, consent=YES, at=NOW)
    subscription.refresh_from_db()
    with pytest.raises(PreferencesRefused):
        preferences.choose(subscription, wants="weekly", sections=[], at=NOW)


# Another address ------------------------------------------------------------------------------------------------------


def asked_to_move(mailoutbox, subscription, new="new@example.org"):
    requests.move(subscription, new, at=NOW)
    sender.send_due(at=NOW)
    return link_in(mailoutbox[-1], "confirm")


def test_a_new_address_is_asked_and_the_old_one_told_without_naming_it(mailoutbox):
    subscription = reader()
    token = asked_to_move(mailoutbox, subscription)
    subscription.refresh_from_db()
    assert ([mail.to for mail in mailoutbox], subscription.email) == ([["new@example.org"]], "reader@example.org")
    preferences.move(token, consent=YES, at=NOW)
    sender.send_due(at=NOW)
    subscription.refresh_from_db()
    assert subscription.email == "new@example.org"
    assert mailoutbox[1].to == ["reader@example.org"]
    assert "new@example.org" not in mailoutbox[1].message().as_string()
    assert "reader@example.org" not in mailoutbox[0].message().as_string()
    assert last_event(subscription) == ("moved", YES.wording, YES.page)
    with pytest.raises(tokens.TokenRefused):
        preferences.move(token, consent=YES, at=NOW)


def test_an_address_that_has_a_subscription_keeps_it_with_the_letters_and_choices_of_both(mailoutbox):
    old, known = reader(wants="corrections"), reader("new@example.org")
    first, second = delivery_to(old), delivery_to(known)
    delivery_to(known).issue.deliveries.create(subscription=old, message_id="<both@example.org>")
    preferences.move(asked_to_move(mailoutbox, old), consent=YES, at=NOW)
    states = dict(Subscription.objects.values_list("email", "state"))
    assert states == {"reader@example.org": "ended", "new@example.org": "active"}
    for row in (known, first, second):
        row.refresh_from_db()
    assert (known.wants, first.subscription, second.subscription) == ("corrections", known, known)
    assert old.deliveries.count() == 1


@pytest.mark.parametrize(("reason", "asked"), [("not_me", 0), ("complained", 0), ("bounced", 1)])
def test_nobody_is_asked_to_take_over_a_letter_who_wants_no_mail(reason, asked, mailoutbox):
    suppression.add(suppression.digest("new@example.org"), reason, at=NOW)
    requests.move(reader(), "new@example.org", at=NOW)
    sender.send_due(at=NOW)
    assert len(mailoutbox) == asked


def test_moving_asks_one_inbox_as_seldom_as_signing_up_does(mailoutbox):
    subscription = reader()
    for number in range(10):
        requests.move(subscription, f"victim+{number}@example.org", at=NOW)
        requests.subscribe(f"victim+{number}@example.org", consent=YES, at=NOW)
    sender.send_due(at=NOW)
    assert len(mailoutbox) == 1


def test_whoever_left_meanwhile_is_not_brought_back_by_moving(mailoutbox):
    subscription = reader()
    token = asked_to_move(mailoutbox, subscription)
    consent.end(subscription, consent=YES, at=NOW + timedelta(minutes=1))
    with pytest.raises(tokens.TokenRefused):
        preferences.move(token, consent=YES, at=NOW + timedelta(minutes=2))
    assert Subscription.objects.get().state == "ended"


def test_today_is_the_day_in_the_sites_zone():
    subscription, evening = reader(), datetime(2026, 11, 2, 13, tzinfo=UTC)
    with timezone.override("Pacific/Auckland"), pytest.raises(PreferencesRefused):
        preferences.pause(subscription, until=date(2026, 11, 3), at=evening)
    preferences.pause(subscription, until=date(2026, 11, 3), at=evening)
