"""Where a text mentions drugs, classes and mechanisms, and each such sentence as an outline to read assertions in."""

import re
from collections.abc import Iterable, Iterator
from copy import copy
from functools import cached_property, lru_cache
from typing import Any, NamedTuple, Protocol

from articles.evidence.drug_classes import FREE_OF, FREE_OF_KINDS, WORDINGS, broader, class_pattern, key
from articles.evidence.mechanisms import NAMES, TARGET


class Card(Protocol):
    """A drug's card. `former_brands`, which it may lack, are no longer sold, but readers and old texts say them."""

    name: str
    brands: list[str]
    drug_class: str
    class_synonyms: list[str]
    boxed_warning: str
    route: str
    source: str


MOST_MENTIONS = 40  # in one outline
IS, IS_NOT, ACTS_ON = "is", "is not", "acts on"  # the sense of a mention that is no drug


class Mention(NamedTuple):
    """A drug (`cards`, more than one if they share a brand), or a class or mechanism (`kind`), in the text.

    `sense` tells "an opioid" (IS) from "non-opioid" (IS_NOT) and "opioid receptors" (ACTS_ON).
    """

    start: int
    end: int
    words: str
    cards: tuple[Card, ...] = ()
    kind: str = ""
    sense: str = IS


class Names:
    """Every name and brand of the medicines' cards, in one pattern; blank ones are left out, and cards of classes."""

    def __init__(self, cards: Iterable[Card]) -> None:
        medicines = [card for card in cards if not getattr(card, "is_class", False)]
        names = tuple((card.name, *card.brands, *getattr(card, "former_brands", ())) for card in medicines)
        self._pattern, places = _compiled(names)
        self.cards = {name: tuple(medicines[place] for place in at) for name, at in places.items()}

    def mentions(self, text: str) -> Iterator[Mention]:
        for match in self._pattern.finditer(text):
            if cards := self.cards.get(key(match[1])):
                yield Mention(match.start(), match.end(), match[0], cards)


class Cards(list[Any]):
    """Cards that nobody changes, with the pattern of their names: a text is held against them a dozen times."""

    @classmethod
    def of(cls, cards: Iterable[Any]) -> "Cards":
        return cards if isinstance(cards, Cards) else cls(cards)

    @cached_property
    def names(self) -> Names:
        return Names(self)


@lru_cache(maxsize=8)  # 4 ms for a hundred cards, which a text is held against several times
def _compiled(names: tuple[tuple[str, ...], ...]) -> tuple[re.Pattern[str], dict[str, list[int]]]:
    """A pattern of all names, and by each name, folded, the places of the cards that bear it.

    One branch for each first letter: a word is then compared with few names.
    """
    places: dict[str, list[int]] = {}
    for place, of_one_card in enumerate(names):
        for name in dict.fromkeys(map(key, of_one_card)):
            if name:
                places.setdefault(name, []).append(place)
    branches: dict[str, list[str]] = {}
    for name in sorted(places, key=len, reverse=True):
        branches.setdefault(name[0], []).append(re.escape(name[1:]).replace(r"\ ", r"[-‐‑\s]{1,3}"))
    one_of = "|".join(f"{re.escape(first)}(?:{'|'.join(rest)})" for first, rest in branches.items())
    pattern = rf"(?<!\w)({one_of or '(?!)'})(?:['’]s|s['’]?)?(?!\w| milligram equivalent)"
    return re.compile(pattern, re.IGNORECASE), places


def classes_in(text: str) -> Iterator[Mention]:
    for match in class_pattern().finditer(text):
        yield Mention(match.start(), match.end(), match[0], kind=WORDINGS[(match.lastindex or 1) - 1][1])


@lru_cache(maxsize=1000)
def classes_of(*phrases: str) -> frozenset[str]:
    """The classes that these words for a class name, and those that they are kinds of."""
    return frozenset(broader(mention.kind for phrase in phrases for mention in classes_in(phrase)))


def _properties_in(text: str) -> Iterator[Mention]:
    """Classes, "non-opioid" and "opioid-free", and what drugs act on."""
    yield from classes_in(text)
    for match in FREE_OF.finditer(text):
        kind = FREE_OF_KINDS[(match["non"] or match["free"]).lower()]
        yield Mention(match.start(), match.end(), match[0], kind=kind, sense=IS_NOT)
    for match in TARGET.finditer(text):
        yield Mention(match.start(), match.end(), match[0], kind=NAMES[(match.lastindex or 1) - 1], sense=ACTS_ON)


# ---- sentences

_STOP = re.compile(r"(?<![.!?…])[.!?…]++[\"”’')\]]*+(?=\s|$)|\n")
_ABBREVIATION = re.compile(r"(?<!\w)(?:e\.g|i\.e|cf|vs|approx|ca|Dr|Prof|Mr|Mrs|Ms|St|Fig|No|[A-Z](?:\.[A-Z])*)\.$")


def sentences(text: str) -> Iterator[tuple[int, int]]:
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


# ---- a sentence's outline: one sign for each mention, everything else in small letters

