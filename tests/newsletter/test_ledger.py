"""The ledger: who is claimed, what is recorded, and by whom; and an issue that stops, goes on, and ends."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection, transaction
from django.utils import timezone

from articles.mail import suppression
from articles.mail.smtp_replies import Answer, Outcome
from articles.models import Subscription, Suppression
from articles.newsletter.delivery import recording, retrying, settling, workers
from articles.newsletter.delivery.ledger import Halted, Ledger, Ready, Settled, Wait
from articles.newsletter.delivery.liveness import Sender
from articles.newsletter.delivery.recording import Claim, Ended
from articles.newsletter.delivery.worker import Worker
from articles.newsletter.issues import building
from articles.newsletter.subscriptions import consent, tokens
from articles.newsletter.subscriptions.consent import Consent
from articles.publishing import press
from tests import factories
from tests.newsletter.mailing import LATER, TAKEN, Alert, approved_issue, claimed, dies_after, send, states
from tests.newsletter.relay import Relay

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_folder")]


def test_a_letter_is_claimed_before_anybody_hears_of_it_and_by_one_sender_only():
    issue = approved_issue(2)
    first, second = claimed(issue, "one"), claimed(issue, "two")
    assert first.delivery != second.delivery
    row = issue.deliveries.get(pk=first.delivery)
    assert (row.state, row.claimed_by, row.attempts) == ("claimed", "one", 1)
    assert isinstance(Ledger(issue, "three").turn(), Wait)
    issue.refresh_from_db()
    assert (issue.state, issue.started_at is not None) == ("sending", True)


def test_one_turn_records_the_last_letter_and_claims_the_next():
    issue = approved_issue(2)
    one = Ledger(issue, "one")
    first = one.turn()
    second = one.turn(Ended(first, TAKEN))
    assert [row.state for row in issue.deliveries.order_by("pk")] == ["handed_over", "claimed"]
    assert one.turn(Ended(second, TAKEN)) == Settled()
    assert set(issue.deliveries.values_list("answer", flat=True)) == {"250 OK"}


def test_without_a_way_out_nothing_is_claimed():
    issue = approved_issue(1)
    assert Ledger(issue, "one").turn(claim=False) == Ready()
    assert states(issue) == ["queued"]


def test_a_sender_that_was_taken_for_dead_changes_nothing_of_anothers_claim():
    issue = approved_issue(1)
    zombie = claimed(issue, "zombie")
    issue.deliveries.update(state="queued", lease_until=None)
    again = claimed(issue, "another")
    assert again.message_id == zombie.message_id
    assert recording.record(Ended(zombie, LATER)) is False
    assert recording.record(Ended(zombie, TAKEN)) is False
    assert recording.record(Ended(zombie, Answer(Outcome.NOT_THIS_READER, "550 5.1.1 no"))) is False
    row = issue.deliveries.get()
    assert (row.state, row.claimed_by, row.attempts) == ("claimed", "another", 2)


def test_that_a_letter_was_taken_is_believed_of_a_late_sender_too():
    issue = approved_issue(1)
    late = claimed(issue)
    issue.deliveries.update(state="uncertain", lease_until=None, was_uncertain=True)
    assert recording.record(Ended(late, TAKEN)) is True
    assert states(issue) == ["handed_over"]


def test_every_attempt_sends_the_same_bytes():
    issue = approved_issue(1)
    with Relay(keep=True).running() as relay, time_machine.travel(timezone.now(), tick=False) as clock:
        relay.faults = {("taken", 0): "451"}
        send(issue, Alert(relay), waits=False)
        clock.shift(3600)
        send(issue, Alert(relay), waits=False)
    assert len(relay.kept) == 2
    assert relay.kept[0] == relay.kept[1]
    assert relay.taken[0]["from"] == relay.taken[1]["from"]


def test_the_ledger_keeps_no_address_from_an_answer():
    issue = approved_issue(1)
    claim = claimed(issue)
    said = f"550 5.1.1 <{claim.subscription.email.upper()}>: no such user reader0"
    recording.record(Ended(claim, Answer(Outcome.NOT_THIS_READER, said)))
    assert "reader0" not in issue.deliveries.get().answer.lower()


# Readers who left -----------------------------------------------------------------------------------------------------


def left(reader):
    consent.unsubscribe(tokens.sign(tokens.LEAVE, reader.pk), consent=Consent("Stop.", "/"))


def suppressed(reader):
    suppression.add(suppression.digest(reader.email), Suppression.COMPLAINED)


def paused(reader):
    Subscription.objects.filter(pk=reader.pk).update(paused_until=timezone.localdate() + timedelta(days=7))


def erased(reader):
    reader.delete()


@pytest.mark.parametrize("deed", [left, suppressed, paused, erased])
def test_who_left_after_the_approval_gets_nothing(deed):
    issue = approved_issue(3)
    deed(Subscription.objects.order_by("pk")[1])
    with Relay().running() as relay:
        send(issue, Alert(relay))
    assert states(issue) == ["handed_over", "withheld", "handed_over"]
    assert [entry["to"] for entry in relay.taken] == ["reader0@example.org", "reader2@example.org"]
    issue.refresh_from_db()
    assert issue.state == "sent"


def test_a_correction_goes_also_to_readers_who_pause():
    issue = approved_issue(1)
    issue.kind = "correction"
    paused(Subscription.objects.get())
    assert isinstance(Ledger(issue, "one").turn(), Claim)


# Halted, held, ended --------------------------------------------------------------------------------------------------


def test_an_article_withdrawn_half_way_stops_the_issue_at_the_next_claim():
    issue = approved_issue(3)
    one = Ledger(issue, "one")
    first = one.turn()
    press.withdraw(issue.editions.get().article, by=factories.editor(), note="It was unsound.")
    step = one.turn(Ended(first, TAKEN))
    assert isinstance(step, Halted)
    assert "is no longer published" in step.reason
    issue.refresh_from_db()
    assert (issue.state, states(issue)) == ("held", ["handed_over", "queued", "queued"])


def test_a_held_issue_goes_on_where_it_was():
    issue = approved_issue(3)
    chief = factories.newsletter_editor()
    first = claimed(issue)
    building.hold(issue, reason="A doubt.", by=chief)
    assert Ledger(issue, "one").turn(Ended(first, TAKEN)) == Halted("A doubt.")
    building.resume(issue, by=chief)
    with Relay().running() as relay:
        assert send(issue, Alert(relay)) == Settled()
    assert states(issue) == ["handed_over"] * 3
    assert len(relay.taken) == 2


def test_a_server_that_refuses_us_burns_nobody_and_holds_the_issue():
    issue = approved_issue(20)
    with Relay().running() as relay:
        relay.always["mail"] = "554"
        step = send(issue, Alert(relay))
    assert step == Halted("The mail server refuses our mail: 554 5.7.1 We do not like you")
    assert set(states(issue)) == {"queued"}
    assert issue.deliveries.filter(attempts__gt=0).count() == 3


def test_a_server_that_does_not_let_us_in_holds_the_issue_untouched(monkeypatch):
    monkeypatch.setattr("articles.newsletter.delivery.worker.LONGEST_PAUSE", 0)
    issue = approved_issue(2)
    with Relay().running() as relay:
        relay.always["greeting"] = "554"
        assert isinstance(send(issue, Alert(relay)), Halted)
    assert not issue.deliveries.filter(attempts__gt=0).exists()


def test_one_letter_that_nobody_takes_is_given_up_while_the_others_go():
    issue = approved_issue(1)
    issue.deliveries.update(attempts=retrying.REFUSALS - 1)
    recording.record(Ended(claimed(issue), Answer(Outcome.NOT_US, "552 5.3.4 too big")))
    assert states(issue) == ["refused"]


def test_a_letter_is_tried_for_four_days():
    issue = approved_issue(1)
    now = datetime(2026, 11, 26, 9, tzinfo=UTC)
    issue.deliveries.update(next_at=now)
    with time_machine.travel(now, tick=False) as clock:
        tries = 0
        while states(issue) == ["queued"]:
            clock.move_to(max(issue.deliveries.get().next_at, timezone.now()))
            recording.record(Ended(claimed(issue), LATER))
            tries += 1
        lasted = timezone.now() - now
    assert timedelta(days=4) <= lasted < timedelta(days=4, hours=6)
    assert states(issue) == ["refused"]
    assert 25 < tries < 60


def test_days_on_which_a_letter_could_not_be_tried_are_not_among_the_four():
    issue, chief = approved_issue(1), factories.newsletter_editor()
    now = datetime(2026, 11, 26, 9, tzinfo=UTC)
    issue.deliveries.update(next_at=now)
    with time_machine.travel(now, tick=False) as clock:
        recording.record(Ended(claimed(issue), LATER))
        building.hold(issue, reason="A doubt.", by=chief)
        clock.shift(timedelta(days=9))
        building.resume(issue, by=chief)
        resumed = timezone.now()
        while states(issue) == ["queued"]:
            clock.move_to(max(issue.deliveries.get().next_at, timezone.now()))
            recording.record(Ended(claimed(issue), LATER))
        lasted = timezone.now() - resumed
    assert issue.deliveries.get().first_tried_at == now  # what a mail server is asked about begins there
    assert timedelta(days=2) < lasted < timedelta(days=4)
    assert states(issue) == ["refused"]


def test_waits_grow_and_differ():
    waits = [retrying.delay(attempt) for attempt in range(1, 12)]
    for attempt, wait in enumerate(waits):
        middle = min(retrying.FIRST * 2**attempt, retrying.LONGEST)
        assert middle * 0.75 <= wait <= middle * 1.25
    assert len({retrying.delay(3) for _time in range(20)}) > 1


# Two transactions -----------------------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_nobody_is_claimed_while_or_after_they_leave(needs_postgresql):
    issue = approved_issue(2)
    reader = Subscription.objects.order_by("pk").first()
    leaving, may_commit = threading.Event(), threading.Event()

    def leave():
        with transaction.atomic():
            left(reader)
            leaving.set()
            assert may_commit.wait(120)
        connection.close()

    thread = threading.Thread(target=leave)
    thread.start()
    assert leaving.wait(120)
    step = Ledger(issue, "one").turn()
    assert step.subscription.pk != reader.pk
    assert isinstance(Ledger(issue, "two").turn(), Wait)
    may_commit.set()
    thread.join()
    Ledger(issue, "two").turn()
    assert issue.deliveries.get(subscription=reader).state == "withheld"


# The clock's sender ---------------------------------------------------------------------------------------------------


def test_what_is_due_is_sent_into_the_folder_and_a_crash_there_doubles_nothing(settings, tmp_path):
    settings.EMAIL_BACKEND, settings.EMAIL_FILE_PATH = "articles.mail.eml_folder.EmlFolder", tmp_path / "mail"
    issue = approved_issue(3)
    dies_after(lambda dying: written(issue, dying))
    workers.send_due(threading.Event())
    assert states(issue) == ["handed_over"] * 3
    assert len(list((tmp_path / "mail").iterdir())) == 3
    assert settling.doubtful(issue).count() == 1
    assert issue.deliveries.filter(answer=settling.KNOWN).count() == 1
    issue.refresh_from_db()
    assert issue.state == "sent"


def written(issue, sender):
    worker = Worker(issue, sender=sender, stop=threading.Event())
    worker._hand_over(Ledger(issue, sender.name).turn())


def test_a_sender_told_to_stop_finishes_the_letter_in_hand():
    issue = approved_issue(3)
    stop = threading.Event()
    with Relay().running() as relay:
        way = Alert(relay)
        hand_over = way.hand_over
        way.hand_over = lambda envelope: (stop.set(), hand_over(envelope))[1]
        assert Worker(issue, sender=Sender("one"), stop=stop, transport=way).run() is None
    assert states(issue) == ["handed_over", "queued", "queued"]
    assert len(relay.taken) == 1


def test_an_issue_without_readers_is_sent():
    issue = approved_issue(0)
    workers.send_due(threading.Event())
    issue.refresh_from_db()
    assert issue.state == "sent"
