"""Live editions as lists show them: one query says which, and one brings what the cards of all of them show."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from typing import Any

from django.urls import reverse
from django.utils import timezone

from articles.models.edition import Edition
from articles.models.joined import Columns, Row, fetch, marks, parts
from articles.models.live import LISTED
from articles.models.shown import CREDIT, IMAGE, REVIEW, SECTION, Pictures
from articles.models.taxonomy import Section

UNSHOWN = ("body", "search_text", "references", "corrections", "set_aside", "answers", "disclosure")
CARD = Columns(Edition, "edition", *UNSHOWN)
LEAD = IMAGE.under("lead"), CREDIT.under("credit")
PRESENT = IMAGE.under("present"), CREDIT.under("new_credit")
EVERY = "articles_edition edition"


@dataclass(frozen=True)
class Card:
    """An edition in a list: its row, joined with its section, its review and its lead picture as it is now."""

    row: Row

    @property
    def pk(self) -> int:
        return int(self.row[0])

    @property
    def article_id(self) -> int:
        return int(self.row[CARD.names.index("article_id")])

    @property
    def slug(self) -> str:
        return str(self.row[CARD.names.index("slug")])

    @property
    def title(self) -> str:
        return str(self.row[CARD.names.index("title")])

    def get_absolute_url(self) -> str:
        return reverse("article", args=[self.slug])

    @cached_property
    def edition(self) -> Edition:
        own, section, review, lead, lead_credit, present, credit = parts(
            self.row, CARD, SECTION, REVIEW, *LEAD, *PRESENT
        )
        edition = CARD.model_of(own)
        edition.section = SECTION.model_of(section)
        edition.review = None if review[0] is None else REVIEW.model_of(review)
        pictures = Pictures([row for row in (lead + lead_credit, present + credit) if row[0] is not None])
        edition.lead_image = pictures.among([lead[0]]).get(lead[0])
        return edition


def cards(ids: Collection[int]) -> list[Card]:
    """Of the editions with these ids, in their order. One query, or none without ids."""
    if not ids:
        return []
    found = {card.pk: card for card in _cards(EVERY, f"WHERE edition.id IN ({marks(ids)})", [*ids])}
    return [found[pk] for pk in ids if pk in found]


def of_articles(article_ids: Collection[int], at: datetime | None = None) -> list[Card]:
    """Of those of the articles that are live at a moment (now), in their order. One query, or none without ids."""
    if not article_ids:
        return []
    at = (at or timezone.now()).astimezone(UTC)
    rows = _cards(EVERY, f"WHERE edition.article_id IN ({marks(article_ids)}) AND {LISTED}", [*article_ids, at, at])
    found = {card.article_id: card for card in rows}
    return [found[pk] for pk in article_ids if pk in found]


def ranked(best: str, values: list[Any]) -> list[Card]:
    """Of the editions in a query of `search.engines`, the best first. One query."""
    source = f"({best}) best JOIN articles_edition edition ON edition.id = best.edition_id"
    return _cards(source, "ORDER BY best.place, edition.id DESC", values)


def _cards(source: str, which: str, values: list[Any]) -> list[Card]:
    columns = ", ".join(part.sql for part in (CARD, SECTION, REVIEW, *LEAD, *PRESENT))
    sql = (
        f"SELECT {columns} FROM {source} "  # noqa: S608
        "JOIN articles_section section ON section.id = edition.section_id "
        "LEFT JOIN articles_review review ON review.id = edition.review_id "
        "LEFT JOIN articles_image lead ON lead.id = edition.lead_image_id "
        "LEFT JOIN articles_imagecredit credit ON credit.image_id = lead.id "
        "LEFT JOIN articles_image present ON present.id = lead.replaced_by_id "
        f"LEFT JOIN articles_imagecredit new_credit ON new_credit.image_id = present.id {which}"
    )
    return [Card(row) for row in fetch(sql, values)]


def newest_in_each(sections: Iterable[Section], most: int, at: datetime | None = None) -> dict[int, list[Card]]:
    """The newest live editions of each section, by its id. Two queries for all of them."""
    at = (at or timezone.now()).astimezone(UTC)
    newest = (
        "SELECT section_id, id FROM (SELECT edition.section_id, edition.id FROM articles_edition edition "  # noqa: S608
        f"WHERE edition.section_id = %s AND {LISTED} "
        "ORDER BY edition.first_live_from DESC, edition.id DESC LIMIT %s) newest"
    )
    asked = [section.pk for section in sections]
    values = [value for section in asked for value in (section, at, at, most)]
    rows = fetch(" UNION ALL ".join([newest] * len(asked)), values) if asked else []
    known = {card.pk: card for card in cards([pk for _section, pk in rows])}
    return {section: [known[pk] for own, pk in rows if own == section and pk in known] for section in asked}
