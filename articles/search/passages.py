"""The passage of a text that answers best, in pieces, with what was asked for marked."""

import re
from dataclasses import dataclass

from articles.search.language import fold, stem
from articles.search.questions import Question

LENGTH = 220  # characters
_CITED = re.compile(r"\[\d[\d\s,–-]*\]")
_UNENDED = re.compile(r"(?<=[\w)”])\n")  # a heading, or an item of a list
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Piece:
    """A run of text; `marked` if the reader asked for it."""

    text: str
    marked: bool


def passage(text: str, question: Question) -> list[Piece]:
    """About 220 characters around the densest group of hits; the beginning where there is none.

    The text has a block on each line; numbers of references are left out.
    """
    text = " ".join(_CITED.sub("", _UNENDED.sub(" –\n", text.strip())).split())
    hits = [match.span() for match in _WORD.finditer(text) if _is_asked(match[0], question)]
    start, end = _window(text, hits)
    pieces = [Piece("… ", False)] if start else []
    at = start
    for first, last in hits:
        if first < start or last > end:
            continue
        pieces += [Piece(text[at:first], False), Piece(text[first:last], True)]
        at = last
    pieces.append(Piece(text[at:end] + (" …" if end < len(text) else ""), False))
    return [piece for piece in pieces if piece.text]


def marked(text: str, question: Question) -> list[Piece]:
    """A whole short text, as a title, with the hits marked."""
    pieces, at = [], 0
    for match in _WORD.finditer(text):
        if _is_asked(match[0], question):
            pieces += [Piece(text[at : match.start()], False), Piece(match[0], True)]
            at = match.end()
    pieces.append(Piece(text[at:], False))
    return [piece for piece in pieces if piece.text]


def _is_asked(word: str, question: Question) -> bool:
    folded = fold(word)
    return stem(folded) in question.wanted() or folded.startswith(question.beginnings() or ("\0",))


def _window(text: str, hits: list[tuple[int, int]]) -> tuple[int, int]:
    """Where the passage begins and ends, at borders of words."""
    if not hits:
        return 0, _border(text, LENGTH)
    starts = [first for first, _last in hits]
    best = max(starts, key=lambda first: sum(first <= other < first + LENGTH for other in starts))
    sentence = max(text.rfind(mark, 0, best) + len(mark) for mark in (". ", "? ", "! ", ": ")) if best else 0
    start = sentence if best - sentence < LENGTH // 2 else text.rfind(" ", 0, max(0, best - 40)) + 1
    return start, _border(text, start + LENGTH)


def _border(text: str, at: int) -> int:
    if at >= len(text):
        return len(text)
    return max(text.rfind(" ", 0, at), 0) or at
