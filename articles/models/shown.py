"""Live editions as pages and lists show them, with pictures, people and notices, in few queries."""

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from django.utils import timezone

from articles.models.credit import ImageCredit
from articles.models.edition import Edition, EditionByline
from articles.models.image import Image
from articles.models.joined import Columns, Row, fetch, marks, parts
from articles.models.live import LIVE
from articles.models.people import Contributor
from articles.models.retraction import RetractionNotice
from articles.models.review import Review
from articles.models.taxonomy import Section

EDITION = Columns(Edition, "edition", "body", "search_text")
SECTION = Columns(Section, "section")
REVIEW = Columns(Review, "review", "comments", "reminded_at_days")
PERSON = Columns(Contributor, "person", "biography", "interests", "email", "user_id")
IMAGE = Columns(Image, "image", "fingerprint", "original", "file_name")
CREDIT = Columns(ImageCredit, "credit")
NOTICE = Columns(RetractionNotice, "notice")
DOIS, PMIDS = ("doi", "notice_doi"), ("pmid", "notice_pmid")


@dataclass(frozen=True)
class Pictures:
    """Pictures with their credits, and those that replaced them, the newest first."""

    rows: list[Row]

    @classmethod
    def of(cls, ids: Collection[int]) -> "Pictures":
        """One query, or none without ids."""
        if not ids:
            return cls([])
        given = marks(ids)
        sql = (
            f"SELECT {IMAGE.sql}, {CREDIT.sql} FROM articles_image image "  # noqa: S608
            f"LEFT JOIN articles_imagecredit credit ON credit.image_id = image.id WHERE image.id IN ({given}) OR "
            f"image.id IN (SELECT put.replaced_by_id FROM articles_image put WHERE put.id IN ({given})) "
            "ORDER BY image.uploaded_at DESC, image.id DESC"
        )
        return cls(fetch(sql, [*ids, *ids]))

    def among(self, ids: Collection[int]) -> dict[int, Image]:
        """Those of them, in their order; new models for each call, for a picture gets the words of its place."""
        return {row[0]: self._image(row) for row in self.rows if row[0] in ids}

    def _image(self, row: Row) -> Image:
        own, credit_values = parts(row, IMAGE, CREDIT)
        image = IMAGE.model_of(own)
        other = next((other for other in self.rows if other[0] == image.replaced_by_id), None)
        replacement = self._image(other) if other else None
        if credit_values[0] is None or (replacement is None) != (image.replaced_by_id is None):
            return Image.objects.with_credit().get(pk=image.pk)  # only a queryset can note that there is no credit
        image.credit, image.replaced_by = CREDIT.model_of(credit_values), replacement
        return image


@dataclass(frozen=True)
class ShownArticle:
    """All that the page of a live edition shows but the words that are the site's, in at most five queries.

    `text_digest` and `text_content` are those of its `PageText`; `nearest` the ids of the articles in its `ReadNext`,
    None where they are not known.
    """

    row: Row
    section: Row
    review: Row
    text_digest: str | None
    text_content: str | None
    names: dict[str, list[Any]]
    nearest: list[int] | None
    people: list[Row] = field(default_factory=list)

    @property
    def rows(self) -> tuple[Any, ...]:
        """What of it may change while the edition stays."""
        return self.row, self.section, self.review, self.people

    @property
    def page_type(self) -> str:
        return str(self.row[EDITION.names.index("page_type")])

    @property
    def lead_image_ids(self) -> list[int]:
        """None or one."""
        lead = self.row[EDITION.names.index("lead_image_id")]
        return [] if lead is None else [lead]

    def edition(self) -> Edition:
        edition = EDITION.model_of(self.row)
        edition.section = None if self.section[0] is None else SECTION.model_of(self.section)
        edition.review = None
        if self.review[0] is not None:
            edition.review = REVIEW.model_of(self.review)
            edition.review.reviewer = next(person for line, person in self._people() if line is None)
        return edition

    def bylines(self, edition: Edition) -> list[EditionByline]:
        lines = []
        for line, person in self._people():
            if line is not None:
                pk, position, name, credentials = line
                own = {"position": position, "name": name, "credentials": credentials}
                lines.append(EditionByline(pk=pk, edition=edition, contributor=person, **own))
        return lines

    def _people(self) -> Iterable[tuple[Row | None, Contributor]]:
        for row in self.people:
            line, values = parts(row, 4, PERSON)
            yield (None if line[0] is None else line), PERSON.model_of(values)


def article_at(slug: str, at: datetime | None = None) -> ShownArticle | None:
    """The article, topic page or site page that is live at an address at a moment (now). Two queries."""
    return _where("edition.slug", slug, at)


def hub_of(topic_id: int, at: datetime | None = None) -> ShownArticle | None:
    """The topic page that is live for a topic. Two queries, or one if there is none."""
    return _where("edition.hub_of_id", topic_id, at)


def _where(column: str, value: str | int, at: datetime | None) -> ShownArticle | None:
    at = (at or timezone.now()).astimezone(UTC)
    sql = (
        f"SELECT {EDITION.sql}, {SECTION.sql}, {REVIEW.sql}, made.digest, made.content, made.names, near.articles "  # noqa: S608
        "FROM articles_edition edition LEFT JOIN articles_section section ON section.id = edition.section_id "
        "LEFT JOIN articles_review review ON review.id = edition.review_id "
        "LEFT JOIN articles_pagetext made ON made.edition_id = edition.id "
        "LEFT JOIN articles_readnext near ON near.edition_id = edition.id "
        f"WHERE {column} = %s AND {LIVE} ORDER BY edition.live_from DESC, edition.id DESC LIMIT 1"
    )
    found = fetch(sql, [value, at, at])
    if not found:
        return None
    own, section, review, (digest, content, names, nearest) = parts(found[0], EDITION, SECTION, REVIEW, 4)
    reviewer = review[REVIEW.names.index("reviewer_id")]
    names, nearest = (json.loads(value) if isinstance(value, str) else value for value in (names, nearest))
    return ShownArticle(own, section, review, digest, content, names or {}, nearest, _people(own[0], reviewer))


def _people(edition_id: int, reviewer_id: int | None) -> list[Row]:
    """Its authors in their order, and behind nothing the one who signed it."""
    sql = (
        f"SELECT line.id, line.position AS place, line.name, line.credentials, {PERSON.sql} "  # noqa: S608
        "FROM articles_editionbyline line JOIN articles_contributor person ON person.id = line.contributor_id "
        f"WHERE line.edition_id = %s UNION ALL SELECT NULL, -1, '', '', {PERSON.sql} "
        "FROM articles_contributor person WHERE person.id = %s ORDER BY 2"
    )
    return fetch(sql, [edition_id, reviewer_id])


def notices(dois: Collection[str], pmids: Collection[str]) -> list[Row]:
    """`RetractionNotice.objects.about`, as rows. One query, or none without identifiers."""
    asked = [(name, ids) for names, ids in ((DOIS, dois), (PMIDS, pmids)) if ids for name in names]
    if not asked:
        return []
    about = " OR ".join(f"notice.{name} IN ({marks(ids)})" for name, ids in asked)
    sql = (
        f"SELECT {NOTICE.sql} FROM articles_retractionnotice notice WHERE {about} "  # noqa: S608
        "ORDER BY notice.noticed_on IS NOT NULL, notice.noticed_on, notice.record_id"
    )
    return fetch(sql, [identifier for _name, ids in asked for identifier in ids])


def notice_models(rows: Iterable[Row]) -> list[RetractionNotice]:
    return [NOTICE.model_of(row) for row in rows]
