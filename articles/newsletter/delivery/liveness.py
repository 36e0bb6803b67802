"""Who sends: each sender has a name, and holds a lock on a file of that name for as long as it lives.

The kernel lets go of a dead process's locks, so a crash on this machine is known at once, and a living sender is never
taken for dead, however slow. What a sender on another machine had in hand is free when its lease ends.

On SQLite a sender does not wait for the disk at each message, since the operating system keeps what a killed process
wrote. For the loss of power it writes down, and waits for, which messages it will send next: after another start of the
machine those of them that the database believes to be waiting are uncertain.
"""

import fcntl
import os
import socket
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO
from uuid import uuid4

from django.conf import settings
from django.db import connection

AHEAD = 200  # messages that are written down at once
BOOT = Path("/proc/sys/kernel/random/boot_id")


class Sender:
    """A living sender. One without a file is for a database that keeps its own promises."""

    def __init__(self, name: str, file: IO[str] | None = None) -> None:
        self.name, self.file = name, file
        self.written_down: set[int] = set()

    def will_send(self, message: int, upcoming: Callable[[], Iterable[int]]) -> None:
        """Sees to it that a message (its delivery's id) is written down, with those that come next."""
        if self.file is None or message in self.written_down:
            return
        _sync_database()
        self.written_down = {message, *upcoming()}
        self.file.seek(0)
        self.file.truncate()
        self.file.write(f"{_boot()}\n{' '.join(map(str, sorted(self.written_down)))}\n")
        self.file.flush()
        os.fsync(self.file.fileno())


def _folder() -> Path:
    return Path(settings.VAR_DIR) / "senders"


def _boot() -> str:
    return BOOT.read_text().strip() if BOOT.exists() else ""


def _sync_database() -> None:
    """Waits until the disk has everything that was committed."""
    log = f"{connection.settings_dict['NAME']}-wal"
    if os.path.exists(log):
        with open(log, "rb") as file:
            os.fsync(file.fileno())


@contextmanager
def signed_on() -> Iterator[Sender]:
    """A new sender, alive until the block ends."""
    name = f"{socket.gethostname()[:40]}-{os.getpid()}-{uuid4().hex[:12]}"
    _folder().mkdir(parents=True, exist_ok=True)
    path, unlocked = _folder() / name, _folder() / f".{name}"
    with open(unlocked, "x") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        unlocked.rename(path)  # it appears locked, so nobody takes a newborn for dead
        if connection.vendor == "sqlite" and not connection.in_atomic_block:
            with _without_waiting():
                yield Sender(name, file)
        else:
            yield Sender(name)
        path.unlink(missing_ok=True)  # not where it broke off: then the file says that it is dead


@contextmanager
def _without_waiting() -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous=NORMAL")
    try:
        yield
    finally:
        _sync_database()
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA synchronous=FULL")


def dead() -> list[Path]:
    """The files of senders that died on this machine."""
    return [path for path in _files() if _is_locked(path) is False]


def living() -> list[str]:
    """The names of senders that are alive on this machine."""
    return [path.name for path in _files() if _is_locked(path)]


def _files() -> list[Path]:
    """Of senders that are signed on, or died so; those with a dot are being born."""
    return [path for path in _folder().glob("*") if not path.name.startswith(".")]


def _is_locked(path: Path) -> bool | None:
    """Whether its sender lives; None where that cannot be seen, or it ended meanwhile."""
    try:
        with open(path) as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:
        return None
    return False


def lost_with_the_power(path: Path) -> list[int]:
    """The messages that a dead sender may have sent without the database knowing: none if the machine ran through."""
    boot, _newline, messages = path.read_text().partition("\n")
    if not messages.endswith("\n") or boot == _boot():
        return []
    return [int(message) for message in messages.split()]
