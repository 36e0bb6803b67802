"""After a restore: nothing leaves by any way until a person has answered, on the dashboard or by command."""

import threading
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from articles.backup import answering, holding
from articles.backup.refusal import BackupRefused
from articles.mail import outbox, sender, standstill
from articles.models import Issue, OutgoingMail, Restore
from articles.newsletter import heartbeat, scheduler
from articles.newsletter.delivery import workers
from articles.newsletter.issues import building
from articles.newsletter.issues.refusal import IssueRefused
from tests import factories, markup
from tests.newsletter.mailing import approved_issue, subscribe

pytestmark = pytest.mark.django_db


@pytest.fixture
def restored():
    now = timezone.now()
    events = ["Issue 14 went out after the backup: 303 readers."]
    return Restore.objects.create(backup_at=now - timedelta(days=1), restored_at=now, events=events)


@pytest.fixture
def administrator():
    return factories.UserFactory(role="Site administrator", username="chief", email="chief@example.org")


def test_no_mail_leaves_by_any_way(restored, mailoutbox, administrator):
    subscribe(2)
    factories.print_edition()
    draft = building.build()
    outbox.enqueue("key", "reader@example.org")
    heartbeat.tell(timezone.now())
    with pytest.raises(IssueRefused, match="No mail is sent until a site administrator says"):
        building.approve(draft, by=factories.newsletter_editor())
    assert sender.send_due() == 0
    assert workers.send_due(threading.Event()) == 0
    call_command("clock", "--once", stdout=StringIO())
    assert mailoutbox == []
    assert OutgoingMail.objects.count() == 2


def test_the_clock_builds_nothing_that_may_have_gone_out_already(restored, settings):
    factories.print_edition()
    settings.NEWSLETTER_GRACE = 0
    assert scheduler.go_round(timezone.now() + timedelta(weeks=1)) == ""
    assert not Issue.objects.exists()


def test_a_held_issue_is_not_resumed_before_the_answer(mailoutbox):
    issue = approved_issue(readers=1)
    building.hold(issue, reason="Wait.", by=issue.approved_by)
    Restore.objects.create(backup_at=timezone.now(), restored_at=timezone.now(), events=["Nothing happened."])
    with pytest.raises(IssueRefused, match="restored from the backup"):
        building.resume(issue, by=issue.approved_by)


def test_a_restore_that_was_cut_off_before_it_read_the_journal_takes_no_answer(client, administrator):
    """Its database is the one of the backup, in which those who left since are still subscribers."""
    Restore.objects.create(backup_at=timezone.now(), restored_at=timezone.now())
    with pytest.raises(BackupRefused, match=r"cut off.*run manage\.py restore again"):
        answering.go_on(by=administrator)
    client.force_login(administrator)
    page = markup.page(client.get(reverse("admin:index")))
    assert "run manage.py restore again" in page
    assert GO_ON not in page
    assert standstill.reason()


def test_an_issue_that_may_not_go_on_stays_on_hold_and_is_named(restored, administrator):
    Restore.objects.all().delete()
    issue = approved_issue(readers=1)
    Restore.objects.create(backup_at=timezone.now(), restored_at=timezone.now(), events=["Nothing happened."])
    Issue.objects.update(state=Issue.HELD, held_at=timezone.now(), reason=holding.ON_HOLD)
    edition = issue.items.get().edition
    type(edition).objects.filter(pk=edition.pk).update(live_until=timezone.now())
    [said] = answering.go_on(by=administrator)
    assert said.startswith("Issue 1 stays on hold: ")
    assert standstill.reason() == ""


# Who may answer, and where --------------------------------------------------------------------------------------------

GO_ON, HOLD = "Nothing else was sent since the backup: go on", "Keep everything on hold"


@pytest.mark.parametrize(
    ("role", "sees", "answers"),
    [
        ("Author", False, False),
        ("Editor", True, False),
        ("Newsletter editor", True, False),
        ("Site administrator", True, True),
    ],
)
def test_the_dashboard_says_so_and_administrators_have_the_buttons(client, restored, role, sees, answers):
    client.force_login(factories.UserFactory(role=role))
    page = markup.page(client.get(reverse("admin:index")))
    assert ("No mail is sent" in page) == sees
    assert ("Issue 14 went out after the backup: 303 readers." in page) == sees
    assert (GO_ON in page) == (HOLD in page) == answers
    client.post(reverse("admin:after_restore"), {"answer": "go_on"})
    assert (standstill.reason() == "") == answers


def test_keeping_everything_on_hold_is_remembered_and_can_be_changed(client, restored, administrator):
    client.force_login(administrator)
    page = markup.page(client.post(reverse("admin:after_restore"), {"answer": "hold"}, follow=True))
    assert "Everything stays on hold." in page
    assert "chief chose to keep everything on hold" in page
    assert standstill.reason()
    page = markup.page(client.post(reverse("admin:after_restore"), {"answer": "go_on"}, follow=True))
    assert "Mail is sent again." in page
    assert GO_ON not in page
    page = markup.page(client.post(reverse("admin:after_restore"), {"answer": "go_on"}, follow=True))
    assert "Nothing is on hold because of a restored backup." in page


def test_the_command_shows_asks_for_a_name_and_answers(restored, administrator, capsys):
    call_command("after_restore")
    assert "303 readers" in capsys.readouterr().out
    with pytest.raises(CommandError, match="--by USERNAME"):
        call_command("after_restore", "--go-on")
    factories.UserFactory(username="editor", role="Editor")
    with pytest.raises(CommandError, match="don’t have permission"):
        call_command("after_restore", "--go-on", "--by", "editor")
    call_command("after_restore", "--keep-on-hold", "--by", "chief")
    assert Restore.objects.get().answer == Restore.HOLD
    call_command("after_restore", "--go-on", "--by", "chief")
    assert capsys.readouterr().out.endswith("Mail is sent again.\n")
    row = Restore.objects.get()
    assert (row.answer, row.answered_by) == (Restore.GO_ON, administrator)
    with pytest.raises(BackupRefused):
        answering.keep_on_hold(by=administrator)


def test_an_answer_has_its_time(restored):
    with pytest.raises(IntegrityError), transaction.atomic():
        Restore.objects.update(answer=Restore.GO_ON)
