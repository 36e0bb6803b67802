"""Prints what a test run costs: `python -m tests.bench.run [--coverage] [ARGUMENTS OF PYTEST]`.

Wall time, CPU seconds by folder with those of the processes that a test starts and ends, and on demand the branch
coverage of the product, whichever process ran it.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
COVERAGE = """[run]
branch = True
parallel = True
source = articles,pain_site
omit = */migrations/*
concurrency = thread,multiprocessing
patch = subprocess
sigterm = True
data_file = {folder}/coverage
"""


def cpu() -> float:
    """Seconds that this process and those that it waited for have used."""
    used = (resource.getrusage(whose) for whose in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in used)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """As a plugin of the run that is measured: a line for each test."""
    before = cpu()
    result = yield
    with open(f"{os.environ['TEST_COSTS']}/{os.getpid()}.costs", "a") as file:
        file.write(json.dumps([item.nodeid, cpu() - before]) + "\n")
    return result


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--coverage", action="store_true", help="measure branch coverage, which makes the run slower")
    given, arguments = parser.parse_known_args()
    with tempfile.TemporaryDirectory() as folder:
        settings = Path(folder, "settings.ini")
        settings.write_text(COVERAGE.format(folder=folder))
        tested = ["coverage", "run", f"--rcfile={settings}", "-m", "pytest"] if given.coverage else ["pytest"]
        before, started = cpu(), time.monotonic()
        command = [sys.executable, "-m", *tested, "-p", "tests.bench.run", *arguments]
        code = subprocess.run(command, cwd=ROOT, env=os.environ | {"TEST_COSTS": folder}, check=False).returncode
        seconds = time.monotonic() - started
        print_costs(Path(folder))
        print(f"{cpu() - before:8.1f} CPU s in all, {seconds:.0f} s by the clock")
        if given.coverage:
            for command in (["combine", "-q"], ["report", "--precision=2", "--format=total"]):
                name, *options = command
                subprocess.run([sys.executable, "-m", "coverage", name, f"--rcfile={settings}", *options], check=True)
    return code


def print_costs(folder: Path) -> None:
    costs: dict[str, list[float]] = defaultdict(list)
    for file in folder.glob("*.costs"):
        for name, seconds in map(json.loads, file.read_text().splitlines()):
            costs["/".join(name.partition("::")[0].split("/")[:2])].append(seconds)
    for place, seconds in sorted(costs.items(), key=lambda cost: -sum(cost[1])):
        print(f"{sum(seconds):8.1f} CPU s {len(seconds):5} tests  {place}")


if __name__ == "__main__":
    sys.exit(main())
