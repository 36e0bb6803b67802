"""Prints the figures that the project promises, as a table: `python -m tests.bench.measure`.

It clones the repository, runs the README's commands there as a newcomer would, and measures what comes out. Nothing
here is asserted: a busy machine is slow without anything being wrong.
"""

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

from playwright.sync_api import sync_playwright

from tests import needs
from tests.journeys import weight
from tests.journeys.axe import violations
from tests.journeys.pages import LISTED, UNLISTED

ROOT = Path(__file__).parents[2]
PAGES = LISTED | UNLISTED
PORT = 8791
HOME = f"http://127.0.0.1:{PORT}/"
SECOND = f"exec .venv/bin/python manage.py demo --port {PORT}"
FIRST = f"python3 -m venv .venv && .venv/bin/pip install -q -r requirements.txt && {SECOND}"


def main() -> None:
    rows: list[tuple[str, str, str]] = []
    with tempfile.TemporaryDirectory() as folder:
        clone = Path(folder) / "clone"
        subprocess.run(["git", "clone", "-q", ROOT, clone], check=True)
        with served(FIRST, clone) as seconds:
            rows.append(("fresh clone to a served home page", f"{seconds:.1f} s", "at most 90 s"))
        with served(SECOND, clone) as seconds:
            rows.append(("second start", f"{seconds:.1f} s", "at most 5 s"))
            rows += page_figures()
            rows += axe_figures()
        rows += query_figures(clone)
        rows.append(("the whole test run", f"{test_run(clone):.0f} s", "at most 360 s"))
    width = max(len(row[0]) for row in rows)
    for name, value, promise in rows:
        print(f"{name:{width}}  {value:>24}  {promise}")


@contextmanager
def served(command: str, folder: Path) -> Iterator[float]:
    """Seconds until the home page answers; the server is stopped afterwards."""
    env = {name: value for name, value in os.environ.items() if name not in {"SECRET_KEY", "VAR_DIR", "DATABASE_URL"}}
    started = time.monotonic()
    process = subprocess.Popen(["bash", "-c", command], cwd=folder, env=env, stdout=subprocess.DEVNULL)
    try:
        while True:
            if process.poll() is not None:
                sys.exit(f"The server ended with exit {process.returncode}.")
            try:
                urlopen(HOME, timeout=2).close()
                break
            except OSError:
                time.sleep(0.1)
        yield time.monotonic() - started
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)


def page_figures() -> list[tuple[str, str, str]]:
    """The largest article page: its HTML and CSS compressed, its scripts, its cookies."""
    home = urlopen(HOME).read().decode()
    largest, scripts, cookies, name = 0, 0, 0, ""
    addresses = {
        address for page in ("", "conditions/", "treatments/", "news/") for address in articles_on(HOME + page)
    }
    for address in sorted(addresses):
        answer = urlopen(HOME.rstrip("/") + address)
        html = answer.read()
        size = weight.compressed(html) + weight.of_sheets(html, HOME)
        scripts += html.count(b"<script")
        cookies += len(answer.headers.get_all("Set-Cookie") or [])
        if size > largest:
            largest, name = size, address
    assert home
    assert addresses, "no articles were found on the home page"
    return [
        (f"HTML and CSS, compressed ({name})", f"{largest} bytes", f"at most {weight.LIMIT} bytes"),
        (f"scripts on {len(addresses)} article pages", str(scripts), "0"),
        (f"cookies of {len(addresses)} article pages", str(cookies), "0"),
    ]


def axe_figures() -> list[tuple[str, str, str]]:
    """What axe finds on every public page type, with every rule, light and dark."""
    found = 0
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=needs.chromium(), args=["--no-sandbox"])
        for scheme in ("light", "dark"):
            page = browser.new_page(viewport={"width": 390, "height": 844}, color_scheme=scheme)
            for address in PAGES.values():
                page.goto(HOME.rstrip("/") + address)
                found += len(violations(page))
        browser.close()
    return [(f"axe, {len(PAGES)} page types, light and dark", f"{found} violations", "0")]


def test_run(clone: Path) -> float:
    """Seconds that the README's second command takes, packages included."""
    command = ".venv/bin/pip install -q -r tests/requirements.txt && .venv/bin/python -m pytest"
    started = time.monotonic()
    done = subprocess.run(["bash", "-c", command], cwd=clone, capture_output=True, text=True)
    if done.returncode:
        print(done.stdout[-3000:], file=sys.stderr)
    return time.monotonic() - started


def articles_on(address: str) -> set[str]:
    return set(re.findall(r'href="(/articles/[^"]+/)"', urlopen(address).read().decode()))


QUERIES = """
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from articles.models import Edition
worst = 0
for edition in Edition.objects.live():
    with CaptureQueriesContext(connection) as queries:
        Client().get(edition.get_absolute_url(), headers={"host": "127.0.0.1"})
    worst = max(worst, len(queries))
print("QUERIES", worst)
"""


def query_figures(clone: Path) -> list[tuple[str, str, str]]:
    command = [clone / ".venv/bin/python", "manage.py", "shell", "-c", QUERIES]
    done = subprocess.run(command, cwd=clone, capture_output=True, text=True, check=True)
    found = re.search(r"QUERIES (\d+)", done.stdout)
    assert found, done.stdout
    return [("SQL queries of the costliest article page", found[1], "at most 5")]


if __name__ == "__main__":
    if shutil.which("git") is None:
        sys.exit("git is needed to make a fresh clone.")
    main()
