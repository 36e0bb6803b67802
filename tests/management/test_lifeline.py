"""Processes that are forked: how they end, what is heard of it, and that each can be stopped."""

import os
import signal
import sys
import time

import pytest

from articles.management import lifeline
from articles.management.lifeline import Process
from tests.management.serving import soon


@pytest.fixture(autouse=True)
def connected(monkeypatch):
    """The database of other tests stays open."""
    monkeypatch.setattr(lifeline.connections, "close_all", lambda: None)


def fails():
    raise OSError("no disk")


@pytest.mark.parametrize(
    ("work", "code"),
    [
        (lambda: None, 0),
        (lambda: sys.exit(3), 3),
        (lambda: sys.exit("a sentence"), 1),
        (fails, 1),
        (lambda: os.kill(os.getpid(), signal.SIGTERM), -signal.SIGTERM),
    ],
)
def test_a_process_ends_with_the_code_of_its_work(work, code):
    process = lifeline.fork("a-child", work)
    assert soon(lambda: process.poll() is not None)
    assert process.poll() == code
    process.send(signal.SIGKILL)  # reaches nobody


def test_what_a_signal_does_in_the_parent_it_does_in_no_child(monkeypatch):
    before = signal.signal(signal.SIGHUP, lambda number, frame: None)
    try:
        process = lifeline.fork("a-child", lambda: time.sleep(60))
        process.send(signal.SIGHUP)
        assert soon(lambda: process.poll() == -signal.SIGHUP)
    finally:
        signal.signal(signal.SIGHUP, before)


def test_a_child_of_a_process_that_starts_over_can_be_stopped():
    before = signal.pthread_sigmask(signal.SIG_BLOCK, lifeline.SIGNALS)
    try:
        process = lifeline.fork("a-child", lambda: time.sleep(60))
        process.send(signal.SIGTERM)
        assert soon(lambda: process.poll() == -signal.SIGTERM, 20)
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def test_what_does_not_stop_is_stopped(monkeypatch):
    monkeypatch.setattr(lifeline, "GRACE", 0.2)
    reading, writing = os.pipe()

    def is_deaf():
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        os.write(writing, b"!")
        time.sleep(60)

    deaf, other = lifeline.fork("deaf", is_deaf), lifeline.fork("other", lambda: time.sleep(60))
    assert os.read(reading, 1) == b"!"
    lifeline.stop([deaf, other])
    assert (deaf.ended, other.ended) == (-signal.SIGKILL, -signal.SIGTERM)
    for end in (reading, writing):
        os.close(end)


def test_a_process_that_is_no_child_has_ended():
    assert Process(os.getppid()).poll() == 1
