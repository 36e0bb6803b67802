"""Tally: what a process counts in memory and adds to a table once a minute. Nobody who is counted waits for that."""

import logging
import threading
from collections import Counter
from collections.abc import Callable, Collection, Hashable
from typing import Any, Generic, TypeVar, cast

from django.db import DEFAULT_DB_ALIAS, DatabaseError, connection, connections
from django.db.models import Field, Model

logger = logging.getLogger(__name__)

EVERY = 60.0  # seconds
Key = TypeVar("Key", bound=Hashable)


class Tally(Generic[Key]):
    """Counts by key, at most so many of them. Shared by all threads, under a lock.

    `write` adds them to the database; what it could not add is tried again together with what is counted next.
    """

    def __init__(self, write: Callable[[Counter[Key]], None], *, most: int) -> None:
        self.write, self.most = write, most
        self.lock, self.counted, self.is_begun = threading.Lock(), Counter[Key](), False

    def add(self, key: Key) -> None:
        with self.lock:
            if key in self.counted or len(self.counted) < self.most:
                self.counted[key] += 1
            begins, self.is_begun = not self.is_begun, True
        if begins:
            self.begin()

    def begin(self) -> None:
        """A thread that the process waits for when it ends, whichever began it: what is counted by then is written."""
        threading.Thread(target=self._write_soon, name="tally", daemon=False).start()

    def _write_soon(self) -> None:
        threading.main_thread().join(EVERY)
        try:
            self.flush()
        finally:
            connection.close()  # this thread's own

    def flush(self) -> None:
        with self.lock:
            due, self.counted, self.is_begun = self.counted, Counter(), False
        if not due:
            return
        try:
            self.write(due)
        except DatabaseError as problem:
            logger.warning("what was counted could not be written yet: %s", type(problem).__name__)
            with self.lock:
                self.counted += due


def add_to(model: type[Model], key: Collection[str], rows: Collection[tuple[Any, ...]]) -> None:
    """Adds to the column `count` of the rows with these keys, which are made where they are missing; in one statement.

    Each of `rows` is the columns of `key`, which are unique together, and what is added.
    """
    if not rows:
        return
    database = connections[DEFAULT_DB_ALIAS]
    quote, fields = database.ops.quote_name, [cast("Field[Any, Any]", model._meta.get_field(name)) for name in key]
    table, columns = quote(model._meta.db_table), ", ".join(quote(name) for name in key)
    places = ", ".join([f"({', '.join(['%s'] * (len(key) + 1))})"] * len(rows))
    values: list[Any] = []
    for *keys, times in rows:
        values += [field.get_db_prep_save(value, database) for field, value in zip(fields, keys, strict=True)]
        values.append(times)
    with database.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} ({columns}, count) VALUES {places} "  # noqa: S608
            f"ON CONFLICT ({columns}) DO UPDATE SET count = {table}.count + excluded.count",
            values,
        )
