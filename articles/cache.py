"""What every page asks for and rarely changes, kept in the process for half a minute: sections, medicines, the
glossary, lengths of lists. All requests share the very objects, so nobody changes them.

A change in this process is seen at once, one in another process after at most `KEPT_FOR`. The desk and the gate never
look here: they ask the database.
"""

import re
import time
from collections.abc import Callable, Iterable
from datetime import datetime
from functools import partial
from typing import Any, TypeVar

from django.db import models, transaction

from articles import replica
from articles.metrics import CACHE_LOOKUPS
from articles.models import Drug, Edition, Section, Term

KEPT_FOR = 30  # seconds
MOST = 1000  # values that follow from one model's rows: of lists there are as many as topics and months
# Names of glossary terms that explain themselves where they stand: the glossary lists them, no page marks them.
EVERYDAY = frozenset(
    {"flare", "inflammatory", "numbness", "pain relief", "pain reliever", "painkiller", "pins and needles"}
    | {"side effect", "side effects", "slowed breathing"}
)
Value = TypeVar("Value")
Store = dict[str, tuple[float, Any]]  # a value's name, until when it is kept, and the value
LOOKUPS = [CACHE_LOOKUPS.labels("process", result) for result in ("miss", "hit")]
_kept: dict[type[models.Model], Store] = {Drug: {}, Edition: {}, Section: {}, Term: {}}


def sections() -> tuple[Section, ...]:
    return _value(Section, "all", lambda: tuple(Section.objects.all()))


def medicines() -> tuple[Drug, ...]:
    """The cards that readers may see: those that somebody held against the label, and a demonstration's."""
    cards = Drug.objects.filter(is_class=False).select_related("checked_by", "checked_label", "label")
    return _value(Drug, "checked", lambda: tuple(card for card in cards if card.is_checked or card.is_demonstration))


def glossary() -> tuple[Term, ...]:
    """Every term."""
    return _value(Term, "terms", lambda: tuple(term for term, _names in _glossary()))


def _glossary() -> tuple[tuple[Term, tuple[str, ...]], ...]:
    """Each term, and its names as `_words` has them."""
    return _value(Term, "all", lambda: tuple((term, tuple(map(_words, term.names))) for term in Term.objects.all()))


def term_keys(*, but_of: str = "") -> dict[str, str]:
    """The names by which texts mention glossary terms, and the key (its slug) of the term that each names.

    Not the everyday words among them; and no term that `but_of`, a title, names: its article explains it better.
    """
    title = _words(but_of)
    explained = [term for term, names in _glossary() if not any(name in title for name in names)]
    return {name: term.slug for term in explained for name in term.names if name.casefold() not in EVERYDAY}


def _words(text: str) -> str:
    """Its words alone, each between spaces, so that one text is found in another by whole words."""
    return re.sub(r"\W+", " ", f" {text.casefold()} ")


def terms(keys: Iterable[str]) -> list[Term]:
    """The terms with these keys, in their order."""
    terms = {term.slug: term for term, _names in _glossary()}
    return [terms[key] for key in keys if key in terms]


def next_change(after: datetime) -> datetime | None:
    """`Edition.objects.next_change`. What another process schedules for the next half minute it may not know yet."""
    store = _kept[Edition]
    since, change = _get(store, "next change") or (None, None)
    if since is None or after < since or (change is not None and change <= after):
        change = Edition.objects.next_change(after)
        _keep(store, "next change", (after, change))
    return change


def total(name: str) -> int | None:
    """How many editions the list of this name has, if it was counted since the last one was printed."""
    return _get(_kept[Edition], f"total {name}")


def keep_total(name: str, number: int) -> None:
    _keep(_kept[Edition], f"total {name}", number)


def _value(model: type[models.Model], name: str, read: Callable[[], Value]) -> Value:
    store = _kept[model]  # a change while it is read drops this one
    kept = _get(store, name)
    if kept is not None:
        return kept
    with replica.primary():  # what lags would be kept long after it was changed
        return _keep(store, name, read())


def _get(store: Store, name: str) -> Any:
    until, value = store.get(name, (0.0, None))
    value_kept = value if time.monotonic() < until else None
    LOOKUPS[value_kept is not None].inc()
    return value_kept


def _keep(store: Store, name: str, value: Value) -> Value:
    if len(store) >= MOST:
        store.clear()
    store[name] = (time.monotonic() + KEPT_FOR, value)
    return value


def forget(sender: type[models.Model], **kwargs: Any) -> None:
    """A receiver of `post_save` and `post_delete`: what changed is read anew, at once and again after the commit."""
    _drop(sender)
    transaction.on_commit(partial(_drop, sender))


def _drop(model: type[models.Model]) -> None:
    _kept[model] = {}


def clear() -> None:
    """Forgets everything; for code that changes rows without the models."""
    for model in _kept:
        _drop(model)


def watch() -> None:
    """Called once when the application starts."""
    for model in _kept:
        models.signals.post_save.connect(forget, sender=model)
        models.signals.post_delete.connect(forget, sender=model)
