"""The subscribe form: one answer whatever is known of an address; GET shows, POST changes; nothing is lost."""

import re

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.mail import sender, suppression
from articles.models import ConsentEvent, OutgoingMail, Subscription
from articles.newsletter.subscriptions import consent, requests
from articles.newsletter.subscriptions.consent import Consent
from tests.newsletter.conftest import link_in
from tests.newsletter.subscribing import subscribe

pytestmark = pytest.mark.django_db

YES = Consent("Yes.", "/")


STATES = ("unknown", "waiting", "pending", "active", "paused", "ended", "capped", "erased", "complained", "not_me")


def in_state(state):
    """An address in one of the states that a stranger must not learn."""
    address = f"{state.replace('_', '-')}@example.org"
    if state == "waiting":
        requests.subscribe(address, consent=YES)
    if state in ("pending", "active", "paused", "ended"):
        times = {"active": {"confirmed_at": timezone.now()}, "ended": {"ended_at": timezone.now()}}
        row = {"state": "active" if state == "paused" else state, **times.get(state, {})}
        row |= {"confirmed_at": timezone.now(), "paused_until": "2099-01-01"} if state == "paused" else {}
        Subscription.objects.create(email=address, **row)
    if state == "capped":
        for _number in range(5):
            subscribe(address, consent=YES)
    if state in ("erased", "complained", "not_me"):
        suppression.add(suppression.digest(address), state)
    return address


@time_machine.travel("2026-11-02 09:00", tick=False)
def test_the_answer_is_the_same_byte_for_byte_and_does_the_same_work_whatever_the_state(client, mailoutbox):
    addresses = [in_state(state) for state in STATES]
    mailoutbox.clear()
    client.post("/subscribe/", {"email": "first@example.org", "page": "/"})  # fills what Django keeps in memory
    answers, work = set(), set()
    for address in addresses:
        with CaptureQueriesContext(connection) as queries:
            answer = client.post("/subscribe/", {"email": address, "page": "/articles/pumps/"})
        del answer.headers["X-Request-ID"]  # drawn for each request, of nothing that was sent
        answers.add((answer.status_code, answer.content, str(sorted(answer.headers.items()))))
        work.add(tuple(re.split(r" WHERE | VALUES |POINT ", query["sql"])[0] for query in queries))
        assert address.encode() not in answer.content
    assert len(answers) == len(work) == 1
    assert b"Check your inbox" in answer.content
    assert mailoutbox == []


def test_a_wish_from_under_an_article_says_which(client):
    client.post("/subscribe/", {"email": "reader@example.org", "page": "/articles/pumps/"})
    sender.send_due()
    event = ConsentEvent.objects.get()
    assert event.page == "/articles/pumps/"
    shown = client.get("/subscribe/").content.decode()
    assert event.wording in shown


def test_the_page_that_a_form_claims_is_a_path_of_ours_or_nothing(client):
    client.post("/subscribe/", {"email": "reader@example.org", "page": "https://elsewhere.example/"})
    sender.send_due()
    assert ConsentEvent.objects.get().page == ""


def test_what_is_no_address_stays_in_the_form_with_a_sentence(client):
    answer = client.post("/subscribe/", {"email": 'reader"><script>', "page": "/"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "This doesn’t look like an email address" in page
    assert 'value="reader&quot;&gt;&lt;script&gt;"' in page
    assert "<script>" not in page


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"sec-fetch-site": "same-origin"}, 200),
        ({"sec-fetch-site": "cross-site"}, 403),
        ({"sec-fetch-site": "same-site"}, 403),
        ({"origin": "http://testserver"}, 200),
        ({"origin": "https://evil.example"}, 403),
        ({"origin": "null"}, 403),
    ],
)
def test_a_form_on_another_site_subscribes_nobody(client, headers, status):
    answer = client.post("/subscribe/", {"email": "reader@example.org", "page": "/"}, headers=headers)
    assert answer.status_code == status
    sender.send_due()
    assert Subscription.objects.exists() == (status == 200)


def test_get_shows_a_button_and_post_confirms(client, mailoutbox):
    subscribe("reader@example.org", consent=YES)
    address = f"/subscribe/confirm/{link_in(mailoutbox[0], 'confirm')}/"
    for _scanner in range(3):
        shown = client.get(address)
        assert b"<button" in shown.content
        assert b"successfully subscribed" not in shown.content.lower()
    assert Subscription.objects.get().state == "pending"
    done = client.post(address)
    assert "You have successfully subscribed!" in done.content.decode()
    assert Subscription.objects.get().state == "active"
    assert ConsentEvent.objects.filter(kind="confirmed").get().wording == consent.WORDING.format(
        site="Inside Pain Medicine"
    )


