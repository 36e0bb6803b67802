"""Runs the tests under other clocks, one run each: `python -m tests.bench.clocks [--only WORD] [ARGUMENTS OF PYTEST]`.

time-machine moves the clock of each process of pytest, and of each Python process that a test starts, by the same
distance; it goes on as ever. Under the last of them midnight strikes during each test: it begins a tenth of a second
before the end of a day, and the next test before that of the next day. Prints how each run ended.

What Python does not tell the time keeps its own: a browser, Redis, `now()` in a database, OpenSSL, and the kernel, by
which files get their age. The tests in KERNELS, which compare one with the other, are left out, and so is
tests/journeys, where a browser does.
"""

import argparse
import os
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import time_machine

ROOT = Path(__file__).parents[2]
CLOCK = pytest.StashKey[time_machine.Traveller]()
DAY = 24 * 3600.0  # seconds
CLOCKS = {  # the moment at which a run begins, in UTC
    "the last minutes of a year": "2026-12-31 23:50",
    "the last hour of a month": "2027-01-31 23:45",
    "as summer time begins in New York": "2027-03-14 06:50",
    "a Thursday as the newsletter is due": "2027-06-10 08:55",
    "as summer time ends in Berlin": "2027-10-31 00:50",
    "as summer time ends in New York": "2027-11-07 05:50",
    "a leap day, early": "2028-02-29 00:01",
    "a Sunday, late, in a week 53": "2033-01-02 23:50",
    "midnight during each test": "2026-12-31 23:59:59.9",
}
STRIKES = "midnight during each test"

KERNELS = [
    "tests/publishing/test_pictures.py::test_what_a_killed_upload_left_is_swept_away_after_an_hour",
    "tests/newsletter/test_collecting.py::test_the_clock_of_a_running_site_reads_the_mailbox_by_itself",
]


class Moved(subprocess.Popen[Any]):
    """A process that begins under the moved clock, also where a test sets its path."""

    def __init__(self, *args: Any, env: Any = None, **more: Any) -> None:
        env = dict(os.environ if env is None else env)
        path = [str(Path(__file__).with_name("other_clock")), env.get("PYTHONPATH", "")]
        env |= {"CLOCK_AHEAD": os.environ["CLOCK_AHEAD"], "PYTHONPATH": os.pathsep.join(filter(None, path))}
        super().__init__(*args, env=env, **more)


def pytest_configure(config: pytest.Config) -> None:
    """This module is a plugin of the runs that it starts, and of each of their processes."""
    subprocess.Popen = Moved  # type: ignore[misc]
    moved = time_machine.travel(time.time() + float(os.environ["CLOCK_AHEAD"]))
    config.stash[CLOCK] = moved.start()


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    wait_for_midnight(item.config, but=60.0)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_call(item: pytest.Item) -> None:
    wait_for_midnight(item.config, but=0.1)


def wait_for_midnight(config: pytest.Config, *, but: float) -> None:
    """Where it strikes during each test: goes on to so many seconds before it."""
    if "CLOCK_STRIKES" in os.environ:
        ahead = float(os.environ["CLOCK_AHEAD"])
        more = -(time_machine.escape_hatch.time.time() + ahead + but) % DAY
        config.stash[CLOCK].shift(more)
        os.environ["CLOCK_AHEAD"] = str(ahead + more)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", default="", help="the clocks whose name has this in it")
    given, arguments = parser.parse_known_args()
    worst = 0
    for name, moment in CLOCKS.items():
        if given.only in name:
            worst = max(worst, run(name, moment, arguments))
    return worst


def run(name: str, moment: str, arguments: list[str]) -> int:
    begins = datetime.fromisoformat(moment).replace(tzinfo=UTC)
    env = os.environ | {"CLOCK_AHEAD": str(begins.timestamp() - time.time())}
    env |= {"CLOCK_STRIKES": "1"} if name == STRIKES else {}
    command = [sys.executable, "-m", "pytest", "-p", "tests.bench.clocks", "-rfE", "--ignore=tests/journeys"]
    command += [f"--deselect={test}" for test in KERNELS] + arguments
    done = subprocess.run(command, cwd=ROOT, env=env, check=False, stdout=subprocess.PIPE, text=True)
    failed = [line for line in done.stdout.splitlines() if line.startswith(("FAILED tests", "ERROR tests"))]
    print(f"{name} ({moment} UTC): {done.stdout.splitlines()[-1]}", *failed, sep="\n  ", flush=True)
    return done.returncode


if __name__ == "__main__":
    sys.exit(main())
