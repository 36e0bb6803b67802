"""What every page asks for and what rarely changes: sections, cards of medicines, the glossary; kept for half a minute.

A change in this process is seen at once, one in another process after at most `KEPT_FOR`. The desk and the gate never
look here: they ask the database.
"""

from datetime import datetime
from functools import partial
from typing import Any

from django.core.cache import cache
from django.db import models, transaction

from articles.models import Drug, Edition, Section, Term

KEPT_FOR = 30  # seconds
_WITH: dict[type[models.Model], tuple[str, ...]] = {Drug: ("checked_by",)}


def sections() -> list[Section]:
    return _kept(Section)


def medicines() -> list[Drug]:
    """The cards that readers may see: those that somebody held against the label."""
    return [card for card in _kept(Drug) if card.is_checked]


def term_keys() -> dict[str, str]:
    """Every name of every glossary term, and the key (its slug) of the term that it names."""
    return {name: term.slug for term in _kept(Term) for name in term.names}


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


def _kept(model: type[models.Model]) -> list[Any]:
    kept: Any = cache.get_or_set(
        _key(model), lambda: list(model._default_manager.select_related(*_WITH.get(model, ()))), KEPT_FOR
    )
    return list(kept)


def _key(model: type[models.Model]) -> str:
    return f"articles.known.{model._meta.model_name}"


def forget(sender: type[models.Model], **kwargs: Any) -> None:
    """A receiver of `post_save` and `post_delete`: what changed is read anew, at once and again after the commit."""
    cache.delete(_key(sender))
    transaction.on_commit(partial(cache.delete, _key(sender)))


def watch() -> None:
    """Called once when the application starts."""
    for model in (Drug, Edition, Section, Term):
        models.signals.post_save.connect(forget, sender=model)
        models.signals.post_delete.connect(forget, sender=model)
