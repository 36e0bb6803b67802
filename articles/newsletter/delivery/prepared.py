"""Queries that are put together once and asked at each of ten thousand messages, with other values each time.

Putting one together costs Django several times what the database needs to answer it: with plain querysets a worker is
0.30 times as fast as Django's own `send_messages`, with these 0.85 times (3,000 readers, `python -m tests.bench.sending
speed`). The definition stays a queryset.
"""

import re
from collections.abc import Callable
from datetime import date, datetime
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from django.db import connection
from django.db.models import QuerySet, sql
from django.utils import timezone

YEAR = 1907  # of the stand-ins for moments; no value of ours is that old
MOMENT = datetime(YEAR, 3, 4, 5, 6, 7, 89, tzinfo=ZoneInfo("UTC"))


class _Prepared:
    """`make` is called once, with a stand-in for each value by its name and kind (int, str or datetime)."""

    def __init__(self, make: Callable[..., Any], **kinds: type) -> None:
        self.make, self.kinds = make, kinds
        self.stand_ins = {name: _stand_in(kind, place) for place, (name, kind) in enumerate(kinds.items(), 1)}

    def _compiled(self, query: Any) -> tuple[str, list[Any]]:
        """SQL, and its parameters, with the name of a value (a _Slot) where a stand-in stood."""
        compiler = query.get_compiler(connection=connection)
        statement, given = compiler.as_sql()
        slots = {}
        for name, stand_in in self.stand_ins.items():
            slots[_adapted(stand_in)] = _Slot(name)
            if isinstance(stand_in, datetime):
                slots[_adapted(timezone.localdate(stand_in))] = _Slot(name, as_date=True)
        parameters = [slots.get(one, one) for one in given]
        used = {slot.name for slot in parameters if isinstance(slot, _Slot)}
        if used != set(self.kinds) or any(map(_is_of_that_year, parameters)):
            raise TypeError("A value takes part in this query otherwise than as itself; it cannot be prepared.")
        self.compiler = compiler
        return statement, parameters

    def _fill(self, parameters: list[Any], values: dict[str, Any]) -> list[Any]:
        return [one.value(values) if isinstance(one, _Slot) else one for one in parameters]


class _Slot:
    """A place for a value in a statement."""

    def __init__(self, name: str, *, as_date: bool = False) -> None:
        self.name, self.as_date = name, as_date

    def value(self, values: dict[str, Any]) -> Any:
        given = values[self.name]
        if not isinstance(given, datetime):
            return given
        return _adapted(timezone.localdate(given) if self.as_date else given)

    def __str__(self) -> str:
        return self.name


def _stand_in(kind: type, place: int) -> Any:
    made: dict[type, Any] = {
        int: 31_900 + place,  # within the smallest column; a query has no other number of its own
        str: f"\N{REPLACEMENT CHARACTER}{place}",
        datetime: MOMENT.replace(hour=place, day=place + 1),
    }
    return made[kind]


def _is_of_that_year(parameter: Any) -> bool:
    """Whether a stand-in for a moment is hidden in a parameter; microseconds may be any number."""
    return not isinstance(parameter, int) and bool(re.search(rf"\b{YEAR}-", str(parameter)))


def _adapted(value: Any) -> Any:
    """As the database's driver takes it."""
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    return connection.ops.adapt_datefield_value(value) if isinstance(value, date) else value


class Question(_Prepared):
    """A queryset to be asked again and again: `.rows(at=…)` are tuples of its values or, unread, of its columns."""

    @cached_property
    def _ready(self) -> tuple[str, list[Any]]:
        queryset: QuerySet[Any] = self.make(**self.stand_ins)
        ready = self._compiled(queryset.query)
        self.converters = self.compiler.get_converters([chosen[0] for chosen in self.compiler.select])
        return ready

    def rows(self, **values: Any) -> list[tuple[Any, ...]]:
        """Values as Python knows them."""
        found = self.raw(**values)
        return [tuple(row) for row in self.compiler.apply_converters(found, self.converters)] if found else []

    def raw(self, **values: Any) -> list[tuple[Any, ...]]:
        """Values as the database's driver gives them: enough to see whether they changed."""
        statement, parameters = self._ready
        with connection.cursor() as cursor:
            cursor.execute(statement, self._fill(parameters, values))
            return cursor.fetchall()


class Change(_Prepared):
    """An UPDATE to be made again and again: `make` gives the rows and their new values."""

    @cached_property
    def _ready(self) -> tuple[str, list[Any]]:
        queryset, new = self.make(**self.stand_ins)
        query = queryset.query.chain(sql.UpdateQuery)
        query.add_update_values(new)
        query.clear_select_clause()
        return self._compiled(query)

    def apply(self, **values: Any) -> int:
        """How many rows it changed."""
        statement, parameters = self._ready
        with connection.cursor() as cursor:
            cursor.execute(statement, self._fill(parameters, values))
            return cursor.rowcount
