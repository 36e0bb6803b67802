"""The demonstration as a site: prepared once a test run by README's first command, copied for each room that asks.

A copy keeps what the first command wrote, so the credits of its pictures and the mails of its last letter lead to the
address at which it was prepared. Everything else follows SITE_URL.
"""

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import policy
from email.message import EmailMessage, Message
from email.parser import BytesParser
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import psycopg

from tests.needs import free_port, on_postgresql
from tests.newsletter.nursery import Nursery
from tests.once import once

ROOT = Path(__file__).parents[1]
HOME = "home.html"  # beside the prepared site: what its front page said while the first command served it


@dataclass(frozen=True)
class Site:
    """A site: where it answers, where it keeps things, and how its commands are called."""

    url: str
    var: Path
    env: dict[str, str] = field(hash=False)
    processes: Nursery | None = field(default=None, hash=False)  # from which commands are forked, where there are many

    @property
    def port(self) -> str:
        return self.url.rpartition(":")[2]

    @property
    def log(self) -> Path:
        """What the command that serves it says."""
        return self.var.parent / "log"

    def manage(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        if self.processes:
            return self.processes.command(*arguments)
        command = [sys.executable, "manage.py", *arguments]
        return subprocess.run(command, cwd=ROOT, env=self.env, capture_output=True, text=True, timeout=1800)

    def password(self, username: str) -> str:
        found = re.search(rf"^{username}\s+(\S+)$", (self.var / "demo-accounts.txt").read_text(), re.MULTILINE)
        assert found, f"no password of {username}"
        return found[1]

    def mails(self) -> list[EmailMessage]:
        """Every mail that left the house, oldest first."""
        files = sorted((self.var / "mail").glob("*.eml"), key=lambda path: path.stat().st_mtime_ns)
        parsed = (BytesParser(policy=policy.default).parsebytes(path.read_bytes()) for path in files)
        return [mail for mail in parsed if isinstance(mail, EmailMessage)]

    def newest_mail(self, to: str, saying: str = "") -> EmailMessage:
        """The clock answers within a second or two, and in its next round what can wait so long."""
        end = time.monotonic() + 60
        while time.monotonic() < end:
            if found := [mail for mail in self.mails() if mail["To"] == to and saying in text_of(mail)]:
                return found[-1]
            time.sleep(0.2)
        raise AssertionError(f"no mail to {to}")


def text_of(mail: Message) -> str:
    assert isinstance(mail, EmailMessage)
    text = mail.get_body(("plain",))
    return str(text.get_content()) if text else ""


def site_in(folder: Path) -> Site:
    """A site of its own, of which nothing exists yet."""
    url = f"http://127.0.0.1:{free_port()}"
    env = {name: value for name, value in os.environ.items() if name not in {"SECRET_KEY", "DJANGO_SETTINGS_MODULE"}}
    return Site(url, folder / "var", env | {"VAR_DIR": str(folder / "var"), "SITE_URL": url, "DEMONSTRATION": "1"})


@contextmanager
def demonstration(folder: Path) -> Iterator[Site]:
    """The demonstration from nothing, prepared and served exactly as README's first command does."""
    found = site_in(folder)
    with own_database(found.env), served(found, "manage.py", "demo", "--port", found.port):
        yield found


def prepared(shared: Path) -> Path:
    """The prepared demonstration's folder, in one that all processes of the run share."""

    def prepare(folder: Path) -> None:
        with demonstration(folder) as site, urlopen(site.url, timeout=60) as answer:
            (folder / HOME).write_bytes(answer.read())

    return once(shared, "demonstration", prepare)


@contextmanager
def own_copy(shared: Path, folder: Path) -> Iterator[Site]:
    """The demonstration as a site of its own that nothing serves yet; on PostgreSQL it is prepared for itself."""
    found = site_in(folder)
    with own_database(found.env):
        if on_postgresql():
            done = found.manage("demo", "--no-serve", "--port", found.port)
            assert done.returncode == 0, done.stderr
        else:
            shutil.copytree(prepared(shared), folder, dirs_exist_ok=True)
        yield found


@contextmanager
def served(site: Site, *arguments: str) -> Iterator[None]:
    """The site while a command serves it, once it is ready."""
    with open(site.log, "w") as log:
        process = subprocess.Popen([sys.executable, *arguments], cwd=ROOT, env=site.env, stdout=log, stderr=log)
    try:
        wait_for(site.url + "/health/ready", lambda: process.poll() is None, site.log)
        yield
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(120)


def wait_for(url: str, is_alive: Callable[[], bool], log: Path) -> None:
    for _attempt in range(3000):  # five minutes: a machine may be busy
        if not is_alive():
            raise AssertionError(f"the server ended: {log.read_text()}")
        try:
            urlopen(url, timeout=60).close()
            return
        except HTTPError as problem:
            if problem.code != 503:  # a busy machine is not ready yet
                raise AssertionError(f"{problem} from {url}: {log.read_text()}") from problem
        except OSError:
            pass
        time.sleep(0.1)
    raise AssertionError(f"no answer from {url}: {log.read_text()}")


class own_database:  # noqa: N801  reads as a verb where it is used
    """On PostgreSQL a database of its own, dropped afterwards; SQLite's lies under VAR_DIR and needs nothing."""

    def __init__(self, env: dict[str, str]) -> None:
        self.server, self.env = os.environ.get("DATABASE_URL", ""), env
        self.name = f"journey_{os.getpid()}_{env['SITE_URL'].rpartition(':')[2]}"

    def __enter__(self) -> None:
        if on_postgresql():
            self._execute(f"CREATE DATABASE {self.name}")
            self.env["DATABASE_URL"] = self.server.rpartition("/")[0] + f"/{self.name}"

    def __exit__(self, *error: object) -> None:
        if on_postgresql():
            self._execute(f"DROP DATABASE {self.name} WITH (FORCE)")

    def _execute(self, statement: str) -> None:
        with psycopg.connect(self.server, autocommit=True) as connection:
            connection.execute(statement.encode())
