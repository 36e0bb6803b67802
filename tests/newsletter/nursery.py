"""A process that has the whole product loaded and forks: another process of the product in a moment.

`Nursery` is the end of its pipe in the test; the other end is `python -m tests.newsletter.nursery`.
"""

import json
import os
import signal
import subprocess
import sys
import time
import traceback
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

COMMAND = """
import sys
from django.core.management import execute_from_command_line
with open({out!r}, "w") as sys.stdout, open({err!r}, "w") as sys.stderr:
    execute_from_command_line(["manage.py", *{arguments!r}])
"""
REPORT = """
import json
from tests.newsletter import processes
with open({out!r}, "w") as out:
    json.dump(processes.{what}(), out)
"""


class Nursery:
    """Forks processes that run some lines of Python in the site of its environment."""

    def __init__(self, process):
        self.process = process

    def _say(self, word, what):
        self.process.stdin.write(json.dumps([word, what]) + "\n")
        return json.loads(self.process.stdout.readline())

    def start(self, lines):
        """The process id of a new process that runs them."""
        return self._say("start", lines)

    def run(self, lines):
        """Runs them to their end, which must be a good one."""
        assert self.wait(self.start(lines)) == 0, lines

    def command(self, *arguments):
        """Runs one of manage.py's commands: what it says, and its exit code."""
        with TemporaryDirectory() as folder:
            out, err = Path(folder, "out"), Path(folder, "err")
            code = self.wait(self.start(COMMAND.format(arguments=arguments, out=str(out), err=str(err))))
            return subprocess.CompletedProcess(arguments, code, out.read_text(), err.read_text())

    def report(self, what):
        """What a function of `processes` answers."""
        with TemporaryDirectory() as folder:
            out = Path(folder, "out")
            self.run(REPORT.format(out=str(out), what=what))
            return json.loads(out.read_text())

    def is_alive(self, pid):
        return self._say("poll", pid) is None

    def kill(self, pid):
        """kill -9. Whether it was still alive."""
        return self._say("kill", pid) == -signal.SIGKILL

    def wait(self, pid):
        """Its exit code, however long it takes."""
        return self._say("wait", pid)

    def exit_code(self, pid, seconds=120):
        """Of a process that is about to end."""
        until = time.monotonic() + seconds
        while self.is_alive(pid):
            assert time.monotonic() < until, "it goes on"
            time.sleep(0.02)
        return self.wait(pid)


@contextmanager
def nursery(root, env):
    command = [sys.executable, "-m", "tests.newsletter.nursery"]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True, "bufsize": 1}
    process = subprocess.Popen(command, cwd=root, env=env, **pipes)
    try:
        yield Nursery(process)
    finally:
        process.stdin.close()
        process.wait()


def nurse():
    """The other end: one JSON line is asked, one answered. A child dies like any other process."""

    ended = {}
    for line in sys.stdin:
        word, what = json.loads(line)
        if word == "start":
            print(_forked(what), flush=True)
            continue
        if word == "kill" and what not in ended:
            with suppress(ProcessLookupError):
                os.kill(what, signal.SIGKILL)
        if what not in ended:
            pid, status = os.waitpid(what, os.WNOHANG if word == "poll" else 0)
            if pid:
                ended[what] = os.waitstatus_to_exitcode(status)
        print(json.dumps(ended.get(what)), flush=True)


def _forked(lines):
    from articles.management import lifeline

    parent, child = os.getpid(), os.fork()
    if child:
        return child
    code = 1
    try:
        lifeline.end_with(parent)  # also where the test fails
        os.dup2(2, 1)  # what it prints is no answer of the nursery's
        exec(lines, {"__name__": "forked"})
        code = 0
    except SystemExit as ended:
        code = ended.code if isinstance(ended.code, int) else int(ended.code is not None)
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(code)


if __name__ == "__main__":
    import django

    django.setup()
    nurse()
