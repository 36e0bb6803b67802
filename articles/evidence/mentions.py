"""Where a text mentions drugs and classes, and each such sentence as an outline to look for assertions in."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple, Protocol

from articles.evidence.drug_classes import WORDINGS, class_pattern, key


class Card(Protocol):
    """A drug's card. The hazard counts as mentioned when a word of the text begins with one of `warning_words`."""

    name: str
    brands: list[str]
    drug_class: str
    class_synonyms: list[str]
    boxed_warning: str
    warning_words: list[str]
    route: str
    source: str


class Mention(NamedTuple):
    """A drug (`cards`, more than one if they share a brand) or a class (`kind`) in the text."""

    start: int
    end: int
    words: str
    cards: tuple[Card, ...] = ()
    kind: str = ""


class Names:
    """Every name and brand of the cards, in one pattern; blank ones are left out."""

    def __init__(self, cards: Iterable[Card]) -> None:
        self.cards: dict[str, tuple[Card, ...]] = {}
        for card in cards:
            for name in dict.fromkeys(key(name) for name in (card.name, *card.brands)):
                if name:
                    self.cards[name] = (*self.cards.get(name, ()), card)
        self._pattern = self._compiled()

    def _compiled(self) -> re.Pattern[str]:
        """One branch for each first letter: a word is then compared with few names."""
        branches: dict[str, list[str]] = {}
        for name in sorted(self.cards, key=len, reverse=True):
            branches.setdefault(name[0], []).append(re.escape(name[1:]).replace(r"\ ", r"[-‐‑\s]{1,3}"))
        names = "|".join(f"{re.escape(first)}(?:{'|'.join(rest)})" for first, rest in branches.items())
        return re.compile(rf"(?<!\w)({names or '(?!)'})(?:['’]s|s['’]?)?(?!\w)", re.IGNORECASE)

    def mentions(self, text: str) -> Iterator[Mention]:
        for match in self._pattern.finditer(text):
            if cards := self.cards.get(key(match[1])):
                yield Mention(match.start(), match.end(), match[0], cards)


def classes_in(text: str) -> Iterator[Mention]:
    for match in class_pattern().finditer(text):
        yield Mention(match.start(), match.end(), match[0], kind=WORDINGS[(match.lastindex or 1) - 1][1])


# ---- sentences

_STOP = re.compile(r"(?<![.!?…])[.!?…]++[\"”’')\]]*+(?=\s|$)|\n")
_ABBREVIATION = re.compile(r"(?<!\w)(?:e\.g|i\.e|cf|vs|approx|ca|Dr|Prof|Mr|Mrs|Ms|St|Fig|No|[A-Z](?:\.[A-Z])*)\.$")


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    """Where each sentence starts and ends, blanks around it left out; a line's end is a sentence's end."""
    start = 0
    for stop in _STOP.finditer(text):
        if not _ABBREVIATION.search(text, max(start, stop.end() - 12), stop.end()):
            yield from _trimmed(text, start, stop.end())
            start = stop.end()
    yield from _trimmed(text, start, len(text))


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    words = text[start:end]
    if stripped := words.strip():
        first = start + len(words) - len(words.lstrip())
        yield first, first + len(stripped)


# ---- a sentence's outline: \1 a drug, \2 a class in the singular, \3 in the plural, everything else in small letters

DRUG, ONE, MANY = "\1", "\2", "\3"
_PLAIN = str.maketrans({DRUG: " ", ONE: " ", MANY: " ", "’": "'", "‘": "'", "“": '"', "”": '"'})


class Outline:
    """A sentence of the text and what is mentioned in it, by place in the outline."""

    def __init__(self, text: str, start: int, end: int, mentions: list[Mention]) -> None:
        self.sentence, self.start, self.end = text[start:end], start, end
        self.at: dict[int, Mention] = {}
        parts: list[str] = []
        length, after = 0, start
        for mention in mentions:
            parts.append(_plain(text[after : mention.start]))
            length += len(parts[-1])
            self.at[length] = mention
            parts.append(_sign(mention))
            length, after = length + 1, mention.end
        self.text = "".join([*parts, _plain(text[after:end])])


def _plain(words: str) -> str:
    return re.sub(r"\s+", " ", words.translate(_PLAIN).lower())


def _sign(mention: Mention) -> str:
    if mention.cards:
        return DRUG
    return MANY if mention.words[-1] in "sS" and mention.words[-2:].lower() != "ss" else ONE


def outlines(text: str, names: Names) -> Iterator[Outline]:
    """The sentences that name both a drug and a class and assert something."""
    drugs = list(names.mentions(text))
    if not drugs:
        return
    mentions = _apart(sorted([*drugs, *classes_in(text)], key=lambda mention: (mention.start, -mention.end)))
    place = 0
    for start, end in _sentences(text):
        inside = []
        while place < len(mentions) and mentions[place].start < end:
            inside.append(mentions[place])
            place += 1
        if {bool(mention.cards) for mention in inside} == {True, False}:
            outline = Outline(text, start, end, [mention for mention in inside if mention.end <= end])
            if not _NOT_ASSERTED.search(outline.text):
                yield outline


def _apart(mentions: list[Mention]) -> list[Mention]:
    """The mentions without those that begin inside another one."""
    kept: list[Mention] = []
    for mention in mentions:
        if not kept or mention.start >= kept[-1].end:
            kept.append(mention)
    return kept


# A question; an old error that is reported; a list whose order carries the sense.
_NOT_ASSERTED = re.compile(
    r"\?[\"')\]]*$|\b(?:wrongly|mistakenly|incorrectly|erroneously|falsely|myths?|misconceptions?|misunderst\w+|untrue"
    r"|mis(?:named|labell?ed|classified|taken)|mistake|not (?:true|correct|right)|incorrect|wrong to|false(?:ly)?"
    r"|so-called|supposed(?:ly)?|alleged(?:ly)?|contrary|respectively|no longer|once (?:called|thought|classed"
    r"|considered)"
    r"|used to be|formerly|confus(?:e|ed|ing)(?: \S+)? with|(?:thought|believed|assumed|said|rumou?red) to be"
    r"|(?:people|patients|many|some|others|who|readers|they|doctors)(?: \w+)? (?:think|believe|assume|claim|say"
    r"|call))\b"
)
