"""What is counted while the site runs, for Prometheus: requests, looks into the process's cache, rounds of the clock.

Servers run in several processes, and each answers for all: they count in files of one folder (`shared`). What the
database knows is looked up when somebody asks (`views.metrics`). No label holds anything that a reader sent.
"""

import os
import shutil
from pathlib import Path

from django.conf import settings
from prometheus_client import CollectorRegistry, Counter, Histogram
from prometheus_client.multiprocess import MultiProcessCollector

NAMESPACE = "newsroom"
FOLDER = "PROMETHEUS_MULTIPROC_DIR"  # prometheus-client reads it when it is imported
SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)

_counted = CollectorRegistry()
REQUESTS = Counter(
    "http_requests", "Requests answered.", ["method", "route", "status"], namespace=NAMESPACE, registry=_counted
)
DURATIONS = Histogram(
    "http_request_duration_seconds",
    "Time until an answer began.",
    ["route"],
    namespace=NAMESPACE,
    registry=_counted,
    buckets=SECONDS,
)
CACHE_LOOKUPS = Counter(
    "cache_lookups",
    "Looks into a cache, by what came of them.",
    ["cache", "result"],
    namespace=NAMESPACE,
    registry=_counted,
)
CLOCK_ROUNDS = Counter("clock_rounds", "Rounds of the clock.", namespace=NAMESPACE, registry=_counted)


def shared() -> dict[str, str]:
    """What `serve` has to have in its environment when it is started so that its processes count together, from
    nothing; only where somebody may ask. Empty where it is there.
    """
    if not settings.METRICS_TOKEN or FOLDER in os.environ:
        return {}
    folder = Path(settings.VAR_DIR) / "metrics"
    shutil.rmtree(folder, ignore_errors=True)  # of processes that are gone
    folder.mkdir(parents=True)
    return {FOLDER: str(folder)}


def counted() -> CollectorRegistry:
    """What was counted so far: by all processes of `serve`, or else by this one."""
    if FOLDER not in os.environ:
        return _counted
    registry = CollectorRegistry()
    MultiProcessCollector(registry)
    return registry
