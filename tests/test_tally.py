"""What a process counts is added to the database once a minute, and when the process ends; nothing is lost between."""

import subprocess
import sys
import threading
from collections import Counter

from django.db import OperationalError

from articles.tally import Tally

ENDS_AT_ONCE = """
import threading
from articles.tally import Tally
tally = Tally(lambda counted: print(dict(counted)), most=5)
server = threading.Thread(target=tally.add, args=["page"], daemon=True)  # as those of a server are
server.start()
server.join()
tally.add("page")
"""


class Table:
    def __init__(self):
        self.rows, self.is_refusing = Counter(), False

    def add(self, counted):
        if self.is_refusing:
            raise OperationalError("database is locked")
        self.rows += counted


def test_what_the_database_refuses_is_added_with_what_is_counted_next():
    table = Table()
    tally = Tally(table.add, most=5)
    table.is_refusing = True
    tally.add("one")
    tally.flush()
    table.is_refusing = False
    tally.add("one")
    tally.add("two")
    tally.flush()
    assert table.rows == {"one": 2, "two": 1}
    tally.flush()
    assert table.rows == {"one": 2, "two": 1}


def test_one_thread_is_begun_until_what_was_counted_is_written(monkeypatch):
    begun, table = [], Table()
    monkeypatch.setattr(Tally, "begin", lambda self: begun.append(1))
    tally = Tally(table.add, most=5)
    for _time in range(3):
        tally.add("one")
    assert len(begun) == 1
    tally.flush()
    tally.add("one")
    assert len(begun) == 2


def test_sixteen_threads_count_every_time(monkeypatch):
    table = Table()
    tally = Tally(table.add, most=1)
    threads = [threading.Thread(target=lambda: [tally.add("page") for _ in range(500)]) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    tally.flush()
    assert table.rows == {"page": 8000}


def test_a_process_that_ends_writes_what_it_counted():
    ended = subprocess.run(
        [sys.executable, "-c", ENDS_AT_ONCE],
        env={"DJANGO_SETTINGS_MODULE": "tests.settings"},
        capture_output=True,
        text=True,
        timeout=30,
        check=True,
    )
    assert ended.stdout == "{'page': 2}\n"
