"""`serve` as its owner runs it: where its clock is killed another comes, and SIGTERM leaves no process behind."""

import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from urllib.request import urlopen

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


@contextmanager
def served(site, port):
    """`serve`, as a process; nothing of it goes on behind a test that failed."""
    command = [sys.executable, "manage.py", "serve", "--port", str(port), "--workers", "1"]
    env = site.environment(SITE_URL=f"http://127.0.0.1:{port}")
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
