"""What an editor types or uploads becomes references: a DOI, a PubMed id, a citation, a reference manager’s file."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q

from articles.bibliography import reading, style
from articles.bibliography.records import Record
from articles.evidence import citations
from articles.models import Reference

MOST = 50  # citations pasted at once
LONGEST = 2000  # characters of one
_DOI = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:?\s?)?10\.\d{4,9}/\S+", re.IGNORECASE | re.ASCII)
_PMID = re.compile(r"\bPMID:?\s?(\d{1,8})\b|pubmed\.ncbi\.nlm\.nih\.gov/(\d{1,8})\b/?", re.IGNORECASE | re.ASCII)
_NUMBER = re.compile(r"^\s*(?:\[\d{1,3}\]|\d{1,3}[.)])\s+")


@dataclass
class Given:
    """A reference to be, as the form has it."""

    citation: str = ""
    doi: str = ""
    pmid: str = ""
    url: str = ""
    record: Record = field(default_factory=dict)


@dataclass
class Answer:
    """The references that were found, and a sentence about each thing that is none."""

    references: list[Given] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


def from_file(data: bytes) -> Answer:
    """The references of a reference manager’s file."""
    if len(data) > reading.MOST_BYTES:
        return Answer(problems=["This file is larger than 2 MB. Export fewer references at once."])
    return _from_records(reading.read(reading.decoded(data)))


def from_words(written: str) -> Answer:
    """One or more citations, DOIs or PubMed ids, each on a line; or the words of a reference manager’s file.

    What this site cited before fills in what the words leave out. Nothing is asked of any other site.
    """
    if reading.is_file(written):
        return from_file(written.encode("utf-8", "replace"))
    lines = [line for line in (" ".join(line.split()) for line in written.splitlines()[: 10 * MOST]) if line]
    answer = Answer()
    if not lines:
        answer.problems.append("Enter a DOI, a PubMed ID or a citation.")
    if len(lines) > MOST:
        answer.problems.append(f"Only the first {MOST} lines were read.")
    for line in lines[:MOST]:
        if len(line) > LONGEST:
            answer.problems.append(f"“{line[:40]}…” is longer than a citation.")
            continue
        given = _of_line(line)
        known = _known(given)
        answer.references.append(known or given)
        if known is None and not given.citation:
            name = given.doi or f"PubMed ID {given.pmid}"
            answer.problems.append(f"{name} hasn’t been cited here before. Write its citation, or import it as a file.")
    return answer


def _of_line(line: str) -> Given:
    bare = line.strip(" .")
    if doi := citations.bare_doi(bare):
        return Given(doi=doi)
    if pmid := citations.bare_pmid(bare):
        return Given(pmid=pmid)
    doi_at, pmid_at = _DOI.search(line), _PMID.search(line)
    words = _PMID.sub("", _DOI.sub("", _NUMBER.sub("", line)))
    return Given(
        citation=re.sub(r"[\s;,]+(?=\.?$)", "", " ".join(words.split())),
        doi=citations.bare_doi(doi_at[0]) if doi_at else "",
        pmid=next(filter(None, pmid_at.groups()), "") if pmid_at else "",
    )


def _known(given: Given) -> Given | None:
    """The same source as it was last cited here. A pasted citation keeps its own words."""
    same = Q()
    for name in ("doi", "pmid"):
        if value := getattr(given, name):
            same |= Q((name, value))
    if not same:
        return None
    found = Reference.objects.filter(same).exclude(citation="").order_by("-pk").first()
    if found is None:
        return None
    return Given(
        given.citation or found.citation, given.doi or found.doi, given.pmid or found.pmid, found.url, found.record
    )


def _from_records(read: reading.Read) -> Answer:
    return Answer([_of_record(record) for record in read.records], read.problems)


def _of_record(record: Record) -> Given:
    """Its identifiers bare, the address only where there is no identifier, which leads to the same page."""
    doi, pmid = citations.bare_doi(record.get("DOI", "")), citations.bare_pmid(record.get("PMID", ""))
    url = record.get("URL", "")
    kept = url if url.startswith(("https://", "http://")) and len(url) <= 500 and not (doi or pmid) else ""
    return Given(style.citation(record), doi if len(doi) <= 200 else "", pmid, kept, record)


def moves(kept: Iterable[tuple[int, Any]], of: int) -> dict[int, int | None]:
    """From each of the numbers 1 to `of` to the one that it has now; `kept` are the numbers that are left, in order."""
    after = {number: place for place, (number, _row) in enumerate(kept, 1)}
    return {number: after.get(number) for number in range(1, of + 1)}
