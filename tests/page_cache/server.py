"""The real server over an empty site of its own, and how often it found what it had kept."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import Request, urlopen

from tests.demo_site import wait_for
from tests.management.serving import PATIENCE
from tests.needs import free_port
from tests.newsletter.site import ROOT

TOKEN = "t0ken-of-a-machine-that-counts"


def environment(folder: Path) -> dict[str, str]:
    """`tests.settings` over the database of a folder; all processes of the server count together."""
    counts = folder / "metrics"
    counts.mkdir(parents=True, exist_ok=True)
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "DATABASE_URL": f"sqlite:///{folder / 'site.sqlite3'}",
        "METRICS_TOKEN": TOKEN,
        "PROMETHEUS_MULTIPROC_DIR": str(counts),
        "PYTHONHASHSEED": "0",  # by which django-csp orders what it writes
    }


@contextmanager
def granian(folder: Path, migrated: Path, module: str, **settings: str) -> Iterator[int]:
    """The server on a port of its own; `module` is where its application is."""
    env = environment(folder) | settings
    shutil.copy(migrated, folder / "site.sqlite3")
    port = free_port()
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--port", str(port), "--no-ws"]
    command += ["--workers", "1", "--blocking-threads", "4", "--log-level", "error", f"{module}:application"]
    with open(folder / "log", "w") as log:
        process = subprocess.Popen(command, cwd=ROOT, env=env, stdout=log, stderr=log)
    try:
        wait_for(f"http://127.0.0.1:{port}/health/live", lambda: process.poll() is None, folder / "log")
        yield port
    finally:
        process.terminate()
        process.wait(PATIENCE)


def hits(port: int) -> int:
    request = Request(f"http://127.0.0.1:{port}/metrics", headers={"Authorization": f"Bearer {TOKEN}"})
    with urlopen(request, timeout=PATIENCE) as answer:
        lines = answer.read().decode().splitlines()
    counted = [line for line in lines if line.startswith("newsroom_cache_lookups_total{") and 'cache="page"' in line]
    return sum(int(float(line.rpartition(" ")[2])) for line in counted if 'result="hit"' in line)
