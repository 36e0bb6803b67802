"""The passage of a text that answers best, in pieces, with what was asked for marked."""

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from articles.search.language import american, fold, stem
from articles.search.questions import Question

LENGTH = 220  # characters
_CITED = re.compile(r"\[\d[\d\s,–-]*\]")
_WORD = re.compile(r"[^\W_]+")
_BEYOND_ASCII = re.compile("[\x80-\U0010ffff]")
_UNENDED = re.compile(r"\n(?<=[\w)”]\n)")  # a heading, or an item of a list


@dataclass(frozen=True)
class Piece:
    """A run of text; `marked` if the reader asked for it."""

    text: str
    marked: bool


class Marker:
    """Marks what one question asks for, in as many texts as there are.

    A word's stem begins as the word does, but for the stem's last two letters at most ("dying": die, "possibility":
    possibl), or as its British spelling does. So one pattern finds the few words that may be asked for, and only they
    are stemmed, each once.
    """

    def __init__(self, question: Question) -> None:
        self._typed, self._wanted = question.typed(), question.wanted()
        self._beginnings = question.beginnings() or ("\0",)
        spelled = self._wanted.union(other for other, own in american().items() if own in self._wanted)
        beginnings = {*(stem[: max(1, len(stem) - 2)] for stem in spelled), *question.beginnings()}
        self._candidate = _beginning_with(frozenset(beginnings))
        self._known: dict[str, int] = {}

    def passage(self, text: str) -> list[Piece]:
        """About 220 characters around the densest group of hits; the beginning where there is none.

        The text has a block on each line; numbers of references are left out.
        """
        text = " ".join(_CITED.sub("", _UNENDED.sub(" –\n", text.strip())).split())
        hits = self._hits(text)
        start, end = _window(text, hits)
        inside = hits[bisect_left(hits, (start, start)) : bisect_left(hits, (end, end))]
        while inside and inside[-1][1] > end:
            inside.pop()
        pieces = [Piece("… ", False)] if start else []
        pieces += _pieces(text[:end], inside, start)
        if end < len(text):
            pieces.append(Piece(" …", False))
        return pieces

    def marked(self, text: str) -> list[Piece]:
        """A whole short text, as a title, with the hits marked."""
        return _pieces(text, self._hits(text), 0)

    def _hits(self, text: str) -> list[tuple[int, int]]:
        """Where the reader's own words are; where there is none of them, where those are that stand for them."""
        folded = _in_place(text)
        found = _WORD.finditer(text) if folded is None else self._candidate.finditer(folded)
        hits = [(match.span(), self._weight(text[match.start() : match.end()])) for match in found]
        heaviest = max((weight for _span, weight in hits), default=0)
        return [span for span, weight in hits if weight == heaviest > 0]

    def _weight(self, word: str) -> int:
        """2 for a word that was typed, 1 for one that stands for it, 0 for another."""
        if (known := self._known.get(word)) is None:
            folded, own = fold(word), stem(fold(word))
            is_typed = own in self._typed or folded.startswith(self._beginnings)
            known = self._known[word] = 2 if is_typed else int(own in self._wanted)
        return known


@lru_cache(maxsize=1000)
def _beginning_with(beginnings: frozenset[str]) -> re.Pattern[str]:
    """A whole word that begins so; each way begins with a letter, to which a search then leaps."""
    ways = "|".join(rf"{one[0]}(?<![^\W_]{one[0]}){one[1:]}" for one in sorted(beginnings))
    return re.compile(rf"(?:{ways})[^\W_]*")


def _in_place(text: str) -> str | None:
    """`fold`, letter for letter, so that each stays where it is; None where one folds into several, as “ß” does."""
    lower = text.lower()
    if len(lower) != len(text):
        return None
    for letter in filter(str.isalnum, set(_BEYOND_ASCII.findall(lower))):
        folded = fold(letter)
        if len(folded) != 1:
            return None
        lower = lower.replace(letter, folded)
    return lower


def html(pieces: list[Piece]) -> SafeString:
    """As a page shows them: what was asked for as `<mark>`."""
    return format_html_join(
        "", "{}", ((format_html("<mark>{}</mark>", one.text) if one.marked else one.text,) for one in pieces)
    )


def _pieces(text: str, hits: list[tuple[int, int]], at: int) -> list[Piece]:
    """The text from a place on, cut where its hits begin and end."""
    pieces = []
    for first, last in hits:
        pieces += [Piece(text[at:first], False), Piece(text[first:last], True)]
        at = last
    pieces.append(Piece(text[at:], False))
    return [piece for piece in pieces if piece.text]


def _window(text: str, hits: list[tuple[int, int]]) -> tuple[int, int]:
    """Where the passage begins and ends, at borders of words."""
    if not hits:
        return 0, _border(text, LENGTH)
    starts = [first for first, _last in hits]
    best = max(starts, key=lambda first: bisect_left(starts, first + LENGTH) - bisect_left(starts, first))
    sentence = max(text.rfind(mark, 0, best) + len(mark) for mark in (". ", "? ", "! ", ": ")) if best else 0
    start = sentence if best - sentence < LENGTH // 2 else text.rfind(" ", 0, max(0, best - 40)) + 1
    return start, _border(text, start + LENGTH)


def _border(text: str, at: int) -> int:
    if at >= len(text):
        return len(text)
    return max(text.rfind(" ", 0, at), 0) or at
