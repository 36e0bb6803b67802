"""Which database a public page reads: the standby of `DATABASE_REPLICA_URL` while it is known to lag by no more than
two seconds and to hold the very state of the public site that the primary has, else the primary. So a page that was
made from it may be kept with that state's number. Everything that is no public page reads the primary.

How far a standby is behind is learned without its clock and without waiting for a commit: once a second a process
notes how far the primary had written, and asks how much of that the standby has replayed. Such a proof is good for two
seconds.
"""

import logging
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import DEFAULT_DB_ALIAS, Error, connections, models

from articles import public_state
from articles.pausing import Pause

logger = logging.getLogger(__name__)

ALIAS = "replica"
BOUND = 2.0  # seconds
LOOKED_AT_EVERY = 1.0
LEFT_ALONE_FOR = 5.0  # after it did not answer
WRITTEN = "SELECT pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')"
REPLAYED = "SELECT pg_wal_lsn_diff(pg_last_wal_replay_lsn(), '0/0')"  # NULL on a server that is no standby
SENTENCE = f"Lost, or more than {BOUND:.0f} seconds behind. Pages are read from the primary."


class _Lag:
    """Until when the standby is known to be close enough. Shared by all threads: one looks, the others don't wait."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.forget()

    def forget(self) -> None:
        self.pause = Pause(LEFT_ALONE_FOR)
        self.notes = deque[tuple[float, Any]](maxlen=4)  # when, and how far the primary had written by then
        self.good_until, self.next_look = 0.0, 0.0
        self.state: int | None = None  # the last that the standby was seen to hold

    def is_bounded(self) -> bool:
        if time.monotonic() >= self.next_look and self.lock.acquire(blocking=False):
            try:
                self._look()
            finally:
                self.lock.release()
        return time.monotonic() < self.good_until

    def _look(self) -> None:
        now = time.monotonic()
        self.next_look = now + LOOKED_AT_EVERY
        if not self.pause.may_ask():
            return
        try:
            self.notes.append((now, _asked(DEFAULT_DB_ALIAS, WRITTEN)))
        except Error:
            return  # the page that asked finds out for itself
        try:
            replayed = _asked(ALIAS, REPLAYED)
        except Error:
            self._failed()
            return
        if self.pause.answered():
            logger.warning("the database replica answers again")
        proven = [at for at, written in self.notes if replayed is not None and written <= replayed]
        if proven:
            self.good_until = proven[-1] + BOUND

    def has_present_state(self) -> bool:
        """The standby is asked once for each state of the public site: it never goes back."""
        present = public_state.current()
        if present is None or present == self.state:
            return present is not None
        try:
            self.state = _asked(ALIAS, public_state.NUMBER)
        except Error:
            self._failed()
            return False
        return present == self.state

    def _failed(self) -> None:
        connections[ALIAS].close()
        self.lost()
        if self.pause.failed():
            logger.warning("the database replica does not answer: pages are read from the primary")

    def lost(self) -> None:
        """The next page looks anew."""
        self.good_until = self.next_look = 0.0


def _asked(alias: str, sql: str) -> Any:
    with connections[alias].cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchone()[0]


class _Reading:
    """A request, which reads one database from its first query to its last."""

    def __init__(self, is_public: Callable[[], bool]) -> None:
        self.is_public, self._alias = is_public, ""

    def alias(self) -> str:
        if not self._alias:
            if not self.is_public():
                return DEFAULT_DB_ALIAS  # as long as nobody knows which page it is
            is_good = _lag.is_bounded() and _lag.has_present_state()
            self._alias = ALIAS if is_good else DEFAULT_DB_ALIAS
        return self._alias

    def turn_to_primary(self) -> bool:
        """Whether it had read the standby before."""
        before, self._alias = self._alias, DEFAULT_DB_ALIAS
        return before == ALIAS


_lag = _Lag()
_reading: ContextVar[_Reading | None] = ContextVar("reading", default=None)


@contextmanager
def reading(is_public: Callable[[], bool]) -> Iterator[None]:
    """Around a request; `is_public` is asked before its first query."""
    with _set(_Reading(is_public)):
        yield


def primary() -> Any:
    """Around what must be read from the primary at every request."""
    return _set(None)


@contextmanager
def _set(value: _Reading | None) -> Iterator[None]:
    token = _reading.set(value)
    try:
        yield
    finally:
        _reading.reset(token)


def is_read() -> bool:
    """Whether the request reads the standby."""
    request = _reading.get()
    return request is not None and request.alias() == ALIAS


def turn_to_primary() -> bool:
    """The request reads the primary from now on. Whether it had read the standby before."""
    request = _reading.get()
    return request is not None and request.turn_to_primary()


def lost() -> None:
    """A query to the standby failed."""
    _lag.lost()


def forget() -> None:
    """As in a process that has just begun."""
    _lag.forget()


def problem() -> str:
    """What is wrong, in a sentence; empty where nothing is, or no standby is set."""
    return SENTENCE if ALIAS in connections and not _lag.is_bounded() else ""


class Router:
    """https://docs.djangoproject.com/en/stable/topics/db/multi-db/#using-routers"""

    def db_for_read(self, model: type[models.Model], **hints: Any) -> str:
        request = _reading.get()
        return request.alias() if request else DEFAULT_DB_ALIAS

    def db_for_write(self, model: type[models.Model], **hints: Any) -> str:
        turn_to_primary()  # a request that writes sees what it wrote
        return DEFAULT_DB_ALIAS

    def allow_relation(self, one: models.Model, other: models.Model, **hints: Any) -> bool:
        return True  # both databases hold the same rows

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        return db == DEFAULT_DB_ALIAS
