"""What every page asks for and rarely changes, for half a minute: sections, medicines, the glossary, lengths of lists.

A change in this process is seen at once, one in another process after at most `KEPT_FOR`. The desk and the gate never
look here: they ask the database.
"""

import hashlib
import re
import secrets
from datetime import datetime
from functools import partial
from typing import Any

from django.core.cache import cache
from django.db import models, transaction

from articles.models import Drug, Edition, Section, Term

KEPT_FOR = 30  # seconds
# Names of glossary terms that explain themselves where they stand: the glossary lists them, no page marks them.
EVERYDAY = frozenset(
    {"flare", "inflammatory", "numbness", "pain relief", "pain reliever", "painkiller", "pins and needles"}
    | {"side effect", "side effects", "slowed breathing"}
)
_TOTALS = "articles.known.totals"
_WITH: dict[type[models.Model], tuple[str, ...]] = {Drug: ("checked_by",)}


def sections() -> list[Section]:
    return _kept(Section)


def medicines() -> list[Drug]:
    """The cards that readers may see: those that somebody held against the label."""
    return [card for card in _kept(Drug) if card.is_checked]


def term_keys(*, but_of: str = "") -> dict[str, str]:
    """The names by which texts mention glossary terms, and the key (its slug) of the term that each names.

    Not the everyday words among them; and no term that `but_of`, a title, names: its article explains it better.
    """
    title = _words(but_of)
    told = [term for term in _kept(Term) if not any(_words(name) in title for name in term.names)]
    return {name: term.slug for term in told for name in term.names if name.casefold() not in EVERYDAY}


def _words(said: str) -> str:
    """Its words alone, each between spaces, so that one text is found in another by whole words."""
    return re.sub(r"\W+", " ", f" {said.casefold()} ")


def terms(keys: list[str]) -> list[Term]:
    """The terms with these keys, in their order."""
    found = {term.slug: term for term in _kept(Term)}
    return [found[key] for key in keys if key in found]


def next_change(after: datetime) -> datetime | None:
    """`Edition.objects.next_change`. What another process schedules for the next half minute it may not know yet."""
    kept: tuple[datetime, datetime | None] | None = cache.get(_key(Edition))
    if kept is None or after < kept[0] or (kept[1] is not None and kept[1] <= after):
        kept = (after, Edition.objects.next_change(after))
        cache.set(_key(Edition), kept, KEPT_FOR)
    return kept[1]


def total(name: str) -> int | None:
    """How many editions the list of this name has, if it was counted since the last one was printed."""
    found: int | None = cache.get(_total_key(name))
    return found


def keep_total(name: str, number: int) -> None:
    cache.set(_total_key(name), number, KEPT_FOR)


def _total_key(name: str) -> str:
    """Under a mark that goes with every change of an edition, and all totals with it."""
    mark = cache.get_or_set(_TOTALS, lambda: secrets.token_hex(8), None)
    return f"{_TOTALS}.{mark}.{hashlib.sha256(name.encode()).hexdigest()}"


def _kept(model: type[models.Model]) -> list[Any]:
    kept: Any = cache.get_or_set(
        _key(model), lambda: list(model._default_manager.select_related(*_WITH.get(model, ()))), KEPT_FOR
    )
    return list(kept)


def _key(model: type[models.Model]) -> str:
    return f"articles.known.{model._meta.model_name}"


def forget(sender: type[models.Model], **kwargs: Any) -> None:
    """A receiver of `post_save` and `post_delete`: what changed is read anew, at once and again after the commit."""
    keys = [_key(sender), *([_TOTALS] if sender is Edition else [])]
    cache.delete_many(keys)
    transaction.on_commit(partial(cache.delete_many, keys))


def watch() -> None:
    """Called once when the application starts."""
    for model in (Drug, Edition, Section, Term):
        models.signals.post_save.connect(forget, sender=model)
        models.signals.post_delete.connect(forget, sender=model)
