"""Pages of lists of editions: one query for which they are, and for the number of all where it is not known; and one
for what their cards show.
"""

from typing import Any

from django.core.paginator import Page, Paginator

from articles import cache
from articles.models.cards import Card, cards
from articles.models.edition import EditionQuerySet
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

    def get_page(self, number: Any) -> Page[Card]:
        totals, asked = cache.totals(), asked_for(number)
        ids = self._ids(asked, totals) if asked else []
        if not ids and asked != 1:
            asked = super().get_page(number).number
            ids = self._ids(asked, totals)
        return Page(cards(ids), asked, self)

    def _ids(self, page: int, totals: dict[str, int]) -> list[int]:
        first, total = (page - 1) * self.per_page, totals.get(self._name)
        if total is not None:
            ids = self.object_list.ids(first, self.per_page)
        else:
            ids, total = self.object_list.ids_and_total(first, self.per_page)
            if not ids and page != 1:
                return []  # so nothing is known about the others
            totals[self._name] = total
        self.count = total
        return ids
