"""The real site in a folder of its own, served by its own command, and a browser that visits it."""

import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import policy
from email.message import EmailMessage, Message
from email.parser import BytesParser
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import greenlet
import psycopg
import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.needs import free_port

ROOT = Path(__file__).parents[2]
STUCK = 280  # seconds
CHROMIUM = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Now and then Chromium stops answering, and most calls of Playwright wait for it without end.

    Such a test ends by its timeout, its process with it, and is run once more in another. One that fails is not.
    """
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.flaky(reruns=1, only_rerun="(?!)"))


@pytest.fixture(autouse=True)
def says_where_it_waits(request: pytest.FixtureRequest) -> Iterator[None]:
    """While a test waits for the browser it stands in a greenlet aside, where faulthandler does not look."""
    aside, capture = greenlet.getcurrent(), request.config.pluginmanager.getplugin("capturemanager")

    def say() -> None:
        with capture.global_and_fixture_disabled():
            print(f"{request.node.nodeid} waits:", file=sys.stderr)
            traceback.print_stack(aside.gr_frame)

    timer = threading.Timer(STUCK, say)
    timer.start()
    yield
    timer.cancel()


@dataclass(frozen=True)
class Site:
    """A running site: where it answers, where it keeps things, and how its commands are called."""

    url: str
    var: Path
    env: dict[str, str] = field(hash=False)

    def manage(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "manage.py", *arguments]
        return subprocess.run(command, cwd=ROOT, env=self.env, capture_output=True, text=True, timeout=300)

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


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with demonstration(tmp_path_factory.mktemp("site")) as found:
        yield found


@contextmanager
def demonstration(folder: Path) -> Iterator[Site]:
    """The demonstration, prepared and served exactly as the README's first command does."""
    found = site_in(folder)
    port = found.url.rpartition(":")[2]
    with own_database(found.env), served(found, "manage.py", "demo", "--port", port):
        yield found


def site_in(folder: Path) -> Site:
    """A site of its own, of which nothing exists yet."""
    url = f"http://127.0.0.1:{free_port()}"
    env = {name: value for name, value in os.environ.items() if name not in {"SECRET_KEY", "DJANGO_SETTINGS_MODULE"}}
    return Site(url, folder / "var", env | {"VAR_DIR": str(folder / "var"), "SITE_URL": url, "DEMONSTRATION": "1"})


@contextmanager
def served(site: Site, *arguments: str) -> Iterator[None]:
    """The site while a command serves it, once it is ready."""
    with open(site.var.parent / "log", "w") as log:
        process = subprocess.Popen([sys.executable, *arguments], cwd=ROOT, env=site.env, stdout=log, stderr=log)
    try:
        wait_for(site.url + "/health/ready", process, site.var.parent / "log")
        yield
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)


class own_database:  # noqa: N801  reads as a verb where it is used
    """On PostgreSQL a database of its own, dropped afterwards; SQLite's lies under VAR_DIR and needs nothing."""

    def __init__(self, env: dict[str, str]) -> None:
        self.server, self.env = os.environ.get("DATABASE_URL", ""), env
        self.name = f"journey_{os.getpid()}_{env['SITE_URL'].rpartition(':')[2]}"

    def __enter__(self) -> None:
        if self.server.startswith("postgres"):
            self._execute(f"CREATE DATABASE {self.name}")
            self.env["DATABASE_URL"] = self.server.rpartition("/")[0] + f"/{self.name}"

    def __exit__(self, *error: object) -> None:
        if self.server.startswith("postgres"):
            self._execute(f"DROP DATABASE {self.name} WITH (FORCE)")

    def _execute(self, statement: str) -> None:
        with psycopg.connect(self.server, autocommit=True) as connection:
            connection.execute(statement.encode())


def wait_for(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    for _attempt in range(3000):  # five minutes: a machine may be busy
        if process.poll() is not None:
            raise AssertionError(f"the server ended: {log.read_text()}")
        try:
            urlopen(url, timeout=2).close()
            return
        except HTTPError as problem:
            raise AssertionError(f"{problem} from {url}: {log.read_text()}") from problem
        except OSError:
            time.sleep(0.1)
    raise AssertionError(f"no answer from {url}: {log.read_text()}")


@pytest.fixture(scope="session")
def browser(needs_chromium: None) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=CHROMIUM)
        yield chromium
        chromium.close()


@pytest.fixture
def phone(site: Site, browser: Browser) -> Iterator[Page]:
    """A reader's telephone with scripts switched off; nothing that they visit leaves a cookie on it."""
    context = browser.new_context(
        viewport={"width": 390, "height": 844},
        has_touch=True,
        is_mobile=True,
        java_script_enabled=False,
        base_url=site.url,
    )
    yield context.new_page()
    assert context.cookies() == []
    context.close()
