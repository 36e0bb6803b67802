"""Readers of a site that another process changes by every way there is, while workers and listeners are killed: nobody
reads what was true before a commit that they came after, nor what was never committed, nor what is still to come.
"""

import http.client
import os
import random
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from gzip import decompress
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from articles import public_state
from tests.management.serving import PATIENCE, Serve, empty_site, served
from tests.needs import free_port
from tests.newsletter.nursery import nursery
from tests.newsletter.site import ROOT, Site
from tests.page_cache.changes import FIRST
from tests.page_cache.history import PAGES, History, Reading, Shown, history, shown

READERS = 3
LATEST = 0.5  # seconds after a commit, on PostgreSQL, of a machine that lets everybody have their turn
CHANGE = "from pathlib import Path\nfrom tests.page_cache import changes\n"


@dataclass
class Reader:
    """Asks for one page after another, as browsers and caches do, and notes what each answer shows."""

    port: int
    seed: int
    pause: float  # seconds after each answer
    readings: list[Reading] = field(default_factory=list)
    known: dict[tuple[str, str], tuple[str, Shown]] = field(default_factory=dict)
    failed: list[tuple[str, int]] = field(default_factory=list)
    refused: int = 0

    def run(self, is_over: threading.Event) -> None:
        draw = random.Random(self.seed)
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        while not is_over.is_set():
            path = draw.choice([*PAGES])
            headers = {"Accept-Encoding": draw.choice(["gzip", "identity"])}
            tag, before = self.known.get((path, headers["Accept-Encoding"]), ("", {}))
            if tag and draw.random() < 0.5:
                headers["If-None-Match"] = tag
            odd = f"{'&' if '?' in path else '?'}utm_source={draw.random()}" if draw.random() < 0.1 else ""
            began = time.monotonic()
            try:
                connection.request("GET", path + odd, headers=headers)
                answer = connection.getresponse()
                body = answer.read()
            except (OSError, http.client.HTTPException):  # its worker was killed
                connection.close()
                self.refused += 1
                continue
            ended = time.monotonic()
            if answer.status not in (200, 304, 410):
                self.failed.append((path, answer.status))
                continue
            found = before if answer.status == 304 else shown(path, answer.status, text(answer, body))
            self.known[path, headers["Accept-Encoding"]] = answer.getheader("ETag", ""), found
            self.readings.append(Reading(path, began, ended, found))
            time.sleep(self.pause)
        connection.close()


def text(answer: http.client.HTTPResponse, body: bytes) -> str:
    return (decompress(body) if answer.getheader("Content-Encoding") == "gzip" else body).decode()


class Lag(threading.Thread):
    """How late this machine lets a thread have its turn: one that sleeps for a moment, again and again."""

    def __init__(self, is_over: threading.Event) -> None:
        super().__init__()
        self.is_over, self.late = is_over, list[tuple[float, float]]()

    def run(self) -> None:
        while not self.is_over.is_set():
            due = time.monotonic() + 0.01
            time.sleep(0.01)
            now = time.monotonic()
            if now - due > 0.01:
                self.late.append((now, now - due))

    def around(self, moment: float) -> float:
        """Seconds, of the second before it."""
        return sum(late for ended, late in self.late if moment - 1 <= ended <= moment + 0.1)


@contextmanager
def asked(port: int, readers: list[Reader]) -> Iterator[Lag]:
    is_over = threading.Event()
    lag = Lag(is_over)
    threads = [threading.Thread(target=reader.run, args=(is_over,)) for reader in readers]
    for thread in [lag, *threads]:
        thread.start()
    try:
        yield lag
    finally:
        is_over.set()
        for thread in [lag, *threads]:
            thread.join()


def kill_workers(serve: Serve, is_alive: Any, seed: int) -> int:
    """One after another, while changes are made. How many."""
    draw, killed = random.Random(seed), 0
    while is_alive():
        time.sleep(draw.uniform(5, 30))
        if workers := serve.workers:
            draw.choice(workers).kill()
            killed += 1
            serve.eventually(lambda: serve.serving() == 2)
    return killed


def campaign(site: Site, folder: Path, *, changes: int, seed: int, is_long: bool) -> None:
    out, backups = folder / "changes.jsonl", folder / "backups"
    env, port = site.environment(), free_port()
    run = f"changes.Changes({seed}, Path({str(out)!r}), {f'Path({str(backups)!r})' if is_long else None})"
    readers = [Reader(port, seed, 0.0 if is_long else 0.02) for seed in range(READERS)]
    with nursery(ROOT, env) as processes:
        processes.run(f"{CHANGE}changes.prepare()")
        with served(site, port, workers=2) as serve, asked(port, readers) as lag:
            writer = processes.start(f"{CHANGE}{run}.run({changes})")
            killed = kill_workers(serve, lambda: processes.is_alive(writer), seed) if is_long else 0
            assert processes.wait(writer) == 0
            time.sleep(0.2)
    failed = [answer for reader in readers for answer in reader.failed]
    assert failed == [], [line for line in (site.folder / "log").read_text().splitlines() if "level=error" in line]
    judge([reading for reader in readers for reading in reader.readings], history(out, FIRST), lag)
    refused = sum(reader.refused for reader in readers)
    print(f"{killed} workers killed, {refused} connections lost with them")
    assert refused <= READERS * killed * 3


def judge(readings: list[Reading], known: History, lag: Lag) -> None:
    """At once on SQLite. On PostgreSQL half a second after the commit, and by how much the machine was late; but never
    later than a number of the state is good for, however late the machine was.
    """
    wrong = [reading for reading in readings if known.wrong(reading)]
    late = [(known.late(reading), lag.around(reading.began), reading) for reading in wrong]
    latest = max((seconds for seconds, _lag, _reading in late), default=0.0)
    print(f"{len(readings)} answers, {known.changes} changes, {len(wrong)} answers after a commit, by {latest:.3f} s")
    allowed = (LATEST, public_state.GOOD_FOR) if connection.vendor == "postgresql" else (0.0, 0.0)
    too_late = Counter(
        known.wrong(reading)
        for seconds, machine, reading in late
        if seconds > min(allowed[0] + machine * (allowed[0] > 0), allowed[1])
    )
    assert too_late.most_common(20) == []


@pytest.fixture
def site(migrated, shared_folder, tmp_path):
    return empty_site(tmp_path, migrated, shared_folder)


def test_nobody_reads_what_was_or_will_be(site, tmp_path):
    campaign(site, tmp_path, changes=30, seed=1, is_long=False)


@pytest.mark.campaign
def test_nobody_does_for_long(site, tmp_path):
    campaign(site, tmp_path, changes=int(os.environ.get("CHANGES", "5000")), seed=2, is_long=True)


@pytest.fixture
def site_on_postgresql(needs_postgresql, migrated, shared_folder, tmp_path):
    made = empty_site(tmp_path, migrated, shared_folder)
    server = os.environ["DATABASE_URL"].rpartition("/")[0]
    made.database = f"{server}/{connection.settings_dict['NAME']}"
    return made


@pytest.mark.django_db(transaction=True)
def test_nobody_does_on_postgresql(site_on_postgresql, tmp_path):
    campaign(site_on_postgresql, tmp_path, changes=30, seed=1, is_long=False)


@pytest.mark.campaign
@pytest.mark.django_db(transaction=True)
def test_nobody_does_for_long_on_postgresql(site_on_postgresql, tmp_path):
    campaign(site_on_postgresql, tmp_path, changes=int(os.environ.get("CHANGES", "5000")), seed=2, is_long=True)
