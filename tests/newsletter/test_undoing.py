"""An approval that is undone before the first message: nobody gets a mail, and the issue is the draft that it was."""

import threading

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from articles.mail import journal
from articles.models import Delivery, Issue
from articles.newsletter.delivery import settling, workers
from articles.newsletter.delivery.ledger import Halted, Ledger, Wait
from articles.newsletter.delivery.recording import Claim
from articles.newsletter.issues import building
from articles.newsletter.issues.building import IssueRefused
from tests import factories
from tests.newsletter.happenings import DAY, HOUR
from tests.newsletter.mailing import Alert, claimed, send, subscribe
from tests.newsletter.relay import Relay

MINUTE = HOUR / 60


@pytest.fixture
def draft(db, own_folder):
    subscribe(3)
    factories.print_edition(title="Pumps")
    return building.build()


def approved(draft, by, *, wait=MINUTE):
    return building.approve(draft, by=by, send_at=timezone.now() + wait)


def test_nothing_leaves_before_the_moment_that_was_chosen_and_everything_after_it(draft, chief, mailoutbox):
    issue = approved(draft, chief, wait=HOUR)
    workers.send_due(threading.Event())
    assert isinstance(Ledger(issue, "one").turn(), Wait)
    settling.tend()
    issue.refresh_from_db()
    assert (issue.state, issue.started_at, mailoutbox) == ("approved", None, [])
    with time_machine.travel(issue.send_at, tick=False):
        workers.send_due(threading.Event())
    assert sorted(mail.to[0] for mail in mailoutbox) == [f"reader{one}@example.org" for one in range(3)]


def test_a_clock_that_jumps_back_sends_nothing_early_and_one_that_jumps_on_sends_each_message_once(
    draft, chief, mailoutbox
):
    issue = approved(draft, chief)
    with time_machine.travel(timezone.now() - DAY, tick=False):
        workers.send_due(threading.Event())
        assert mailoutbox == []
    for hours in (1, -1, 2):
        with time_machine.travel(timezone.now() + hours * HOUR, tick=False):
            workers.send_due(threading.Event())
    assert sorted(mail.to[0] for mail in mailoutbox) == [f"reader{one}@example.org" for one in range(3)]
    issue.refresh_from_db()
    assert issue.state == "sent"


def test_after_an_undone_approval_a_mail_server_has_nothing_and_after_the_next_each_message_once(draft, chief):
    with Relay().running() as relay:
        building.undo_approval(approved(draft, chief), by=chief)
        send(draft, Alert(relay), waits=False)
        assert relay.taken == []
        send(building.approve(draft, by=chief), Alert(relay))
        assert sorted(entry["to"] for entry in relay.taken) == [f"reader{one}@example.org" for one in range(3)]


def test_an_approval_that_is_undone_leaves_the_draft_as_it_was(draft, chief, mailoutbox):
    before = Issue.objects.values().get()
    building.undo_approval(approved(draft, chief), by=chief)
    assert (Issue.objects.values().get(), Delivery.objects.count()) == (before, 0)
    with time_machine.travel(timezone.now() + DAY, tick=False):
        workers.send_due(threading.Event())
    assert mailoutbox == []
    Issue.objects.update(introduction="Better words.")
    again = building.approve(draft, by=chief)
    workers.send_due(threading.Event())
    assert len(mailoutbox) == 3
    assert {"Better words." in mail.body for mail in mailoutbox} == {True}
    assert again.deliveries.filter(state="handed_over").count() == 3


def test_once_a_sender_has_a_message_the_approval_stands(draft, chief):
    issue = building.approve(draft, by=chief)
    claimed(issue)
    with pytest.raises(IssueRefused, match=r"It’s sending, so its approval can’t be undone\."):
        building.undo_approval(issue, by=chief)
    building.hold(issue, reason="Wait.", by=chief)
    with pytest.raises(IssueRefused, match=r"Sending has begun, so its approval can’t be undone\."):
        building.undo_approval(issue, by=chief)
    assert issue.deliveries.count() == 3


