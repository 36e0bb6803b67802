"""Files of reference managers become records: RIS, BibTeX, PubMed’s nbib and CSL-JSON, told apart by how they begin.

A record that can’t be read is counted, and takes none of the others with it.
"""

import json
import logging
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from articles.bibliography.records import Record, date, person, trimmed, words

MOST_BYTES = 2_000_000
MOST_RECORDS = 200
LONGEST = 20_000  # characters of one BibTeX entry


@dataclass
class Read:
    """The records of a file, and a sentence about each thing that is not among them."""

    records: list[Record] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


def decoded(data: bytes) -> str:
    """A file’s words: UTF-8 as all of these formats have it today, UTF-16 where it says so, else Windows-1252."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def is_file(written: str) -> bool:
    """Whether words are those of such a file, and not a citation as people write it."""
    return _format(written) is not None


def read(written: str) -> Read:
    """Everything that the words of a file have."""
    reader = _format(written)
    if reader is None:
        return Read(problems=["This file isn’t in RIS, BibTeX, nbib or CSL-JSON format."])
    result, failed = Read(), 0
    for number, given in enumerate(reader(written)):
        if number == MOST_RECORDS:
            result.problems.append(f"Only the first {MOST_RECORDS} references were read. Split the file for the rest.")
            break
        record = trimmed(given)
        if record:
            result.records.append(record)
        else:
            failed += 1
    if failed or not result.records:
        count = "1 reference" if failed == 1 else f"{failed or 'Its'} references"
        result.problems.append(f"{count} couldn’t be read.")
    return result


# RIS and nbib: a tag and a value on each line ------------------------------------------------------------------------

_RIS_TYPES = {
    "JOUR": "article-journal", "EJOUR": "article-journal", "BOOK": "book", "EBOOK": "book", "CHAP": "chapter",
    "ECHAP": "chapter", "RPRT": "report", "GOVDOC": "report", "STAND": "report", "ELEC": "webpage",
    "BLOG": "post-weblog",
    "CONF": "paper-conference", "CPAPER": "paper-conference", "THES": "thesis", "NEWS": "article-newspaper",
    "MGZN": "article-magazine", "DATA": "dataset",
}  # fmt: skip


def _ris(written: str) -> Iterator[Record]:
    import rispy

    for lines in _split(written, re.compile(r"TY  -")):
        for found in rispy.loads("\n".join([*lines, "ER  - "]), skip_unknown_tags=True)[:1]:
            yield _of_ris(found)


def _of_ris(found: dict[str, Any]) -> Record:
    def first(*names: str) -> str:
        return next((words(found[name]) for name in names if words(found.get(name))), "")

    kind = _RIS_TYPES.get(first("type_of_reference"), "document")
    pages = [page for page in (first("start_page"), first("end_page")) if page]
    return {
        "type": kind,
        "title": first("title", "primary_title"),
        "container-title": first("journal_name", "alternate_title3", "secondary_title"),
        "container-title-short": first("alternate_title2", "alternate_title1"),
        "author": [person(name) for name in found.get("authors") or found.get("first_authors") or []],
        "editor": [person(name) for name in found.get("secondary_authors", [])] if kind == "chapter" else [],
        "issued": date(first("year", "publication_year", "date")),
        "volume": first("volume"),
        "issue": first("number") if kind != "book" else "",
        "page": "-".join(pages[:1] if "-" in pages[0] else pages) if pages else "",
        "publisher": first("publisher"),
        "publisher-place": first("place_published"),
        "edition": first("edition"),
        "DOI": first("doi"),
        "URL": first("urls"),
    }


def _nbib(written: str) -> Iterator[Record]:
    for lines in _split(written, re.compile(r"PMID- ?\d")):
        found: dict[str, list[str]] = {}
        tag = ""
        for line in lines:
            if line[4:5] == "-" and line[:4].strip().isalpha():
                tag = line[:4].strip()
                found.setdefault(tag, []).append(line[5:].strip())
            elif tag:
                found[tag][-1] += f" {line.strip()}"
        yield _of_nbib(found)


def _of_nbib(found: dict[str, list[str]]) -> Record:
    def first(tag: str) -> str:
        return found.get(tag, [""])[0]

    dois = [value for tag in ("LID", "AID") for value in found.get(tag, []) if value.endswith("[doi]")]
    groups = [{"literal": words(name)} for name in found.get("CN", [])]
    is_book = bool(first("BTI"))
    return {
        "type": "book" if is_book else "article-journal",
        "title": first("TI") or first("BTI"),
        "container-title": first("JT"),
        "container-title-short": first("TA"),
        "author": [person(name) for name in found.get("FAU", [])] + groups,
        "issued": date(first("DP")),
        "volume": first("VI"),
        "issue": first("IP"),
        "page": first("PG"),
        "publisher": first("PB"),
        "DOI": dois[0].removesuffix("[doi]").strip() if dois else "",
        "PMID": first("PMID"),
    }


def _split(written: str, opening: re.Pattern[str]) -> Iterator[list[str]]:
    """The lines of each record; one without an end ends where the next one begins."""
    lines: list[str] = []
    for line in written.splitlines():
        if opening.match(line):
            if lines:
                yield lines
            lines = [line]
        elif lines and not line.startswith("ER  -"):
            lines.append(line)
    if lines:
        yield lines


# BibTeX --------------------------------------------------------------------------------------------------------------

_BIBTEX_TYPES = {
    "article": "article-journal", "book": "book", "booklet": "book", "inbook": "chapter", "incollection": "chapter",
    "inproceedings": "paper-conference", "conference": "paper-conference", "techreport": "report", "report": "report",
    "phdthesis": "thesis", "mastersthesis": "thesis", "thesis": "thesis", "online": "webpage", "dataset": "dataset",
}  # fmt: skip


def _bibtex(written: str) -> Iterator[Record]:
    """Entry by entry: the parser’s time is not linear in what is broken, so none is given a long text."""
    import bibtexparser
    from bibtexparser import middlewares

    logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)  # what can't be read is told to who sent it
    chain = [middlewares.LatexDecodingMiddleware(keep_braced_groups=True), middlewares.SeparateCoAuthors()]
    for lines in _split(written, re.compile(r"[ \t]{0,9}@")):
        entry = "\n".join(lines)
        if re.match(r"\s*@(comment|preamble|string)\b", entry, re.IGNORECASE):
            continue
        entries = bibtexparser.parse_string(entry, append_middleware=chain).entries if len(entry) < LONGEST else []
        for found in entries[:1]:
            yield _of_bibtex(found.entry_type.lower(), {name.lower(): found[name] for name in found.fields_dict})
        if not entries:
            yield {}


def _of_bibtex(kind: str, found: dict[str, Any]) -> Record:
    def first(*names: str) -> str:
        return (
            next((words(found[name]) for name in names if words(found.get(name))), "").replace("{", "").replace("}", "")
        )

    return {
        "type": _BIBTEX_TYPES.get(kind, "webpage" if kind == "misc" and found.get("url") else "document"),
        "title": first("title"),
        "container-title": first("journal", "journaltitle", "booktitle"),
        "container-title-short": first("shortjournal"),
        "author": [_bibtex_name(name) for name in found.get("author", [])],
        "editor": [_bibtex_name(name) for name in found.get("editor", [])],
        "issued": date(first("year", "date")),
        "volume": first("volume"),
        "issue": first("number", "issue"),
        "page": first("pages").replace("--", "-").replace("–", "-"),
        "publisher": first("publisher", "institution", "school", "organization"),
        "publisher-place": first("address", "location"),
        "edition": first("edition"),
        "DOI": first("doi"),
        "PMID": first("pmid"),
        "URL": first("url"),
    }


def _bibtex_name(written: str) -> dict[str, str]:
    """“Doe, Jane” and “Jane Doe” are people; what stands in braces is one name."""
    if "," in written or written.startswith("{") or " " not in written.strip():
        return person(written.replace("{", "").replace("}", ""))
    given, _space, family = written.strip().rpartition(" ")
    return {"family": words(family), "given": words(given)}


def _csl_json(written: str) -> Iterator[Record]:
    try:
        found = json.loads(written)
    except (ValueError, RecursionError):
        yield {}
        return
    found = found.get("items", found) if isinstance(found, dict) else found
    yield from found if isinstance(found, list) else [found]


_FORMATS: tuple[tuple[re.Pattern[str], Callable[[str], Iterator[Record]]], ...] = (
    (re.compile(r"^TY  -", re.MULTILINE), _ris),
    (re.compile(r"^PMID- ?\d", re.MULTILINE), _nbib),
    (re.compile(r"^[ \t]{0,9}@[a-z]+[ \t]{0,9}[{(]", re.MULTILINE | re.IGNORECASE), _bibtex),
    (re.compile(r"\A\s*(?:\[\s*\{|\{\s*\")"), _csl_json),
)


def _format(written: str) -> Callable[[str], Iterator[Record]] | None:
    return next((reader for opening, reader in _FORMATS if opening.search(written[:MOST_BYTES])), None)
