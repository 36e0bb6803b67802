"""Cards of medicines and procedures and the glossary as the checks read them: made into objects once while their rows
stay, with what is worked out from all of them.

That saves 8 ms of each text that is judged, of which 2 ms are Django's: it writes the same query anew each time. All
threads share the objects, so nobody changes them.
"""

import json
from datetime import UTC, datetime
from functools import cache, cached_property
from typing import Any, TypeVar

from django.db import connections, models
from django.db.models.functions import Cast

from articles.evidence.mentions import Cards
from articles.models import Drug, Procedure, Term
from articles.publishing.wording import Wording

Rows = list[tuple[Any, ...]]
Kind = TypeVar("Kind", bound=Cards)
_kept: dict[type[models.Model], tuple[Rows, Any]] = {}


class Medicines(Cards):
    """The cards of medicines, and what names them."""

    @cached_property
    def wording(self) -> Wording:
        return Wording(self)

    @cached_property
    def own_names(self) -> list[str]:
        return [name for card in self for name in card.names]

    @cached_property
    def shown(self) -> tuple[Drug, ...]:
        """Those that readers see. A label's day never changes, and another label is another row of the card."""
        models.prefetch_related_objects([card for card in self if card.checked_by_id], "label")
        return tuple(card for card in self if card.is_shown)


def medicines() -> Medicines:
    """Every card, of classes too, by name, as the database has it in this transaction; one query."""
    return _cards(Drug, Medicines)


def procedures() -> list[Procedure]:
    """The same of procedures and devices."""
    return _cards(Procedure, Cards)


def terms() -> list[Term]:
    """The entries of the glossary, by name."""
    return _cards(Term, Cards)


def _cards(model: type[models.Model], kind: type[Kind]) -> Kind:
    known, cards = _kept.get(model, ([], kind()))
    with connections[model._default_manager.db].cursor() as cursor:
        cursor.execute(_query(model))
        rows: Rows = cursor.fetchall()
    if rows != known:
        fields = model._meta.concrete_fields
        names = [field.attname for field in fields]
        read = ([_read(field, value) for field, value in zip(fields, row, strict=True)] for row in rows)
        cards = kind(model.from_db(None, names, row) for row in read)
        _kept[model] = rows, cards
    return cards


@cache
def _query(model: type[models.Model]) -> str:
    """All rows in the model's order, lists as the database's text. The query has no parameters."""
    fields = [
        Cast(field.attname, models.TextField()) if isinstance(field, models.JSONField) else field.attname
        for field in model._meta.concrete_fields
    ]
    return str(model._default_manager.values_list(*fields).query)


def _read(field: "models.Field[Any, Any]", value: Any) -> Any:
    if isinstance(field, models.JSONField):
        return json.loads(value)
    value = field.to_python(value)
    is_naive = isinstance(value, datetime) and value.tzinfo is None  # as SQLite keeps them
    return value.replace(tzinfo=UTC) if is_naive else value
