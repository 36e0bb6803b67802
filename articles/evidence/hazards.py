"""Which hazards of a boxed warning a text never tells about the medicine that it names.

A hazard is told where one of its phrases stands in a sentence about the medicine or its class: a sentence with its
name, a brand or its class; one that goes on about it ("It can …", the items of a list that it opens); or any sentence
of a section whose heading names it. The same word elsewhere does not count, nor does a denial.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any, NamedTuple, Protocol

from articles.evidence.drug_classes import broader, key
from articles.evidence.mentions import Card, Cards, Names, classes_in, classes_of, sentences


class HazardCard(Card, Protocol):
    """A medicine's card, or a class's (`is_class`, which it may lack): then its name is a class of `drug_classes`.

    Each of `hazards` has `sense` (in the label's sense), `told_by` (phrases) and maybe `only_if` (words of the text
    without which it does not matter).
    """

    hazards: list[dict[str, Any]]


class Section(NamedTuple):
    """What stands between two headings, as plain text with a line for each block; the first may have no heading."""

    heading: str
    text: str


class Untold(NamedTuple):
    """A hazard, in the label's sense, that the text does not tell about the medicine or class of the card."""

    card: Any
    sense: str


def untold(sections: Sequence[Section], cards: Iterable[HazardCard]) -> list[Untold]:
    """The hazards of every medicine and class that the sections name, in order of the cards, that they do not tell."""
    cards = Cards.of(cards)
    text = "\n".join(f"{section.heading}\n{section.text}" for section in sections)
    reader = _Reader(cards.names)
    named = _named(text, cards, reader)
    if not any(card.hazards for card in named):
        return []
    passages = [passage for section in sections for passage in _passages(section, reader)]
    return [gap for card in named for gap in _gaps(card, _about(card, passages))]


def _gaps(card: Any, about: list["_Passage"]) -> Iterator[Untold]:
    """What the passages about a card leave out; of a class that is only mentioned, nothing if they tell one hazard."""
    words = [passage.words for passage in about]
    gaps = left_out(card.hazards, words)
    if getattr(card, "is_class", False) and len(gaps) < sum(_matters(words, hazard) for hazard in card.hazards):
        return
    yield from (Untold(card, hazard["sense"]) for hazard in gaps)


def left_out(hazards: Iterable[dict[str, Any]], about: Sequence[str]) -> list[dict[str, Any]]:
    """The hazards that none of some sentences tells, which are folded (`key`) and all about what has the hazards."""
    return [
        hazard for hazard in hazards if _matters(about, hazard) and not any(_is_told(words, hazard) for words in about)
    ]


def by_card(gaps: Iterable[Untold]) -> list[tuple[Any, list[str]]]:
    """The gaps of each card together, in order."""
    together: dict[int, tuple[Any, list[str]]] = {}
    for gap in gaps:
        together.setdefault(id(gap.card), (gap.card, []))[1].append(gap.sense)
    return list(together.values())


def _named(text: str, cards: Cards, reader: "_Reader") -> list[Any]:
    """The medicines that the text names, and the classes that stand for themselves: in a sentence without a medicine,
    where no medicine of the class is named.
    """
    medicines = list({id(card): card for mention in cards.names.mentions(text) for card in mention.cards}.values())
    read = (reader.subject(text[start:end]) for start, end in sentences(text))
    covered = {kind for card in medicines for kind in _kinds(card)}
    kinds = broader(kind for subject in read if not subject.cards for kind in subject.kinds) - covered
    return [*medicines, *(card for card in cards if getattr(card, "is_class", False) and card.name in kinds)]


def _kinds(card: Any) -> frozenset[str]:
    if getattr(card, "is_class", False):
        return frozenset({card.name})
    return classes_of(card.drug_class, *card.class_synonyms)


class _Subject(NamedTuple):
    """Medicines, by the identity of their cards, and classes."""

    cards: frozenset[int] = frozenset()
    kinds: frozenset[str] = frozenset()

    def __or__(self, other: "_Subject") -> "_Subject":
        if not (other.cards or other.kinds):
            return self
        return _Subject(self.cards | other.cards, self.kinds | other.kinds)


class _Passage(NamedTuple):
    """A sentence, folded, and what it is about."""

    words: str
    subject: _Subject


class _Reader:
    """Knows the subject of some words, and looks once: a sentence is asked about alone and with what is around it."""

    def __init__(self, names: Names) -> None:
        self._names = names
        self._known: dict[str, _Subject] = {}

    def subject(self, words: str) -> _Subject:
        if words not in self._known:
            cards = frozenset(id(card) for mention in self._names.mentions(words) for card in mention.cards)
            self._known[words] = _Subject(cards, frozenset(mention.kind for mention in classes_in(words)))
        return self._known[words]


def _passages(section: Section, reader: _Reader) -> Iterator[_Passage]:
    heading = reader.subject(section.heading)
    opened = before = _Subject()
    for line in (section.heading, *section.text.split("\n")):
        for start, end in sentences(line):
            words = line[start:end]
            own = reader.subject(words)
            if not own.cards and _GOES_ON.match(words):
                own |= before
            yield _Passage(key(words), heading | opened | own)
            before = own
        if line.endswith(":"):
            opened = reader.subject(line)


_GOES_ON = re.compile(
    r"(?:it|its|they|their|this|these|that|those|the (?:label|box|boxed warning|medicine|drug|most common|main|common)"
    r"|both|side effects|warnings?|risks?|also|and|so|but|never|do not|don’t|take|stop|tell|get|if|people)\b",
    re.IGNORECASE,
)


def _about(card: Any, passages: Iterable[_Passage]) -> list[_Passage]:
    kinds = _kinds(card)
    return [
        passage
        for passage in passages
        if id(card) in passage.subject.cards or not kinds.isdisjoint(passage.subject.kinds)
    ]


def _matters(about: Sequence[str], hazard: dict[str, Any]) -> bool:
    """Whether a hazard of one use, as "intrathecal", belongs to what the text says of the medicine."""
    only_if = hazard.get("only_if") or ()
    return not only_if or any(phrase_pattern(use).search(words) for words in about for use in only_if)


def _is_told(words: str, hazard: dict[str, Any]) -> bool:
    return any(
        not _DENIED.search(words, max(0, match.start() - 80), match.start())
        for phrase in hazard["told_by"]
        if (match := phrase_pattern(phrase).search(words))
    )


_DENIED = re.compile(
    r"(?:n't|n’t|\bnot|\bnever|\bcannot)(?: \w+){0,2} (?:cause|lead|carry|have|bring|raise|produce|result|make|hurt"
    r"|harm|slow|stop|affect|damage)\w*(?: \w+){0,4} $"
    r"|\b(?:no|without|free of|nothing|heals?|treats?|prevents?|protects?|cures?)(?: \w+){0,3} $"
)


@lru_cache(maxsize=4000)
def phrase_pattern(phrase: str) -> re.Pattern[str]:
    """A phrase as a pattern over folded words: "slow*" is the beginning of a word, "…" up to five words between."""
    parts = []
    for word in key(phrase).split(" "):
        if word == "…":
            parts.append("…")
        else:
            parts.append(rf"\b{re.escape(word[:-1])}\w*" if word.endswith("*") else rf"\b{re.escape(word)}\b")
    return re.compile(r"\W+".join(parts).replace(r"\W+…\W+", r"(?:\W+\w+){0,5}?\W+"))


def is_in(text: str, hazard: dict[str, Any]) -> bool:
    """Whether the words of a label's box have one of the phrases."""
    folded = key(text)
    return any(phrase_pattern(words).search(folded) for words in hazard["told_by"])
