"""Live editions as pages and lists show them. Each query brings the rows of several tables and is written once:
Django's queryset takes longer to write SQL for so many columns than a database to run it.

Rows stay as they came, so that what was made of the same rows before is found again; models are made of them on demand.
"""

import json
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from typing import Any, Generic, NamedTuple, TypeVar

from django.db import connections, models, router
from django.urls import reverse
from django.utils import timezone

from articles.models.credit import ImageCredit
from articles.models.edition import LIVE, Edition, EditionByline
from articles.models.image import Image
from articles.models.people import Contributor
from articles.models.retraction import RetractionNotice
from articles.models.review import Review
from articles.models.taxonomy import Section

Row = tuple[Any, ...]
Model = TypeVar("Model", bound=models.Model)


class Columns(Generic[Model]):
    """The columns of a model in a query, the primary key first, under an alias for its table."""

    def __init__(self, model: type[Model], alias: str, *without: str) -> None:
        self._model, self._alias, self._without = model, alias, without

    @cached_property
    def _fields(self) -> list[Any]:
        return [field for field in self._model._meta.concrete_fields if field.attname not in self._without]

    @cached_property
    def sql(self) -> str:
        return ", ".join(f'{self._alias}."{field.column}"' for field in self._fields)

    @cached_property
    def names(self) -> list[str]:
        return [field.attname for field in self._fields]

    @cached_property
    def _readers(self) -> list[Callable[[Any], Any] | None]:
        return [_reader(field) for field in self._fields]

    def __len__(self) -> int:
        return len(self._fields)

    def model_of(self, values: Row) -> Model:
        read = [
            value if reader is None or value is None else reader(value)
            for reader, value in zip(self._readers, values, strict=True)
        ]
        return self._model.from_db(router.db_for_read(self._model), self.names, read)


def _reader(field: Any) -> Callable[[Any], Any] | None:
    """What makes a value of a model of one that a driver brings; SQLite has no moments, days, booleans or JSON."""
    if isinstance(field, models.JSONField):
        return lambda value: json.loads(value) if isinstance(value, str) else value
    if isinstance(field, models.DateTimeField):
        return lambda value: _aware(field.to_python(value))
    return field.to_python if isinstance(field, models.DateField | models.BooleanField) else None


def _aware(at: datetime) -> datetime:
    return timezone.make_aware(at, UTC) if timezone.is_naive(at) else at


EDITION = Columns(Edition, "edition", "body", "search_text")
CARD = Columns(Edition, "edition", "body", "search_text", "references", "corrections", "set_aside", "answers")
SECTION = Columns(Section, "section")
REVIEW = Columns(Review, "review", "comments", "reminded_at_days")
PERSON = Columns(Contributor, "person", "biography", "interests", "email", "user_id")
IMAGE = Columns(Image, "image", "fingerprint", "original", "file_name")
CREDIT = Columns(ImageCredit, "credit")
NOTICE = Columns(RetractionNotice, "notice")
DOIS, PMIDS = ("doi", "notice_doi"), ("pmid", "notice_pmid")


def _rows(sql: str, values: Sequence[Any]) -> list[Row]:
    with connections[router.db_for_read(Edition)].cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()


def _marks(values: Collection[Any]) -> str:
    return ", ".join(["%s"] * len(values))


def _parts(row: Row, *parts: "Columns[Any] | int") -> list[Any]:
    """A row taken apart: the values of each `Columns`, and single ones where a number says how many."""
    taken, start = [], 0
    for part in parts:
        end = start + (part if isinstance(part, int) else len(part))
        taken.append(row[start:end])
        start = end
    return taken


