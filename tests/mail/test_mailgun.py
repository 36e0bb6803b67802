"""Mailgun is asked by Message-ID after a crash; a server on this machine stands in for its API."""

import json
import threading
from base64 import b64decode
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine
from anymail.exceptions import AnymailRequestsAPIError

from articles.mail import acceptance
from articles.mail.acceptance import mailgun
from articles.mail.smtp_replies import Outcome
from articles.mail.transports import BackendTransport
from articles.newsletter.delivery import settling
from tests.mail.test_mime import envelope
from tests.mail.test_transports import Provider, answered
from tests.newsletter.mailing import approved_issue, send, states

NOW = datetime(2026, 11, 26, 9, tzinfo=UTC)
KEY = "key-of-the-account"


class Api(BaseHTTPRequestHandler):
    """GET /v3/DOMAIN/events, as far as its documentation says; `events` are pairs of Message-ID and kind."""

    def do_GET(self):
        parts = urlsplit(self.path)
        asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
        credentials = b64decode(self.headers["Authorization"].removeprefix("Basic ")).decode()
        self.server.asked.append((parts.path, asked))
        if credentials != f"api:{KEY}":
            return self.answer(401, "Forbidden")
        if self.server.fails:
            return self.answer(*self.server.fails)
        if "begin" not in asked or "ascending" not in asked:
            return self.answer(400, "{}")
        items = [
            {"event": kind, "message": {"headers": {"message-id": message_id}}}
            for message_id, kind in self.server.events
            if self.server.ignores_the_filter or message_id == asked["message-id"]
        ]
        return self.answer(200, json.dumps({"items": items, "paging": {}}))

    def answer(self, status, body):
        self.send_response(status)
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, *args):
        pass


@pytest.fixture
def api(settings):
    with ThreadingHTTPServer(("127.0.0.1", 0), Api) as server:
        server.events, server.asked, server.fails, server.daemon_threads = [], [], None, True
        server.ignores_the_filter = False
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        settings.EMAIL_BACKEND, settings.RELAY_JOURNAL = "anymail.backends.mailgun.EmailBackend", ""
        settings.ANYMAIL = {
            "MAILGUN_API_KEY": KEY,
            "MAILGUN_SENDER_DOMAIN": "mail.example.org",
            "MAILGUN_API_URL": f"http://127.0.0.1:{server.server_port}/v3",
        }
        yield server
        server.shutdown()


@pytest.mark.parametrize(
    ("kinds", "knows"),
    [
        ([], False),
        (["accepted"], True),
        (["accepted", "delivered"], True),
        (["accepted", "failed"], True),
        (["failed"], True),
        (["delivered"], True),
        (["rejected"], False),
    ],
)
def test_events_of_a_letter_say_whether_it_was_taken(api, kinds, knows):
    api.events = [("other@example.org", "accepted"), *(("1@example.org", kind) for kind in kinds)]
    with time_machine.travel(NOW, tick=False):
        assert acceptance.configured().knows("<1@example.org>", NOW - timedelta(hours=1)) is knows
    [(path, asked)] = api.asked
    assert path == "/v3/mail.example.org/events"
    assert asked["message-id"] == "1@example.org"
    assert datetime.fromtimestamp(int(asked["begin"]), UTC) == NOW - timedelta(hours=1, minutes=5)


def test_events_of_other_letters_are_no_answer(api):
    api.ignores_the_filter = True
    api.events = [("2@example.org", "accepted")]
    assert acceptance.configured().knows("<1@example.org>", datetime.now(UTC)) is False


@pytest.mark.parametrize(
    "fails", [(401, "Forbidden"), (404, "{}"), (500, ""), (200, "no JSON"), (200, "[]"), (200, "{}")]
)
def test_what_is_no_answer_says_nothing(api, fails):
    api.fails = fails
    assert acceptance.configured().knows("<1@example.org>", datetime.now(UTC)) is None


def test_a_wrong_key_and_a_server_that_is_gone_say_nothing(api, settings):
    settings.ANYMAIL = {**settings.ANYMAIL, "MAILGUN_API_KEY": "wrong"}
    assert acceptance.configured().knows("<1@example.org>", datetime.now(UTC)) is None
    settings.ANYMAIL = {**settings.ANYMAIL, "MAILGUN_API_URL": "http://127.0.0.1:1/v3"}
    assert acceptance.configured().knows("<1@example.org>", datetime.now(UTC)) is None


def test_events_that_may_be_forgotten_already_prove_nothing(api):
    assert acceptance.configured().knows("<1@example.org>", datetime.now(UTC) - timedelta(days=2)) is None


def test_without_a_domain_of_its_own_it_is_that_of_the_sender(settings):
    settings.ANYMAIL = {"MAILGUN_API_KEY": KEY}
    settings.DEFAULT_FROM_EMAIL = "Inside Pain Medicine <letter@example.org>"
    assert mailgun.configured().address == "https://api.mailgun.net/v3/example.org/events"


def test_a_failure_within_mailgun_leaves_a_letter_uncertain_since_it_can_be_asked(api):
    way = BackendTransport(Provider(AnymailRequestsAPIError("no", response=answered(503))))
    assert way.hand_over(envelope()).outcome is Outcome.UNKNOWN


@pytest.mark.django_db
@pytest.mark.parametrize("was_taken", [True, False])
def test_after_a_broken_answer_the_letter_waits_half_an_hour_and_goes_again_only_if_it_was_not_taken(api, was_taken):
    with time_machine.travel(NOW, tick=False) as clock:
        issue = approved_issue(1)
        row = issue.deliveries.get()
        send(issue, BackendTransport(Provider(ConnectionResetError("gone"))), waits=False)
        assert states(issue) == ["uncertain"]
        clock.shift(1799)
        settling.tend()
        assert api.asked == [], "an event that is still on its way would be taken for none"
        api.events = [(row.message_id.strip("<>"), "accepted")] if was_taken else []
        clock.shift(1)
        settling.tend()
    assert states(issue) == ["handed_over" if was_taken else "queued"]
    assert len(api.asked) == 1
