"""Notices of retraction into the database, batch by batch; what is there already is left alone."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import connection, transaction

from articles.evidence.retractions import BadRow, Notice
from articles.models import RetractionNotice

COLUMNS = ("nature", "title", "journal", "noticed_on", "doi", "pmid", "notice_doi", "notice_pmid", "reasons")
SAID_AS = {"noticed_on": "on"}  # columns that a notice calls otherwise
PREPARED = {
    one.attname: one for one in RetractionNotice._meta.concrete_fields if one.attname in {"noticed_on", "reasons"}
}
# Written out, since a statement of the ORM takes as few rows as SQLite once had parameters for.
UPSERT = (
    f"INSERT INTO articles_retractionnotice (record_id, {', '.join(COLUMNS)}) "  # noqa: S608
    f"VALUES (%s{', %s' * len(COLUMNS)}) ON CONFLICT (record_id) DO UPDATE "
    f"SET {', '.join(f'{name} = excluded.{name}' for name in COLUMNS)}"
)
LONGEST_JOURNAL = 300  # characters that its column takes


@dataclass
class Import:
    """What came of the rows so far."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    unmatched: int = 0
    bad: list[BadRow] = field(default_factory=list)

    @property
    def read(self) -> int:
        return self.new + self.changed + self.unchanged + self.unmatched + len(self.bad)

    @transaction.atomic
    def take(self, rows: Iterable[Notice | BadRow]) -> None:
        """One batch, whole or not at all. Of two rows with one number the later one counts."""
        wanted: dict[int, dict[str, Any]] = {}
        for row in rows:
            if isinstance(row, BadRow):
                self.bad.append(row)
            elif not row.can_be_matched:
                self.unmatched += 1
            else:
                self.unchanged += row.record_id in wanted
                wanted[row.record_id] = columns(row)
        self._store(wanted)

    def _store(self, wanted: dict[int, dict[str, Any]]) -> None:
        known = RetractionNotice.objects.filter(record_id__in=wanted).values("record_id", *COLUMNS)
        before = {row.pop("record_id"): row for row in known}
        differing = {number: row for number, row in wanted.items() if before.get(number) != row}
        with connection.cursor() as cursor:
            cursor.executemany(UPSERT, [[number, *_stored(row)] for number, row in differing.items()])
        self.changed += len(differing.keys() & before.keys())
        self.new += len(differing.keys() - before.keys())
        self.unchanged += len(wanted) - len(differing)


def _stored(row: dict[str, Any]) -> list[Any]:
    """The columns as the database takes them."""
    return [PREPARED[name].get_db_prep_save(row[name], connection) if name in PREPARED else row[name] for name in row]


def columns(notice: Notice) -> dict[str, Any]:
    """In the order of COLUMNS."""
    row = {name: getattr(notice, SAID_AS.get(name, name)) for name in COLUMNS}
    return {**row, "journal": notice.journal[:LONGEST_JOURNAL], "reasons": list(notice.reasons)}
