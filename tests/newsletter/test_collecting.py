"""The clock reads the bounce mailbox by itself; one that cannot be read is an alarm, and stops nothing."""

import os
import signal
import sqlite3
import threading
import time
from contextlib import closing

import pytest

from articles.mail import alarms, recurring
from articles.mail.bounces import return_paths, rule
from articles.models import Alarm, Suppression
from articles.newsletter.subscriptions import collecting, incoming
from articles.newsletter.subscriptions.collecting import Collector
from tests.newsletter.conftest import delivery_to, reader
from tests.newsletter.nursery import nursery
from tests.newsletter.reports import dsn
from tests.newsletter.site import ROOT, Site


@pytest.fixture
def folder(tmp_path, settings):
    """A folder that is the bounce mailbox."""
    made = tmp_path / "came-back"
    made.mkdir()
    settings.BOUNCE_MAILBOX = str(made)
    return made


def report(name="reader"):
    """A report that the address of a new reader takes no mail."""
    row = delivery_to(reader(f"{name}@example.org"), state="handed_over", settled_at="2026-01-05T09:00Z")
    return dsn(return_paths.return_path(row.pk))


@pytest.mark.django_db
def test_what_came_back_is_taken_in(folder):
    (folder / "1.eml").write_bytes(report())
    assert collecting.attempt()
    assert Suppression.objects.get().reason == "bounced"
    assert collecting.collect() == {rule.SEEN: 1}


@pytest.mark.django_db
def test_without_a_mailbox_there_is_nothing_to_read_and_no_alarm_about_it(settings):
    settings.BOUNCE_MAILBOX = ""
    alarms.ring(collecting.ALARM, "It was broken before the setting was taken out.")
    assert collecting.attempt()
    assert not alarms.is_open(collecting.ALARM)


@pytest.mark.django_db
def test_the_third_failure_in_a_row_is_an_alarm_once_and_a_reading_ends_it(settings, tmp_path):
    settings.BOUNCE_MAILBOX = "imap://letters:secret@127.0.0.1:1/INBOX"
    for failures in range(2):
        assert not collecting.attempt(failures=failures)
        assert not Alarm.objects.exists()
    assert not collecting.attempt(failures=2)
    alarm = Alarm.objects.get()
    assert alarm.sentence.startswith("Bounced mail isn’t being read, so dead addresses stay on the list. ")
    assert "secret" not in alarm.sentence
    Alarm.objects.update(told_at=alarm.raised_at)
    settings.BOUNCE_MAILBOX = "imap://letters:secret@127.0.0.1:2/INBOX"
    assert not collecting.attempt(failures=3)
    alarm.refresh_from_db()
    assert alarm.told_at, "the same trouble in other words is told once"
    settings.BOUNCE_MAILBOX = str(tmp_path)
    assert collecting.attempt()
    alarm.refresh_from_db()
    assert alarm.over_at


@pytest.mark.django_db
def test_a_mail_that_breaks_the_reading_is_an_alarm_in_one_sentence(folder, monkeypatch):
    (folder / "1.eml").write_bytes(b"Subject: x\r\n\r\n")
    monkeypatch.setattr(incoming, "take", lambda raw, **kwargs: 1 / 0)
    assert not collecting.attempt()
    assert Alarm.objects.get().sentence.endswith("ZeroDivisionError: the server’s log says more.")


@pytest.mark.django_db
def test_told_to_stop_it_finishes_the_mail_in_hand(folder):
    for number in range(3):
        (folder / f"{number}.eml").write_bytes(report(f"reader{number}"))
    stop = threading.Event()
    stop.set()
    assert collecting.collect(stop).total() == 1


def test_the_collector_keeps_its_pace_and_looks_again_soon_after_a_failure(monkeypatch):
    outcomes, waits, before = [False, False, True], [], []
    collector = Collector()

    def attempt(stop, *, failures):
        before.append(failures)
        return outcomes.pop(0)

    def wait(seconds):
        waits.append(seconds)
        if not outcomes:
            collector.stop.set()

    monkeypatch.setattr(collecting, "attempt", attempt)
    monkeypatch.setattr(recurring.connections, "close_all", lambda: None)
    monkeypatch.setattr(recurring, "close_old_connections", lambda: None)
    monkeypatch.setattr(collector.stop, "wait", wait)
    collector.run()
    assert (before, waits) == ([0, 1, 2], [collecting.AGAIN, collecting.AGAIN, collecting.EVERY])


def test_the_clock_of_a_running_site_reads_the_mailbox_by_itself(migrated, tmp_path):
    """And goes its rounds beside a mailbox that never answers."""
    site = Site(tmp_path, empty=migrated)
    site.migrate()
    folder = tmp_path / "came-back"
    folder.mkdir()
    with nursery(ROOT, site.environment(BOUNCE_MAILBOX=str(folder))) as processes:
        (folder / "1.eml").write_bytes(dsn(processes.report("handed_over")["return_path"]))
        clock = processes.start("from django.core.management import call_command\ncall_command('clock')")
        try:
            until = time.monotonic() + 120
            while not suppressed(tmp_path / "site.sqlite3") and time.monotonic() < until:
                time.sleep(0.05)
        finally:
            os.kill(clock, signal.SIGTERM)
            assert processes.exit_code(clock) == 0
    assert suppressed(tmp_path / "site.sqlite3") == 1


def suppressed(database):
    """How many must not be written to any more, read beside the site."""
    with closing(sqlite3.connect(database)) as connection:
        return connection.execute("SELECT count(*) FROM articles_suppression").fetchone()[0]
