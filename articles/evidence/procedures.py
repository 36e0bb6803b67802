"""Which procedures and devices an article is about, what it leaves out about them, and what it puts in the wrong place.

An article is about a procedure that its title names, or a section's heading; or its standfirst or a topic, if its text
goes on about it. What it only mentions in passing is asked nothing. `promises` reads what it promises.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any, NamedTuple, Protocol

from articles.evidence import hazards
from articles.evidence.drug_classes import key
from articles.evidence.hazards import Section
from articles.evidence.mentions import sentences

ENOUGH, OFTEN = 2, 3  # sentences with parts of what the title names, or with the name of what stands beside it


class Card(Protocol):
    """A procedure's card. Each of `parts` has its `names`, where it `lies`, and places `elsewhere`."""

    name: str
    other_names: list[str]
    is_surgery: str
    parts: list[dict[str, Any]]
    hazards: list[dict[str, Any]]
    signs: list[dict[str, Any]]
    accurate: list[str]
    source: str


class Sentence(NamedTuple):
    """A sentence as it was written, folded, and the cards that it names, by number."""

    said: str
    words: str
    named: frozenset[int]


class Subject(NamedTuple):
    """A procedure that a text is about (`is_whole`), or a section of it.

    `about` are all sentences that may be about it, `near` those of its own sections or with its name.
    """

    card: Any
    is_whole: bool
    about: list[Sentence]
    near: list[Sentence]


class Misplaced(NamedTuple):
    """A part of a procedure that a sentence puts elsewhere than its card."""

    card: Any
    part: dict[str, Any]
    place: str
    sentence: str


# ---- what a text is about


def subjects(sections: Sequence[Section], topics: Iterable[str], cards: Iterable[Card]) -> list[Subject]:
    """The procedures that an article is about. Its first section is its title with the standfirst."""
    cards = list(cards)
    names = _Names(cards)
    title, beside = names.in_(sections[0].heading), names.in_("\n".join([sections[0].text, *topics]))
    heads = [names.in_(section.heading) for section in sections]
    if not (beside or any(heads)):
        return []
    read = [[*_sentences(section, names)] for section in sections]
    found = []
    for number, card in enumerate(cards):
        is_whole = _is_about(number, card, read, number in title, number in beside)
        if is_whole or any(number in head and len(lines) > 2 for head, lines in zip(heads[1:], read[1:], strict=True)):
            about, near = ([*_passages(number, is_whole, heads, read, goes_on)] for goes_on in (True, is_whole))
            found.append(Subject(card, is_whole, about, near))
    return found


def _is_about(number: int, card: Card, read: list[list[Sentence]], in_title: bool, is_beside: bool) -> bool:
    """Whether the article goes on about a card that its title names, or what stands beside the title."""
    if not (in_title or is_beside):
        return False
    parts = _any_of(tuple(name for part in card.parts for name in part["names"]))
    body = [sentence for lines in read[1:] for sentence in lines]
    times = sum(number in sentence.named for sentence in body)
    with_parts = sum(number in sentence.named or bool(parts.search(sentence.words)) for sentence in body)
    return (in_title and (times > 0 or with_parts >= ENOUGH)) or (is_beside and times >= OFTEN)


def _passages(
    number: int, is_whole: bool, heads: list[frozenset[int]], read: list[list[Sentence]], goes_on: bool
) -> Iterator[Sentence]:
    """The sentences of its sections, with those that follow them up to one about another if it `goes_on`; and others
    that name it.
    """
    is_on = is_whole
    for head, lines in zip(heads, read, strict=True):
        if head or is_whole or not goes_on:
            is_on = number in head or (is_whole and not head)
        yield from (sentence for sentence in lines if is_on or number in sentence.named)


def _sentences(section: Section, names: "_Names") -> Iterator[Sentence]:
    for line in (section.heading, *section.text.split("\n")):
        apart = _CITED.sub(lambda match: match[2] + match[1], line)  # as long as the line, so that places are the same
        for start, end in sentences(apart):
            yield Sentence(line[start:end], key(apart[start:end]), names.in_(apart[start:end]))


_CITED = re.compile(r"(?<![.!?])([.!?]++)((?:\[[\d,–\- ]+\])+)(?=\s|$)")


class _Names:
    """Every name of the cards in one pattern, longest first, so that one name inside another is not read apart."""

    def __init__(self, cards: Sequence[Card]) -> None:
        self.cards: dict[str, int] = {}
        self.capitals = set()
        for number, card in enumerate(cards):
            for name in filter(str.strip, (card.name, *card.other_names)):
                self.cards.setdefault(key(name), number)
                if name.isupper():
                    self.capitals.add(key(name))
        self._pattern = _any_of(tuple(self.cards))

    def in_(self, text: str) -> frozenset[int]:
        """The numbers of the cards that a text names; an abbreviation only in capitals ("TENS", not "tens")."""
        return frozenset(
            self.cards[name]
            for match in self._pattern.finditer(text)
            if (name := key(match[1])) not in self.capitals or match[1].isupper()
        )


@lru_cache(maxsize=200)
def _any_of(names: tuple[str, ...]) -> re.Pattern[str]:
    """Any of some names, one or several of it ("nerve blocks"), in one branch for each first letter."""
    return re.compile(rf"(?<!\w)({_alternatives(names)})(?:['’]s|s['’]?)?(?!\w)", re.IGNORECASE)


