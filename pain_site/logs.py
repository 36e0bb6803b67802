"""Logs: each entry is one line (logfmt) or one JSON object, and says nothing about who read, wrote or looked for what.

An error is one entry with its traceback. The same one, by its kind and its place, is written a few times a minute; how
many were left out is an entry of its own. `redaction.py` says what is hidden.
"""

import logging
import math
import sys
import time
import traceback
from collections.abc import Mapping, MutableMapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import structlog

from pain_site import redaction

MOST = 5  # entries of the same warning or error in a process
WITHIN = 60.0  # seconds
FRAMES = 20  # of a traceback that stands on one line, the innermost of them
STYLES = ("line", "json")
LEVELS = ("debug", "info", "warning", "error")
FIELDS = ("method", "route", "status", "ms", "left_out")
Entry = MutableMapping[str, Any]


def configuration(style: str, level: str, reports: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Django's LOGGING. `level` is that of our own modules: others say who signed in, and write out queries.

    Errors are reported where `reports` says how: what `error_reports.Reports` is made of.
    """
    renderer = (
        [structlog.processors.JSONRenderer(ensure_ascii=False)]
        if style == "json"
        else [on_one_line, structlog.processors.LogfmtRenderer(key_order=["timestamp", "level", "logger", "event"])]
    )
    entry = {
        "()": structlog.stdlib.ProcessorFormatter,
        "foreign_pre_chain": [
            structlog.contextvars.merge_contextvars,
            structlog.stdlib.add_logger_name,
            structlog.stdlib.add_log_level,
            structlog.stdlib.ExtraAdder(allow=FIELDS),
            structlog.processors.TimeStamper(fmt="iso", utc=True),
        ],
        "processors": [
            without_the_request,
            structlog.processors.ExceptionRenderer(structlog.tracebacks.ExceptionDictTransformer(show_locals=False)),
            without_wrong_addresses,
            hidden,
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            *renderer,
        ],
    }
    ours, others = level.upper(), "ERROR" if level == "error" else "WARNING"
    handlers: dict[str, Any] = {"console": {"class": "pain_site.logs.Console", "formatter": "entry"}}
    if reports:
        handlers["reports"] = {"class": "pain_site.error_reports.Reports", "level": "ERROR", **reports}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"entry": entry},
        "handlers": handlers,
        "root": {"handlers": [*handlers], "level": others},
        "loggers": {
            **{name: {"level": ours} for name in ("articles", "pain_site")},
            "django": {"handlers": [], "level": others},  # nothing is mailed: a traceback is no letter
            "_granian": {"handlers": [], "level": "ERROR", "propagate": True},
            # Both name addresses as they were typed, and `articles.views.request_log` has said it all.
            **{name: {"handlers": [], "level": "CRITICAL"} for name in ("django.request", "django.server")},
        },
    }


class WithoutFloods(logging.Handler):
    """Before a handler among a class's bases. The lock that every handler has guards what is counted here."""

    def __init__(self) -> None:
        super().__init__()
        self.repeats: dict[tuple[str, str], Repeat] = {}

    def emit(self, record: logging.LogRecord) -> None:
        now = time.monotonic()
        self._count_out(now)
        if record.levelno < logging.WARNING:
            super().emit(record)
            return
        repeat = self.repeats.setdefault(key(record), Repeat(record.name, record.levelno, now + WITHIN))
        repeat.times += 1
        if repeat.times <= MOST:
            super().emit(record)

    def _count_out(self, now: float) -> None:
        """Says how many entries were left out of each kind whose minute is over."""
        for (kind, place), repeat in list(self.repeats.items()):
            if repeat.until > now:
                continue
            del self.repeats[kind, place]
            if repeat.times > MOST:
                words = f"Left out more of the same: {kind} at {place}"
                entry = logging.LogRecord(repeat.logger, repeat.level, "", 0, words, (), None)
                entry.left_out = repeat.times - MOST
                super().emit(entry)

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802
        """Python's own words about it would quote the entry, over thirty lines."""
        kind, problem, _trace = sys.exc_info()
        if kind and sys.stderr and not isinstance(problem, OSError):
            sys.stderr.write(f"An entry of the log could not be written ({kind.__name__}).\n")

    def close(self) -> None:
        self._count_out(math.inf)
        super().close()


class Console(WithoutFloods, logging.StreamHandler):
    """Standard error."""


@dataclass
class Repeat:
    """The same entry, so many times until the end of its minute."""

    logger: str
    level: int
    until: float
    times: int = 0


def key(record: logging.LogRecord) -> tuple[str, str]:
    """What makes two entries the same: the kind of an error and where it was raised, or else where it was written."""
    kind, _problem, trace = record.exc_info or (None, None, None)
    if kind is None or trace is None:
        return record.name, f"{record.pathname}:{record.lineno}"
    frame = traceback.extract_tb(trace, limit=-1)[-1]
    return kind.__name__, f"{frame.filename}:{frame.lineno}"


def without_the_request(logger: Any, name: str, entry: Entry) -> Entry:
    """Notes what came with the request, to be hidden. What Django refuses is a stranger's mistake: no traceback."""
    record = entry["_record"]
    request = getattr(record, "request", None)
    if request is not None and hasattr(request, "META"):
        entry["_hidden"] = redaction.brought(request)
    if record.name.startswith("django.security."):
        entry["event"] = f"Refused: {record.name.rpartition('.')[2]}"
        entry["level"] = "warning"
        entry.pop("exc_info", None)
    return entry


def without_wrong_addresses(logger: Any, name: str, entry: Entry) -> Entry:
    """An error in the page for a wrong address is no matter of the address, which Django lists with all of ours."""
    if errors := entry.get("exception"):
        entry["exception"] = [error for error in errors if error["exc_type"] not in ("Http404", "Resolver404")]
    return entry


def hidden(logger: Any, name: str, entry: Entry) -> Entry:
    words = entry.pop("_hidden", ())
    kept = ("_record", "_from_structlog", "timestamp", "level", "logger", "request_id", "method", "route")
    return {key: value if key in kept else redaction.everywhere(value, words) for key, value in entry.items()}


def on_one_line(logger: Any, name: str, entry: Entry) -> Entry:
    """An error's words, and the way to it from within: file, line and function of each frame."""
    if errors := entry.pop("exception", None):
        entry["error"] = " during ".join(
            dict.fromkeys(f"{error['exc_type']}: {error['exc_value']}" for error in errors)
        )
        frames = reversed(errors[0]["frames"][-FRAMES:])
        entry["traceback"] = " < ".join(
            f"{_short(frame['filename'])}:{frame['lineno']} {frame['name']}" for frame in frames
        )
    return entry


def _short(filename: str) -> str:
    return "/".join(Path(filename).parts[-3:])
