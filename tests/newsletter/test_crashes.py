"""kill -9 on the product as its owner runs it: no reader is missed, and none gets a letter twice unseen.

`python -m tests.bench.sending` does the same with 10,000 readers and 200 kills.
"""

import random
import signal
import sys
import time

import pytest

from tests.newsletter.site import Site, lines

READERS, KILLS = 48, [4, pytest.param(60, marks=pytest.mark.campaign)]


@pytest.fixture(scope="module")
def prepared(migrated, tmp_path_factory):
    """A site on SQLite with an approved issue: on PostgreSQL the run has its own database in use."""
    made = Site(tmp_path_factory.mktemp("prepared"), empty=migrated)
    made.prepare(READERS)
    return made


@pytest.fixture
def site(prepared, tmp_path):
    random.seed(7)
    made = Site(tmp_path, empty=prepared.folder / "site.sqlite3")
    made.migrate()
    made.number = prepared.number
    yield made
    made.end()


@pytest.mark.parametrize("kills", KILLS)
def test_a_relay_that_can_be_asked_gets_every_letter_once(site, kills):
    with site.relay(latency=0.02) as relay:  # so that no sender is through before it can be killed
        done = site.send_and_kill(relay, kills=kills)
    assert (done.doubled, done.missed, done.issue, done.counts) == (set(), 0, "sent", {"handed_over": READERS})
    assert done.kills > 0


@pytest.mark.parametrize("kills", KILLS)
def test_a_mute_relay_misses_nobody_and_each_double_is_listed(site, kills):
    with site.relay(latency=0.05) as relay:
        done = site.send_and_kill(relay, kills=kills, askable=False, workers=2)
    assert (done.missed, done.issue, done.counts) == (0, "sent", {"handed_over": READERS})
    assert done.unlisted == set()
    assert len(done.doubled) <= 2 * done.kills
    assert 0 < len(done.listed) <= 2 * done.kills


def test_several_processes_share_an_issue_and_a_stopped_one_finishes_its_letter(site):
    with site.relay(latency=0.1) as relay:
        stopped, stays = site.sender(relay, workers=2), site.sender(relay)
        while (sent := lines(relay.journal)) < READERS // 4 or (sent < READERS and not site.has_in_hand(stopped)):
            time.sleep(0.01)
        stopped.send_signal(signal.SIGTERM)
        assert stopped.wait(120) == 0
        assert stays.wait(120) == 0
        done = site.outcome(relay, kills=0)
    assert (done.doubled, done.missed, done.listed, done.issue) == (set(), 0, set(), "sent")


def letters_in(folder):
    """Of the mails in a folder those to readers: on a slow machine, editors hear that the issue is stuck."""
    return [path for path in folder.glob("mail-*.eml") if b"\nTo: reader" in path.read_bytes()]


def test_the_clock_alone_sends_what_is_approved_into_the_folder(site, tmp_path):
    command = [sys.executable, "manage.py", "clock"]
    for _start in range(2):
        clock = site.started(command, site.environment())
        wanted = READERS if _start else READERS // 3
        while len(letters_in(tmp_path / "mail")) < wanted:
            assert clock.poll() is None
            time.sleep(0.02)
        clock.send_signal(signal.SIGTERM if _start else signal.SIGKILL)
        clock.wait(120)
    report = site.run("counts")
    assert report["counts"]["handed_over"] == READERS
    assert len(letters_in(tmp_path / "mail")) == READERS