def _alternatives(names: tuple[str, ...]) -> str:
    branches: dict[str, list[str]] = {}
    for name in sorted(map(key, names), key=len, reverse=True):
        branches.setdefault(name[0], []).append(re.escape(name[1:]).replace(r"\ ", r"[-‐‑\s]{1,3}"))
    return "|".join(f"{re.escape(first)}(?:{'|'.join(rest)})" for first, rest in branches.items()) or "(?!)"


# ---- what it leaves out


def untold_risks(subject: Subject) -> list[str]:
    return [risk["sense"] for risk in hazards.left_out(subject.card.hazards, [s.words for s in subject.about])]


def untold_signs(subject: Subject) -> list[str]:
    """The signs that no call for help names: "Get help at once for …", its list, or a section that is one."""
    if not subject.is_whole:
        return []
    calls = [*_calls(subject.about)]
    return [sign["sense"] for sign in hazards.left_out(subject.card.signs, calls)]


def _calls(about: list[Sentence]) -> Iterator[str]:
    is_open = False
    for sentence in about:
        is_call = _CALL.search(sentence.words) is not None
        is_item = len(sentence.words.split()) <= 25
        is_open = sentence.words[-1:] not in ".!?" if is_call else is_open and is_item
        if is_call or is_open:
            yield sentence.words


_CALL = re.compile(
    r"\b(?:get|seek|need|needs|ask for|call for|go for|find) (?:\w+ ){0,2}(?:help|care|attention)\b|\bemergenc"
    r"|\b(?:call|phone|contact|tell|see|ring|reach) (?:\w+ ){0,3}(?:doctor|team|clinic|clinician|hospital|911|surgeon"
    r"|nurse|physician|provider|ambulance)\b|\b(?:at once|right away|immediately|straight away|without delay|urgent\w*"
    r"|same day|as soon as possible)\b|\bwhen to (?:call|get|seek|worry|see)\b|\bwarning signs?\b|\bred flags?\b"
    r"|\bgo to (?:the |an |a )?(?:hospital|er|emergency)\b|\bsigns? (?:for|that need) help\b"
)

# ---- what it puts in the wrong place


def misplaced(subject: Subject) -> Iterator[Misplaced]:
    for sentence in subject.near:
        for part in subject.card.parts:
            if place := _wrong_place(sentence.words, subject.card, part):
                yield Misplaced(subject.card, part, place, sentence.said)
                break


def _wrong_place(words: str, card: Any, part: dict[str, Any]) -> str:
    if _MISHAP.search(words):
        return ""
    others = _any_of(tuple(name for other in card.parts if other is not part for name in other["names"]))
    for match in _lying(tuple(part["names"])).finditer(words):
        gap, rest = match["gap"] or "", match["place"]
        if _BELONGS.search(words, max(0, match.start() - 40), match.start()) or others.search(gap) or _NO.search(gap):
            continue
        other = others.search(rest)
        place = _place(rest[: other.start()] if other else rest)
        if "skin" in place.split() and "under skin" not in part["elsewhere"]:
            continue
        for wrong in part["elsewhere"]:
            if (found := re.search(rf"\b{re.escape(wrong)}\b", place)) and not _NO.search(place[: found.start()]):
                return wrong
    return ""


@lru_cache(maxsize=200)
def _lying(names: tuple[str, ...]) -> re.Pattern[str]:
    """A part that lies, is put or is held somewhere: "the pump is implanted in …", "implants the pump in …"."""
    part = rf"(?<!\w)(?:{_alternatives(names)})s?(?!\w)"
    return re.compile(
        rf"(?:{part}(?P<gap>(?:,? [\w'’]+){{0,4}}? {_LIES}(?: \w+ly)?)?|{_PUTS} (?:\w+ ){{0,3}}?{part})"
        rf" (?P<place>{_PREPOSITION}(?: [\w'’]+){{1,10}})"
    )


_PREPOSITION = (
    r"(?:directly |deep |right |straight )?(?:in(?:to)?|inside|within|at|near|beside|next to|on(?:to)?|around|along"
    r"|between|under|beneath|below)"
)
_LIES = (
    r"(?:lies?|lay|sits?|rests?|located|placed|implanted|inserted|put|positioned|anchored|fitted|injected|given|threaded"
    r"|embedded|housed|delivered|infused|attached|goes|go|is|are)"
)
_PUTS = r"\b(?:plac|implant|insert|put|position|inject|fit|thread|deliver|infus|push|guid)(?:e?s|ed|t?ing|e)?"
_BELONGS = re.compile(
    r"\b(?:to|from|of|with|by|via|through|between|and|using|without) (?:(?:the|a|an|your|this|each) )?(?:\w+ )?$"
)
_NO = re.compile(r"\b(?:not|never|no|nor|rather than|instead of|outside|and|or)\b|n['’]t\b")
_MISHAP = re.compile(
    r"\b(?:if|whether|dangerous|danger|mistake|by accident|accidental\w*|unintended|wrongly|must|should not|never"
    r"|avoid\w*|injure|injures|harm|harms|risk|risks|can cause|could cause|may cause)\b"
)
_ARTICLES = re.compile(r"\b(?:the|a|an|your|their|his|her|its|this|directly|deep|right|straight) ")
_ENDS = re.compile(r" (?:and|or|while|where|which|that|with|so|to|through|from|by|for|but|when|if|until|via|as)\b.*")


def _place(words: str) -> str:
    """A place as the cards write it: up to the next clause, articles left out, "in" for "into", "inside", "within"."""
    plain = _ARTICLES.sub("", f"{_ENDS.sub('', words.replace('next to', 'beside'))} ")
    return re.sub(r"\b(?:into|inside|within)\b", "in", plain).strip()
