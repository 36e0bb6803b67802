"""The journal loses its oldest lines, and none that is added meanwhile: not to a kill -9, nor to another shortening."""

import json
import os
import random
import time
from datetime import UTC, datetime, timedelta

import pytest

from articles.mail import journal
from tests.management.serving import PATIENCE, soon
from tests.newsletter.nursery import nursery
from tests.newsletter.site import ROOT, Site

BEGIN = datetime(2024, 1, 1, tzinfo=UTC)
ROUNDS, WRITERS, OLD = 10, 3, 5_000


def line(day):
    return json.dumps({"at": (BEGIN + timedelta(days=day)).isoformat(), "what": "ended", "day": day})


@pytest.fixture
def file(settings, tmp_path):
    """One entry a day, as if it had been written then."""
    settings.SITE_JOURNAL = tmp_path / "journal.jsonl"
    settings.SITE_JOURNAL.write_text("".join(f"\n{line(day)}" for day in range(100)))
    settings.SITE_JOURNAL.chmod(0o640)
    return settings.SITE_JOURNAL


def days(file):
    return [entry.facts["day"] for entry in journal.read(file, since=BEGIN)]


def shorten(day):
    return journal.shorten(BEGIN + timedelta(days=day))


def test_what_is_older_goes_and_the_rest_stays_as_it_is(file):
    assert shorten(30) == 30
    assert file.read_text() == "\n".join(line(day) for day in range(30, 100))
    assert [path.name for path in file.parent.iterdir()] == [file.name]
    assert file.stat().st_mode & 0o777 == 0o640, "every account that could add lines still can"
    assert shorten(30) == 0


def test_lines_that_nobody_can_read_go_with_their_neighbors(file):
    file.write_text(f"{line(0)}\n{{cut o\n\xff\n{line(2)}\n{{cut o\n{line(3)}", encoding="latin-1")
    assert shorten(2) == 3
    assert days(file) == [2, 3]


def test_where_nothing_is_newer_nothing_goes(file):
    """The last line may be half written at this moment."""
    assert shorten(1000) == 0
    assert len(days(file)) == 100


def test_a_line_added_while_the_rest_was_copied_is_kept(file, monkeypatch):
    synced = os.fsync

    def added_meanwhile(handle):
        monkeypatch.setattr(journal.os, "fsync", synced)
        with file.open("a") as other:
            other.write(f"\n{line(100)}")
        synced(handle)

    monkeypatch.setattr(journal.os, "fsync", added_meanwhile)
    assert shorten(90) == 90
    assert days(file) == [*range(90, 101)]


def test_a_full_disk_leaves_it_as_it_was(file, monkeypatch):
    before = file.read_text()

    def full(source, target):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as disk:
        disk.setattr(journal.shutil, "copyfileobj", full)
        with pytest.raises(OSError, match="No space left"):
            shorten(30)
    assert file.read_text() == before
    assert shorten(30) == 30, "what was left half written is no obstacle"


BEGIN_PROCESS = """
import os
from articles.mail import journal
from articles.management import lifeline
lifeline.end_with(os.getppid())  # also where the test fails
"""
WRITE = """
written = os.open("{folder}/written-{writer}", os.O_WRONLY | os.O_CREAT)
for number in range(10_000_000):
    journal.note("handed_over", writer={writer}, number=number)
    os.pwrite(written, b"%09d" % number, 0)
"""
SHORTEN = """
import json, time
from datetime import datetime, timedelta
with journal.path().open() as lines:
    first = datetime.fromisoformat(next(json.loads(line)["at"] for line in lines if line.strip()))
for minute in range({minutes}):
    journal.shorten(first + timedelta(minutes=1 + minute))
time.sleep(600)
"""


def test_kills_of_what_shortens_it_while_others_write_lose_no_line(tmp_path):
    """The lines of each writer are all there, in order; of the old ones an end is."""
    file = tmp_path / "journal.jsonl"
    site = Site(tmp_path)
    lengths = [OLD]
    with nursery(ROOT, site.environment()) as processes:
        file.write_text("".join(f"\n{old}" for old in _minutes(OLD)))
        writers = [
            processes.start(BEGIN_PROCESS + WRITE.format(writer=number, folder=tmp_path)) for number in range(WRITERS)
        ]
        for _round in range(ROUNDS):
            two = [processes.start(BEGIN_PROCESS + SHORTEN.format(minutes=OLD // (4 * ROUNDS))) for _time in range(2)]
            assert soon(lambda: len(_old(file)) < lengths[-1], PATIENCE)
            time.sleep(random.uniform(0, 0.02))
            for process in two:
                assert processes.kill(process)
            lengths.append(len(_old(file)))
        for writer in writers:
            assert processes.kill(writer)
    assert lengths == sorted(lengths, reverse=True)
    assert _old(file) == _minutes(OLD)[-lengths[-1] :]
    entries = journal.read(file, since=BEGIN)
    for writer in range(WRITERS):
        numbers = [entry.facts["number"] for entry in entries if entry.facts.get("writer") == writer]
        assert len(numbers) > int((tmp_path / f"written-{writer}").read_text()) > 0
        assert numbers == list(range(len(numbers)))


def _minutes(many):
    return [
        json.dumps({"at": (BEGIN + timedelta(minutes=number)).isoformat(), "what": "old", "old": number})
        for number in range(many)
    ]


def _old(file):
    return [found for found in file.read_text().split("\n") if '"old":' in found]
