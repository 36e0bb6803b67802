"""Two nodes and two clocks of one site, behind nginx: one publishes and the other shows it; one may die."""

import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import psutil
import pytest

from tests.cluster.servers import nginx
from tests.cluster.test_standby import page
from tests.management.serving import Readers, Serve, served, soon
from tests.needs import free_port
from tests.newsletter.site import ROOT, lines

pytestmark = [pytest.mark.campaign, pytest.mark.xdist_group("cluster")]

PICTURE = """
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
factories.ImageFactory(file=default_storage.save("pictures/one.png", ContentFile(factories.picture_bytes())))
"""
ISSUES = "SELECT count(*) FROM articles_issue"
OPEN = "SELECT count(*) FROM articles_delivery WHERE state IN ('queued', 'claimed')"
END_THE_LEASE = """
WITH ended AS (UPDATE articles_delivery SET lease_until = now() WHERE state = 'claimed' RETURNING id)
SELECT count(*) FROM ended
"""
READERS = 80
WEEK = {"NEWSLETTER_WEEKDAY": "monday", "NEWSLETTER_TIME": "00:00"}


def test_two_clocks_make_one_issue_a_week_and_the_second_goes_on_when_the_first_is_killed(nodes, database):
    primary, _standby = database
    assert primary.ask(ISSUES) == 0, "no node has run before"
    nodes[0].does("factories.print_edition(title='For the newsletter')")
    command = [sys.executable, "manage.py", "clock"]
    clocks = [subprocess.Popen(command, cwd=ROOT, env=node.environment(**WEEK)) for node in nodes[:2]]
    try:
        assert soon(lambda: primary.ask(ISSUES), 60)
        beats = [node.folder / "heartbeat" for node in nodes[:2]]
        assert soon(lambda: all(beat.exists() for beat in beats), 60)
        assert primary.ask(ISSUES) == 1
        clocks[0].kill()
        last = beats[1].read_text()
        assert soon(lambda: beats[1].read_text() != last, 60), "the other goes round"
        assert primary.ask(ISSUES) == 1
    finally:
        for clock in clocks:
            clock.kill()
            clock.wait()


def test_a_sending_node_that_dies_leaves_the_rest_to_another_and_no_reader_gets_it_twice(nodes, database):
    """Both send and do nothing else: they run the clock without `serve`."""
    primary, _standby = database
    one, other, _third = nodes
    one.prepare(READERS)
    command = [sys.executable, "manage.py", "clock"]
    with one.relay(latency=0.05) as relay:
        clocks = [subprocess.Popen(command, cwd=ROOT, env=node.environment(relay, **WEEK)) for node in (one, other)]
        try:
            assert soon(lambda: lines(relay.journal) >= READERS // 4, 120)
            clocks[0].kill()
            assert soon(lambda: primary.ask(OPEN) <= 1, 120), "all but what the dead one had in hand"
            assert lines(relay.journal) >= READERS - 1
            assert primary.ask(END_THE_LEASE) <= 1
            assert soon(lambda: primary.ask("SELECT state FROM articles_issue") == "sent", 120)
        finally:
            for clock in clocks:
                clock.kill()
                clock.wait()
        outcome = other.outcome(relay, kills=1)
    assert (outcome.doubled, outcome.missed, primary.ask(ISSUES)) == (set(), 0, 1)


def first_seen(node, title):
    """When the front page of a node first shows a title, for somebody who asks all the time."""
    end = time.monotonic() + 60
    while title not in page(node)[1]:
        assert time.monotonic() < end, "it never did"
        time.sleep(0.05)
    return time.monotonic()


def test_what_one_node_publishes_the_other_shows_and_readers_miss_nothing_when_one_is_killed(nodes, tmp_path):
    one, other, _third = nodes
    with (
        served(one, free_port()) as first,
        served(other, free_port()) as second,
        nginx(tmp_path / "nginx", [first.port, second.port]) as (process, port),
    ):
        with ThreadPoolExecutor() as readers:
            seen = [readers.submit(first_seen, node, "On both") for node in (first, second)]
            at = one.does("import time\nfactories.print_edition(title='On both')\nsaid = time.monotonic()")
        assert max(one.result() for one in seen) - at < 1
        with Readers(Serve(psutil.Process(process.pid), "127.0.0.1", port)) as readers:
            time.sleep(2)
            for part in second.everybody():
                part.kill()
            time.sleep(5)
    assert len(readers.took) > 150
    assert readers.failed == []


def test_a_node_without_the_shared_pictures_is_not_ready(nodes, tmp_path):
    with (
        served(nodes[0], free_port()) as whole,
        served(nodes[2], free_port(), MEDIA_STORAGE=str(tmp_path / "own")) as bare,
    ):
        nodes[0].does(PICTURE)
        assert soon(lambda: not bare.answers(), 5)
        assert whole.answers()
        assert page(bare)[0] == 200, "those that are asked all the same get their page"
