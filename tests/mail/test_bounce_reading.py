"""Mail of other people: read in time that grows with its length alone, and never at the cost of who waits for it."""

import os
import signal

import psutil
import pytest

from articles.mail.bounces import reading, reports
from articles.mail.bounces.reading import Reader, Unreadable
from articles.models import Alarm
from articles.newsletter.subscriptions import collecting, incoming
from tests.newsletter.reports import dsn

PLAIN = b"From: ada@example.org\r\nSubject: Hello\r\n\r\nHello.\r\n"


def test_no_address_is_kept_though_the_words_were_cut_in_its_middle():
    said = reports.without_addresses("x " * 2_490 + "somebody.with.a.long.name@example.org is unknown")
    assert "somebody" not in said
    assert reports.without_addresses("ada@example.org " * 1_000).startswith("(address) (address)")
    assert "@" not in reports.without_addresses("a" * 10_000 + "@example.org")


# The process that reads -----------------------------------------------------------------------------------------------


def test_a_mail_is_read_by_another_process_as_it_would_be_here():
    raw = dsn("letter@example.org", "5.1.1", "no such user")
    with Reader() as process:
        assert process.read(raw) == reading.read(raw)
        assert process.read(PLAIN) == reading.read(PLAIN) == reading.Mail("Hello", None)


def test_a_mail_that_takes_too_long_is_given_up_and_the_next_one_is_read():
    with Reader(seconds=5) as process:
        process.read(PLAIN)
        [child] = [one for one in psutil.Process().children() if "spawn_main" in " ".join(one.cmdline())]
        child.suspend()
        process.seconds = 0.2
        with pytest.raises(Unreadable, match="it took more than 0 seconds"):
            process.read(PLAIN)
        assert not child.is_running()
        process.seconds = 30
        assert process.read(PLAIN).subject == "Hello"


def test_a_mail_that_ends_the_process_is_told_and_the_next_one_is_read():
    with Reader() as process:
        process.read(PLAIN)
        [child] = [one for one in psutil.Process().children() if "spawn_main" in " ".join(one.cmdline())]
        os.kill(child.pid, signal.SIGKILL)
        with pytest.raises(Unreadable, match="ended the process"):
            process.read(PLAIN)
        assert process.read(PLAIN).subject == "Hello"
    assert [one for one in psutil.Process().children() if "spawn_main" in " ".join(one.cmdline())] == []


@pytest.mark.django_db
def test_a_mail_that_cannot_be_read_is_put_aside_named_once_and_keeps_no_other_waiting(tmp_path, settings, monkeypatch):
    settings.BOUNCE_MAILBOX = str(tmp_path)
    (tmp_path / "1.eml").write_bytes(b"Subject: a monster\r\n\r\n")
    (tmp_path / "2.eml").write_bytes(PLAIN)
    asked = []

    def stuck(self, raw):
        asked.append(raw)
        if b"monster" in raw:
            raise Unreadable("it took more than 10 seconds")
        return reading.read(raw)

    monkeypatch.setattr(Reader, "read", stuck)
    assert collecting.collect() == {"put aside": 1, "no report": 1}
    assert collecting.collect() == {"put aside": 1, "no report": 1}
    assert [b"monster" in raw for raw in asked] == [True, False, False], "the monster was read again"
    [alarm] = Alarm.objects.all()
    assert alarm.sentence.startswith(
        "A message of 22 bytes that came to the bounce address was put aside: it took more"
    )
    assert "example.org" not in alarm.sentence


@pytest.mark.django_db
def test_a_put_aside_mail_is_named_for_a_month_and_still_not_read_after_it(monkeypatch):
    def fail(raw):
        raise Unreadable("reading it ended the process that did")

    assert incoming.take(PLAIN, read=fail) == "put aside"
    Alarm.objects.update(raised_at="2026-01-01T00:00Z")
    assert incoming.take_all([PLAIN]) == {"put aside": 1}
    assert Alarm.objects.get().over_at is not None
