"""What changed between two states of an article, word by word, in every field. Reads contents; writes nothing.

What changed besides words is marked too, and said in sentences (`structural_changes.py`).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import Any

from articles.publishing import structural_changes
from articles.publishing.snapshot import Content
from articles.richtext.blocks import blocks

SAME, ADDED, REMOVED = "same", "added", "removed"
FIELDS = {
    "title": "Title",
    "standfirst": "Standfirst",
    "body": "Text",
    "references": "References",
    "pictures": "Pictures",
    "byline": "Byline",
    "page_type": "Type",
    "hub_of": "Topic of the topic page",
    "section": "Section",
    "topics": "Topics",
    "slug": "Address",
    "closing_question": "Closing question",
    "disclosure": "Disclosure",
    "search_title": "Title for search",
    "search_description": "Description for search",
    "first_published_in": "First published in",
    "first_published_url": "Address of the first publication",
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
    """One field that differs: its label, its text in pieces, with a line break between blocks, and sentences about what
    changed besides words. At least one piece is marked, or one sentence is there.
    """

    field: str
    label: str
    pieces: list[Piece]
    notes: list[str]


def compare(old: Content, new: Content) -> list[Difference]:
    """The fields that differ, in the order in which a reader meets them. Equal contents give an empty list."""
    return [_difference(old, new, name) for name in FIELDS if old.get(name) != new.get(name)]


def _difference(old: Content, new: Content, name: str) -> Difference:
    found = list(pieces(_lines(old, name), _lines(new, name)))
    notes = []
    if name == "body":
        notes = structural_changes.notes(blocks(old.get(name) or ""), blocks(new.get(name) or ""))
    elif name == "pictures":
        notes = list(_of_pictures(old.get(name) or [], new.get(name) or []))
    if not notes and all(piece.kind == SAME for piece in found):
        notes = ["Something changed that can’t be seen, such as a space."]
    return Difference(name, FIELDS[name], found, notes)


def _lines(content: Content, name: str) -> list[str]:
    """A field as lines of words. The text's tags are told by marks, so that a changed heading or link shows too."""
    value = content.get(name) or ""
    if name == "body":
        return [block.line for block in blocks(value)]
    if isinstance(value, str):
        return value.split("\n")
    return [_as_line(name, item) for item in value]


def _as_line(name: str, item: Any) -> str:
    if name == "references":
        identifiers = (("doi:", item["doi"]), ("PMID ", item["pmid"]), ("", item["url"]))
        return " ".join([item["citation"], *(f"{prefix}{value}" for prefix, value in identifiers if value)])
    if name == "pictures":
        description = f"“{item['alt']}”" if item["alt"] else "decorative or not described"
        file = f" (file {item['digest'][:8]})" if item.get("digest") else ""
        caption = f", caption: {item['caption']}" if item["caption"] else ""
        return f"{item['place']} picture {item['id']}{file}: {description}{caption}"
    return ", ".join(str(part) for part in (item["name"], item.get("credentials")) if part)


def _of_pictures(old: list[Content], new: list[Content]) -> Iterator[str]:
    """What became of pictures that are in both states, and which came, went or changed places."""
    before, after = ({picture["id"]: picture for picture in state} for state in (old, new))
    for id, picture in after.items():
        was = before.get(id)
        if was is None:
            yield f"Picture {id} was added."
            continue
        for name, label in (("place", "place"), ("alt", "alt text"), ("caption", "caption")):
            if was[name] != picture[name]:
                yield f"Picture {id}: {label} “{was[name]}” → “{picture[name]}”."
        if was.get("digest") != picture.get("digest"):
            yield f"Picture {id}: its file was replaced."
    yield from (f"Picture {id} was removed." for id in before if id not in after)
    shared = [[id for id in state if id in before and id in after] for state in (before, after)]
    if shared[0] != shared[1]:
        yield f"The order of pictures: {', '.join(map(str, shared[0]))} → {', '.join(map(str, shared[1]))}."


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
    if before.endswith("|") and after.endswith("|") and before.count("|") == after.count("|"):
        for cell, other in zip(before.split("|")[:-1], after.split("|")[:-1], strict=True):
            yield from _words(cell.strip(), other.strip())  # a dose that moved is struck here and new there
            yield Piece(SAME, " | ")
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
