"""`serve` as its owner runs it, for tests that kill parts of it."""

import http.client
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil

from tests.newsletter.site import ROOT, Site
from tests.once import once

PATIENCE = 120  # seconds, for whatever is waited for


GATHER = "import django; django.setup(); from articles.management.commands import serve; serve.collect_static()"


def empty_site(folder, migrated, shared):
    """A site for `serve`, with static files gathered once for all tests of a run: those of the demonstration, if there
    is one already.
    """

    def gather(folder):
        env = Site(folder).environment()
        subprocess.run([sys.executable, "-c", GATHER], cwd=ROOT, env=env, check=True)

    made = Site(folder, empty=migrated)
    made.migrate()
    there = shared / "demonstration" / "var"
    gathered = there if there.exists() else once(shared, "static", gather)
    shutil.copytree(gathered / "static", folder / "static", copy_function=os.link)
    return made


def copy_code(folder):
    """The product in a folder of its own, to be changed while it runs."""
    for name in ("articles", "pain_site"):
        shutil.copytree(ROOT / name, folder / name)
    for name in ("manage.py", "pyproject.toml"):
        shutil.copy2(ROOT / name, folder / name)


class Serve:
    """The command's process, and those below it: granian, its workers, the clock."""

    def __init__(self, process, host, port):
        self.process, self.host, self.port = process, host, port
        self.answered_at = 0.0

    @property
    def server(self):
        return self._child("site-server")

    @property
    def clock(self):
        return self._child("site-clock")

    @property
    def workers(self):
        return [one for one in children_of(self.server) if command_of(one)]

    def serving(self):
        """How many workers have loaded the site: then the threads of granian's runtime are there."""
        return sum(threads_of(one) > 1 for one in self.workers)

    def _child(self, name):
        """The newest of that name: during a reload there are two servers."""
        return next((one for one in reversed(children_of(self.process)) if name_of(one) == name), None)

    def everybody(self):
        return [self.process, *self.process.children(recursive=True)]

    def answers(self, path="/health/ready"):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            if self.host.startswith("unix:"):
                connection.sock = socket.socket(socket.AF_UNIX)
                connection.sock.settimeout(PATIENCE)
                connection.sock.connect(self.host.removeprefix("unix:"))
            connection.request("GET", path)
            answer = connection.getresponse()
            return bool(answer.read()) and answer.status == 200
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()

    def eventually(self, look):
        """What `look` finds, once it finds something."""
        end = time.monotonic() + PATIENCE
        while not (found := look()):
            assert self.process.poll() is None, "serve ended"
            assert time.monotonic() < end, "it did not come about"
            time.sleep(0.05)
        return found

    def replaced(self, which, killed):
        """The process that came in the place of a killed one, once the site answers again."""
        found = self.eventually(lambda: (now := getattr(self, which)) != killed and now)
        self.eventually(self.answers)
        return found

    def stop(self):
        """Asks it to stop; what still lives of all its processes afterwards."""
        everybody = self.everybody()
        self.process.send_signal(signal.SIGTERM)
        return psutil.wait_procs(everybody, timeout=PATIENCE)[1]


class Readers:
    """So many requests a second for the front page, each over a connection of its own, until the block ends."""

    def __init__(self, serve, *, a_second=40, threads=8):
        self.serve, self.pause = serve, threads / a_second
        self.stopped, self.took, self.failed = threading.Event(), [], []
        self.threads = [threading.Thread(target=self._read, args=(n / a_second,)) for n in range(threads)]

    def __enter__(self):
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *error):
        self.stopped.set()
        for thread in self.threads:
            thread.join()

    def _read(self, offset):
        due = time.monotonic() + offset
        while not self.stopped.wait(max(0.0, due - time.monotonic())):
            begun = time.monotonic()
            if self.serve.answers("/"):
                self.took.append(time.monotonic() - begun)
            else:
                self.failed.append(begun)
            due = max(due + self.pause, time.monotonic())


def alive(processes):
    """Those of which a thread still runs. One that is about to be a zombie may still hold its sockets."""
    return [one for one in processes if threads_of(one) > 1 or status_of(one) not in (None, psutil.STATUS_ZOMBIE)]


def command_of(process):
    """Empty where it ended, or was forked a moment ago and is nobody yet."""
    try:
        return process.cmdline()
    except psutil.NoSuchProcess:
        return []


def status_of(process):
    """None where there is no such process."""
    try:
        return process.status()
    except psutil.NoSuchProcess:
        return None


def name_of(process):
    """None where it ended."""
    try:
        return process.name() if command_of(process) else None
    except psutil.NoSuchProcess:
        return None


def children_of(process):
    """None where there is no such process, or it ended meanwhile."""
    with suppress(psutil.NoSuchProcess):
        return process.children() if process else []
    return []


def threads_of(process):
    """The first thread of a killed process may be a zombie while the others still hold its sockets."""
    try:
        return len(list(Path(f"/proc/{process.pid}/task").iterdir()))
    except FileNotFoundError:
        return 0


def soon(look, seconds=PATIENCE):
    """Whether it comes about within that time."""
    end = time.monotonic() + seconds
    while not (found := look()) and time.monotonic() < end:
        time.sleep(0.02)
    return bool(found)


def gone(processes):
    return soon(lambda: not alive(processes))


@contextmanager
def served(site, port, *, workers=1, host="127.0.0.1", root=ROOT, **environment):
    """`serve` of the code in `root`, as a process that answers; nothing of it goes on behind a test that failed."""
    command = [sys.executable, "manage.py", "serve", "--host", host, "--port", str(port), "--workers", str(workers)]
    env = site.environment(**{"SITE_URL": f"http://127.0.0.1:{port}", "PYTHONPATH": str(root), **environment})
    with open(site.folder / "log", "w") as log:
        process = psutil.Popen(
            command, cwd=root, env=env, stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT
        )
    serve = Serve(process, host, port)
    try:
        serve.eventually(serve.answers)
        serve.answered_at = time.monotonic()
        serve.eventually(lambda: serve.clock and serve.serving() == workers)
        yield serve
    finally:
        for one in serve.everybody() if process.is_running() else []:
            with suppress(psutil.NoSuchProcess):  # it ended with the one before it
                one.kill()
        process.wait(PATIENCE)
