"""The page of a reader's choices: what a letter's link opens, what only the owner's inbox does; GET changes nothing."""

import json
import re
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from articles.mail import sender
from articles.models import OutgoingMail, Section, Subscription
from articles.newsletter.subscriptions import consent, requests
from tests import factories
from tests.newsletter.conftest import delivery_to, link_in, reader
from tests.newsletter.subscribing import subscribe

pytestmark = pytest.mark.django_db


@pytest.fixture
def in_a_month():
    return timezone.localdate() + timedelta(days=30)


@pytest.fixture
def subscription():
    return reader("quite-unmistakable@reader.example")


@pytest.fixture
def letter(subscription):
    """The path of the link in a letter."""
    return consent.preferences_link(subscription).removeprefix("http://testserver")


@pytest.fixture
def key(subscription, mailoutbox):
    """The path of the link that is mailed to the address itself."""
    requests.key(subscription)
    sender.send_due()
    return f"/preferences/{link_in(mailoutbox[-1], 'preferences')}/"


def snapshot():
    """Every row that a link could change."""
    tables = (Subscription, OutgoingMail, Subscription.sections.through)
    events = list(Subscription.objects.values_list("consent_events", "tokens__used_at", "email", "state", "wants"))
    return events + [list(table.objects.values()) for table in tables]


def test_the_link_of_a_letter_shows_the_choices_and_never_the_address(client, subscription, letter):
    answer = client.get(letter)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "q•••@r•••.example" in page
    assert "quite-unmistakable" not in page
    assert "no-store" in answer["Cache-Control"]
    assert 'content="noindex"' in page
    assert not answer.cookies
    for action in ("move", "export", "erase"):
        assert f'value="{action}"' not in page


def test_scanners_that_open_every_link_change_nothing(client, subscription, letter, key):
    subscribe("other@example.org", consent=consent.Consent("Yes.", "/"))
    before = snapshot()
    links = [letter, key, consent.leave_link(subscription).removeprefix("http://testserver")]
    links.append(f"/subscribe/not-me/{consent.not_me_token(subscription)}/")
    links += re.findall(r'href="(/(?:unsubscribe|preferences)/[^"]+)"', client.get(key).content.decode())
    for link in links:
        for ask in (client.get, client.head, client.options, client.trace):
            for headers in ({}, {"Sec-Purpose": "prefetch;prerender"}, {"Purpose": "prefetch"}):
                assert ask(link, headers=headers).status_code in (200, 405)
        assert client.get(f"{link}?action=erase&sure=on").status_code == 200
    assert snapshot() == before


def test_choices_are_kept(client, subscription, letter):
    done = client.post(letter, {"action": "choose", "wants": "corrections", "sections": ["news", "treatments"]})
    page = done.content.decode()
    subscription.refresh_from_db()
    assert (done.status_code, subscription.wants) == (200, "corrections")
    assert {one.slug for one in subscription.sections.all()} == {"news", "treatments"}
    assert "Your choices are saved." in page
    assert re.search(r'value="corrections" checked', page)
    assert re.search(r'value="news" checked', page)
    assert not re.search(r'value="conditions" checked', page)
    event = subscription.consent_events.last()
    assert (event.kind, event.page) == ("changed", "/preferences/")


def test_a_pause_can_be_begun_and_ended(client, subscription, letter, in_a_month):
    page = client.post(letter, {"action": "pause", "until": f"{in_a_month:%Y-%m-%d}"}).content.decode()
    assert f"No weekly newsletter before {in_a_month:%B %-d, %Y}." in page
    page = client.post(letter, {"action": "resume"}).content.decode()
    subscription.refresh_from_db()
    assert (subscription.paused_until, "The newsletter is resumed." in page) == (None, True)


@pytest.mark.parametrize(
    "posted",
    [
        {},
        {"action": "nonsense"},
        {"action": "choose", "wants": "hourly"},
        {"action": "pause", "until": "tomorrow"},
        {"action": "pause", "until": "2026-02-31"},
        {"action": "pause", "until": "0001-01-01"},
        {"action": "pause", "until": "9999-12-31"},
        {"action": "pause", "until": "\x00"},
    ],
)
def test_what_cannot_be_chosen_is_one_sentence_and_changes_nothing(posted, client, subscription, letter):
    before = snapshot()
    answer = client.post(letter, posted)
    assert answer.status_code == 422
    assert len(re.findall(r'role="alert">([^<]+\.)</p>', answer.content.decode())) == 1
    assert snapshot() == before


