"""kill -9 on the product as its owner runs it: no reader is missed, and none gets a letter twice unseen.

`python -m tests.bench.sending` does the same with 10,000 readers and 200 kills.
"""

import os
import random
import signal
import time

import pytest

from tests.newsletter.nursery import nursery
from tests.newsletter.site import ROOT, SETTLES, Site, lines

READERS, KILLS = 48, [4, pytest.param(40, marks=pytest.mark.campaign)]
pytestmark = pytest.mark.xdist_group("crashes")


@pytest.fixture(scope="module")
def prepared(migrated, tmp_path_factory):
    """A site on SQLite with an approved issue: on PostgreSQL the run has its own database in use."""
    made = Site(tmp_path_factory.mktemp("prepared"), empty=migrated)
    made.prepare(READERS)
    copy = Site(tmp_path_factory.mktemp("copy"), empty=made.folder / "site.sqlite3")
    copy.number = made.number
    with copy.killing(settles=SETTLES) as ready:
        yield ready


@pytest.fixture
def ready(prepared):
    """It, with nothing sent yet."""
    random.seed(7)
    prepared.begin()
    return prepared


@pytest.mark.parametrize("kills", KILLS)
def test_a_relay_that_can_be_asked_gets_every_letter_once(ready, kills):
    ready.relay.latency = 0.02  # so that no sender is through before it can be killed
    done = ready.site.send_and_kill(ready.running, ready.processes, kills=kills)
    assert (done.doubled, done.missed, done.issue, done.counts) == (set(), 0, "sent", {"handed_over": READERS})
    assert done.kills > 0


@pytest.mark.parametrize("kills", KILLS)
def test_a_mute_relay_misses_nobody_and_each_double_is_listed(ready, kills):
    ready.relay.latency = 0.05
    done = ready.site.send_and_kill(ready.running, ready.processes, kills=kills, askable=False, workers=2)
    assert (done.missed, done.issue, done.counts) == (0, "sent", {"handed_over": READERS})
    assert done.unlisted == set()
    assert len(done.doubled) <= 2 * done.kills
    assert 0 < len(done.listed) <= 2 * done.kills


def test_several_processes_share_an_issue_and_a_stopped_one_finishes_its_letter(ready):
    ready.relay.latency = 0.1
    site, running, processes = ready.site, ready.running, ready.processes
    stopped, stays = processes.start(site.sending(workers=2)), processes.start(site.sending())
    while (sent := lines(running.journal)) < READERS // 4 or (sent < READERS and not site.has_in_hand(stopped)):
        time.sleep(0.01)
    os.kill(stopped, signal.SIGTERM)
    assert (processes.exit_code(stopped), processes.exit_code(stays)) == (0, 0)
    done = site.outcome(running, kills=0, processes=processes)
    assert (done.doubled, done.missed, done.listed, done.issue) == (set(), 0, set(), "sent")


WAITING = """
from datetime import timedelta
from django.utils import timezone
from articles.models import Issue
from articles.newsletter.issues import building
issue = Issue.objects.get()
by = issue.approved_by
building.undo_approval(issue, by=by)
building.approve(issue, by=by, send_at=timezone.now() + timedelta(seconds=3))
"""
UNDONE = """
import time
from articles.models import Issue
from articles.newsletter.issues import building
issue = Issue.objects.get()
time.sleep({after})
try:
    building.undo_approval(issue, by=issue.approved_by)
except building.IssueRefused:
    pass
"""


@pytest.mark.campaign
def test_senders_that_die_while_an_issue_waits_for_its_time_send_nothing_early_and_nothing_twice(ready):
    site, running, processes = ready.site, ready.running, ready.processes
    processes.run(WAITING)
    waiting = [processes.start(site.sending()) for _number in range(2)]
    time.sleep(1)
    assert [processes.kill(one) for one in waiting] == [True, True]
    assert running.taken() == []
    done = site.send_and_kill(running, processes, kills=4)
    assert (done.doubled, done.missed, done.issue, done.counts) == (set(), 0, "sent", {"handed_over": READERS})


@pytest.mark.campaign
@pytest.mark.parametrize("after", [0, *(number / 40 for number in range(20))])
def test_an_approval_is_undone_with_no_mail_or_every_reader_gets_one(ready, after):
    ready.relay.latency = 0
    senders = [ready.processes.start(ready.site.sending(workers=2)) for _number in range(2)]
    ready.processes.run(UNDONE.format(after=after))
    for sender in senders:
        ready.processes.wait(sender)
    found = ready.processes.report("counts")
    assert (found["issue"], found["total"], len(ready.running.taken())) in [("draft", 0, 0), ("sent", READERS, READERS)]


def letters_in(folder):
    """Of the mails in a folder those to readers: on a slow machine, editors hear that the issue is stuck."""
    return [path for path in folder.glob("mail-*.eml") if b"\nTo: reader" in path.read_bytes()]


def test_the_clock_alone_sends_what_is_approved_into_the_folder(ready):
    mails = ready.site.folder / "mail"
    with nursery(ROOT, ready.site.environment()) as processes:
        for wanted, ended_by in ((READERS // 3, signal.SIGKILL), (READERS, signal.SIGTERM)):
            clock = processes.start("from django.core.management import call_command\ncall_command('clock')")
            while len(letters_in(mails)) < wanted:
                assert processes.is_alive(clock)
                time.sleep(0.02)
            os.kill(clock, ended_by)
            assert processes.exit_code(clock) in (0, -signal.SIGKILL)
        assert processes.report("counts")["counts"]["handed_over"] == READERS
    assert len(letters_in(mails)) == READERS
