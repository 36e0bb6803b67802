"""`build_issue` and `approve_issue` as people and programs call them, and the clock that does the first by itself."""

import json

import pytest
import time_machine
from django.core.management import CommandError, call_command

from articles.models import Issue
from tests import factories
from tests.management.test_commands import run
from tests.newsletter.happenings import withdrawn

pytestmark = pytest.mark.django_db


def test_build_issue_prints_one_json_document_and_the_same_number_again():
    with time_machine.travel("2026-12-30T09:00:00Z"):
        edition = factories.print_edition(title="Pumps")
    code, said = run("build_issue", "--json", "--now", "2027-01-01T09:00:00+00:00")
    built = json.loads(said)
    assert code == 0
    assert (built["number"], built["week"], built["state"], built["subject"]) == (1, "2026-W53", "draft", "Pumps")
    assert built["articles"] == [{"slug": edition.slug, "title": "Pumps", "edition": 1}]
    assert json.loads(run("build_issue", "--json", "--now", "2027-01-03T09:00")[1])["number"] == 1
    assert Issue.objects.count() == 1


def test_build_issue_says_in_words_what_is_in_it_and_that_a_week_is_empty():
    assert "so there was nothing to send" in run("build_issue", "--now", "2026-11-26T09:00")[1]
    with time_machine.travel("2026-12-01T09:00:00Z"):
        factories.print_edition(title="Pumps")
    assert run("build_issue", "--now", "2026-12-03T09:00")[1].splitlines()[1] == "  Pumps"


def test_since_leaves_out_what_is_older():
    factories.print_edition(title="Pumps")
    assert json.loads(run("build_issue", "--json", "--since", "2099-01-01T00:00")[1])["state"] == "skipped"


def test_approve_issue_says_how_many_get_it():
    factories.print_edition()
    factories.subscription()
    run("build_issue")
    factories.UserFactory(role="Newsletter editor", username="newsletters")
    assert run("approve_issue", "1", "--by", "newsletters") == (0, "Issue 1 is approved; it goes to 1 subscriber.\n")


@pytest.mark.parametrize(
    ("number", "by", "line"),
    [
        ("1", "newsletters", "“Pumps” is no longer published."),
        ("1", "editor", "You don’t have permission to approve, hold or send an issue."),
        ("1", "nobody", "User “nobody” doesn’t exist."),
        ("7", "newsletters", "Issue 7 doesn’t exist."),
    ],
)
def test_a_refusal_is_plain_lines_with_the_reasons(number, by, line):
    edition = factories.print_edition(title="Pumps")
    run("build_issue")
    if by == "newsletters":
        withdrawn(edition)
    factories.UserFactory(role="Newsletter editor", username="newsletters")
    factories.UserFactory(role="Editor", username="editor")
    with pytest.raises(CommandError) as refused:
        call_command("approve_issue", number, "--by", by)
    assert line in str(refused.value)
    assert Issue.objects.get().state == "draft"


@pytest.mark.parametrize("given", ["x", "1.5", ""])
def test_a_number_that_is_none_is_a_plain_error(given):
    with pytest.raises(CommandError, match="invalid int value"):
        call_command("approve_issue", given, "--by", "newsletters")


def test_the_clock_builds_the_due_letter_once_and_mails_nobody(settings, tmp_path, mailoutbox):
    settings.VAR_DIR = tmp_path
    with time_machine.travel("2026-11-20T08:00:00+00:00", tick=False):
        factories.print_edition(title="Pumps")
    with time_machine.travel("2026-11-26T08:59:59+00:00", tick=False):
        run("clock", "--once")
        assert not Issue.objects.exists()
    with time_machine.travel("2026-11-26T09:00:10+00:00", tick=False):
        assert "Issue 1 built for 2026-W48: draft." in run("clock", "--once")[1]
        run("clock", "--once")
    assert Issue.objects.count() == 1
    assert mailoutbox == []
