"""Readers while articles are published by another process: nobody reads what was true before a commit that they came
after, nor what was never committed, nor what is still to come.
"""

import http.client
import json
import random
import re
import threading
import time
from typing import NamedTuple

import pytest

from tests.management.serving import PATIENCE
from tests.newsletter.nursery import nursery
from tests.newsletter.site import ROOT
from tests.page_cache.server import environment, granian, hits

pytestmark = pytest.mark.campaign
CHANGES, READERS = 150, 3
PAGES = ["/", "/treatments/", "/feed/", "/feed.json", "/treatments/feed/", "/sitemap.xml"]  # all show the newest
PUBLISH = """
import json, time
from contextlib import suppress
from datetime import timedelta
from django.db import transaction
from django.utils import timezone
from tests import factories

class TakenBack(Exception):
    pass

with open({out!r}, "w") as out:
    for number in range({changes}):
        is_kept, is_later = number % 5 != 4, number % 7 == 3
        at = timezone.now() + timedelta(seconds=1.5) if is_later else None
        begun = time.monotonic()
        with suppress(TakenBack), transaction.atomic():
            factories.print_edition(at=at, slug=f"number-{{number}}", title=f"Number {{number}} of the pumps")
            if not is_kept:
                raise TakenBack
        moment = at.timestamp() - time.time() + time.monotonic() if at else 0.0
        print(json.dumps([number, is_kept, max(begun, moment), max(time.monotonic(), moment)]), file=out, flush=True)
"""


class Reading(NamedTuple):
    path: str
    began: float
    ended: float
    numbers: frozenset[int]


def read(port: int, seed: int, is_over: threading.Event, readings: list[Reading]) -> None:
    draw, connection = random.Random(seed), http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    while not is_over.is_set():
        path, began = draw.choice(PAGES), time.monotonic()
        connection.request("GET", path)
        answer = connection.getresponse()
        body = answer.read().decode()
        assert answer.status == 200
        numbers = frozenset(int(number) for number in re.findall(r"[Nn]umber[ -](\d+)", body))
        readings.append(Reading(path, began, time.monotonic(), numbers))


def wrong(reading: Reading, changes: list[tuple[int, bool, float, float]]) -> str:
    """What it shows that it must not show, or lacks: of each change, the moments before and after it are known."""
    there = [(done, number) for number, is_kept, _begun, done in changes if is_kept and done < reading.began]
    hidden = {number for number, is_kept, begun, _done in changes if not is_kept or begun > reading.ended}
    if reading.numbers & hidden:
        return f"{reading.path} shows {sorted(reading.numbers & hidden)}"
    if there and max(there)[1] not in reading.numbers:
        return f"{reading.path} lacks {max(there)[1]}"
    return ""


def test_nobody_reads_what_was_or_will_be(migrated, tmp_path):
    is_over, readings, out = threading.Event(), list[Reading](), tmp_path / "changes"
    with granian(tmp_path, migrated, "pain_site.wsgi", workers=2) as port:
        readers = [threading.Thread(target=read, args=(port, seed, is_over, readings)) for seed in range(READERS)]
        with nursery(ROOT, environment(tmp_path)) as processes:
            for reader in readers:
                reader.start()
            try:
                processes.run(PUBLISH.format(out=str(out), changes=CHANGES))
                time.sleep(2)  # what was scheduled last
            finally:
                is_over.set()
                for reader in readers:
                    reader.join()
        found = hits(port)
    changes = [tuple(json.loads(line)) for line in out.read_text().splitlines()]
    print(f"{len(readings)} pages read, {found} of them kept, {len(changes)} changes")
    assert [problem for reading in readings if (problem := wrong(reading, changes))] == []
    assert len(changes) == CHANGES
    assert len(readings) > found > CHANGES
