"""Links of letters: signed, for one deed, for 400 days; cut, doubled and wrapped by mail programs they explain."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.models import Subscription, SubscriptionToken
from articles.newsletter.subscriptions import consent, tokens
from articles.newsletter.subscriptions.tokens import TokenRefused
from tests.newsletter.conftest import reader

NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)
DAY = timedelta(days=1)
SUBJECTS = st.integers(0, 2**48 - 1)


@given(SUBJECTS, st.datetimes(datetime(2020, 1, 2), datetime(2100, 1, 1), timezones=st.just(UTC)))
def test_what_was_signed_is_read_for_400_days_and_no_longer(subject, at):
    token = tokens.sign(tokens.LEAVE, subject, at=at)
    for later in (timedelta(), 400 * DAY - timedelta(seconds=1)):
        assert int.from_bytes(tokens.read(token, tokens.LEAVE, at=at + later), "big") == subject
    with pytest.raises(TokenRefused) as refused:
        tokens.read(token, tokens.LEAVE, at=at + 401 * DAY)
    assert (refused.value.status, str(refused.value)) == (410, tokens.TOO_OLD)


def test_a_key_is_short_enough_for_one_line_of_a_mail():
    assert len(tokens.sign(tokens.LEAVE, 2**48 - 1)) == 32


@given(SUBJECTS, st.integers(0, 31), st.sampled_from("ABCdef019-_"))
def test_a_key_that_was_altered_anywhere_opens_nothing(subject, place, letter):
    token = tokens.sign(tokens.LEAVE, subject, at=NOW)
    altered = token[:place] + letter + token[place + 1 :]
    if altered != token:
        with pytest.raises(TokenRefused):
            tokens.read(altered, tokens.LEAVE, at=NOW)


@given(st.text(max_size=100))
def test_whatever_stands_in_an_address_is_refused_in_a_sentence(text):
    for purpose in (tokens.LEAVE, tokens.PREFERENCES, tokens.NOT_ME):
        with pytest.raises(TokenRefused) as refused:
            tokens.read(text, purpose)
        assert str(refused.value) in (tokens.CUT, tokens.UNKNOWN)


def test_a_key_is_for_one_deed():
    for made, size in tokens.SUBJECT.items():
        token = tokens.sign(made, bytes(size), at=NOW)
        for other in set(tokens.SUBJECT) - {made}:
            with pytest.raises(TokenRefused):
                tokens.read(token, other, at=NOW)
        assert tokens.read(token, made, at=NOW) == bytes(size)


MANGLED = {
    "as it was": "{0}",
    "doubled": "{0}{0}",
    "doubled with a slash": "{0}/{0}/",
    "the whole address twice": "{0}/https://example.org/unsubscribe/{0}/",
    "wrapped": "{1}\r\n{2}",
    "wrapped, url-encoded": "{1}%0D%0A{2}",
    "wrapped with a space": "{1} {2}",
    "wrapped as quoted-printable": "{1}=\r\n{2}",
    "with invisible spaces": "{1}\u200b{2}\ufeff",
    "in brackets": "<{0}>",
    "before a full stop": "{0}/.",
    "in quotation marks": "“{0}”",
}


@pytest.mark.parametrize("form", MANGLED.values(), ids=MANGLED.keys())
def test_what_mail_programs_do_to_a_link_is_undone(form):
    token = tokens.sign(tokens.LEAVE, 7, at=NOW)
    given_back = form.format(token, token[:20], token[20:])
    assert tokens.read(given_back, tokens.LEAVE, at=NOW) == (7).to_bytes(6, "big")


@pytest.mark.parametrize("kept", [0, 1, 16, 31])
def test_a_link_that_was_cut_says_so(kept):
    token = tokens.sign(tokens.LEAVE, 7, at=NOW)
    with pytest.raises(TokenRefused) as refused:
        tokens.read(token[:kept], tokens.LEAVE, at=NOW)
    assert (refused.value.status, str(refused.value)) == (404, tokens.CUT)


def test_links_outlive_a_change_of_key_that_keeps_the_old_one(settings):
    token, old = tokens.sign(tokens.LEAVE, 7), settings.SECRET_KEY
    settings.SECRET_KEY = "another key, as long as a key has to be, and then some more of it"
    with pytest.raises(TokenRefused):
        tokens.read(token, tokens.LEAVE)
    settings.SECRET_KEY_FALLBACKS = [old]
    assert tokens.read(token, tokens.LEAVE) == (7).to_bytes(6, "big")


@pytest.mark.django_db
def test_the_links_of_a_letter_write_no_row(django_assert_num_queries):
    subscription = reader()
    with django_assert_num_queries(0):
        leave, choices = consent.leave_link(subscription), consent.preferences_link(subscription)
    assert not SubscriptionToken.objects.exists()
    assert len(leave) - len("http://testserver/unsubscribe//") == 32
    assert choices.startswith("http://testserver/preferences/")


@pytest.mark.django_db
def test_a_letter_to_an_earlier_address_opens_no_choices_but_still_leaves():
    subscription = reader()
    choices = consent.preferences_link(subscription).rstrip("/").rpartition("/")[2]
    leave = consent.leave_link(subscription).rstrip("/").rpartition("/")[2]
    assert consent.named_by(choices, tokens.PREFERENCES) == subscription
    Subscription.objects.update(email="new@example.org")
    with pytest.raises(TokenRefused) as refused:
        consent.named_by(choices, tokens.PREFERENCES)
    assert str(refused.value) == tokens.MOVED
    assert consent.named_by(leave, tokens.LEAVE) == subscription
