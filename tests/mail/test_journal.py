"""The journal outside the database: what must be known after a restore, and nobody's address."""

import json
import os
from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone

from articles.mail import alarms, journal, suppression
from articles.models import Alarm, ConsentEvent, Subscription, Suppression
from articles.newsletter.issues import building
from articles.newsletter.subscriptions import consent, erasure, tokens
from articles.newsletter.subscriptions.consent import Consent
from tests import factories
from tests.newsletter.mailing import approved_issue

pytestmark = pytest.mark.django_db

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


@pytest.fixture(autouse=True)
def file(settings, tmp_path):
    settings.SITE_JOURNAL = tmp_path / "folder" / "journal.jsonl"
    settings.VAR_DIR = tmp_path
    return settings.SITE_JOURNAL


def leave(reader):
    consent.unsubscribe(tokens.sign(tokens.LEAVE, reader.pk), consent=Consent(consent.UNSUBSCRIBE_WORDING))


def whats(*files):
    return [entry.what for entry in journal.read(*files or [journal.path()], since=LONG_AGO)]


def test_who_leaves_is_erased_or_suppressed_is_in_it_by_a_keyed_hash(file):
    one, two, three = (factories.subscription(f"{name}@example.org") for name in ("one", "two", "three"))
    leave(one)
    erasure.erase(two.email)
    suppression.silence(three, Suppression.COMPLAINED)
    suppression.remove(three.email)
    entries = journal.read(file, since=LONG_AGO)
    assert [(entry.what, entry.facts) for entry in entries] == [
        ("ended", {"who": suppression.digest(one.email)}),
        ("erased", {"who": suppression.digest(two.email)}),
        ("complained", {"who": suppression.digest(three.email)}),
        ("lifted", {"who": suppression.digest(three.email)}),
    ]
    assert "example.org" not in file.read_text()
    assert file.stat().st_mode & 0o777 == 0o600


@pytest.mark.django_db(transaction=True)
def test_an_issue_is_in_it_from_its_approval_to_its_end_without_an_address(file):
    approved_issue(readers=2)
    call_command("clock", "--once", stdout=StringIO())
    assert whats() == ["issue", "handed_over", "handed_over", "issue_state"]
    assert "reader0@" not in file.read_text()


def test_a_reader_is_in_it_before_their_transaction_ends(file):
    """So no crash forgets somebody who was told that they left; a commit that fails left nobody behind."""
    reader = factories.subscription()
    with transaction.atomic():
        leave(reader)
        assert whats() == ["ended"]
        transaction.set_rollback(True)
    assert not ConsentEvent.objects.exists()
    assert whats() == ["ended"]


def test_a_line_about_a_reader_is_on_the_disk_and_one_about_a_message_is_not_waited_for(monkeypatch):
    waited = []
    monkeypatch.setattr(os, "fsync", waited.append)
    journal.note(journal.MAILED, mail="x")
    assert waited == []
    journal.write(journal.ENDED, who="x")
    assert len(waited) == 1
    with journal.together():
        for _line in range(3):
            journal.write(journal.ENDED, who="x")
        assert len(waited) == 1
    assert len(waited) == 2
    journal.write(journal.ENDED, who="x")
    assert len(waited) == 3


def test_a_line_that_a_crash_cut_off_spoils_no_other(file):
    journal.write("ended", who="first")
    with file.open("a") as torn:
        torn.write('\n{"at": "2026-11-30T09:')
    journal.write("ended", who="second")
    with file.open("ab") as torn:
        torn.write(b"\n\xff[1]\n{}\n7")
    assert [entry.facts["who"] for entry in journal.read(file, since=LONG_AGO)] == ["first", "second"]


def test_it_is_read_from_a_moment_on_and_from_several_machines_in_the_order_of_time(file, tmp_path):
    now = timezone.now()
    for name, minutes in (("a", (1, 5)), ("b", (3, -9))):
        lines = [{"at": (now + timedelta(minutes=minute)).isoformat(), "what": f"{name}{minute}"} for minute in minutes]
        (tmp_path / name).write_text("\n".join(map(json.dumps, lines)))
    found = journal.read(tmp_path / "a", tmp_path / "b", tmp_path / "missing", since=now)
    assert [entry.what for entry in found] == ["a1", "b3", "a5"]


def test_where_it_cannot_be_written_readers_still_leave_and_the_dashboard_says_what_to_do(settings, tmp_path):
    (tmp_path / "file").write_text("")
    settings.SITE_JOURNAL = tmp_path / "file" / "journal.jsonl"
    reader = factories.subscription()
    leave(reader)
    assert Subscription.objects.get().state == Subscription.ENDED
    assert "Make room or repair" in Alarm.objects.get(over_at=None).sentence
    assert alarms.is_open(journal.ALARM)
    journal.note(journal.MAILED, mail="x")
    with journal.together():
        suppression.silence(reader, Suppression.COMPLAINED)


def test_holding_and_resuming_are_in_it():
    issue = approved_issue(readers=1)
    building.hold(issue, reason="Wait.", by=issue.approved_by)
    building.resume(issue, by=issue.approved_by)
    states = [entry.facts["state"] for entry in journal.read(journal.path(), since=LONG_AGO) if "state" in entry.facts]
    assert states == ["held", "approved"]
