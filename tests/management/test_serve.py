"""`serve` as its owner runs it: where its clock is killed another comes, SIGTERM leaves no process behind, and what
its processes count and write is of all of them, and of no reader.
"""

import re
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from urllib.request import Request, urlopen

import psutil

from tests.needs import free_port
from tests.newsletter.site import ROOT, Site

PATIENCE = 120  # seconds, for whatever is waited for


def test_a_killed_clock_is_replaced_while_the_site_answers_and_sigterm_ends_them_all(migrated, tmp_path):
    site, port = Site(tmp_path, empty=migrated), free_port()
    site.migrate()
    with served(site, port) as serve:
        eventually(lambda: answers(port), serve)
        first = eventually(lambda: clock_of(serve), serve)
        first.kill()
        second = eventually(lambda: clock_of(serve, other_than=first), serve)
        eventually(lambda: answers(port), serve)
        assert second.is_running()
        everybody = [serve, *serve.children(recursive=True)]
        assert len(everybody) >= 4, "serve, the server, its worker, the clock"
        serve.send_signal(signal.SIGTERM)
        _gone, alive = psutil.wait_procs(everybody, timeout=PATIENCE)
        assert alive == []
    assert not answers(port)


def test_every_worker_counts_for_all_and_no_log_holds_an_address_or_what_was_looked_for(migrated, tmp_path):
    site, port = Site(tmp_path, empty=migrated), free_port()
    site.migrate()
    (tmp_path / "metrics").mkdir()
    (tmp_path / "metrics" / "counter_1.db").write_bytes(b"left by a process of yesterday")
    watched = {"METRICS_TOKEN": "t0ken-of-a-machine-that-counts", "LOG_FORMAT": "json"}
    with served(site, port, workers=2, GRANIAN_LOG_ACCESS_ENABLED="true", **watched) as serve:
        eventually(lambda: answers(port), serve)
        for number in range(40):
            with urlopen(f"http://127.0.0.1:{port}/search/?q=knee{number}", timeout=PATIENCE) as answer:
                assert answer.headers["X-Request-ID"]
        asked = Request(
            f"http://127.0.0.1:{port}/metrics", headers={"Authorization": f"Bearer {watched['METRICS_TOKEN']}"}
        )
        counts = {counted(asked, 'http_requests_total{method="GET",route="/search/",status="200"}') for _ in range(10)}
        assert counts == {40.0}
        assert len(list((tmp_path / "metrics").glob("counter_*.db"))) == 3, "two workers and the clock"
        eventually(lambda: counted(asked, "clock_rounds_total") >= 1, serve)
    written = (tmp_path / "log").read_text()
    assert written.count('"route": "/search/"') == 40
    assert not re.search(r"knee|127\.0\.0\.1", written)


def counted(asked, name):
    """A figure of `/metrics`, as one of the workers tells it."""
    lines = urlopen(asked, timeout=PATIENCE).read().decode().splitlines()
    return sum(float(line.rpartition(" ")[2]) for line in lines if line.startswith(f"newsroom_{name}"))


@contextmanager
def served(site, port, *, workers=1, **variables):
    """`serve`, as a process; nothing of it goes on behind a test that failed."""
    command = [sys.executable, "manage.py", "serve", "--port", str(port), "--workers", str(workers)]
    env = site.environment(SITE_URL=f"http://127.0.0.1:{port}", **variables)
    with open(site.folder / "log", "w") as log:
        serve = psutil.Popen(command, cwd=ROOT, env=env, stdout=log, stderr=subprocess.STDOUT)
    try:
        yield serve
    finally:
        left = [*serve.children(recursive=True), serve] if serve.is_running() else []
        for process in left:
            process.kill()
        psutil.wait_procs(left, timeout=PATIENCE)


def eventually(look, serve):
    """What `look` finds, once it finds something."""
    end = time.monotonic() + PATIENCE
    while not (found := look()):
        assert serve.poll() is None, "serve ended"
        assert time.monotonic() < end, "it did not come about"
        time.sleep(0.05)
    return found


def answers(port):
    try:
        return urlopen(f"http://127.0.0.1:{port}/health/ready", timeout=PATIENCE).status == 200
    except OSError:
        return False


def clock_of(serve, *, other_than=None):
    """The living clock's process, a child of `serve`."""
    for child in serve.children():
        if child != other_than and child.status() != psutil.STATUS_ZOMBIE and child.cmdline()[-1:] == ["clock"]:
            return child
    return None
