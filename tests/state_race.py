"""One process writes, another keeps what it reads: `python -m tests.state_race SECONDS SEED`, on the database of its
environment. It prints one JSON document: how often was asked, read and committed, and each answer that was wrong.
"""

import json
import mmap
import os
import random
import signal
import struct
import sys
import threading
import time
from collections import deque

NEVER = 32_000  # a value that is only ever rolled back
THREADS = 3


class Truth:
    """What the writer has begun and what it has committed, in memory that both processes see."""

    def __init__(self):
        self.memory = mmap.mmap(-1, 16)

    def set(self, place, value):
        self.memory[place * 8 : place * 8 + 8] = struct.pack("q", value)

    def get(self, place):
        return struct.unpack("q", self.memory[place * 8 : place * 8 + 8])[0]


BEGUN, COMMITTED = 0, 1


def write(truth, seed):
    """Until it is killed: changes of a row by each way that there is, some of them taken back."""
    from django.db import connection, transaction

    from articles.models import LinkHealth, Section, public_state

    draw, value = random.Random(seed), 0
    news = Section.objects.get(slug="news")

    def in_raw_sql():
        with connection.cursor() as cursor:
            cursor.execute("UPDATE articles_section SET position = %s WHERE slug = 'news'", [value])

    def save():
        news.position = value
        news.save()

    def in_a_long_transaction():
        with transaction.atomic():
            Section.objects.filter(slug="news").update(position=NEVER)
            time.sleep(draw.random() / 50)
            Section.objects.filter(slug="news").update(position=value)

    def migrate():
        public_state.lift()
        save()
        public_state.install()

    def lose_who_listens():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() "
                    "AND pid <> pg_backend_pid() AND query LIKE 'SELECT SUM(number)%%'"
                )
        save()

    ways = [in_raw_sql, save, in_a_long_transaction] * 8 + [migrate, lose_who_listens]
    while value < NEVER - 1:
        if draw.random() < 0.2:
            with transaction.atomic():
                Section.objects.filter(slug="news").update(position=NEVER)
                transaction.set_rollback(True)
        if draw.random() < 0.2:
            LinkHealth.objects.update_or_create(url="https://example.org/", defaults={"checked_on": "2026-11-30"})
        value += 1
        truth.set(BEGUN, value)
        draw.choice(ways)()
        truth.set(COMMITTED, value)
        time.sleep(draw.random() / 50)


class Readers:
    """Threads that ask as pages do, and note each answer that was no longer true, or not yet, or never."""

    def __init__(self, truth, delay):
        self.truth, self.delay = truth, delay
        self.asked, self.read, self.wrong, self.ends = 0, 0, [], threading.Event()

    def run(self, seconds):
        threads = [threading.Thread(target=self.ask) for _number in range(THREADS)]
        for thread in threads:
            thread.start()
        time.sleep(seconds)
        self.ends.set()
        for thread in threads:
            thread.join()

    def ask(self):
        from articles import cache

        committed = deque([(0.0, 0)])  # since when we know of which value
        while not self.ends.is_set():
            now = time.monotonic()
            committed.append((now, self.truth.get(COMMITTED)))
            while len(committed) > 1 and committed[1][0] <= now - self.delay:
                committed.popleft()
            oldest = committed[0][1]
            value = cache.by_state("position", self.position)
            self.asked += 1
            if not oldest <= value <= self.truth.get(BEGUN):
                self.wrong.append([oldest, value, self.truth.get(BEGUN)])
            time.sleep(0.0005)

    def position(self):
        from articles.models import Section

        self.read += 1
        return Section.objects.values_list("position", flat=True).get(slug="news")


def main(seconds, seed):
    import django

    django.setup()
    from django.db import connection

    from articles import public_state
    from articles.models import Section

    Section.objects.filter(slug="news").update(position=0)
    is_postgresql = connection.vendor == "postgresql"
    connection.close()
    truth = Truth()
    writer = os.fork()
    if not writer:
        try:
            write(truth, seed)
        finally:
            os._exit(1)  # it is killed before it ends
    readers = Readers(truth, public_state.GOOD_FOR if is_postgresql else 0.0)
    readers.run(seconds)
    os.kill(writer, signal.SIGKILL)
    _pid, status = os.waitpid(writer, 0)
    public_state.forget()
    found = {"asked": readers.asked, "read": readers.read, "committed": truth.get(COMMITTED)}
    print(json.dumps({**found, "wrong": readers.wrong[:5], "was_killed": os.WIFSIGNALED(status)}))


if __name__ == "__main__":
    main(float(sys.argv[1]), int(sys.argv[2]))
