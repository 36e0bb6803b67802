"""A site of its own, in processes that can be killed: database, mail server, senders."""

import json
import os
import random
import shutil
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.needs import free_port
from tests.newsletter.nursery import Nursery, nursery
from tests.newsletter.relay import Relay

ROOT = Path(__file__).parents[2]
SETTLES = 2.0  # seconds, for a relay on this machine
MUTE = "from django.conf import settings\nsettings.RELAY_JOURNAL = ''\n"  # before what a process runs: none can ask


@dataclass
class Running:
    """A mail server in a process of its own, and where it writes what it took."""

    port: int
    journal: Path

    def taken(self):
        """What it took, in order."""
        return [json.loads(line) for line in self.journal.read_text().splitlines()] if self.journal.exists() else []


@dataclass
class Outcome:
    """What readers got, against what the ledger says."""

    kills: int
    doubled: set
    missed: int
    listed: set  # Message-IDs that the report names
    counts: dict
    issue: str

    @property
    def unlisted(self):
        return self.doubled - self.listed

    def told(self):
        return (
            f"{self.kills} kills: {len(self.doubled)} doubled ({len(self.unlisted)} of them not listed), "
            f"{self.missed} missed, {len(self.listed)} listed as uncertain; issue {self.issue}, {self.counts}"
        )


