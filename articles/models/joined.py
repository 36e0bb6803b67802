"""Queries that bring the rows of several tables, each written once: Django's queryset takes longer to write SQL for so
many columns than a database to run it. Rows stay as they came, so that what was made of the same rows before is found
again; models are made of them on demand.
"""

import json
from collections.abc import Callable, Collection, Sequence
from datetime import UTC, datetime
from functools import cached_property
from typing import Any, Generic, TypeVar

from django.db import connections, models, router
from django.utils import timezone

from articles.models.edition import Edition

Row = tuple[Any, ...]
Model = TypeVar("Model", bound=models.Model)


class Columns(Generic[Model]):
    """The columns of a model in a query, the primary key first, under an alias for its table."""

    def __init__(self, model: type[Model], alias: str, *without: str) -> None:
        self._model, self._alias, self._without = model, alias, without

    def under(self, alias: str) -> "Columns[Model]":
        """The same columns of another row."""
        return Columns(self._model, alias, *self._without)

    @cached_property
    def _fields(self) -> list[Any]:
        return [field for field in self._model._meta.concrete_fields if field.attname not in self._without]

    @cached_property
    def sql(self) -> str:
        return ", ".join(f'{self._alias}."{field.column}"' for field in self._fields)

    @cached_property
    def names(self) -> list[str]:
        return [field.attname for field in self._fields]

    @cached_property
    def _readers(self) -> list[Callable[[Any], Any] | None]:
        return [_reader(field) for field in self._fields]

    def __len__(self) -> int:
        return len(self._fields)

    def model_of(self, values: Row) -> Model:
        read = [
            value if reader is None or value is None else reader(value)
            for reader, value in zip(self._readers, values, strict=True)
        ]
        return self._model.from_db(router.db_for_read(self._model), self.names, read)


def _reader(field: Any) -> Callable[[Any], Any] | None:
    """What makes a value of a model of one that a driver brings; SQLite has no moments, days, booleans or JSON."""
    if isinstance(field, models.JSONField):
        return lambda value: json.loads(value) if isinstance(value, str) else value
    if isinstance(field, models.DateTimeField):
        return lambda value: _aware(field.to_python(value))
    return field.to_python if isinstance(field, models.DateField | models.BooleanField) else None


def _aware(at: datetime) -> datetime:
    return timezone.make_aware(at, UTC) if timezone.is_naive(at) else at


def fetch(sql: str, values: Sequence[Any]) -> list[Row]:
    with connections[router.db_for_read(Edition)].cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()


def marks(values: Collection[Any]) -> str:
    return ", ".join(["%s"] * len(values))


def parts(row: Row, *columns: "Columns[Any] | int") -> list[Any]:
    """A row taken apart: the values of each `Columns`, and single ones where a number says how many."""
    taken, start = [], 0
    for part in columns:
        end = start + (part if isinstance(part, int) else len(part))
        taken.append(row[start:end])
        start = end
    return taken
