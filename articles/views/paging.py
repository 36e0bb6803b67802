"""Pages of lists of editions: the rows of a page and the number of all of them come in one query."""

from typing import Any

from django.core.paginator import Page, Paginator

from articles.models.edition import Edition, EditionQuerySet

LONGEST_NUMBER = 16  # digits; a database counts no further


def asked_for(given: str | None) -> int:
    """The number of the page that is asked for, 1 where none is; 0 where it is no number of a page."""
    asked = given or "1"
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) <= LONGEST_NUMBER else 0


class EditionPages(Paginator):
    """Pages of a list of live editions. A number that is none of theirs leads to one of them, for a query more."""

    object_list: EditionQuerySet

    def get_page(self, number: Any) -> Page[Edition]:
        asked = asked_for(number)
        rows = list(self.object_list.rows((asked - 1) * self.per_page, self.per_page)) if asked else []
        if not rows and asked != 1:
            return super().get_page(number)
        self.count = rows[0].total if rows else 0
        return Page(rows, asked, self)
