"""Where sentences end in a block of English text, and which references each of them cites."""

import re
from dataclasses import dataclass

from articles.richtext.text import CITATION, numbers, plain_text


def _listed(text: str) -> frozenset[str]:
    return frozenset(text.split())


@dataclass(frozen=True)
class Sentence:
    """One sentence (or heading, or list item) without its citation marks, and the numbers that it cites."""

    text: str
    cites: tuple[int, ...]


def cited(html: str) -> list[Sentence]:
    """Every sentence of stored HTML in order; a citation after the full stop belongs to the sentence before it."""
    return in_order(plain_text(html))


def in_order(text: str) -> list[Sentence]:
    """Every sentence of plain text, as `plain_text` writes it."""
    return [sentence for block in blocks(text) for sentence in block]


def blocks(text: str) -> list[list[Sentence]]:
    """The sentences of each line of plain text, as `plain_text` writes it: one line for each block."""
    return [cited_in(line) for line in text.split("\n")]


def cited_in(block: str) -> list[Sentence]:
    """The same of the words of one block."""
    return [sentence for part in split(_BEHIND_STOP.sub(r"\2\1", block)) if (sentence := _read(part)).text]


def _read(part: str) -> Sentence:
    cites = {number for mark in CITATION.finditer(part) for number in numbers(mark[1])}
    return Sentence(without_marks(part), tuple(sorted(cites)))


def without_marks(words: str) -> str:
    """The words without "[2]": what they say, and nothing of what it rests on."""
    return " ".join(_MARK.sub("", words).split())


_MARK = re.compile(rf"(?<!\s)\s*+{CITATION.pattern}")
_BEHIND_STOP = re.compile(rf"((?<![.!?…])[.!?…]++)((?:\s?{CITATION.pattern.replace('(', '(?:', 1)})+)")
_WORD = re.compile(r"\w")
_END = re.compile(r"(?<![.!?…])[.!?…]++[\"'”’»)\]]*(?=\s|$)")
_NEXT = re.compile(r"[\s\"'“‘«(\[]*([^\s\"'“‘«(\[]?[\w'’]*)")
_LAST = re.compile(r"[\w.]*\w$")
_LIST_NUMBER = re.compile(r"\s*[(\[]?(?:\d{1,3}|[A-Za-z])$")
_INITIALS = re.compile(r"[^\W\d_](?:\.[^\W\d_])*$")
_STARTERS = _listed(
    "a an the this that these those there it its he she they we you i your his her their our my if when while "
    "after before because since although though once in on at for from with without by as to and but or so then "
    "thus however therefore also most many some few all both each every no not only do does did is are was were "
    "can could may might should would will what which who how why where people patients doctors talk ask tell "
    "take call"
)
"""Words that, with a capital, show that the full stop after "mg" or "U.S" did end the sentence: the idea of
Kiss T, Strunk J. Unsupervised multilingual sentence boundary detection. Comput Linguist 2006;32(4):485-525."""
_NEVER = _listed("dr mr mrs ms prof st vs e.g i.e eg ie cf approx ca viz resp figs eqs refs nos")
_BEFORE_NUMBERS = _listed("fig no p pp vol ch sec eq ref tab jan feb mar apr jun jul aug sep sept oct nov dec")
_SELDOM = _listed(
    "mg mcg µg μg g kg ml dl l cm mm min mins max hr hrs h wk wks mo yr yrs sec secs al jr sr inc ltd co dept "
    "univ incl excl est avg a.m p.m ph.d m.d b.i.d t.i.d q.i.d p.r.n"
)


def split(block: str) -> list[str]:
    """The sentences of one block; a full stop after an abbreviation ends none."""
    sentences, start = [], 0
    for end in _END.finditer(block):
        if _ends(block, start, end):
            sentences.append(block[start : end.end()].strip())
            start = end.end()
    sentences.append(block[start:].strip())
    return [sentence for sentence in sentences if _WORD.search(sentence)]


def _ends(block: str, start: int, end: re.Match[str]) -> bool:
    following = _NEXT.match(block, end.end())
    after = following[1] if following else ""
    if after[:1].islower():
        return False
    return end[0] != "." or not after or not _abbreviated(block, start, end.start(), after)


def _abbreviated(block: str, start: int, stop: int, after: str) -> bool:
    """Is the full stop at this place part of an abbreviation, an initial or the number of a list item?"""
    before = _LAST.search(block, max(start, stop - 30), stop)
    if not before:
        return False
    last = before[0].lower()
    if last in _NEVER or (stop - start < 8 and _LIST_NUMBER.match(block[start:stop])):
        return True
    if last in _BEFORE_NUMBERS and after[0].isdigit():
        return True
    return (last in _SELDOM or bool(_INITIALS.match(last))) and after.lower() not in _STARTERS
