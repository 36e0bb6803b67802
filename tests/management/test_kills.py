"""A campaign of kill -9 and SIGHUP on `serve` under 40 requests a second: what fails, and how long it takes to be back.

`python -m pytest -n 0 -s -m campaign tests/management/test_kills.py` prints the figures.
"""

import signal
import time
from pathlib import Path

import pytest

from tests.management.serving import PATIENCE, Readers, alive, gone, served
from tests.needs import free_port

KILLS, RELOADS, BACK = 20, 5, 5.0  # seconds
MIGRATE = Path("/proc/sys/net/ipv4/tcp_migrate_req")  # 1: what waits at a killed worker's port goes to another worker
pytestmark = [pytest.mark.campaign, pytest.mark.timeout(1200)]


@pytest.fixture(params=["a port", "a socket"])
def host(request, tmp_path_factory):
    return "127.0.0.1" if request.param == "a port" else f"unix:{tmp_path_factory.mktemp('s')}/site.sock"


def run(site, host, **environment):
    return served(site, free_port(), workers=2, host=host, TRUSTED_PROXIES="1", **environment)


def told(what, host, readers, took=()):
    line = f"{what}, on {host.partition('/')[0]}: {len(readers.took)} answered, {len(readers.failed)} failed"
    print(f"\n{line}" + (f"; back after {max(took):.1f} s at most" if took else ""))


def test_killed_workers_take_only_what_they_had_in_hand(site, host):
    took, moments = [], []
    with run(site, host) as running, Readers(running) as readers:
        for _kill in range(KILLS):
            time.sleep(1)
            killed, main = running.workers[0], running.server  # the older of the two
            killed.kill()
            moments.append(at := time.monotonic())
            assert gone([killed])
            running.eventually(lambda: running.serving() == 2)
            took.append(time.monotonic() - at)
            assert running.server == main
    others = [begun for begun in readers.failed if any(at < begun < at + 0.1 for at in moments)]
    told(f"{KILLS} workers killed ({len(others)} failed that began afterwards)", host, readers, took)
    if host.startswith("unix:") or MIGRATE.read_text() == "1\n":
        assert others == []
    assert max(took) <= BACK


def test_a_killed_server_is_back_soon(site, host):
    took = []
    with run(site, host) as running, Readers(running) as readers:
        for _kill in range(KILLS):
            time.sleep(1)
            took.append(seconds_until_replaced(running, "server"))
    told(f"{KILLS} times the server killed", host, readers, took)
    assert max(took) <= BACK


def test_a_killed_clock_is_back_soon_and_no_reader_notices(site):
    took, heartbeat = [], site.folder / "heartbeat"
    with run(site, "127.0.0.1") as running, Readers(running) as readers:
        running.eventually(heartbeat.exists)
        for _kill in range(KILLS):
            before = heartbeat.read_text()
            took.append(seconds_until_replaced(running, "clock"))
            running.eventually(lambda before=before: heartbeat.read_text() != before)
    told(f"{KILLS} times the clock killed", "127.0.0.1", readers, took)
    assert readers.failed == []
    assert max(took) <= BACK


def seconds_until_replaced(running, which):
    killed, at = getattr(running, which), time.monotonic()
    killed.kill()
    running.replaced(which, killed)
    return time.monotonic() - at


def test_a_killed_serve_can_be_started_again_at_once(site, host):
    took, port, killed_at = [], free_port(), 0.0
    for _kill in range(KILLS):
        with served(site, port, workers=2, host=host, TRUSTED_PROXIES="1") as running:
            took += [time.monotonic() - killed_at] if killed_at else []
            below = running.everybody()[1:]
            running.process.kill()
            killed_at = time.monotonic()
            running.process.wait(PATIENCE)
            assert gone(below)
    print(f"\n{KILLS} times serve killed, on {host.partition('/')[0]}: no orphan, back after {max(took):.1f} s at most")
    assert max(took) <= BACK


def test_reloads_fail_no_request(site, host):
    with run(site, host) as running, Readers(running) as readers:
        for _reload in range(RELOADS):
            old = running.workers
            running.process.send_signal(signal.SIGHUP)
            running.eventually(lambda old=old: not set(old) & set(alive(old)))
            running.eventually(lambda: running.serving() == 2)
    told(f"{RELOADS} reloads", host, readers)
    assert readers.failed == []


def test_a_worker_over_its_bound_is_recycled_without_a_failed_request(site, host):
    with run(site, host, WORKER_MEMORY="40") as running, Readers(running) as readers:
        old = running.workers
        running.eventually(lambda: not set(old) & set(alive(old)))
    told("two workers over their bound", host, readers)
    assert readers.failed == []
