"""Retractions, corrections and expressions of concern: the Crossref / Retraction Watch file, read row by row.

The columns are those of https://gitlab.com/crossref/retraction-watch-data; each row is one notice about one paper.
"""

import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import unquote

from articles.evidence import citations
from articles.numbers import positive
from articles.refusal import Refused

RETRACTED, DOUBTED, CORRECTED, REINSTATED = "retracted", "doubted", "corrected", "reinstated"
NATURES = {
    "retraction": RETRACTED,
    "expression of concern": DOUBTED,
    "correction": CORRECTED,
    "reinstatement": REINSTATED,
}
NEEDED = ("Record ID", "RetractionNature", "OriginalPaperDOI", "OriginalPaperPubMedID")
LONGEST_DOI = 300  # characters; what is longer was not copied from a paper
_DAYS = ("%m/%d/%Y", "%Y-%m-%d", "%d/%m/%Y")
_AMERICAN = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})(?: |\Z)", re.ASCII)
_DOI_IN_TEXT = re.compile(r"\b10\.\d{4,9}(?:/|%2F)[^\s\"<>;]+", re.IGNORECASE)
_DOI_IN_ADDRESS = re.compile(r"\b10\.\d{4,9}(?:/|%2F)[^\s\"<>;?#&]+", re.IGNORECASE)
_VIEW = re.compile(r"(?:/(?:abstract|full|fulltext|e?pdf|html)|\.pdf)?/?\Z", re.IGNORECASE)  # of a paper, on its page
_PMID_IN_TEXT = re.compile(
    r"\bPMID:?\s*(\d{1,8})\b|\b(?:pubmed\.ncbi\.nlm\.nih\.gov|ncbi\.nlm\.nih\.gov/pubmed)/(\d{1,8})\b",
    re.IGNORECASE,
)
# One of these stands wherever words or an address name a paper; they are for a database to look for, in any case.
SIGNS_OF_IDENTIFIERS = ("10.", "pmid", "pubmed")


@dataclass(frozen=True)
class Notice:
    """One row: what happened to a paper (`doi`, `pmid`), when, and the notice that says so. Empty where unknown."""

    record_id: int
    nature: str
    title: str
    journal: str
    on: date | None
    doi: str
    pmid: str
    notice_doi: str
    notice_pmid: str
    reasons: tuple[str, ...]

    @property
    def can_be_matched(self) -> bool:
        return bool(self.doi or self.pmid)


@dataclass(frozen=True)
class BadRow:
    """A row that says nothing usable: its line in the file, and why."""

    line: int
    why: str


class NotTheFile(Refused):
    """What was given is not the file that we know how to read."""


def read(lines: Iterable[str]) -> Iterator[Notice | BadRow]:
    """Every row in order, without holding more than one. Raises NotTheFile where the columns are not there."""
    rows = csv.DictReader((line.replace("\x00", "") for line in lines), strict=False)
    try:
        names = [name.strip() for name in rows.fieldnames or []]
        if missing := [name for name in NEEDED if name not in names]:
            raise NotTheFile(f"This is not the file of retractions: it has no column {', '.join(missing)}.")
        rows.fieldnames = names
        for row in rows:
            try:
                yield _notice(row)
            except ValueError as problem:
                yield BadRow(rows.line_num, str(problem))
    except csv.Error as problem:
        raise NotTheFile(f"The file cannot be read any further than line {rows.line_num}: {problem}.") from problem


def _notice(row: Mapping[str | None, str | list[str] | None]) -> Notice:
    """One row as a notice. Raises ValueError with one sentence."""
    if None in row or None in row.values():
        raise ValueError("it has not as many columns as the first line")
    given = {str(name): str(value).strip() for name, value in row.items()}
    number = positive(given["Record ID"])
    if not 0 < number < 10**9:
        raise ValueError(f"its Record ID is “{given['Record ID'][:40]}”, and not a number")
    nature = NATURES.get(given["RetractionNature"].casefold())
    if nature is None:
        raise ValueError(f"nobody knows the nature “{given['RetractionNature'][:40]}”")
    return Notice(
        record_id=number,
        nature=nature,
        title=given.get("Title", ""),
        journal=given.get("Journal", ""),
        on=_day(given.get("RetractionDate", "")),
        doi=_doi(given["OriginalPaperDOI"]),
        pmid=citations.bare_pmid(given["OriginalPaperPubMedID"]),
        notice_doi=_doi(given.get("RetractionDOI", "")),
        notice_pmid=citations.bare_pmid(given.get("RetractionPubMedID", "")),
        reasons=tuple(reason for part in given.get("Reason", "").split(";") if (reason := part.strip(" +"))),
    )


def _doi(given: str) -> str:
    """The bare DOI; empty for “unavailable” and for what is none."""
    bare = citations.bare_doi(given)
    return bare if len(bare) <= LONGEST_DOI else ""


def _day(given: str) -> date | None:
    """A date as the file writes it, "1/31/2024 0:00", or in ISO 8601."""
    if american := _AMERICAN.match(given):  # nearly all of them, and read faster than by `strptime`
        month, day, year = map(int, american.groups())
        with suppress(ValueError):
            return date(year, month, day)
    for form in _DAYS:
        try:
            return datetime.strptime(given.split(" ")[0], form).date()
        except ValueError:
            continue
    return None


def identifiers(reference: Mapping[str, str]) -> tuple[set[str], set[str]]:
    """The DOIs and PubMed ids by which one reference can be found: its own, and any that its words or its page name.

    `reference` has `citation`, `doi`, `pmid` and `url`.
    """
    words, address = reference.get("citation", ""), reference.get("url", "")
    dois = {
        _doi(reference.get("doi", "")),
        *(_doi(found) for found in _DOI_IN_TEXT.findall(words)),
        *(_doi(_VIEW.sub("", unquote(found), count=1)) for found in _DOI_IN_ADDRESS.findall(address)),
    }
    named = _PMID_IN_TEXT.findall(f"{words} {address}")
    pmids = {citations.bare_pmid(each) for each in (reference.get("pmid", ""), *(one or other for one, other in named))}
    return dois - {""}, pmids - {""}


def standing(history: Iterable[tuple[date | None, str]]) -> str:
    """What holds of a paper after all that happened to it, `(day, nature)` each; empty where nothing is left of it.

    A reinstatement takes back what came before it; of what remains the gravest counts.
    """
    left: set[str] = set()
    for _day_of, nature in sorted(history, key=lambda event: (event[0] or date.min, event[1] == REINSTATED)):
        if nature == REINSTATED:
            left.clear()
        else:
            left.add(nature)
    return next((nature for nature in (RETRACTED, DOUBTED, CORRECTED) if nature in left), "")
