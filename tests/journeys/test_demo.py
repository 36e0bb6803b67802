"""The first command: what a newcomer gets, and that a second start changes nothing."""

import re
import signal
import subprocess
import sys
from pathlib import Path
from urllib.request import urlopen

import psutil

from tests.demo_site import HOME, ROOT, Site, prepared, wait_for
from tests.needs import free_port


def test_the_first_command_writes_articles_makes_accounts_says_how_to_sign_in_and_serves(shared_folder: Path) -> None:
    folder = prepared(shared_folder)
    said = (folder / "log").read_text()
    assert re.search(r"is ready \(\d\d articles written; \d+ s\)", said)
    kept = re.findall(r"^(\w+) +(\S+)$", (folder / "var/demo-accounts.txt").read_text(), re.MULTILINE)
    assert {"author", "reviewer", "editor", "newsletter", "admin"} <= {name for name, _password in kept}
    assert [name for name, password in kept if not re.search(rf"^ +{name} +{password} ", said, re.MULTILINE)] == []
    assert 'href="/articles/' in (folder / HOME).read_text()


def test_a_second_start_changes_nothing(site: Site) -> None:
    before = (site.var / "demo-accounts.txt").read_text()
    done = site.manage("demo", "--no-serve")
    assert done.returncode == 0, done.stderr
    assert "everything was already there" in done.stdout
    assert (site.var / "demo-accounts.txt").read_text() == before


def test_the_gate_says_why_the_draft_is_refused(site: Site) -> None:
    done = site.manage("check_article", DRAFT)
    assert done.returncode == 1
    assert {"credit.incomplete", "review.missing"} <= set(done.stdout.split())


DRAFT = "draft"


def test_every_page_of_the_demonstration_says_that_its_people_are_invented(site: Site) -> None:
    for address in ("/", "/treatments/", "/articles/intrathecal-pumps/", "/subscribe/", "/people/"):
        assert "demonstration" in urlopen(site.url + address, timeout=60).read().decode().lower(), address


def test_a_taken_port_is_refused_in_one_sentence(site: Site) -> None:
    port = site.url.rpartition(":")[2]
    done = site.manage("serve", "--port", port)
    assert done.returncode == 1
    assert done.stderr.startswith(f"CommandError: Port {port} on 127.0.0.1 can’t be used")
    assert len(done.stderr.strip().splitlines()) == 1


def test_sigterm_stops_the_server_and_the_clock(site: Site, tmp_path: Path) -> None:
    port = free_port()
    command = [sys.executable, "manage.py", "serve", "--port", str(port), "--workers", "1"]
    with open(tmp_path / "log", "w") as log:
        process = subprocess.Popen(command, cwd=ROOT, env=site.env, stdout=log, stderr=log)
    wait_for(f"http://127.0.0.1:{port}/health/live", lambda: process.poll() is None, tmp_path / "log")
    children = psutil.Process(process.pid).children(recursive=True)
    assert len(children) >= 2, "the server and the clock"
    process.send_signal(signal.SIGTERM)
    assert process.wait(30) == 0
    _gone, alive = psutil.wait_procs(children, timeout=5)
    assert alive == []
