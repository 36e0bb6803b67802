"""What a request costs its server: CPU time from the accounts of every process in its tree, which other work on the
machine does not change as it changes what a clock says; memory as each page is shared; rates as wrk measures them.
"""

import http.client
import re
import shutil
import statistics
import subprocess
from collections.abc import Iterable
from pathlib import Path

import psutil

GZIP = {"Accept-Encoding": "gzip"}


def tree(pid: int) -> list[int]:
    """The process and everything that it started."""
    root = psutil.Process(pid)
    return [root.pid, *(child.pid for child in root.children(recursive=True))]


def cpu(pids: Iterable[int]) -> float:
    """Milliseconds on a core of all threads so far (`/proc/PID/task/TID/schedstat`, which counts in nanoseconds)."""
    used = 0
    for pid in pids:
        for account in Path(f"/proc/{pid}/task").glob("*/schedstat"):
            used += int(account.read_text().split()[0])
    return used / 1e6


def memory(pids: Iterable[int]) -> float:
    """MiB of all of them, a page that several share counted once (PSS of `/proc/PID/smaps_rollup`)."""
    found = (
        re.search(r"^Pss:\s+(\d+) kB", Path(f"/proc/{pid}/smaps_rollup").read_text(), re.MULTILINE) for pid in pids
    )
    return sum(int(pss[1]) for pss in found if pss) / 1024


class Client:
    """One connection that is kept open, as a proxy's is."""

    def __init__(self, port: int) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)

    def get(self, path: str, headers: dict[str, str] | None = None) -> tuple[http.client.HTTPResponse, bytes]:
        self.connection.request("GET", path, headers=GZIP | (headers or {}))
        answer = self.connection.getresponse()
        return answer, answer.read()


def per_request(
    port: int, pids: Iterable[int], paths: list[str], times: int, headers: dict[str, str] | None = None
) -> float:
    """CPU milliseconds of a server for each of so many requests, the paths asked in turn."""
    pids, client = list(pids), Client(port)
    client.get(paths[0], headers)
    before = cpu(pids)
    for number in range(times):
        client.get(paths[number % len(paths)], headers)
    return (cpu(pids) - before) / times


def rate(url: str, *, seconds: int = 2, connections: int = 16) -> tuple[float, float, float]:
    """Requests a second, and the 50th and 99th percentile in milliseconds; zeros where wrk is not installed."""
    if not shutil.which("wrk"):
        return 0.0, 0.0, 0.0
    command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--latency", "-H", "Accept-Encoding: gzip", url]
    printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    found = re.search(r"Requests/sec:\s+([\d.]+)", printed)
    return (float(found[1]) if found else 0.0), _latency(printed, "50%"), _latency(printed, "99%")


def _latency(printed: str, share: str) -> float:
    found = re.search(rf"{share}\s+([\d.]+)(us|ms|s)", printed)
    return float(found[1]) * {"us": 0.001, "ms": 1, "s": 1000}[found[2]] if found else 0.0


def median(values: list[float]) -> float:
    return statistics.median(values)
