"""Notices of retraction into the database, batch by batch; what is there already is left alone."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import Any

from django.db import transaction

from articles.evidence.retractions import BadRow, Notice
from articles.models import RetractionNotice

COLUMNS = ("nature", "title", "journal", "noticed_on", "doi", "pmid", "notice_doi", "notice_pmid", "reasons")
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
        RetractionNotice.objects.bulk_create(
            [RetractionNotice(record_id=number, **row) for number, row in differing.items()],
            update_conflicts=True,
            unique_fields=["record_id"],
            update_fields=COLUMNS,
        )
        self.changed += len(differing.keys() & before.keys())
        self.new += len(differing.keys() - before.keys())
        self.unchanged += len(wanted) - len(differing)


def columns(notice: Notice) -> dict[str, Any]:
    row = asdict(notice)
    row["noticed_on"] = row.pop("on")
    row["reasons"] = list(notice.reasons)
    row["journal"] = notice.journal[:LONGEST_JOURNAL]
    return {name: row[name] for name in COLUMNS}
