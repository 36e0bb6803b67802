"""A sender whose database fails for a moment goes on, and knows what it has in hand."""

from datetime import timedelta

import pytest
from django.db import OperationalError

from articles import database_file
from articles.newsletter.delivery import settling, worker
from articles.newsletter.delivery.ledger import Halted, Ledger, Settled
from articles.newsletter.delivery.recording import Claim
from tests.newsletter.mailing import Alert, approved_issue, send, states
from tests.newsletter.relay import Relay

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_folder")]


@pytest.fixture(autouse=True)
def at_once(monkeypatch):
    monkeypatch.setattr(worker, "LONGEST_PAUSE", 0.001)
    monkeypatch.setattr(worker, "close_old_connections", lambda: None)  # the test's own has a transaction open


def fails_once(deed, *, once_it_gave=None):
    """Fails the first time: before anything happened or, where a kind is named, after the deed gave such a thing."""
    failures = [OperationalError("the connection is lost")]

    def failing(*args, **kwargs):
        if failures and once_it_gave is None:
            raise failures.pop()
        given = deed(*args, **kwargs)
        if failures and isinstance(given, once_it_gave):
            raise failures.pop()
        return given

    return failing


@pytest.mark.parametrize("lost", [Claim, Settled])
def test_what_the_ledger_did_without_an_answer_to_its_commit_loses_and_doubles_nothing(lost, monkeypatch):
    issue = approved_issue(3)
    monkeypatch.setattr(Ledger, "turn", fails_once(Ledger.turn, once_it_gave=lost))
    with Relay().running() as relay:
        assert send(issue, Alert(relay), waits=False) == Settled()
    assert states(issue) == ["handed_over"] * 3
    assert len(relay.taken) == 3
    assert not settling.doubtful(issue).exists()


@pytest.mark.parametrize("deed", ["tend", "close"])
def test_a_database_that_fails_between_two_letters_ends_no_senders_work(deed, monkeypatch):
    issue = approved_issue(2)
    monkeypatch.setattr(settling, deed, fails_once(getattr(settling, deed)))
    monkeypatch.setattr("articles.newsletter.delivery.ledger.LOOK_AGAIN", timedelta(milliseconds=10))
    with Relay().running() as relay:
        relay.faults = {("mail", 0): "451"}
        monkeypatch.setattr("articles.newsletter.delivery.retrying.FIRST", timedelta(milliseconds=50))
        assert send(issue, Alert(relay)) == Settled()
    issue.refresh_from_db()
    assert (issue.state, states(issue)) == ("sent", ["handed_over"] * 2)


def test_a_database_file_that_was_replaced_half_way_ends_the_senders_work(monkeypatch):
    issue = approved_issue(3)
    said = iter(["", "", "", "It was replaced."])
    monkeypatch.setattr(database_file, "problem", lambda: next(said))
    with Relay().running() as relay:
        assert send(issue, Alert(relay), waits=False) == Halted("It was replaced.")
    assert len(relay.taken) < 3