@dataclass(frozen=True)
class Pictures:
    """Pictures with their credits, and those that replaced them, the newest first."""

    rows: list[Row]

    @classmethod
    def of(cls, ids: Collection[int]) -> "Pictures":
        """One query, or none without ids."""
        if not ids:
            return cls([])
        marks = _marks(ids)
        sql = (
            f"SELECT {IMAGE.sql}, {CREDIT.sql} FROM articles_image image "  # noqa: S608
            f"LEFT JOIN articles_imagecredit credit ON credit.image_id = image.id WHERE image.id IN ({marks}) OR "
            f"image.id IN (SELECT put.replaced_by_id FROM articles_image put WHERE put.id IN ({marks})) "
            "ORDER BY image.uploaded_at DESC, image.id DESC"
        )
        return cls(_rows(sql, [*ids, *ids]))

    def among(self, ids: Collection[int]) -> dict[int, Image]:
        """Those of them, in their order; new models for each call, for a picture gets the words of its place."""
        return {row[0]: self._image(row) for row in self.rows if row[0] in ids}

    def _image(self, row: Row) -> Image:
        own, credit_values = _parts(row, IMAGE, CREDIT)
        image = IMAGE.model_of(own)
        other = next((other for other in self.rows if other[0] == image.replaced_by_id), None)
        replacement = self._image(other) if other else None
        if credit_values[0] is None or (replacement is None) != (image.replaced_by_id is None):
            return Image.objects.with_credit().get(pk=image.pk)  # only a queryset can note that there is no credit
        image.credit, image.replaced_by = CREDIT.model_of(credit_values), replacement
        return image


class Neighbor(NamedTuple):
    """An article to read next."""

    article_id: int
    slug: str
    title: str

    def get_absolute_url(self) -> str:
        return reverse("article", args=[self.slug])


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
    def lead_image_ids(self) -> list[int]:
        """None or one."""
        lead = self.row[EDITION.names.index("lead_image_id")]
        return [] if lead is None else [lead]

    def edition(self) -> Edition:
        edition = EDITION.model_of(self.row)
        edition.section = SECTION.model_of(self.section)
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
            line, values = _parts(row, 4, PERSON)
            yield (None if line[0] is None else line), PERSON.model_of(values)


def article_at(slug: str, at: datetime | None = None) -> ShownArticle | None:
    """The article that is live at an address at a moment (now). Two queries."""
    at = (at or timezone.now()).astimezone(UTC)
    sql = (
        f"SELECT {EDITION.sql}, {SECTION.sql}, {REVIEW.sql}, made.digest, made.content, made.names, near.articles "  # noqa: S608
        "FROM articles_edition edition JOIN articles_section section ON section.id = edition.section_id "
        "LEFT JOIN articles_review review ON review.id = edition.review_id "
        "LEFT JOIN articles_pagetext made ON made.edition_id = edition.id "
        "LEFT JOIN articles_readnext near ON near.edition_id = edition.id "
        f"WHERE edition.slug = %s AND {LIVE} ORDER BY edition.live_from DESC, edition.id DESC LIMIT 1"
    )
    rows = _rows(sql, [slug, at, at])
    if not rows:
        return None
    own, section, review, (digest, content, names, nearest) = _parts(rows[0], EDITION, SECTION, REVIEW, 4)
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
    return _rows(sql, [edition_id, reviewer_id])


def notices(dois: Collection[str], pmids: Collection[str]) -> list[Row]:
    """`RetractionNotice.objects.about`, as rows. One query, or none without identifiers."""
    asked = [(name, ids) for names, ids in ((DOIS, dois), (PMIDS, pmids)) if ids for name in names]
    if not asked:
        return []
    about = " OR ".join(f"notice.{name} IN ({_marks(ids)})" for name, ids in asked)
    sql = (
        f"SELECT {NOTICE.sql} FROM articles_retractionnotice notice WHERE {about} "  # noqa: S608
        "ORDER BY notice.noticed_on IS NOT NULL, notice.noticed_on, notice.record_id"
    )
    return _rows(sql, [identifier for _name, ids in asked for identifier in ids])


def notice_models(rows: Iterable[Row]) -> list[RetractionNotice]:
    return [NOTICE.model_of(row) for row in rows]


def neighbors(article_ids: Collection[int], at: datetime | None = None) -> list[Neighbor]:
    """Those of the articles that are live at a moment (now), in their order. One query, or none without ids."""
    if not article_ids:
        return []
    at = (at or timezone.now()).astimezone(UTC)
    sql = (
        "SELECT edition.article_id, edition.slug, edition.title FROM articles_edition edition "  # noqa: S608
        f"WHERE edition.article_id IN ({_marks(article_ids)}) AND {LIVE}"
    )
    found = {row[0]: Neighbor(*row) for row in _rows(sql, [*article_ids, at, at])}
    return [found[pk] for pk in article_ids if pk in found]
