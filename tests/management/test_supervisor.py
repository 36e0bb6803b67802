"""A clock that ends or hangs is started again; where it stays silent, the administrators are told by mail."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from articles.management import supervisor
from articles.management.supervisor import Supervisor
from articles.newsletter import heartbeat
from tests import factories

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)


class Clock:
    """A process that ends when it is told to, or by itself."""

    def __init__(self):
        self.ended = None

    def poll(self):
        return self.ended

    def send(self, number):
        self.ended = -number


@pytest.fixture
def kept(settings, tmp_path, monkeypatch):
    """Keeps a clock, second by second; `started` are all clocks so far."""
    settings.VAR_DIR = tmp_path
    factories.UserFactory(role="Site administrator", email="admin@example.org")
    monkeypatch.setattr(supervisor.connections, "close_all", lambda: None)  # the test's own has a transaction open
    with time_machine.travel(NOON, tick=False) as moment:
        monkeypatch.setattr(supervisor.time, "monotonic", lambda: (datetime.now(UTC) - NOON).total_seconds())
        yield Kept(moment)


class Kept:
    def __init__(self, moment):
        self.moment, self.started, self.said = moment, [], []
        self.supervisor = Supervisor(self.start)

    def start(self):
        self.started.append(Clock())
        return self.started[-1]

    def seconds(self, number, meanwhile=lambda: None):
        for _second in range(number):
            self.moment.shift(1)
            meanwhile()
            self.said += [said] if (said := self.supervisor.look()) else []


def test_a_clock_that_goes_is_left_alone(kept, mailoutbox):
    kept.seconds(1200, heartbeat.beat)
    assert (len(kept.started), kept.said, mailoutbox) == (1, [], [])


def test_a_clock_that_ended_is_started_again_at_once(kept, mailoutbox):
    kept.started[0].ended = 1
    kept.seconds(1, heartbeat.beat)
    assert (len(kept.started), kept.said, mailoutbox) == (2, ["The clock stopped. Restarting it."], [])


def test_a_clock_that_always_ends_is_started_more_and_more_slowly_and_told_of_once(kept, mailoutbox):
    def ends():
        kept.started[-1].ended = 1

    kept.seconds(3600, ends)
    assert 55 < len(kept.started) < 75
    [mail] = mailoutbox
    assert (mail.to, mail.subject) == (["admin@example.org"], "The clock of Inside Pain Medicine has stopped")
    assert "It hasn’t run since November 2, 2026, 12:00" in mail.body


def test_a_clock_that_hangs_is_stopped_and_started_again(kept, mailoutbox):
    kept.seconds(60, heartbeat.beat)
    kept.seconds(720)
    assert kept.started[0].ended == -15
    assert len(kept.started) == 2
    assert len(mailoutbox) == 1


def test_a_machine_that_slept_gives_its_clock_time_to_beat(kept, mailoutbox, monkeypatch):
    kept.seconds(1, heartbeat.beat)
    kept.moment.shift(timedelta(hours=8))
    kept.seconds(30)
    kept.seconds(60, heartbeat.beat)
    assert (len(kept.started), kept.said) == (1, [])


def test_where_even_the_mail_does_not_go_it_is_tried_again(kept, mailoutbox, monkeypatch):
    tries = []

    def fails(since):
        tries.append(since)
        raise OSError

    monkeypatch.setattr(heartbeat, "tell", fails)
    kept.seconds(900, lambda: setattr(kept.started[-1], "ended", 1))
    assert 3 <= len(tries) <= 6


def test_a_clock_of_older_code_is_waited_for(kept, mailoutbox):
    """It finishes the mail in its hands."""
    old = Clock()
    started = len(kept.started)
    kept.supervisor = Supervisor(kept.start, old)
    kept.seconds(20)
    assert len(kept.started) == started
    old.ended = 0
    kept.seconds(1)
    assert len(kept.started) == started + 1
