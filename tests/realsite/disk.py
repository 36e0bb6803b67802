"""Disks that are full while something is published, uploaded, sent or backed up: nothing may be half done after it."""

import os
import time
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg

from tests.realsite.faults import BETWEEN, Found, fault
from tests.realsite.installing import PATIENCE, STATE, until
from tests.realsite.load import Load

BACKUPS, DATABASE = Path("/srv/backups"), Path("/var/lib/site-database")
READERS = 60  # of an issue


@contextmanager
def full(*disks):
    """Nothing more can be written to them while the block runs."""
    try:
        for disk in disks:
            fill(disk / "filler")
        yield
    finally:
        for disk in disks:
            (disk / "filler").unlink(missing_ok=True)


def fill(path):
    """Down to the last page."""
    with open(path, "wb", buffering=0) as file:
        for size in (1 << 20, 4096):
            try:
                while True:
                    file.write(b"\0" * size)
            except OSError:
                os.fsync(file.fileno())


def attempts(site, times, attempt):
    """Makes each attempt and lets it find what is wrong, under load."""
    found = Found()
    with Load(site) as load:
        for number in range(times):
            attempt(number, found)
            found.times += 1
            time.sleep(BETWEEN)
    found.answers = load.answers
    return found


@contextmanager
def full_for_a_while(site, found, *disks, to_the_last=False):
    """Behind it there is room again; how long the site takes then to be whole."""
    with full(*disks):
        if to_the_last:
            use_up_the_log(site.database)
        yield
    freed = time.monotonic()
    if not is_up_again(site):
        found.wrong.append("the site did not come back when there was room again")
    found.recoveries.append(time.monotonic() - freed)


def use_up_the_log(database):
    """PostgreSQL goes on in what it had reserved for its log, and ends where that does."""
    with suppress(psycopg.Error), psycopg.connect(database.url, autocommit=True) as connection:
        for _megabyte in range(500):
            connection.execute("SELECT pg_logical_emit_message(true, 'filler', repeat('x', 1000000))")
        raise RuntimeError("PostgreSQL has room for its log on a full disk")


def is_up_again(site):
    """Its operator, or its unit, starts PostgreSQL again."""
    try:
        site.database.ask("SELECT 1")
    except psycopg.OperationalError:
        site.database.stop()
        site.database.start()
    return until(site.is_whole, PATIENCE)


def refused_in_words(done, found):
    if "Traceback" in done.stderr:
        found.wrong.append(f"a traceback: {done.stderr.splitlines()[-1]}")


@fault("disk-publish", 10.0)
def publish(site, times):
    """An article is published while no disk has room: it is public as a whole, or not at all."""

    def attempt(number, found):
        slug = site.act("article")
        with full_for_a_while(site, found, STATE, DATABASE, to_the_last=number % 2 == 0):
            done = site.manage("publish_article", slug, "--by=editor", check=False)
        refused_in_words(done, found)
        known, page = site.act("editions", slug), site.directly(f"/articles/{slug}/")
        if (done.returncode, known, page) not in ((0, 1, 200), (1, 0, 404)):
            found.wrong.append(f"exit {done.returncode}, {known} versions, the page is {page}")
        if not known:
            site.manage("publish_article", slug, "--by=editor")

    return attempts(site, times, attempt)


@fault("disk-upload", 10.0)
def upload(site, times):
    """A picture is uploaded while no disk has room: it is refused in words, and no file and no row is left of it."""

    def attempt(number, found):
        before = site.act("library")
        with full_for_a_while(site, found, STATE):
            came = site.act("upload")
            after = site.act("library")
        if "refused" not in came or after != before or after["unfinished"]:
            found.wrong.append(f"{came}, and {after['rows'] - before['rows']} rows more")
        if "stored" not in site.act("upload"):
            found.wrong.append("refused although there is room again")
        if lost := site.act("library")["without"]:
            found.wrong.append(f"pictures without a file: {lost}")

    return attempts(site, times, attempt)


@fault("disk-newsletter", 10.0)
def newsletter(site, times):
    """The disks are full for some seconds while an issue is sent: each reader gets it once."""

    def attempt(number, found):
        site.relay.stop()
        site.relay.start(latency=0.1)
        had = len(site.relay.taken())
        issue = site.act("issue", READERS)
        until(lambda: len(site.relay.taken()) >= had + 5)
        with full_for_a_while(site, found, STATE, DATABASE, to_the_last=True):
            time.sleep(8)
        if until(lambda: site.act("deliveries", issue)["state"] == "sent", 3 * PATIENCE) is None:
            found.wrong.append(f"not finished: {site.act('deliveries', issue)}")
        each_once(site, issue, found)

    return attempts(site, times, attempt)


def each_once(site, issue, found):
    """Every reader of that issue has it once, by what the mail server took."""
    first = 1000 * issue
    wanted = {f"reader{number}@example.org" for number in range(first, first + READERS)}
    got = [entry["to"] for entry in site.relay.taken() if entry["to"] in wanted]
    if len(got) != len(set(got)):
        found.wrong.append(f"{len(got) - len(set(got))} of {READERS} got it twice")
    if missing := len(wanted - set(got)):
        found.wrong.append(f"{missing} of {READERS} did not get it")


@fault("disk-backup", 10.0)
def backup(site, times):
    """A backup is made while its disk, or that of the site, is full: it is refused, and no part of it stays."""

    def attempt(number, found):
        before = {path.name for path in BACKUPS.rglob("*")}
        with full_for_a_while(site, found, (BACKUPS, STATE)[number % 2]):
            done = site.manage("backup", str(BACKUPS), check=False)
        refused_in_words(done, found)
        left = {path.name for path in BACKUPS.rglob("*")} - before
        if done.returncode and left - {".lock", "files"}:
            found.wrong.append(f"left behind: {sorted(left)}")
        if done.returncode == 0 and number % 2 == 0:
            found.wrong.append("it was made on a full disk")
        site.manage("backup", str(BACKUPS))

    return attempts(site, times, attempt)
