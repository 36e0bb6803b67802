"""The number of the public site's state as it was last committed. What was read from the database is kept with the
number read before it, and used while `current()` is the same. Numbers are only compared: they do not count.

SQLite is asked each time, for 3 µs, and a commit is known at once. PostgreSQL says so to one thread of a process, a few
milliseconds after the commit; the thread asks by itself each quarter of a second, and what it knows is good for one.
"""

import logging
import os
import sqlite3
import threading
import time
from pathlib import Path

from django.db import DEFAULT_DB_ALIAS, Error, connection, connections

from articles import database_file
from articles.pausing import Pause

logger = logging.getLogger(__name__)

NUMBER = "SELECT SUM(number) FROM articles_publicstate"
LISTEN = "LISTEN articles_public_state"
ASKED_EVERY = 0.25  # seconds
GOOD_FOR = 1.0
WAIT = 0.25  # for SQLite's file, which nobody holds for longer than its recovery takes


def current() -> int | None:
    """None while it cannot be known: then nothing that was kept is used, and nothing is kept.

    So it is inside a transaction of this thread, which sees rows that nobody else may see.
    """
    primary = connections[DEFAULT_DB_ALIAS]  # Django's `connection` looks it up for each attribute, a microsecond each
    if primary.in_atomic_block or database_file.problem():
        return None
    if primary.vendor == "postgresql":
        return _server.number()
    return _file.number(str(primary.settings_dict["NAME"]))


class _File(threading.local):
    """SQLite, by a connection of each thread's own: one that commits does not see its own commits in `data_version`."""

    def __init__(self) -> None:
        self.path, self.connection = "", None  # type: str, sqlite3.Connection | None
        self.version, self.known = 0, None  # type: int, int | None

    def number(self, path: str) -> int | None:
        try:
            if self.connection is None or self.path != path:
                self.connection = self._opened(path)
            [(version,)] = self.connection.execute("PRAGMA data_version").fetchall()
            if version != self.version:  # noted before the number is read: what is committed meanwhile is asked again
                [(self.known,)] = self.connection.execute(NUMBER).fetchall()
                self.version = version
        except sqlite3.Error:  # no file, no table yet, or another process has locked all of it
            self.close()
            return None
        return self.known

    def _opened(self, path: str) -> sqlite3.Connection:
        self.close()
        database_file.begin(path)
        self.path = path
        address = f"{Path(path).absolute().as_uri()}?mode=ro"
        return sqlite3.connect(address, uri=True, timeout=WAIT, isolation_level=None)

    def close(self) -> None:
        if self.connection is not None:
            self.connection.close()
        self.connection, self.version, self.known = None, 0, None


class _Server:
    """PostgreSQL, by one thread that listens. It begins when the number is first asked for in a process."""

    def __init__(self) -> None:
        self.lock, self.ends, self.pause = threading.Lock(), threading.Event(), Pause(ASKED_EVERY)
        self.thread: threading.Thread | None = None
        self.seen: tuple[float, int | None] = (0.0, None)  # when it was asked for, and what it was; replaced whole

    def number(self) -> int | None:
        if self.thread is None or not self.thread.is_alive():
            self._begin()
        asked_at, number = self.seen
        return number if time.monotonic() - asked_at < GOOD_FOR else None

    def _begin(self) -> None:
        with self.lock:
            if self.thread is None or not self.thread.is_alive():
                self.thread = threading.Thread(target=self._listen, name="public state", daemon=True)
                self.thread.start()

    def _listen(self) -> None:
        import psycopg  # a site on SQLite never needs it

        while not self.ends.is_set():
            try:
                self._follow()
            except (Error, psycopg.Error):
                if self.pause.failed():
                    logger.warning("the state of the public site is not known: the database does not answer")
            finally:
                connection.close()  # this thread's own
            self.ends.wait(ASKED_EVERY)

    def _follow(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute(LISTEN)
            while not self.ends.is_set():
                asked_at = time.monotonic()
                cursor.execute(NUMBER)
                [(number,)] = cursor.fetchall()
                self.seen = asked_at, None if number is None else int(number)
                self.pause.answered()
                for _change in connection.connection.notifies(timeout=ASKED_EVERY, stop_after=1):
                    pass

    def end(self) -> None:
        self.ends.set()
        if self.thread is not None:
            self.thread.join()


_file, _server = _File(), _Server()


def forget() -> None:
    """As in a process that has just begun: no thread and no connection of this one is left."""
    global _server
    _server.end()
    _file.close()
    _server = _Server()


def _begin_anew() -> None:
    """In a process that was forked: threads, locks and connections belong to the one that made them."""
    global _file, _server
    _file, _server = _File(), _Server()


os.register_at_fork(after_in_child=_begin_anew)
