"""Plants faults in the product and prints which test catches each, as a table: `python -m tests.bench.faults`.

The faults are in `faults.toml`. Each is planted alone, in a copy of the tracked files, and the tests that are expected
to catch it run there. A fault is caught by a test that fails with it; in the end the tests that failed run once more
without any fault, and must pass. `--check` only says whether every fault can still be planted.
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import tomllib
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path
from queue import SimpleQueue

from tqdm import tqdm

ROOT = Path(__file__).parents[2]
TABLE = Path(__file__).with_suffix(".toml")
ALONE = ["-n", "0", "-p", "no:cacheprovider", "-rf", "--timeout", "600"]
FIRST_FAILURE = re.compile(r"^FAILED (.+?)(?: - .*)?$", re.MULTILINE)


@dataclass(frozen=True)
class Fault:
    """What the product does wrong (`name`): in `file`, `before` is replaced by `after`. `tests` should catch it."""

    room: str
    name: str
    file: str
    before: str
    after: str
    tests: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.room}: {self.name}"


@dataclass(frozen=True)
class Outcome:
    """`test` is the first that failed; without one, `problem` says why the fault does not count as caught."""

    fault: Fault
    seconds: float
    test: str = ""
    problem: str = ""


def read() -> list[Fault]:
    rooms = tomllib.loads(TABLE.read_text())
    return [Fault(room, **{**row, "tests": tuple(row["tests"])}) for room, rows in rooms.items() for row in rows]


def problems(faults: list[Fault]) -> list[str]:
    """Why some of them cannot be planted as the product and its tests are now."""
    counted = Counter(map(str, faults))
    found = [f"“{name}” is listed {times} times" for name, times in counted.items() if times > 1]
    return found + [f"“{fault}”: {problem}" for fault in faults for problem in _problems(fault)]


def _problems(fault: Fault) -> Iterator[str]:
    yield from (f"there is no {path}" for path in (fault.file, *fault.tests) if not (ROOT / path).exists())
    source = (ROOT / fault.file).read_text() if (ROOT / fault.file).exists() else fault.before
    if (times := source.count(fault.before)) != 1:
        yield f"the text that it replaces is in {fault.file} {times} times, not once"
    if fault.file.endswith(".py"):
        try:
            compile(source.replace(fault.before, fault.after), fault.file, "exec")
        except SyntaxError as problem:
            yield f"with it, {fault.file} is no Python: {problem}"


# Running --------------------------------------------------------------------------------------------------------------


def copied(folder: Path) -> Path:
    """A copy of the tracked files as they are now, committed or not."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, text=True).stdout
    for name in filter(None, listed.split("\0")):
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, folder / name)
    return folder


def pytest(tree: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """A test run in a copy, on SQLite."""
    env = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "PYTEST_ADDOPTS")}
    command = [sys.executable, "-m", "pytest", "-q", *arguments]
    return subprocess.run(command, cwd=tree, env=env, check=False, capture_output=True, text=True)


def tried(fault: Fault, tree: Path, *, whole: bool) -> Outcome:
    """Plants a fault in a copy, runs the tests that should catch it (then, where `whole`, all), and takes it back."""
    started, place = time.monotonic(), tree / fault.file
    sound = place.read_text()
    place.write_text(sound.replace(fault.before, fault.after))
    try:
        run, red = pytest(tree, "-x", *ALONE, *fault.tests), {1}
        if run.returncode == 0 and whole:
            run, red = pytest(tree, "-x", "-p", "no:cacheprovider", "-rf"), {1, 2}  # 2: stopped by -x, in processes
    finally:
        place.write_text(sound)
    failed = FIRST_FAILURE.search(run.stdout)
    seconds = time.monotonic() - started
    if run.returncode in red and failed:
        return Outcome(fault, seconds, test=failed[1])
    if run.returncode == 0:
        return Outcome(fault, seconds, problem="NOT CAUGHT")
    print(run.stdout[-3000:], run.stderr[-3000:], file=sys.stderr)
    return Outcome(fault, seconds, problem=f"BROKEN FAULT: pytest ended with {run.returncode}, and no test failed")


def each_tried(faults: list[Fault], trees: list[Path], *, whole: bool) -> Iterator[Outcome]:
    """The outcomes as they come, as many at a time as there are copies."""
    free: SimpleQueue[Path] = SimpleQueue()
    for tree in trees:
        free.put(tree)

    def in_a_free_copy(fault: Fault) -> Outcome:
        tree = free.get()
        try:
            return tried(fault, tree, whole=whole)
        finally:
            free.put(tree)

    pool = ThreadPoolExecutor(len(trees))
    try:
        for done in as_completed([pool.submit(in_a_free_copy, fault) for fault in faults]):
            yield done.result()
    finally:
        pool.shutdown(cancel_futures=True)


def red_without_a_fault(outcomes: list[Outcome], tree: Path) -> list[str]:
    """Those of the tests that failed which fail anyway, so that they prove nothing."""
    tests = sorted({outcome.test for outcome in outcomes if outcome.test})
    run = pytest(tree, *ALONE, *tests) if tests else None
    if run is None or run.returncode == 0:
        return []
    return FIRST_FAILURE.findall(run.stdout) or [f"pytest ended with {run.returncode}:\n{run.stdout[-3000:]}"]


def main() -> None:
    parser = argparse.ArgumentParser(description="Plants faults in a copy of the product; the tests must catch each.")
    parser.add_argument("--check", action="store_true", help="only say whether every fault can still be planted")
    parser.add_argument("--only", default="", metavar="PATTERN", help="faults in whose names this stands, as pic*serv")
    parser.add_argument("--jobs", type=int, default=os.cpu_count(), help="faults that are tried at the same time")
    parser.add_argument("--whole", action="store_true", help="run all tests where the expected ones catch nothing")
    given = parser.parse_args()
    faults = [fault for fault in read() if fnmatch(str(fault), f"*{given.only}*")]
    if not faults:
        parser.error(f"no fault is called *{given.only}*")
    if found := problems(faults):
        sys.exit("\n".join(found))
    if given.check:
        print(f"{len(faults)} faults, and each can be planted.")
    else:
        sys.exit(not _all_caught(faults, given.jobs, whole=given.whole))


def _all_caught(faults: list[Fault], jobs: int, *, whole: bool) -> bool:
    started, width = time.monotonic(), max(len(str(fault)) for fault in faults)
    outcomes = []
    with tempfile.TemporaryDirectory(prefix="faults-") as folder:
        trees = [copied(Path(folder) / str(number)) for number in range(min(jobs, len(faults)))]
        with tqdm(total=len(faults), unit="fault", disable=None) as bar:
            for outcome in each_tried(faults, trees, whole=whole):
                outcomes.append(outcome)
                bar.write(
                    f"{outcome.seconds:4.0f} s  {outcome.fault!s:{width}}  {outcome.test or outcome.problem}",
                    file=sys.stdout,
                )
                bar.update()
        red = red_without_a_fault(outcomes, trees[0])
    for test in red:
        print(f"FAILS WITHOUT A FAULT: {test}")
    caught = sum(bool(outcome.test) and outcome.test not in red for outcome in outcomes)
    print(f"{caught} of {len(faults)} caught, in {time.monotonic() - started:.0f} s")
    return caught == len(faults) and not red


if __name__ == "__main__":
    main()