DRUG, ONE, MANY, TARGET_SIGN, FREE = "\1", "\2", "\3", "\4", "\5"  # ONE is a class in the singular, MANY in the plural
_PLAIN = str.maketrans({**dict.fromkeys("\1\2\3\4\5\6", " "), "’": "'", "‘": "'", "“": '"', "”": '"'})
_CLASSES_HIDDEN = str.maketrans({ONE: "\6", MANY: "\6", FREE: MANY})


_ANSWER = re.compile(r"\s{0,9}[\"“]?(?P<answer>yes|no)(?=[\s,.:;!–—])", re.IGNORECASE)


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
        self.is_question = re.search(r"\?[\"')\]]*$", self.text) is not None
        answer = _ANSWER.match(text, end) if self.is_question else None
        self.answer = answer["answer"].lower() if answer else ""

    @property
    def drugs(self) -> list[int]:
        """The places of its drugs."""
        return [place for place, mention in self.at.items() if mention.cards]

    @property
    def is_about_one(self) -> bool:
        """Whether it names one drug only, perhaps several times."""
        return _single([self.at[place] for place in self.drugs])

    def about_class(self, place: int) -> "Outline":
        """The same sentence with the class at a place as what it is about, where the patterns look for a drug."""
        other = copy(self)
        hidden = self.text.replace(DRUG, "\6")
        other.text = hidden[:place] + DRUG + hidden[place + 1 :]
        return other

    def of_what_is_free(self) -> "Outline":
        """The same sentence with "non-opioid" in the place of a class, so that the same patterns read both."""
        other = copy(self)
        other.text = self.text.translate(_CLASSES_HIDDEN)
        return other


def _plain(words: str) -> str:
    return re.sub(r"\s+", " ", words.translate(_PLAIN).lower())


def _sign(mention: Mention) -> str:
    if mention.cards:
        return DRUG
    if mention.sense == ACTS_ON:
        return TARGET_SIGN
    if mention.sense == IS_NOT:
        return FREE
    return MANY if mention.words[-1] in "sS" and mention.words[-2:].lower() != "ss" else ONE


def outlines(text: str, names: Names) -> Iterator[Outline]:
    """Sentences that may say what a drug or a class is: each that names one beside a class, a mechanism or a relative.

    A sentence that begins with "It is" goes with the one before it, if that one names a single drug.
    """
    mentions = _apart(
        sorted([*names.mentions(text), *_properties_in(text)], key=lambda mention: (mention.start, -mention.end))
    )
    place = 0
    before: tuple[int, list[Mention]] = (0, [])
    for start, end in sentences(text):
        inside = []
        while place < len(mentions) and mentions[place].start < end:
            inside.append(mentions[place])
            place += 1
        inside = [mention for mention in inside if mention.end <= end]
        named = [mention for mention in inside if mention.cards]
        if len(inside) > len(named) > 0 or len(inside) > 1 or (named and _RELATIVE.search(text, start, end)):
            yield from _in_parts(text, start, end, inside)
        elif inside and not named and (pronoun := _PRONOUN.match(text, start, end)) and _single(before[1]):
            drug = before[1][0]
            yield Outline(text, before[0], end, [*before[1], _standing_for(drug, pronoun), *inside])
        if named or not _PRONOUN.match(text, start, end):
            before = start, named


def _in_parts(text: str, start: int, end: int, mentions: list[Mention]) -> Iterator[Outline]:
    """A sentence, or pieces of one that names more than anybody reads, so that time grows with the text alone."""
    for first in range(0, len(mentions), MOST_MENTIONS):
        after = mentions[first + MOST_MENTIONS].start if first + MOST_MENTIONS < len(mentions) else end
        yield Outline(text, mentions[first].start if first else start, after, mentions[first : first + MOST_MENTIONS])


def _single(named: list[Mention]) -> bool:
    return len({tuple(map(id, mention.cards)) for mention in named}) == 1


def _standing_for(drug: Mention, pronoun: re.Match[str]) -> Mention:
    return drug._replace(start=pronoun.start("it"), end=pronoun.end("it"), words=pronoun["it"])


def _apart(mentions: list[Mention]) -> list[Mention]:
    """The mentions without those that begin inside another one."""
    kept: list[Mention] = []
    for mention in mentions:
        if not kept or mention.start >= kept[-1].end:
            kept.append(mention)
    return kept


_PRONOUN = re.compile(
    r"[\"“(]?(?P<it>it|this (?:drug|medicine|medication|pain-?killer)|the (?:drug|medicine|medication|pain-?killer))\b",
    re.IGNORECASE,
)
_RELATIVE = re.compile(
    r"\b(?:cousins?|relatives?|related|siblings?|sisters?|brothers?|twins?|derivatives?|shares? (?:its|a"
    r"|the)(?: same)? (?:class|family|group)|same (?:drug |kind of |type of )?(?:family"
    r"|class|group|kind|type|mechanism|action)|made (?:from|of)"
    r"|derived from|(?:works?|acts?)(?: just| exactly)? (?:like|as|the way))\b",
    re.IGNORECASE,
)
