"""A server that failed is left alone, and one request finds out for all whether it is back."""

import pytest

from articles import pausing
from articles.pausing import Pause


@pytest.fixture
def clock(monkeypatch):
    moment = [1000.0]
    monkeypatch.setattr(pausing.time, "monotonic", lambda: moment[0])
    return moment


def test_a_server_that_answers_is_asked_each_time(clock):
    pause = Pause(5)
    assert pause.may_ask()
    assert not pause.answered()
    assert pause.may_ask()


def test_after_a_failure_nobody_asks_and_then_one_asks_for_all(clock):
    pause = Pause(5)
    assert pause.failed(), "that is news"
    assert not pause.may_ask()
    clock[0] += 5
    assert [pause.may_ask() for _thread in range(3)] == [True, False, False]
    assert not pause.failed(), "that was known"
    clock[0] += 5
    assert pause.may_ask()
    assert pause.answered(), "that is news"
    assert [pause.may_ask() for _thread in range(3)] == [True] * 3


def test_one_who_asks_and_never_comes_back_keeps_the_others_waiting_for_one_pause(clock):
    pause = Pause(5)
    pause.failed()
    clock[0] += 5
    assert pause.may_ask()
    clock[0] += 5
    assert pause.may_ask()
