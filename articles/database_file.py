"""Whether SQLite's file was replaced under the running process: what goes on with the old one writes into nothing.

Every request and every piece of the clock's work asks whether its connection is to the present file, and opens that one
where it is not; a worker half way through an issue asks here before each message, and ends. No mail is sent until the
site is restarted.
A file that `manage.py restore` brought back is the same file with other rows. One that was moved or copied into its
place by hand is another, and it carries no mark that keeps it from sending what was sent before.
"""

import os
import threading
import time
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created

LOOKED_AT_EVERY = 1.0  # seconds
SENTENCE = (
    "The database file was replaced while the site was running. Restart the site. If it came out of a backup, use "
    "manage.py restore: a copy put there by hand may send again what was sent."
)


class _Watch:
    """Knows the file that the process began with. Shared by all threads, under a lock."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.forget()

    def forget(self) -> None:
        self.path, self.first = "", (0, 0)
        self.is_replaced, self.looked_at = False, 0.0

    def begin(self, path: str) -> None:
        with self.lock:
            if not self.path and os.path.isfile(path):
                self.path, self.first = path, _identity(path)

    def look(self) -> bool:
        with self.lock:
            if self.path and not self.is_replaced and time.monotonic() - self.looked_at >= LOOKED_AT_EVERY:
                self.looked_at = time.monotonic()
                self.is_replaced = _identity(self.path) != self.first
            return self.is_replaced


def _identity(path: str) -> tuple[int, int]:
    """Nothing can be the same as a file that isn't there."""
    try:
        status = os.stat(path)
    except OSError:
        return -1, -1
    return status.st_dev, status.st_ino


_watch = _Watch()


def problem() -> str:
    """What is wrong, in a sentence; empty where nothing is. The file is looked at once a second at most."""
    return SENTENCE if _watch.look() else ""


def forget() -> None:
    """The next connection says which file it is."""
    with _watch.lock:
        _watch.forget()


def begin(path: str) -> None:
    """Called before a file is opened past Django."""
    _watch.begin(path)


def watch() -> None:
    connection_created.connect(_begin, dispatch_uid="articles.database_file")


def _begin(connection: BaseDatabaseWrapper, **kwargs: Any) -> None:
    if connection.vendor == "sqlite":
        begin(str(connection.settings_dict["NAME"]))
