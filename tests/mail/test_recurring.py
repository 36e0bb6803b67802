"""What the clock does beside its rounds: it goes on after a failure, ends when told, is named where stuck."""

import threading
from datetime import timedelta

import pytest
from django.db import OperationalError

from articles.mail import recurring, sender
from articles.mail.postman import Postman
from articles.mail.recurring import Recurring
from articles.management.commands import clock
from articles.models import Alarm
from tests.management.serving import PATIENCE, soon


class Waits(Recurring):
    """Waits at a server that never answers, as far as anybody can see."""

    is_called = "friend of slow servers"
    may_take = timedelta(seconds=0.05)

    def __init__(self):
        super().__init__()
        self.answered = threading.Event()

    def work(self):
        self.answered.wait(PATIENCE)
        return 30.0


@pytest.fixture
def started():
    """Starts a task, which ends with the test."""
    tasks = []

    def start(task):
        tasks.append(task)
        task.start()
        return task

    yield start
    for task in tasks:
        task.stop.set()


@pytest.fixture(autouse=True)
def connections_of_the_test(monkeypatch):
    monkeypatch.setattr(recurring, "close_old_connections", lambda: None)
    monkeypatch.setattr(recurring.connections, "close_all", lambda: None)


def until(true):
    assert soon(true)


@pytest.mark.django_db
def test_what_is_stuck_is_named_on_the_dashboard_while_the_clock_goes_its_rounds_and_no_longer(started):
    task = started(Waits())
    until(lambda: task.stuck_for() is not None)
    for _round in range(2):
        clock.name_stuck([task])
    [alarm] = Alarm.objects.filter(over_at=None)
    assert alarm.sentence == "The clock’s friend of slow servers hasn’t come to an end for 0 minutes."
    task.answered.set()
    until(lambda: task.stuck_for() is None)
    clock.name_stuck([task])
    assert not Alarm.objects.filter(over_at=None).exists()
    task.end()
    assert not task.is_alive()


@pytest.mark.parametrize("problem", [RuntimeError("anything"), OperationalError("server at 192.0.2.7 is away")])
def test_a_failure_ends_no_task_and_is_in_the_log_without_an_address(started, monkeypatch, log, problem):
    log.begin("json")
    tried = []

    class Fails(Recurring):
        is_called = "friend of failures"

        def work(self):
            tried.append(1)
            raise problem

    monkeypatch.setattr(recurring, "AGAIN_IN", 0.001)
    task = started(Fails())
    until(lambda: len(tried) > 2)
    task.end()
    assert not task.is_alive()
    assert "friend of failures" in log.entries()[0]["event"]
    assert "192.0.2.7" not in "".join(log.lines())


def test_a_failure_ends_no_sender_of_mail_and_it_stops_between_two_mails(started, monkeypatch):
    asked = []

    def fail(**given):
        asked.append(given["stop"])
        raise RuntimeError("anything")

    monkeypatch.setattr(sender, "send_due", fail)
    monkeypatch.setattr(recurring, "AGAIN_IN", 0.001)
    task = started(Postman())
    until(lambda: len(asked) > 2)
    task.end()
    assert not task.is_alive()
    assert asked[0].is_set()
