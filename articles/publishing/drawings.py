"""Labeled drawings: how one comes into the library, how another follows it, and what pages show of it."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.template.loader import render_to_string

from articles.models import Contributor, Drawing, Edition
from articles.refusal import Refused
from articles.richtext import drawings
from articles.richtext.render import Drawn

CHECKED = frozenset({"checked_by", "checked_on"})


class DrawingsRefused(Refused):
    """A drawing that cannot be kept or changed."""


@transaction.atomic
def keep(
    drawing: Drawing, *, checked_by: Contributor | None, checked_on: date | None, following: Drawing | None = None
) -> Drawing:
    """A new row, cleaned; `following` is the drawing that it takes the place of in new texts. Those that show the old
    one stay as they are.
    """
    if following is not None and Drawing.objects.filter(replaces=following).exists():
        raise DrawingsRefused(f"“{following}” was replaced already. Change the newer drawing.")
    drawing.pk, drawing.replaces, drawing.svg = None, following, drawings.taken_in(drawing.svg)
    drawing.check_by(checked_by, checked_on)
    drawing.save(force_insert=True)
    return drawing


@transaction.atomic
def note_check(drawing: Drawing, *, checked_by: Contributor | None, checked_on: date | None) -> None:
    """Who checked it, until it is published."""
    if is_published(drawing):
        raise DrawingsRefused("This drawing is published, so who checked it can’t be changed.")
    drawing.check_by(checked_by, checked_on)
    drawing.save(update_fields=["checked_by", "checked_on", "checker"])


def is_published(drawing: Drawing) -> bool:
    return Edition.objects.filter(body__contains=f'data-drawing="{drawing.pk}"').exists()


def shown(ids: Iterable[int], *, page: str = "") -> dict[int, Drawn]:
    """Drawings with what stands below them, in one query if there are any. With `page`, the address where they are to
    be seen, they are in words alone.
    """
    wanted = {pk for pk in ids if pk}
    found = Drawing.objects.filter(pk__in=wanted) if wanted else []
    return {drawing.pk: _drawn(drawing, page) for drawing in found}


def _drawn(drawing: Drawing, page: str) -> Drawn:
    below = render_to_string("articles/drawing.html", {"drawing": drawing, "page": page})
    return Drawn("" if page else drawing.svg, below)
