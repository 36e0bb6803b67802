"""A site of its own, in processes that can be killed: database, mail server, senders.

`python -m tests.newsletter.site prepare 10000` and the like are what those processes run.
"""

import json
import os
import random
import resource
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from email.parser import BytesHeaderParser
from pathlib import Path

from tests.needs import free_port
from tests.newsletter.relay import Relay

ROOT = Path(__file__).parents[2]
SETTLES = 2.0  # seconds, for a relay on this machine


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
    """The product, run as its owner runs it: manage.py with an environment."""

    def __init__(self, folder, database=""):
        self.folder, self.database = folder, database
        self.processes = []

    def environment(self, relay=None, *, askable=True, **more):
        env = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
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

    def run(self, deed, relay=None, *arguments):
        """Runs one of the deeds below in a process; what it printed, as JSON."""
        command = [sys.executable, "-m", "tests.newsletter.site", deed, *map(str, arguments)]
        env = self.environment(relay)
        done = subprocess.run(command, cwd=ROOT, env=env, check=True, stdout=subprocess.PIPE, text=True)
        return json.loads(done.stdout.splitlines()[-1])

    def migrate(self):
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

    def python(self, words, relay=None, *, askable=True):
        """A process that runs some lines of Python in the site; the relay knows at once what it took."""
        command = [sys.executable, "-c", f"import django; django.setup()\n{words}"]
        return self.started(command, self.environment(relay, askable=askable, RELAY_SETTLES="0"))

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

    def has_signed_on(self, sender):
        """Whether a sender is at work, and so has heard that it may be told to stop."""
        return any((self.folder / "senders").glob(f"*-{sender.pid}-*"))

    def send_and_kill(self, relay, *, kills, askable=True, workers=1):
        """Sends until everything is settled, with kill -9 at moments after random numbers of letters."""
        total = self.run("counts")["total"]
        killed = 0
        with self.nursery(relay, askable=askable) as nursery:
            for point in sorted(random.sample(range(1, total), kills)):
                sender = nursery.sender(self.number, workers)
                while nursery.is_alive(sender) and lines(relay.journal) < point:
                    time.sleep(random.uniform(0, 0.004))
                time.sleep(random.uniform(0, 0.01))
                killed += nursery.kill(sender)
            nursery.wait(nursery.sender(self.number, workers))
        return self.outcome(relay, kills=killed)

    @contextmanager
    def nursery(self, relay, *, askable=True):
        """Starts senders in a moment: a process that has everything loaded, and forks."""
        command = [sys.executable, "-m", "tests.newsletter.site", "nurse"]
        env = self.environment(relay, askable=askable)
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True, "bufsize": 1}
        process = subprocess.Popen(command, cwd=ROOT, env=env, **pipes)
        try:
            yield Nursery(process)
        finally:
            process.stdin.close()
            process.wait()

    def kill_at(self, stage, *, prepare, deed, rounds, askable):
        """kill -9 on a deed that waits at a stage of its conversation, then the deed again; the Message-IDs taken."""
        self.migrate()
        assert self.python(prepare).wait(60) == 0
        journal = self.folder / "taken.jsonl"
        journal.touch()
        with Relay(journal).running() as relay:
            running = Running(relay.port, journal)
            relay.always[stage] = "stall"
            killed = self.python(deed, running, askable=askable)
            relay.stalled.wait(60)
            killed.kill()
            killed.wait()
            relay.always.clear()
            for _round in range(rounds):
                assert self.python(deed, running, askable=askable).wait(60) == 0
        return [entry["message_id"] for entry in running.taken()]

    def outcome(self, relay, *, kills):
        report = self.run("counts")
        copies = Counter(entry["message_id"] for entry in relay.taken())
        return Outcome(
            kills=kills,
            doubled={message_id for message_id, number in copies.items() if number > 1},
            missed=report["total"] - len(copies),
            listed={row["message_id"] for row in report["was_uncertain"]},
            counts={name: number for name, number in report["counts"].items() if number},
            issue=report["issue"],
        )


class Nursery:
    """The end of a nursery's pipe that is here."""

    def __init__(self, process):
        self.process = process

    def _say(self, *words):
        self.process.stdin.write(" ".join(map(str, words)) + "\n")
        return self.process.stdout.readline().strip()

    def sender(self, number, workers):
        """The process id of a new sender."""
        return int(self._say("send", number, workers))

    def is_alive(self, sender):
        return self._say("alive", sender) == "yes"

    def kill(self, sender):
        """kill -9. Whether it was still alive."""
        return self._say("kill", sender) == "-9"

    def wait(self, sender):
        return int(self._say("wait", sender))


def nurse():
    """Forks senders on demand; a sender is a process of its own, that dies like any other."""
    import articles.management.commands.send_issue  # noqa: F401  loaded before, not in each child

    ended = {}
    for line in sys.stdin:
        word, *given = line.split()
        sender = int(given[0])
        if word == "send":
            print(_forked(*given), flush=True)
            continue
        if word == "kill" and sender not in ended:
            with suppress(ProcessLookupError):
                os.kill(sender, signal.SIGKILL)
        if sender not in ended:
            pid, status = os.waitpid(sender, os.WNOHANG if word == "alive" else 0)
            if pid:
                ended[sender] = os.waitstatus_to_exitcode(status)
        print({"alive": "no" if sender in ended else "yes"}.get(word, ended.get(sender)), flush=True)
    return {}