@pytest.mark.parametrize("action", ["move", "export", "erase"])
def test_a_forwarded_letter_cannot_move_export_or_erase_its_reader(action, client, subscription, letter):
    before = snapshot()
    answer = client.post(letter, {"action": action, "email": "stranger@example.org", "sure": "on"})
    assert answer.status_code == 422
    assert b"quite-unmistakable" not in answer.content
    assert snapshot() == before


def test_a_forwarded_letter_can_only_ask_for_a_key_that_goes_to_the_reader(client, subscription, letter, mailoutbox):
    client.post(letter, {"action": "key", "email": "stranger@example.org"})
    sender.send_due()
    assert [mail.to for mail in mailoutbox] == [[subscription.email]]


def test_a_page_of_another_site_changes_nothing(client, subscription, letter, key, in_a_month):
    for link, posted in (
        (letter, {"action": "pause", "until": f"{in_a_month:%Y-%m-%d}"}),
        (key, {"action": "erase", "sure": "on"}),
    ):
        answer = client.post(link, posted, headers={"Sec-Fetch-Site": "cross-site"})
        assert answer.status_code == 403
    assert Subscription.objects.get().paused_until is None


def test_the_owner_takes_their_data_along(client, subscription, key):
    delivery_to(subscription)
    answer = client.post(key, {"action": "export"})
    assert answer["Content-Disposition"] == 'attachment; filename="my-subscription.json"'
    assert "no-store" in answer["Cache-Control"]
    assert json.loads(answer.content)["address"] == subscription.email


def test_the_owner_erases_everything_and_the_link_ends_with_it(client, subscription, letter, key):
    assert client.post(key, {"action": "erase"}).status_code == 422
    assert Subscription.objects.exists()
    done = client.post(key, {"action": "erase", "sure": "on"})
    assert b"Your address was erased" in done.content
    assert not Subscription.objects.exists()
    assert client.get(key).status_code == 404
    assert (client.get(letter).status_code, client.post(letter).status_code) == (410, 410)


def test_the_owner_moves_to_another_address(client, subscription, key, mailoutbox):
    answer = client.post(key, {"action": "move", "email": "no address"})
    assert (answer.status_code, 'value="no address"' in answer.content.decode()) == (422, True)
    client.post(key, {"action": "move", "email": "new@example.org"})
    sender.send_due()
    address = f"/subscribe/confirm/{link_in(mailoutbox[-1], 'confirm')}/"
    assert b"Yes, send it here" in client.get(address).content
    assert Subscription.objects.get().email == subscription.email
    assert b"Your new address is confirmed" in client.post(address).content
    assert Subscription.objects.get().email == "new@example.org"
    assert client.get(key).status_code == 404


def test_the_page_says_the_same_whoever_has_the_new_address(client, subscription, key):
    """A subscriber must not learn who else reads about pain."""
    reader("known@example.org")
    both = ("known@example.org", "n@example.org")
    with time_machine.travel(timezone.now(), tick=False):  # the page names the first day to which one can pause
        answers = {client.post(key, {"action": "move", "email": to}).content for to in both}
    assert len(answers) == 1


def test_sections_are_named_as_the_desk_named_them(client, letter):
    factories.rewrite(Section.objects.filter(slug="news"), name="News & <views>")
    assert "News &amp; &lt;views&gt;" in client.get(letter).content.decode()


@pytest.mark.parametrize("path", ["/preferences/", "/unsubscribe/", "/subscribe/confirm/", "/subscribe/not-me/"])
@pytest.mark.parametrize(
    "token", ["x", "A" * 32, "A" * 36, "A" * 43, "A/B/C", "%0d%0a", "é", "a" * 2000, "x/https://a/"]
)
def test_a_link_that_was_cut_doubled_or_made_up_is_one_clear_page(path, token, client):
    for ask in (client.get, client.post):
        answer = ask(f"{path}{token}")
        assert answer.status_code in (301, 404, 410)
        if answer.status_code != 301:
            assert "This link doesn’t work".encode() in answer.content


def test_a_link_that_mail_programs_doubled_still_leaves(client, subscription):
    link = consent.leave_link(subscription).removeprefix("http://testserver")
    token = link.split("/")[2]
    assert client.post(f"/unsubscribe/{token}/http://testserver/unsubscribe/{token}/").status_code == 200
    assert Subscription.objects.get().state == "ended"


def test_one_click_needs_no_origin_and_never_redirects(client, subscription):
    link = consent.leave_link(subscription).removeprefix("http://testserver")
    headers = {"Origin": "https://mail.example", "Sec-Fetch-Site": "cross-site"}
    done = client.post(
        link, "List-Unsubscribe=One-Click", content_type="application/x-www-form-urlencoded", headers=headers
    )
    assert (done.status_code, Subscription.objects.get().state) == (200, "ended")
    assert not done.cookies