def test_an_issue_that_was_put_on_hold_before_its_first_message_can_be_a_draft_again(draft, chief):
    issue = building.hold(approved(draft, chief), reason="A wrong word.", by=chief)
    assert building.undo_approval(issue, by=chief).state == "draft"


def test_only_newsletter_editors_undo_an_approval(draft, chief):
    issue = approved(draft, chief)
    with pytest.raises(IssueRefused, match="permission"):
        building.undo_approval(issue, by=factories.UserFactory(role="Editor"))


def test_a_moment_that_has_passed_is_refused(draft, chief):
    with pytest.raises(IssueRefused, match=r"That time has passed\. Choose a later one, or send it now\."):
        approved(draft, chief, wait=-MINUTE)
    assert Delivery.objects.count() == 0


def test_the_database_keeps_an_approval_once_a_message_was_tried_and_every_row_of_an_approved_issue(draft, chief):
    own = Issue.objects.filter(pk=approved(draft, chief).pk)
    undone = {"state": "draft", "approved_at": None, "approved_by": None, "send_at": None}
    stays(lambda: own.update(send_at=timezone.now()))
    stays(Delivery.objects.all().delete)
    Delivery.objects.update(attempts=1)
    stays(lambda: own.update(**undone))
    Delivery.objects.update(attempts=0)
    own.update(state="sending", started_at=timezone.now())
    stays(lambda: own.update(**undone))
    own.update(state="approved", started_at=None)
    own.update(**undone)
    assert Delivery.objects.all().delete()[0] == 3


def stays(change):
    with pytest.raises(IntegrityError), transaction.atomic():
        change()


def test_a_sender_that_knows_the_text_of_before_sends_nothing_of_the_new_one(draft, chief):
    sender = Ledger(approved(draft, chief), "one")
    building.undo_approval(draft, by=chief)
    assert sender.turn() == Halted("It is draft.")
    building.approve(draft, by=chief)
    assert sender.turn() == Halted("Its approval was undone, and it was approved again.")


def test_the_journal_says_that_an_approval_was_undone(draft, chief, settings, tmp_path):
    settings.SITE_JOURNAL = tmp_path / "journal"
    began = timezone.now()
    building.undo_approval(approved(draft, chief), by=chief)
    last = journal.read(journal.path(), since=began)[-1]
    assert (last.what, last.facts) == (journal.ISSUE_STATE, {"number": draft.number, "state": "draft"})


# At the same moment ---------------------------------------------------------------------------------------------------


def race(draft, chief, senders):
    """Somebody undoes an approval at the moment at which it begins to go out. What they were told, and the claims."""
    issue = building.approve(draft, by=chief)
    gate, claims, said = threading.Barrier(senders + 1, timeout=120), [], []

    def send(number):
        ledger = Ledger(issue, f"sender {number}")
        gate.wait()
        claims.append(ledger.turn())

    def undo():
        gate.wait()
        try:
            said.append(building.undo_approval(issue, by=chief).state)
        except IssueRefused as refusal:
            said.append(str(refusal))

    def closing(work, *arguments):
        try:
            work(*arguments)
        finally:
            connection.close()

    threads = [threading.Thread(target=closing, args=(send, number)) for number in range(senders)]
    threads.append(threading.Thread(target=closing, args=(undo,)))
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return said, [one for one in claims if isinstance(one, Claim)]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("times", [3, pytest.param(50, marks=pytest.mark.campaign)])
def test_an_approval_is_undone_with_no_mail_or_refused_in_a_sentence(needs_postgresql, own_folder, chief, times):
    subscribe(3)
    for week in range(1, times + 1):
        factories.print_edition(title=f"Pumps {week}")
        draft = building.build(week=f"2027-W{week:02}")
        [said], claims = race(draft, chief, senders=2)
        assert said in ("draft", "It’s sending, so its approval can’t be undone.")
        assert (said == "draft") is not bool(claims)
        assert draft.deliveries.count() == (0 if said == "draft" else 3)