def _forked(number, workers):
    from django.core.management import call_command

    child = os.fork()
    if child:
        return child
    try:
        call_command("send_issue", int(number), workers=int(workers), stdout=sys.stderr)
    finally:
        os._exit(0)


def lines(path):
    """How many lines a growing file has, without reading it again from its start: a letter's entry has one length."""
    return path.read_bytes().count(b"\n") if path.exists() else 0


# What the processes do ------------------------------------------------------------------------------------------------


def prepare(readers):
    """Printed articles, readers, an approved issue."""

    from django.core.management import call_command
    from django.db import connection

    from articles.models import guards
    from articles.newsletter import building
    from tests import factories
    from tests.newsletter.mailing import articles_of_a_week, subscribe

    guards.lift()
    call_command("flush", interactive=False, verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM articles_search")  # it belongs to no model, so a flush leaves it
    factories.restore_what_migrations_made()
    guards.install()
    subscribe(int(readers))
    articles_of_a_week()
    issue = building.approve(building.build(), by=factories.newsletter_editor())
    return {"number": issue.number}


def counts():
    """What the ledger says."""
    from articles.models import Issue, Suppression
    from articles.newsletter.sending import settling

    issue = Issue.objects.latest("number")
    found = settling.counts(issue)
    return {
        "counts": found,
        "total": sum(found.values()),
        "issue": issue.state,
        "was_uncertain": list(settling.doubtful(issue).values("message_id", "state", "attempts")),
        "suppressed": Suppression.objects.count(),
    }


def waiting():
    """What pages left for the clock to answer."""
    from articles.models import Wish

    return {"wishes": Wish.objects.count()}


def wire():
    """Sends everything into the folder, and looks at every letter there."""
    from django.conf import settings

    from articles.newsletter.sending import outbox
    from tests.newsletter import wire as rules

    outbox.send_due(threading.Event())
    letters, wrong = [], Counter()
    for path in Path(settings.EMAIL_FILE_PATH).glob("letter-*.eml"):
        top, _crlf, raw = path.read_bytes().partition(b"\r\n")
        mail = BytesHeaderParser().parsebytes(raw)
        sender = top.decode().removeprefix("Return-Path: <").removesuffix(">")
        wrong.update(
            rules.problems(
                raw, mail_from=sender, to=mail["To"], site=settings.SITE_URL, postal_address=settings.POSTAL_ADDRESS
            )
        )
        about = {"message_id": mail["Message-ID"], "leave": mail["List-Unsubscribe"], "from": sender, "to": mail["To"]}
        letters.append(about)
    return {"letters": len(letters), "problems": wrong, "shared": rules.seen_twice(letters)}


def plain(start, number):
    """Django's own way: every message made, then sent over one connection."""
    from django.core.mail import EmailMultiAlternatives, get_connection

    from articles.models import Issue
    from articles.newsletter import consent, messages

    issue = Issue.objects.latest("number")
    letter = messages.letter(issue)

    def made():
        chosen = issue.deliveries.select_related("subscription").order_by("pk")[int(start) : int(start) + int(number)]
        for row in chosen.iterator():
            reader = row.subscription
            links = {"leave": consent.leave_link(reader), "preferences": consent.preferences_link(reader)}
            said = letter.for_reader(sections=row.sections, **links)
            headers = {**said.headers, "Message-ID": row.message_id}
            mail = EmailMultiAlternatives(said.subject, said.text, None, [reader.email], headers=headers)
            mail.attach_alternative(said.html, "text/html")
            yield mail

    started = time.monotonic()
    with get_connection() as connection:
        connection.send_messages(made())
    return {"seconds": time.monotonic() - started, "megabytes": _megabytes()}


def ledger(number):
    """Ours, with one sender, that many letters on."""
    from articles.models import Issue
    from articles.newsletter.sending import senders
    from articles.newsletter.sending.door import way_out
    from articles.newsletter.sending.worker import Worker

    issue, stop, way = Issue.objects.latest("number"), threading.Event(), way_out()
    hand_over, left = way.hand_over, [int(number)]

    def counted(envelope):
        left[0] -= 1
        if not left[0]:
            stop.set()
        return hand_over(envelope)

    way.hand_over = counted
    started = time.monotonic()
    with senders.signed_on() as sender:
        Worker(issue, sender=sender, stop=stop, way=way).run()
    return {"seconds": time.monotonic() - started, "megabytes": _megabytes(), "bytes": _size(issue)}


def _size(issue):
    from articles.newsletter import messages

    whole = messages.letter(issue).for_nobody()
    return len(whole.html.encode()) + len(whole.text.encode())


def _megabytes():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    import django

    django.setup()
    print(json.dumps(globals()[sys.argv[1]](*sys.argv[2:])))