class Site:
    """The product, run as its owner runs it: manage.py with an environment.

    `empty` is an empty SQLite database, which is copied where migrating is not what is tested.
    """

    def __init__(self, folder, database="", empty=None):
        self.folder, self.database, self.empty = folder, database, empty
        self.processes = []

    def environment(self, relay=None, *, askable=True, **more):
        # As where it is deployed, modules are compiled once and not at each start.
        left_out = {"DJANGO_SETTINGS_MODULE", "PYTHONDONTWRITEBYTECODE"}
        env = {name: value for name, value in os.environ.items() if name not in left_out}
        env |= {
            "SECRET_KEY": "only for tests, and long enough that no check complains about it: 0123456789",
            "VAR_DIR": str(self.folder),
            "SITE_URL": "https://example.org",
            "POSTAL_ADDRESS": "1 Example Street, Exampleton",
            "RELAY_SETTLES": str(SETTLES),
            "DATABASE_URL": self.database,
            "DJANGO_SETTINGS_MODULE": "pain_site.settings",
            "PYTHONPATH": str(ROOT),
        }
        if relay is not None:
            env["EMAIL_URL"] = f"smtp://127.0.0.1:{relay.port}"
            env["RELAY_JOURNAL"] = str(relay.journal) if askable else ""
        return {**env, **more}

    def run(self, what, relay=None, *arguments):
        """Runs a function of `processes` in a process; what it printed, as JSON."""
        command = [sys.executable, "-m", "tests.newsletter.processes", what, *map(str, arguments)]
        env = self.environment(relay)
        done = subprocess.run(command, cwd=ROOT, env=env, check=True, stdout=subprocess.PIPE, text=True)
        return json.loads(done.stdout.splitlines()[-1])

    def migrate(self):
        """Makes the database; one that is there already is empty again, where it can be copied."""
        if self.empty:
            for left in self.folder.glob("site.sqlite3*"):
                left.unlink()
            shutil.copyfile(self.empty, self.folder / "site.sqlite3")
            return
        manage = [sys.executable, "manage.py", "migrate", "-v0"]
        subprocess.run(manage, cwd=ROOT, env=self.environment(), check=True)

    def prepare(self, readers):
        """An approved issue for that many readers, in an empty database."""
        self.migrate()
        self.number = self.run("prepare", None, readers)["number"]

    @contextmanager
    def relay(self, latency=0.0):
        running = Running(free_port(), self.folder / f"taken-{time.monotonic_ns()}.jsonl")
        command = [sys.executable, "-m", "tests.newsletter.relay", "--port", str(running.port)]
        command += ["--journal", str(running.journal), "--latency", str(latency)]
        process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, env=self.environment())
        try:
            assert process.stdout.readline() == b"listening\n", "the relay did not start"
            yield running
        finally:
            process.terminate()
            process.wait()

    def sender(self, relay, *, askable=True, workers=1, **more):
        """`send_issue`, started."""
        command = [sys.executable, "manage.py", "send_issue", str(self.number), "--workers", str(workers)]
        return self.started(command, self.environment(relay, askable=askable, **more), stdout=subprocess.DEVNULL)

    def started(self, command, env, **pipes):
        self.processes.append(subprocess.Popen(command, cwd=ROOT, env=env, **pipes))
        return self.processes[-1]

    def end(self):
        """Nothing goes on behind a test that failed: a sender without its relay would try for days."""
        for process in self.processes:
            process.kill()
            process.wait()

    def has_in_hand(self, sender):
        """Whether a sender has claimed a letter whose end it has not recorded yet, read beside it."""
        claimed = "SELECT count(*) FROM articles_delivery WHERE state = 'claimed' AND claimed_by LIKE ?"
        with closing(sqlite3.connect(self.folder / "site.sqlite3")) as database:
            return database.execute(claimed, [f"%-{sender}-%"]).fetchone()[0] > 0

    def sending(self, *, askable=True, workers=1):
        """`send_issue`, for a process that is forked."""
        command = f"call_command('send_issue', {self.number}, workers={workers})"
        return f"{'' if askable else MUTE}from django.core.management import call_command\n{command}"

    def send_and_kill(self, relay, processes, *, kills, **how):
        """Sends until everything is settled, with kill -9 at moments after random numbers of letters."""
        total, killed = processes.report("counts")["total"], 0
        for point in sorted(random.sample(range(1, total), kills)):
            sender = processes.start(self.sending(**how))
            while processes.is_alive(sender) and lines(relay.journal) < point:
                time.sleep(random.uniform(0, 0.004))
            time.sleep(random.uniform(0, 0.01))
            killed += processes.kill(sender)
        processes.run(self.sending(**how))
        return self.outcome(relay, kills=killed, processes=processes)

    @contextmanager
    def killing(self, *, settles=0.0):
        """A site on which processes are killed, again and again, each time from an empty database."""
        journal = self.folder / "taken.jsonl"
        with Relay(journal).running() as relay:
            running = Running(relay.port, journal)
            with nursery(ROOT, self.environment(running, RELAY_SETTLES=str(settles))) as processes:
                yield Killing(self, relay, running, processes)

    def outcome(self, relay, *, kills, processes=None):
        report = processes.report("counts") if processes else self.run("counts")
        copies = Counter(entry["message_id"] for entry in relay.taken())
        return Outcome(
            kills=kills,
            doubled={message_id for message_id, number in copies.items() if number > 1},
            missed=report["total"] - len(copies),
            listed={row["message_id"] for row in report["was_uncertain"]},
            counts={name: number for name, number in report["counts"].items() if number},
            issue=report["issue"],
        )


@dataclass
class Killing:
    """kill -9 at a stage of the conversation with a mail server that knows at once what it took."""

    site: Site
    relay: Relay
    running: Running
    processes: Nursery

    def begin(self):
        """The database is as it was; it begins again with the Message-IDs of the last one."""
        self.site.migrate()
        os.truncate(self.running.journal, 0)

    def at(self, stage, *, prepare, act, rounds, askable):
        """Kills what `act` (lines of Python) does as it waits at a stage, then lets it be done again so many rounds.

        The Message-IDs that the mail server took.
        """
        self.begin()
        self.processes.run(prepare)
        act = act if askable else MUTE + act
        self.relay.stalled.clear()
        self.relay.always[stage] = "stall"
        killed = self.processes.start(act)
        assert self.relay.stalled.wait(120), f"it did not come to {stage}"
        assert self.processes.kill(killed), "it had ended by itself"
        self.relay.always.clear()
        for _round in range(rounds):
            self.processes.run(act)
        return [entry["message_id"] for entry in self.running.taken()]


def lines(path):
    """How many lines a growing file has, without reading it again from its start: a letter's entry has one length."""
    return path.read_bytes().count(b"\n") if path.exists() else 0