def test_head_confirms_nothing(client, mailoutbox):
    subscribe("reader@example.org", consent=YES)
    client.head(f"/subscribe/confirm/{link_in(mailoutbox[0], 'confirm')}/")
    assert Subscription.objects.get().state == "pending"


def test_one_click_leaves_without_cookie_or_page(client, mailoutbox):
    """RFC 8058: the mail program posts `List-Unsubscribe=One-Click`, with nothing else."""
    subscribe("reader@example.org", consent=YES)
    consent.confirm(link_in(mailoutbox[0], "confirm"), consent=YES)
    address = mailoutbox[0].extra_headers["List-Unsubscribe"].strip("<>").removeprefix("http://testserver")
    shown = client.get(address)
    assert (shown.status_code, Subscription.objects.get().state) == (200, "active")
    done = client.post(address, "List-Unsubscribe=One-Click", content_type="application/x-www-form-urlencoded")
    assert (done.status_code, Subscription.objects.get().state) == (200, "ended")
    assert client.post(address).status_code == 200


@pytest.mark.parametrize("path", ["/subscribe/confirm/{}/", "/unsubscribe/{}/"])
@pytest.mark.parametrize("token", ["cut", "A" * 43, "%00", "a b", "<script>"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_link_that_opens_nothing_explains_itself(client, path, token, method):
    answer = getattr(client, method)(path.format(token))
    assert answer.status_code == 404
    assert b"link" in answer.content
    assert b"<script>" not in answer.content


def test_no_page_of_a_subscription_sets_a_cookie_or_may_be_kept_or_named_elsewhere(client, mailoutbox):
    subscribe("reader@example.org", consent=YES)
    address = f"/subscribe/confirm/{link_in(mailoutbox[0], 'confirm')}/"
    for answer in (client.get("/subscribe/"), client.get(address), client.post(address)):
        assert not answer.cookies
        assert "no-store" in answer["Cache-Control"]
        assert answer["Referrer-Policy"] in ("same-origin", "no-referrer", "strict-origin")


def test_a_read_only_database_is_told_in_one_sentence_and_nothing_is_called_done(client, settings, mailoutbox):
    client.raise_request_exception = False
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA query_only = ON")
        else:
            cursor.execute("SET TRANSACTION READ ONLY")
        try:
            answer = client.post("/subscribe/", {"email": "reader@example.org", "page": "/"})
        finally:
            if connection.vendor == "sqlite":
                cursor.execute("PRAGMA query_only = OFF")
    assert (answer.status_code, answer["Retry-After"]) == (503, "60")
    assert "nothing was changed" in answer.content.decode()
    assert mailoutbox == []


def test_a_robot_that_fills_in_what_nobody_sees_gets_the_same_answer_and_nothing_happens(client):
    honest = client.post("/subscribe/", {"email": "reader@example.org", "page": "/", "website": ""})
    robot = client.post("/subscribe/", {"email": "victim@example.org", "page": "/", "website": "https://spam.example"})
    assert (robot.status_code, robot.content) == (honest.status_code, honest.content)
    assert OutgoingMail.objects.get().to == "reader@example.org"


def test_a_network_that_asked_too_often_is_told_so_and_keeps_what_was_typed(client, monkeypatch):
    monkeypatch.setattr("articles.newsletter.subscriptions.rate_limits.NETWORK_A_DAY", 1)
    client.post("/subscribe/", {"email": "one@example.org", "page": "/"})
    answer = client.post("/subscribe/", {"email": "two@example.org", "page": "/"})
    assert (answer.status_code, answer["Retry-After"]) == (429, "86400")
    assert 'value="two@example.org"' in answer.content.decode()


def test_what_a_client_writes_about_its_address_counts_only_behind_a_proxy(client, monkeypatch, settings):
    monkeypatch.setattr("articles.newsletter.subscriptions.rate_limits.NETWORK_A_DAY", 1)

    def status(number, name):
        headers = {"X-Forwarded-For": f"198.51.{number}.1"}
        return client.post("/subscribe/", {"email": f"{name}@example.org", "page": "/"}, headers=headers).status_code

    assert [status(1, "a"), status(2, "b")] == [200, 429]
    settings.TRUSTED_PROXIES = 1
    assert [status(3, "c"), status(4, "d"), status(3, "e")] == [200, 200, 429]


@pytest.mark.parametrize("name", ["email", "page"])
def test_no_field_reaches_a_header_of_a_mail(name, client, mailoutbox):
    evil = "reader@example.org\r\nBcc: victim@example.org\r\n\r\nBuy this"
    client.post("/subscribe/", {"email": "reader@example.org", "page": "/", name: evil})
    sender.send_due()
    for mail in mailoutbox:
        assert mail.recipients() == ["reader@example.org"]
        assert "victim" not in mail.message().as_string()
        assert "Buy this" not in mail.message().as_string()
