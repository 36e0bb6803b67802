"""What a restored database must be told: a file outside of it, to which lines are added. The oldest go after a backup.

A backup of yesterday believes that nobody left since, and that nobody was mailed. So each unsubscription, erasure and
suppression is written here, and each message that a mail server took; `articles.backup.replay` reads it. It holds no
address: readers stand in it by the keyed hash of the suppression list, messages by theirs.

A line about a reader is on the disk *before* its transaction commits. If the commit then fails, the journal names a
reader who did ask to leave and was told to try again: a restore ends their subscription. The other order would lose,
in a crash between the two, somebody who was told that they left. A line about a message is left to the operating
system, since a disk cannot be waited for ten thousand times: it survives a killed process, not a loss of power.
"""

import fcntl
import json
import logging
import os
import shutil
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
    handle = _opened(file)
    try:
        os.write(handle, f"\n{line}".encode())
        if is_durable:
            os.fsync(handle)
    finally:
        os.close(handle)


def _opened(file: Path) -> int:
    """The file for adding to, which `shorten` does not replace before it is closed."""
    while True:
        handle = os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_SH)
            if os.path.samestat(os.fstat(handle), os.stat(file)):
                return handle
        except FileNotFoundError:
            pass
        except BaseException:
            os.close(handle)
            raise
        os.close(handle)  # it was replaced meanwhile


def shorten(before: datetime) -> int:
    """Takes away the older lines at its beginning, and returns how many those were. Raises OSError, and loses nothing.

    The rest is copied while others add lines. They wait only while what they added meanwhile is copied, under a lock.
    """
    file, folder = path(), os.open(path().parent, os.O_RDONLY)
    part = file.with_name(f".{file.name}.part")
    try:
        fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)  # one at a time; another does it as well
        count, begin = _older(file, before)
        if not count:
            return 0
        part.unlink(missing_ok=True)  # of one that was killed
        with file.open("r+b") as old, open(part, "xb", opener=_private) as new:
            _like(new.fileno(), old.fileno())
            old.seek(begin)
            shutil.copyfileobj(old, new)
            new.flush()
            os.fsync(new.fileno())
            fcntl.flock(old, fcntl.LOCK_EX)
            fcntl.flock(new, fcntl.LOCK_EX)
            shutil.copyfileobj(old, new)
            new.flush()
            os.fsync(new.fileno())
            os.fsync(old.fileno())  # which is what is read until the folder is on the disk
            part.rename(file)
            os.fsync(folder)
        return count
    except BlockingIOError:
        return 0
    finally:
        os.close(folder)


def _private(name: str, flags: int) -> int:
    return os.open(name, flags, 0o600)


def _like(new: int, old: int) -> None:
    """Every account that could add to the old file can add to the new one."""
    known = os.fstat(old)
    os.fchmod(new, known.st_mode & 0o777)
    if (known.st_uid, known.st_gid) != (os.fstat(new).st_uid, os.fstat(new).st_gid):
        os.fchown(new, known.st_uid, known.st_gid)


def _older(file: Path, before: datetime) -> tuple[int, int]:
    """How many lines at the beginning are older or cannot be read, and where the first other one begins.

    None and nowhere where there is no other one: the last line may be half written at this moment.
    """
    count = begin = 0
    with file.open("rb") as lines:
        for line in lines:
            entry = _entry(line.decode("utf-8", "replace"))
            if entry and entry.at >= before:
                return count, begin
            count, begin = count + bool(line.strip()), begin + len(line)
    return 0, 0


def read(*files: Path, since: datetime) -> list[Entry]:
    """The entries of journals from a moment on, in the order of time. A file that is not there has none."""
    entries = [entry for file in files for entry in _entries(file) if entry.at >= since]
    return sorted(entries, key=lambda entry: entry.at)


def _entries(file: Path) -> Iterator[Entry]:
    with suppress(FileNotFoundError), file.open(encoding="utf-8", errors="replace") as lines:
        yield from filter(None, map(_entry, lines))


def _entry(line: str) -> Entry | None:
    """None where the line was cut off when the machine stopped."""
    try:
        facts = json.loads(line)
        return Entry(datetime.fromisoformat(facts.pop("at")), str(facts.pop("what")), facts)
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
