"""Pages of lists of editions: their rows, and the number of all of them where it is not known, in one query."""

from typing import Any

from django.core.paginator import Page, Paginator

from articles import cache
from articles.models.edition import Edition, EditionQuerySet
from articles.numbers import positive

MOST_PAGES = 10**16  # more than that many, times the rows of a page, no database counts


def asked_for(given: str | None) -> int:
    """The number of the page that is asked for, 1 where none is; 0 where it is no number of a page."""
    number = positive(given or "1")
    return number if number < MOST_PAGES else 0


class EditionPages(Paginator):
    """Pages of a list of live editions, whose length is kept by a name (`cache.totals`).

    A number that is none of theirs leads to one of them, for a query more.
    """

    object_list: EditionQuerySet

    def __init__(self, editions: EditionQuerySet, per_page: int, *, name: str) -> None:
        super().__init__(editions, per_page)
        self._name = name

    def get_page(self, number: Any) -> Page[Edition]:
        totals = cache.totals()
        asked, total = asked_for(number), totals.get(self._name)
        rows = self._rows(asked, counted=total is None) if asked else []
        if not rows and asked != 1:
            return super().get_page(number)
        if total is None:
            total = rows[0].total if rows else 0
            totals[self._name] = total
        self.count = total
        return Page(rows, asked, self)

    def _rows(self, page: int, *, counted: bool) -> list[Edition]:
        rows = self.object_list.rows((page - 1) * self.per_page, self.per_page)
        return list(rows.with_total(self.object_list) if counted else rows)
