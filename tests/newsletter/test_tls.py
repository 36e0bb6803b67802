"""Where TLS was asked for, no letter and no password leaves without it, whatever the mail server does."""

from datetime import timedelta
from itertools import product

import pytest

from articles.mail import alarms
from articles.models import Delivery
from articles.newsletter import scheduler
from articles.newsletter.delivery import worker
from tests.newsletter.certificates import certificate, server_context
from tests.newsletter.mailing import Alert, approved_issue, send
from tests.newsletter.relay import FAILURES, Relay

pytestmark = pytest.mark.django_db

REFUSED = ("550", "554", "552")  # for good: an administrator must see to it


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path, monkeypatch):
    settings.VAR_DIR, settings.RELAY_JOURNAL = tmp_path, ""
    monkeypatch.setattr(worker, "LONGEST_PAUSE", 0.001)


def attempted(relay, *, times=3, patience=60, **security):
    """An issue that a sender tries to send several times, as the clock does."""
    issue, troubles = approved_issue(2), worker.Troubles()
    for _time in range(times):
        way = Alert(relay, username="letter", password="letter", **(security or {"use_tls": True}))
        way.timeout = patience
        send(issue, way, waits=False, troubles=troubles)
    issue.refresh_from_db()
    return issue


def untouched(issue):
    return list(issue.deliveries.values_list("state", "attempts")) == [(Delivery.QUEUED, 0)] * 2


def test_letters_and_password_go_over_starttls(certificates):
    with Relay(**certificates).running() as relay:
        issue = attempted(relay, times=1)
    assert issue.state == "sent"
    assert relay.heard == [("AUTH", True), ("MAIL", True), ("MAIL", True)]


def test_and_over_tls_from_the_first_byte_on(certificates):
    with Relay(implicit=True, **certificates).running() as relay:
        issue = attempted(relay, times=1, use_ssl=True)
    assert issue.state == "sent"
    assert relay.heard == [("AUTH", True), ("MAIL", True), ("MAIL", True)]


@pytest.mark.parametrize(
    ("stage", "failure"), [*product(("starttls", "handshake"), FAILURES), ("handshake", "stranger")]
)
def test_a_server_without_working_tls_gets_nothing(stage, failure, certificates):
    with Relay(**certificates).running() as relay:
        relay.always[stage] = failure
        issue = attempted(relay, patience=2 if failure == "stall" else 60)
    assert [stage_met for stage_met, _number, _failure in relay.met] == [stage] * 3
    assert (relay.heard, relay.taken, untouched(issue)) == ([], [], True)
    if stage == "starttls" and failure in REFUSED:
        assert issue.state == "held"
        assert issue.reason.startswith(f"The mail server refuses our mail: {failure} ")
    else:
        assert issue.state == "sending"


def test_a_server_that_offers_no_tls_holds_the_issue_and_gets_nothing():
    """As somebody on the way does who takes the offer out (RFC 3207, 6)."""
    with Relay().running() as relay:
        issue = attempted(relay)
    assert (issue.state, "STARTTLS" in issue.reason) == ("held", True)
    assert (relay.heard, relay.taken, untouched(issue)) == ([], [], True)


def test_a_certificate_for_another_name_gets_nothing(tmp_path, monkeypatch):
    other = certificate(tmp_path, "other", "DNS:mail.example.net")
    monkeypatch.setenv("SSL_CERT_FILE", str(other))
    with Relay(tls=server_context(other)).running() as relay:
        issue = attempted(relay)
    assert issue.state == "sending"
    assert (relay.heard, relay.taken, untouched(issue)) == ([], [], True)


def test_a_strangers_certificate_from_the_first_byte_on_gets_nothing(certificate_files, certificates):
    with Relay(tls=certificates["strangers"], implicit=True).running() as relay:
        issue = attempted(relay, use_ssl=True)
    assert issue.state == "sending"
    assert (relay.heard, relay.taken, untouched(issue)) == ([], [], True)


def test_letters_that_wait_for_tls_raise_the_alarm_within_a_minute(certificates):
    with Relay(**certificates).running() as relay:
        relay.always["handshake"] = "stranger"
        issue = attempted(relay)
    scheduler.look(issue.approved_at + timedelta(seconds=59))
    assert alarms.is_open(f"stuck:{issue.pk}")
