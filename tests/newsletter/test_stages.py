"""Stages of a conversation × nine failures × the first, a middle or the last letter: where each letter ends.

The stages are twelve, and two more where the relay has a certificate.
"""

from datetime import timedelta
from itertools import count

import pytest

from articles.mail.transports import smtp
from articles.newsletter.delivery import retrying, worker
from tests.newsletter.mailing import Alert, another, approved_issue, send
from tests.newsletter.relay import FAILURES, OF_A_CONNECTION, OF_TLS, STAGES, Relay

pytestmark = pytest.mark.django_db

PLACES = (0, 1, 2)
QUICK_FIRST = (0.3, 3, 30)  # seconds of patience: on a busy machine another answer can be late, too
OURS = ("554", "552")  # refusals that say nothing about the reader
SILENT = ("drop", "stall", "nonsense", "half")
SENT, SENT_AGAIN = ("handed_over", 1, False, 1), ("handed_over", 2, False, 1)  # state, attempts, was uncertain, copies
REFUSED = ("refused", 1, False, 0)


def expected(stage, failure):
    """Where the letter ends at which a stage fails once, with a relay that can be asked."""
    if stage in (*OF_A_CONNECTION, "noop", "quit"):
        return SENT  # no letter was in hand
    if stage == "rset":
        return REFUSED  # the reader was refused before; the failure is only the tidying up
    if stage == "rcpt" and failure == "550":
        return REFUSED
    if stage in ("mail", "rcpt", "data"):
        return SENT_AGAIN
    if stage in ("body", "dot"):
        if failure in SILENT:
            return ("handed_over", 2, True, 1)  # asked: not taken
        return REFUSED if failure == "550" else SENT_AGAIN
    if failure in SILENT:
        return ("handed_over", 1, True, 1)  # asked: taken
    return ("refused", 1, False, 1) if failure == "550" else ("handed_over", 2, False, 2)  # the relay lied


@pytest.fixture(autouse=True)
def at_once(monkeypatch, settings, tmp_path):
    """Nobody waits: letters come back after a moment, and the relay knows at once what it took."""
    monkeypatch.setattr(retrying, "FIRST", timedelta(microseconds=1))
    monkeypatch.setattr(worker, "LONGEST_PAUSE", 0.001)
    settings.RELAY_JOURNAL, settings.RELAY_SETTLES = str(tmp_path / "taken.jsonl"), 0
    settings.VAR_DIR = tmp_path


@pytest.mark.parametrize("places", [1, pytest.param(len(PLACES), marks=pytest.mark.campaign)])
@pytest.mark.parametrize("stage", STAGES)
def test_each_letter_ends_in_its_state(stage, places, monkeypatch, settings, certificates):
    """Each failure at one of the three letters, in turn; a campaign tries it at all of them."""
    if stage == "noop":
        monkeypatch.setattr(smtp, "IDLE", -1)
    first, wrong = approved_issue(3), []
    tls = certificates if stage in OF_TLS else {}
    relay = Relay(settings.RELAY_JOURNAL, **tls)
    failures = (*FAILURES, "stranger") if stage == "handshake" else FAILURES
    cases = [
        (failure, (number + more) % len(PLACES)) for number, failure in enumerate(failures) for more in range(places)
    ]
    weeks = (f"1999-{week:02}" for week in count())
    with relay.running():
        for failure, place in cases:
            wanted = [expected(stage, failure) if one == place else SENT for one in PLACES]
            for patience in QUICK_FIRST if failure == "stall" and stage in OF_A_CONNECTION else [60]:
                ended, at_stage = conversation(another(first, next(weeks)), relay, stage, failure, place, patience)
                if at_stage and ended == wanted:
                    break
            else:
                wrong.append(f"{stage} {failure} at letter {place}: {ended}, not {wanted}; met: {at_stage}")
    assert wrong == []
    assert all(secured for _command, secured in relay.heard if tls), "something was said in plain text"


def conversation(issue, relay, stage, failure, place, patience):
    """Sends an issue while the relay fails once. Where each letter ended; and whether the failure was met."""
    relay.connections = relay.letters = -1
    relay.faults = {(stage, place): failure}
    if stage == "rset":
        relay.faults["rcpt", place] = "550"
    if stage == "quit":
        relay.faults = {(stage, 2): failure}
    relay.met.clear()
    relay.stalled.clear()
    signed_in = {"username": "letter", "password": "letter"} if stage in OF_A_CONNECTION else {}
    way = Alert(relay, hangs_up=stage in OF_A_CONNECTION, use_tls=relay.tls is not None, **signed_in)
    way.timeout = patience
    sent = len(relay.taken)
    send(issue, way)
    issue.refresh_from_db()
    assert issue.state == "sent", f"{stage} {failure} {place}: {issue.reason}"
    copies = [entry["message_id"] for entry in relay.taken[sent:]]
    ended = [
        (row.state, row.attempts, row.was_uncertain, copies.count(row.message_id))
        for row in issue.deliveries.order_by("pk")
    ]
    return ended, any(met[0] == stage for met in relay.met)
