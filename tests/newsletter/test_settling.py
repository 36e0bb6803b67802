"""What crashes leave is uncertain, asked for, and settled."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from articles.mail import acceptance
from articles.mail.smtp_replies import Answer, Outcome
from articles.mail.transports.smtp import Patience
from articles.newsletter.delivery import ledger, liveness, recording, retrying, settling
from articles.newsletter.delivery.liveness import Sender
from articles.newsletter.delivery.recording import Ended
from tests.newsletter.mailing import TAKEN, Answers, approved_issue, claimed, dies_after, states

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_folder")]


def test_a_living_sender_is_never_taken_for_dead_and_a_dead_one_at_once():
    issue = approved_issue(2)
    with liveness.signed_on() as living:
        claimed(issue, living.name)
        settling.tend()
        assert states(issue) == ["claimed", "queued"]
    dies_after(lambda dying: claimed(issue, dying.name))
    settling.tend()
    assert issue.deliveries.filter(was_uncertain=True).count() == 1
    assert not list((settling.liveness._folder()).iterdir())


def test_a_living_sender_keeps_its_letter_where_the_clock_jumps_or_the_machine_slept():
    issue = approved_issue(1)
    with time_machine.travel(timezone.now(), tick=False) as clock, liveness.signed_on() as living:
        claim = claimed(issue, living.name)
        clock.shift(2 * ledger.LEASE)
        settling.tend()
        assert states(issue) == ["claimed"]
        assert recording.record(Ended(claim, TAKEN)) is True
    assert not settling.doubtful(issue).exists()


def test_a_lease_outlives_all_the_patience_of_the_rfc():
    patience = Patience()
    longest = patience.mail + patience.rcpt + patience.data + 2 * patience.block + patience.dot + patience.reset
    assert timedelta(seconds=longest) < ledger.LEASE


def test_another_machines_claim_is_free_when_its_lease_ends():
    issue = approved_issue(1)
    with time_machine.travel(timezone.now(), tick=False) as clock:
        claimed(issue, "elsewhere-1-abc")
        clock.shift(ledger.LEASE - timedelta(seconds=1))
        settling.tend()
        assert states(issue) == ["claimed"]
        clock.shift(timedelta(seconds=1))
        settling.tend()
    row = issue.deliveries.get()
    assert (row.state, row.was_uncertain) == ("queued", True)  # there is nobody to ask, so it goes again


@pytest.mark.parametrize(
    ("relay", "state"),
    [
        (Answers(True), "handed_over"),
        (Answers(False), "queued"),
        (Answers(None), "uncertain"),
        (Answers(None, can_be_asked=False), "queued"),
    ],
)
def test_an_uncertain_letter_is_asked_for_once_the_relay_must_know(relay, state, monkeypatch):
    issue = approved_issue(1)
    monkeypatch.setattr(acceptance, "configured", lambda: relay)
    with time_machine.travel(timezone.now(), tick=False) as clock:
        recording.record(Ended(claimed(issue), Answer(Outcome.UNKNOWN, "no answer")))
        settling.tend()
        assert states(issue) == ["uncertain"]
        clock.shift(31)
        settling.tend()
    assert states(issue) == [state]
    assert list(settling.doubtful(issue)) == list(issue.deliveries.all())


def test_a_relay_that_does_not_answer_just_now_is_asked_for_an_hour_before_the_letter_goes_again(monkeypatch):
    issue = approved_issue(1)
    monkeypatch.setattr(acceptance, "configured", lambda: Answers(None))
    with time_machine.travel(timezone.now(), tick=False) as clock:
        recording.record(Ended(claimed(issue), Answer(Outcome.UNKNOWN, "no answer")))
        asked = 0
        while states(issue) == ["uncertain"] and asked < 1000:
            clock.move_to(issue.deliveries.get().next_at)
            began = issue.deliveries.get().tried_at
            settling.tend()
            asked += 1
        waited = timezone.now() - began
    assert states(issue) == ["queued"]
    assert (asked, waited) == (31, timedelta(hours=1, seconds=30))


def test_a_relay_that_never_answers_gets_no_sixth_copy(monkeypatch):
    issue = approved_issue(1)
    issue.deliveries.update(attempts=retrying.DOUBTS, state="uncertain", was_uncertain=True)
    settling.tend()
    assert states(issue) == ["refused"]


def test_after_a_loss_of_power_what_was_written_down_is_uncertain(tmp_path, monkeypatch):
    issue = approved_issue(3)
    first, second, _third = issue.deliveries.order_by("pk").values_list("pk", flat=True)
    monkeypatch.setattr(acceptance, "configured", lambda: Answers(True))
    for boot, lost in ((liveness._boot(), []), ("another start", [first, second])):
        (tmp_path / "senders").mkdir(exist_ok=True)
        (tmp_path / "senders" / "dead").write_text(f"{boot}\n{first} {second}\n")
        settling.tend()
        assert list(issue.deliveries.filter(was_uncertain=True).values_list("pk", flat=True)) == lost


def test_a_sender_writes_down_what_it_sends_next(tmp_path):
    with open(tmp_path / "log", "w+") as file:
        sender = Sender("one", file)
        sender.will_send(7, lambda: [8, 9])
        sender.will_send(8, lambda: pytest.fail("it is written down already"))
        assert (tmp_path / "log").read_text() == f"{liveness._boot()}\n7 8 9\n"
