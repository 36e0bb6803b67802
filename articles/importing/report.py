"""What an import did with one file, to be read by a person or a program. How a command prints it is the command's."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from articles.importing.blocks import Entry
from articles.publishing.checks import Finding

IMPORTED, UNCHANGED, DIFFERS, UNREADABLE, FAILED = "imported", "unchanged", "differs", "unreadable", "failed"


@dataclass(frozen=True)
class Report:
    """One file's account. `entries` names every line with words exactly as what it was kept or why it was dropped.

    `outcome`: IMPORTED (a new draft; with `dry_run`, one that would be), UNCHANGED (these bytes are in already),
    DIFFERS (the file has changed since it was imported; nothing was done), UNREADABLE or FAILED (`problem` says why).
    """

    file: str
    outcome: str
    dry_run: bool = False
    problem: str = ""
    encoding: str = ""
    title: str = ""
    slug: str = ""
    section: str = ""
    notes: list[str] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    @property
    def is_error(self) -> bool:
        return self.outcome in (UNREADABLE, FAILED)

    @property
    def dropped(self) -> list[Entry]:
        return [entry for entry in self.entries if not entry.kept]

    def counts(self) -> dict[str, int]:
        """How many of what were kept, most first as they appear in the text."""
        return dict(Counter(entry.what for entry in self.entries if entry.kept))

    def as_dict(self) -> dict[str, Any]:
        """The report as JSON can hold it."""
        return {
            "file": self.file,
            "outcome": self.outcome,
            "dry_run": self.dry_run,
            "problem": self.problem,
            "encoding": self.encoding,
            "title": self.title,
            "slug": self.slug,
            "section": self.section,
            "notes": self.notes,
            "kept": self.counts(),
            "lines": [
                {"lines": list(e.lines), "kept": e.kept, "as": e.what, "text": e.text, "why": e.why}
                for e in self.entries
            ],
            "findings": [finding.as_dict() for finding in self.findings],
        }
