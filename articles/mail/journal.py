"""What a restored database must be told: a file outside of it, to which lines are only ever added.

A backup of yesterday believes that nobody left since, and that nobody was mailed. So each unsubscription, erasure and
suppression is written here, and each message that a mail server took; `articles.backup.replay` reads it. It holds no
address: readers stand in it by the keyed hash of the suppression list, messages by theirs.

A line about a reader is on the disk *before* its transaction commits. If the commit then fails, the journal names a
reader who did ask to leave and was told to try again: a restore ends their subscription. The other order would lose,
in a crash between the two, somebody who was told that they left. A line about a message is left to the operating
system, since a disk cannot be waited for ten thousand times: it survives a killed process, not a loss of power.
"""

import json
import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone

from articles.mail import alarms

logger = logging.getLogger(__name__)

ENDED, CHOSE, RETURNED, LIFTED = "ended", "chose", "returned", "lifted"  # readers; or the reason of a suppression
MAILED, HANDED_OVER, ISSUE, ISSUE_STATE = "mailed", "handed_over", "issue", "issue_state"
BACKUP = "backup"
UNWRITTEN = (
    "The journal of who left and what was sent can’t be written ({problem}). After a restore, what happens from now on "
    "would be forgotten. Make room or repair {path}, then run manage.py backup."
)
ALARM = "journal"
_is_together = ContextVar("_is_together", default=False)


@dataclass(frozen=True)
class Entry:
    """One line: when, what, and the rest by name."""

    at: datetime
    what: str
    facts: dict[str, Any] = field(default_factory=dict)


def path() -> Path:
    return Path(settings.SITE_JOURNAL)


@contextmanager
def together() -> Iterator[None]:
    """Many lines about readers in one transaction: they wait for the disk once, at the end of this block."""
    token = _is_together.set(True)
    try:
        yield
    finally:
        _is_together.reset(token)
    try:
        with path().open("rb") as file:
            os.fsync(file.fileno())
    except FileNotFoundError:  # there was no line
        pass
    except OSError as problem:
        _cannot_be_written(problem)


def write(what: str, **facts: Any) -> None:
    """Adds a line and waits until it is on the disk. Where it cannot be written, the change itself goes on."""
    try:
        _add(what, facts, is_durable=not _is_together.get())
    except OSError as problem:
        _cannot_be_written(problem)


def _cannot_be_written(problem: OSError) -> None:
    logger.error("The journal cannot be written: %s", problem)
    alarms.ring(ALARM, UNWRITTEN.format(problem=problem.strerror, path=path()))


def note(what: str, **facts: Any) -> None:
    """Adds a line about a message, and waits for nothing."""
    try:
        _add(what, facts, is_durable=False)
    except OSError as problem:
        logger.error("The journal cannot be written: %s", problem)


def _add(what: str, facts: dict[str, Any], *, is_durable: bool) -> None:
    """One write to the end. It begins with the line break, so that a line cut off by a crash spoils no other."""
    file = path()
    file.parent.mkdir(parents=True, exist_ok=True)
    line = json.dumps({"at": timezone.now().isoformat(), "what": what, **facts})
    handle = os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        os.write(handle, f"\n{line}".encode())
        if is_durable:
            os.fsync(handle)
    finally:
        os.close(handle)


def read(*files: Path, since: datetime) -> list[Entry]:
    """The entries of journals from a moment on, in the order of time. A file that is not there has none."""
    entries = [entry for file in files for entry in _entries(file) if entry.at >= since]
    return sorted(entries, key=lambda entry: entry.at)


def _entries(file: Path) -> Iterator[Entry]:
    with suppress(FileNotFoundError), file.open(encoding="utf-8", errors="replace") as lines:
        for line in lines:
            with suppress(ValueError, KeyError, TypeError, AttributeError):  # cut off when the machine stopped
                facts = json.loads(line)
                at = datetime.fromisoformat(facts.pop("at"))
                yield Entry(at, str(facts.pop("what")), facts)
