"""What `serve` takes on the demonstration: time and CPU until it answers, and memory before and after a crawl.

    python -m tests.bench.memory [--var FOLDER] [--starts 5] [--workers 2]

FOLDER is the VAR_DIR of a demonstration that is there already. Memory is PSS, in which a page that several processes
share counts once.
"""

import argparse
import os
import re
import statistics
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.error import HTTPError
from urllib.parse import urljoin
from urllib.request import urlopen

import psutil

from tests.management.serving import served
from tests.needs import free_port
from tests.newsletter.site import ROOT, Site

LINK = re.compile(r'(?:href|src)="(/[^"#]*)')
MIB = 1 << 20


def prepare(folder: Path) -> None:
    env = {name: value for name, value in os.environ.items() if name != "SECRET_KEY"} | {"VAR_DIR": str(folder)}
    subprocess.run([sys.executable, "manage.py", "demo", "--no-serve"], cwd=ROOT, env=env, check=True)


def used(processes: list[psutil.Process]) -> float:
    """CPU seconds of them, and of whatever they started that has ended."""
    return sum(sum(process.cpu_times()[:4]) for process in processes)


def crawl(start: str) -> int:
    """Asks for everything that the site links to from its front page; how many addresses that were."""
    waiting, seen = [start], {start}
    while waiting:
        at = waiting.pop()
        try:
            with urlopen(at, timeout=60) as answer:
                page = answer.read().decode() if "html" in answer.headers["Content-Type"] else ""
        except HTTPError:
            continue
        found = {urljoin(start, link) for link in LINK.findall(page)} - seen
        seen |= found
        waiting += sorted(found)
    return len(seen)


def table(processes: list[psutil.Process], title: str) -> None:
    sizes = [(process.memory_full_info(), process) for process in processes]
    print(f"\n{title}: {sum(size.pss for size, _process in sizes) / MIB:.0f} MiB\n\n     PSS   its own")
    for size, process in sizes:
        print(f"  {size.pss / MIB:6.1f}  {size.uss / MIB:6.1f}   {process.name()}")


def main(var: Path, starts: int, workers: int) -> None:
    waits, cpu = [], []
    for start in range(starts):
        port, began = free_port(), time.monotonic()
        with served(Site(var), port, workers=workers) as running:
            waits.append(running.answered_at - began)
            cpu.append(used(running.everybody()))
            if start < starts - 1:
                continue
            table(running.everybody(), f"At rest, {workers} workers")
            number = crawl(f"http://127.0.0.1:{port}/")
            table(running.everybody(), f"After a crawl of {number} addresses")
    print(f"\n{starts} starts: the first answer after {statistics.median(waits):.2f} s, all of it (the clock's first")
    print(f"round too) {statistics.median(cpu):.2f} s of CPU, in the median")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--var", type=Path)
    parser.add_argument("--starts", type=int, default=5)
    parser.add_argument("--workers", type=int, default=2)
    asked = parser.parse_args()
    with TemporaryDirectory() as made:
        if not asked.var:
            prepare(Path(made))
        main(asked.var or Path(made), asked.starts, asked.workers)
