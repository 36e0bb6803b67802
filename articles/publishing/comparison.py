"""What changed between two states of an article, word by word, in every field. Reads contents; writes nothing."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import Any

from articles.publishing.snapshot import Content
from articles.richtext import languages, text

SAME, ADDED, REMOVED = "same", "added", "removed"
FIELDS = {
    "title": "Title",
    "standfirst": "Standfirst",
    "body": "Text",
    "references": "References",
    "pictures": "Pictures",
    "byline": "Byline",
    "section": "Section",
    "topics": "Topics",
    "slug": "Address",
    "closing_question": "Closing question",
    "disclosure": "Disclosure",
}
LONGEST_BLOCK = 4000  # words; a longer block that changed is shown removed and added whole
_PIECE = re.compile(r"\w+|\s+|[^\w\s]")


@dataclass(frozen=True)
class Piece:
    """A run of text that is in both states (`same`), only in the newer (`added`) or only in the older (`removed`)."""

    kind: str
    text: str


@dataclass(frozen=True)
class Difference:
    """One field that differs: its label, and its text in pieces, with a line break between blocks."""

    field: str
    label: str
    pieces: list[Piece]


def compare(old: Content, new: Content) -> list[Difference]:
    """The fields that differ, in the order in which a reader meets them. Equal contents give an empty list."""
    changed = [name for name in FIELDS if old.get(name) != new.get(name)]
    return [Difference(name, FIELDS[name], list(pieces(_lines(old, name), _lines(new, name)))) for name in changed]


def _lines(content: Content, name: str) -> list[str]:
    """A field as lines of words. The text's tags are told by marks, so that a changed heading or link shows too."""
    value = content.get(name) or ""
    if name == "body":
        return _marked(value).split("\n")
    if isinstance(value, str):
        return value.split("\n")
    return [_as_line(name, item) for item in value]


def _marked(html: str) -> str:
    html = languages.told(html)
    html = re.sub(r"<h([2-4])[^>]*>", lambda heading: f"<p>{'#' * int(heading[1])} ", html)
    for pattern, mark in (
        (r"<li[^>]*>", "<li>• "),
        (r'<figure data-picture="(\d+)"[^>]*>', r"<p>[picture \1] "),
        (r'<a [^>]*href="([^"]*)"[^>]*>(.*?)</a>', r"\2 ‹\1›"),
        (r"</?strong\b[^>]*>", "**"),
        (r"</?em\b[^>]*>", "_"),
    ):
        html = re.sub(pattern, mark, html)
    return text.plain_text(html)


def _as_line(name: str, item: Any) -> str:
    if name == "references":
        identifiers = (("doi:", item["doi"]), ("PMID ", item["pmid"]), ("", item["url"]))
        return " ".join([item["citation"], *(f"{prefix}{value}" for prefix, value in identifiers if value)])
    if name == "pictures":
        told = f"“{item['alt']}”" if item["alt"] else "decorative or not described"
        return f"{item['place']} picture {item['id']}: {told}" + (f", {item['caption']}" if item["caption"] else "")
    return ", ".join(str(part) for part in (item["name"], item.get("credentials")) if part)


def pieces(old: list[str], new: list[str]) -> Iterator[Piece]:
    """The lines of two texts as pieces: whole lines first, then words within the lines that were replaced."""
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            yield from (Piece(SAME, line + "\n") for line in new[c:d])
            continue
        for before, after in zip_longest(old[a:b], new[c:d]):
            yield from _words(before, after)
            yield Piece(SAME, "\n")


def _words(before: str | None, after: str | None) -> Iterator[Piece]:
    if before is None or after is None:
        yield Piece(ADDED if before is None else REMOVED, (after if before is None else before) or "")
        return
    old, new = _PIECE.findall(before), _PIECE.findall(after)
    if max(len(old), len(new)) > LONGEST_BLOCK:
        yield from (Piece(REMOVED, before), Piece(ADDED, after))
        return
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            yield Piece(SAME, "".join(new[c:d]))
            continue
        if a < b:
            yield Piece(REMOVED, "".join(old[a:b]))
        if c < d:
            yield Piece(ADDED, "".join(new[c:d]))
