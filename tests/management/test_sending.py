"""`send_issue` and `deliveries`: what they print, and how they end."""

import json
import signal
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from articles.management.commands.send_issue import Command
from articles.models import Issue
from articles.newsletter.delivery import workers
from articles.newsletter.issues import building
from tests import factories
from tests.newsletter.mailing import approved_issue

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.VAR_DIR = tmp_path


class Inline:
    """A thread that has done its work when it was started: in the test's own, which has the test's transaction."""

    def __init__(self, target, daemon):
        self.start = target

    def is_alive(self):
        return False

    def join(self, timeout=None):
        pass


@pytest.fixture
def in_this_thread(monkeypatch):
    monkeypatch.setattr(workers, "Thread", Inline)
    monkeypatch.setattr(workers.connections, "close_all", lambda: None)
    monkeypatch.setattr(signal, "signal", lambda *_: None)


def run(*arguments):
    out = StringIO()
    call_command(*arguments, stdout=out)
    return out.getvalue()


def test_an_issue_is_sent_until_it_is_settled(in_this_thread, mailoutbox):
    issue = approved_issue(3)
    assert run("send_issue", issue.number, "--workers", 2) == f"Issue {issue.number}: 3 delivered to the mail server.\n"
    assert run("send_issue", issue.number) == f"Issue {issue.number}: 3 delivered to the mail server.\n"
    assert len(mailoutbox) == 3
    counts = json.loads(run("deliveries", issue.number, "--json"))
    assert counts == {
        "queued": 0,
        "claimed": 0,
        "handed_over": 3,
        "refused": 0,
        "uncertain": 0,
        "withheld": 0,
        "number": issue.number,
        "issue": "sent",
        "total": 3,
        "was_uncertain": [],
    }


def test_a_held_issue_ends_with_its_reason(in_this_thread, mailoutbox):
    issue = approved_issue(1)
    building.hold(issue, reason="A doubt.", by=factories.newsletter_editor())
    with pytest.raises(CommandError, match=f"^Issue {issue.number} is on hold: A doubt.$"):
        run("send_issue", issue.number)
    assert mailoutbox == []


def test_what_is_no_issue_to_send_is_refused():
    factories.print_edition()
    draft = building.build()
    with pytest.raises(CommandError, match=r"is a draft\. Approve it first"):
        run("send_issue", draft.number)
    building.skip(draft, reason="Holidays.", by=factories.newsletter_editor())
    with pytest.raises(CommandError, match="was skipped: Holidays"):
        run("send_issue", draft.number)
    with pytest.raises(CommandError, match="Issue 77 doesn’t exist"):
        run("send_issue", 77)
    with pytest.raises(CommandError, match="Issue 77 doesn’t exist"):
        run("deliveries", 77)
    with pytest.raises(CommandError, match="from 1 to 64"):
        run("send_issue", draft.number, "--workers", 0)


def test_the_report_names_each_letter_that_was_uncertain_and_no_address():
    issue = approved_issue(2)
    row = issue.deliveries.order_by("pk").first()
    issue.deliveries.filter(pk=row.pk).update(
        was_uncertain=True, answer="The sending process stopped while it had this message."
    )
    said = run("deliveries", issue.number)
    assert f"was unknown: {row.message_id}, now queued. The sending process stopped" in said
    assert "2  queued" in said
    assert "@example.org" not in said.replace(row.message_id, "")


def test_the_clock_sends_what_is_due(mailoutbox, monkeypatch):
    monkeypatch.setattr(signal, "signal", lambda *_: None)
    issue = approved_issue(2)
    assert run("clock", "--once").endswith(" 1 issue under way.\n")
    assert Issue.objects.get(pk=issue.pk).state == "sent"
    assert len(mailoutbox) == 2


def test_what_a_command_says_of_itself():
    assert "continues where it stopped" in Command.help
