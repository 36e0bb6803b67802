"""The ways out: SMTP as patient as the RFC, a folder, a provider; and whom one can ask afterwards."""

import gzip
import json
import os
import threading
from dataclasses import astuple
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
import requests
from anymail.exceptions import AnymailRecipientsRefused, AnymailRequestsAPIError
from django.core import mail

from articles.mail import acceptance, transports
from articles.mail.smtp_replies import Outcome
from articles.mail.transports import BackendTransport, EmlFolder, FolderTransport
from articles.mail.transports.smtp import GREETING, Patience, SmtpTransport
from tests.mail.test_mime import envelope
from tests.newsletter.mailing import approved_issue, send, states

NOW = datetime(2026, 11, 26, 9, tzinfo=UTC)


def test_smtp_waits_as_long_as_the_rfc_says():
    assert GREETING == 300
    assert astuple(Patience())[:5] == (300, 300, 120, 180, 600)


def test_the_setting_chooses_the_way(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    way = transports.configured()
    assert isinstance(way, SmtpTransport)
    assert way.timeout == GREETING
    settings.EMAIL_BACKEND = "articles.mail.eml_folder.EmlFolder"
    assert isinstance(transports.configured(), FolderTransport)
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert isinstance(transports.configured(), BackendTransport)


@pytest.mark.django_db
def test_a_letter_through_a_provider_keeps_its_headers(mailoutbox):
    issue = approved_issue(2)
    send(issue)
    assert states(issue) == ["handed_over"] * 2
    assert [one.extra_headers["Message-ID"] for one in mailoutbox] == list(
        issue.deliveries.order_by("pk").values_list("message_id", flat=True)
    )
    assert mailoutbox[0].envelope_sender != mailoutbox[1].envelope_sender
    assert mailoutbox[0].extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


class Provider:
    """A backend that raises, or notes a status, as django-anymail's do."""

    def __init__(self, does):
        self.does = does

    def open(self):
        return True

    def close(self):
        pass

    def send_messages(self, messages):
        if isinstance(self.does, Exception):
            raise self.does
        messages[0].anymail_status = type("Status", (), {"status": {self.does}, "message_id": "p-1"})()
        return 1


def answered(status):
    response = requests.Response()
    response.status_code, response.reason = status, "as it says"
    return response


@pytest.mark.parametrize(
    ("does", "outcome"),
    [
        ("queued", Outcome.TAKEN),
        ("sent", Outcome.TAKEN),
        ("rejected", Outcome.NOT_THIS_READER),
        ("invalid", Outcome.NOT_THIS_READER),
        ("failed", Outcome.LATER),
        (AnymailRecipientsRefused(), Outcome.NOT_THIS_READER),
        (AnymailRequestsAPIError("no", response=answered(401)), Outcome.NOT_US),
        (AnymailRequestsAPIError("no", response=answered(429)), Outcome.LATER),
        (AnymailRequestsAPIError("no", response=answered(503)), Outcome.LATER),
        (ConnectionRefusedError("no"), Outcome.LATER),
        (TimeoutError("no answer"), Outcome.UNKNOWN),
        (ConnectionResetError("gone"), Outcome.UNKNOWN),
        (ValueError("a mistake of ours"), Outcome.NOT_US),
    ],
)
def test_what_a_provider_does_is_an_answer(does, outcome):
    assert BackendTransport(Provider(does)).hand_over(envelope()).outcome is outcome


def test_a_second_writing_of_a_letter_changes_nothing(settings, tmp_path):
    settings.EMAIL_FILE_PATH = tmp_path / "mail"
    way = FolderTransport(EmlFolder())
    for _time in range(2):
        assert way.hand_over(envelope()).outcome is Outcome.TAKEN
    [path] = (tmp_path / "mail").iterdir()
    assert path.read_bytes().startswith(b"Return-Path: <letter+1-abcdefghijklmnop@example.org>\r\nFrom: ")


def test_a_folder_that_cannot_be_written_is_tried_again(settings, tmp_path):
    (tmp_path / "mail").write_text("a file")
    settings.EMAIL_FILE_PATH = tmp_path / "mail"
    assert FolderTransport(EmlFolder()).hand_over(envelope()).outcome is Outcome.LATER


# Asked ----------------------------------------------------------------------------------------------------------------


def test_a_journal_is_read_line_by_line(settings, tmp_path):
    settings.RELAY_JOURNAL = str(tmp_path / "taken.jsonl")
    assert acceptance.configured().knows("<1@example.org>", NOW) is None
    lines = [json.dumps({"message_id": "<1@example.org>"}), "torn {", json.dumps({"to": "<2@example.org>"}), "[]"]
    (tmp_path / "taken.jsonl").write_text("\n".join(lines))
    assert [acceptance.configured().knows(f"<{number}@example.org>", NOW) for number in (1, 2, 3)] == [
        True,
        False,
        False,
    ]


def test_what_was_rotated_out_of_a_journal_is_read_too(settings, tmp_path):
    journal = tmp_path / "taken.jsonl"
    settings.RELAY_JOURNAL = str(journal)
    old = NOW - timedelta(days=2)
    for name, number, at in (("", 1, NOW), (".1", 2, NOW), ("-20261128.gz", 3, NOW), (".9", 4, old)):
        line = json.dumps({"message_id": f"<{number}@example.org>"}).encode()
        part = journal.with_name(journal.name + name)
        part.write_bytes(gzip.compress(line) if name.endswith(".gz") else line)
        os.utime(part, (at.timestamp(), at.timestamp()))
    knows = {number: acceptance.configured().knows(f"<{number}@example.org>", NOW) for number in range(1, 6)}
    # What ended before the letter was tried is not read.
    assert [number for number, is_known in knows.items() if is_known] == [1, 2, 3]
    journal.with_name(journal.name + ".2.gz").write_bytes(gzip.compress(b"torn" * 99)[:-9])
    assert acceptance.configured().knows("<5@example.org>", NOW) is None


def test_a_relay_is_asked_over_http(settings):
    class Journal(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response({"/%3C1%3E": 200, "/%3C2%3E": 404}.get(self.path, 500))
            self.end_headers()

        def log_message(self, *args):
            pass

    server = HTTPServer(("127.0.0.1", 0), Journal)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    settings.RELAY_JOURNAL = f"http://127.0.0.1:{server.server_port}/{{message_id}}"
    assert [acceptance.configured().knows(f"<{number}>", NOW) for number in (1, 2, 3)] == [True, False, None]
    server.shutdown()
    server.server_close()
    assert acceptance.configured().knows("<1>", NOW) is None


def test_where_nobody_can_be_asked_nobody_knows(settings, tmp_path):
    settings.RELAY_JOURNAL, settings.EMAIL_BACKEND = "", "django.core.mail.backends.smtp.EmailBackend"
    assert acceptance.configured().knows("<1>", NOW) is None
    settings.EMAIL_BACKEND, settings.EMAIL_FILE_PATH = "articles.mail.eml_folder.EmlFolder", tmp_path
    assert acceptance.configured().knows("<1>", NOW) is False
    assert mail.outbox == []
