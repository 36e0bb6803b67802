"""Routes in a text: a medicine or class said to be given by a route that its card does not have, forbids, or calls not
approved.

A card's `routes` rest on its label. Everything found is a question for a medical reviewer; a card without routes, a
question, a denial and a report ("must not be injected") ask nothing.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeVar

from articles.evidence.doubts import REPORTED
from articles.evidence.drug_classes import broader, key
from articles.evidence.giving import bound
from articles.evidence.mentions import DRUG, Cards, classes_in, sentences
from articles.evidence.route_words import APPROVED, FORBIDDEN, ROUTES, UNAPPROVED, WITHIN, Named, named

UNKNOWN = "unknown"  # what no row of a card has


@dataclass(frozen=True)
class RouteConflict:
    """A sentence that gives the medicine of a card, or a class, named `medicine`, by `route`, in the words `said`.

    `source` is of the card's row that forbids the route or calls it not approved, and empty where no row has it;
    `approved` are the routes that it approves.
    """

    card: Any
    medicine: str
    route: str
    said: str
    status: str
    source: str
    approved: tuple[str, ...]
    sentence: str


class _Mention(NamedTuple):
    """A medicine or class in a sentence: where, the words, and its cards; a class knows the kinds it stands for."""

    start: int
    end: int
    words: str
    cards: tuple[Any, ...]
    kind: str = ""


def find_route_conflicts(text: str, cards: Iterable[Any]) -> list[RouteConflict]:
    """Sentences that give a medicine by a route that its card does not approve, one for each card and sentence.

    What is in use without approval is asked about once a text, and not at all if the text says so of the medicine.
    """
    known = _Known(cards)
    if not known.asks:
        return []
    parts = [text[start:end] for start, end in sentences(text)]
    pairs = list(zip(["", *parts], parts, strict=False))  # each sentence with the one before it
    found = [
        conflict
        for before, sentence in pairs
        if (routes := named(sentence))
        for conflict in _in_sentence(sentence, routes, known, before)
    ]
    statements = " ".join(f"{before} {sentence}" for before, sentence in pairs if _SAYS_SO.search(sentence))
    called = known.mentions(statements) if found else []
    cards_called = {id(card) for mention in called for card in mention.cards}
    kinds_called = {mention.kind for mention in called if mention.kind}
    asked: set[tuple[int, str]] = set()
    kept = []
    for conflict in found:
        is_called = id(conflict.card) in cards_called or kinds_called & known.kinds_of(conflict.card)
        if conflict.status != UNAPPROVED or not (is_called or _was_asked(conflict, asked)):
            kept.append(conflict)
    return kept


def _was_asked(conflict: RouteConflict, asked: set[tuple[int, str]]) -> bool:
    """Whether the text gave the medicine by this route before; from now on it has."""
    pair = id(conflict.card), conflict.route
    was_asked = pair in asked
    asked.add(pair)
    return was_asked


_Item = TypeVar("_Item", bound="_Mention | Named")


def _apart(items: Iterable[_Item]) -> list[_Item]:
    """In order, without those that begin inside another one."""
    kept: list[_Item] = []
    for item in sorted(items, key=lambda item: (item.start, -item.end)):
        if not kept or item.start >= kept[-1].end:
            kept.append(item)
    return kept


class _Known:
    """The cards by what a text may call them: medicines by name, classes by their kind."""

    def __init__(self, cards: Iterable[Any]) -> None:
        cards = Cards.of(cards)
        self.asks = any(getattr(card, "routes", None) for card in cards)
        self.names = cards.names
        self.kinds: dict[int, set[str]] = {}
        self.classes = [card for card in cards if getattr(card, "is_class", False) and card.routes]

    def mentions(self, sentence: str) -> list[_Mention]:
        """The medicines and classes of a sentence in order; a class without a card asks nothing."""
        own = [
            _Mention(
                mention.start, mention.end, mention.words, mention.cards or self._of_kind(mention.kind), mention.kind
            )
            for mention in (*self.names.mentions(sentence), *classes_in(sentence))
            if mention.cards or not _OF_SOMETHING_ELSE.match(sentence, mention.end)
        ]
        return _apart(own)

    def _of_kind(self, kind: str) -> tuple[Any, ...]:
        kinds = broader([kind])
        return tuple(card for card in self.classes if card.name in kinds) or tuple(
            card for card in self.classes if kind in _kinds_in(card.class_synonyms)
        )

    def kinds_of(self, card: Any) -> set[str]:
        """The classes of a card, and what they are kinds of."""
        if id(card) not in self.kinds:
            self.kinds[id(card)] = broader(_kinds_in((card.drug_class, *card.class_synonyms)))
        return self.kinds[id(card)]


def _kinds_in(phrases: Iterable[str]) -> set[str]:
    return {mention.kind for phrase in phrases for mention in classes_in(phrase)}


_OF_SOMETHING_ELSE = re.compile(
    r"[ -](?:receptor|use disorder|overdose|withdrawal|crisis|user|dose|antagonist|reversal)", re.I
)
_IT = re.compile(
    r"[\"“(]?(?:it|they|this (?:drug|medicine|medication|painkiller)|the (?:drug|medicine|medication|painkiller))\b",
    re.IGNORECASE,
)
_IT_IS_GIVEN = re.compile(
    r"\b(?:it|them|the (?:drug|medicine|medication))\b(?=(?: [a-z]+){0,2} (?:in|into|to|through|via|by)\b)", re.I
)
_PLAIN = str.maketrans({**dict.fromkeys("\1\2\3\4\5\6\7", " "), "’": "'", "‘": "'", "“": '"', "”": '"'})
_NOT_ASSERTED = re.compile(
    r"\?[\"')\]]*$|\b(?:accident\w*|by mistake|mistaken\w*|stud(?:y|ies|ied)|experiment\w*|investigational|rats?|mice"
    r"|animals?|illegal\w*|street|misus\w*|abus\w*|crush\w*|addict\w*|whether|child(?:ren)? who|a child|pets?)\b"
)
_SAYS_SO = re.compile(
    r"\b(?:(?:not|n't|never|neither|none|no)\b[^.;]{0,60}\b(?:approv|licens|authori[sz])\w*|unapproved|unlicensed"
    r"|off[- ]label|without (?:\w+ )?approval|outside (?:\w+ ){0,2}label)",
    re.IGNORECASE,
)
_NO = (
    r"\b(?:not(?! (?:only|just|merely))|no|never|nobody|none|nothing|cannot|neither|nor|without|instead of|rather than"
    r"|unlike|avoid\w*|other than|hardly|[a-z]+n't|contraindicated|forbid\w*|forbidden|prohibit\w*|banned|against"
    r"|unsafe|dangerous|danger)\b"
)
_NO_BEFORE = re.compile(rf"{_NO}[^,;:]{{0,70}}$")
_NO_AFTER = re.compile(
    r"[^,;:.]{0,40}\b(?:(?:is|are|was|were|would be|can be|must|should|may) (?:never|not|no)|contraindicated|forbidden"
    r"|prohibited|banned|dangerous|unsafe|off limits|a mistake|an error|wrong|isn't|aren't|mustn't|cannot|no longer"
    r"|do not exist|don't exist)\b"
)
_HARM = re.compile(
    r"\b(?:harm|damage|death|die[ds]?|kill|gangrene|paraly|fatal|danger|life-threat|injur|warn|amputat|destroy)\w*"
)


def _in_sentence(sentence: str, routes: list[Named], known: _Known, before: str) -> Iterator[RouteConflict]:
    mentions = known.mentions(sentence)
    if not mentions:
        mentions, sentence, routes = _carried_over(sentence, routes, known, before)
    outline, at = _outline(sentence, mentions, routes)
    if not mentions or _NOT_ASSERTED.search(outline) or REPORTED.search(outline):
        return
    seen: set[int] = set()
    own = {kind for item in mentions if not item.kind for card in item.cards for kind in known.kinds_of(card)}
    is_warning = _HARM.search(outline) is not None
    for drugs, ways in bound(outline):
        for drug, way in _unfit(outline, at, drugs, ways):
            mention, route = at[drug], at[way]
            card = mention.cards[0]
            status, source, approved = _status(card, mention.words, route.name)
            # Of "morphine, an opioid, in a pump" the medicine decides; who warns of a forbidden route knows of it.
            if id(card) not in seen and mention.kind not in own and not (status == FORBIDDEN and is_warning):
                seen.add(id(card))
                words = sentence[route.start : route.end]
                yield RouteConflict(card, mention.words, route.name, words, status, source, approved, sentence)


def _carried_over(
    sentence: str, routes: list[Named], known: _Known, before: str
) -> tuple[list[_Mention], str, list[Named]]:
    """Of "It is given by mouth", the sentence with what "it" is, if the one before names one medicine alone."""
    pronoun = _IT.match(sentence) or _IT_IS_GIVEN.search(sentence)
    named_before = known.mentions(before) if pronoun else []
    drugs = [mention for mention in named_before if not mention.kind] or named_before
    if not pronoun or len({tuple(map(id, mention.cards)) for mention in drugs}) != 1:
        return [], sentence, routes
    shift = len(before) + 1
    moved = [route._replace(start=route.start + shift, end=route.end + shift) for route in routes]
    it = drugs[0]._replace(start=pronoun.start() + shift, end=pronoun.end() + shift)
    return [*named_before, it], f"{before} {sentence}", moved


def _outline(sentence: str, mentions: list[_Mention], routes: list[Named]) -> tuple[str, dict[int, Any]]:
    """The sentence in small letters with a sign for each medicine and route, and what stands at each sign."""
    at: dict[int, Any] = {}
    parts: list[str] = []
    length = place = 0
    items: list[_Mention | Named] = [*mentions, *routes]
    for item in _apart(items):
        parts.append(re.sub(r"\s+", " ", sentence[place : item.start].translate(_PLAIN).lower()))
        length += len(parts[-1])
        at[length] = item
        parts.append(item.sign if isinstance(item, Named) else DRUG)
        length, place = length + 1, item.end
    parts.append(re.sub(r"\s+", " ", sentence[place:].translate(_PLAIN).lower()))
    return "".join(parts), at


def _unfit(outline: str, at: dict[int, Any], drugs: list[int], ways: list[int]) -> Iterator[tuple[int, int]]:
    """The pairs that no card bears out. Of several medicines with several routes, only what fits none of them."""
    for way in ways:
        name = at[way].name
        unfit = [drug for drug in drugs if at[drug].cards and not _fits(at[drug], name)]
        if len(drugs) > 1 and len(ways) > 1 and len(unfit) < len(drugs):
            continue
        for drug in unfit:
            if not _is_denied(outline, drug, way):
                yield drug, way


def _fits(mention: _Mention, route: str) -> bool:
    """Whether one of the cards approves the route, or says nothing that it could be compared with."""
    return any(_status(card, mention.words, route)[0] == APPROVED for card in mention.cards)


def _status(card: Any, words: str, route: str) -> tuple[str, str, tuple[str, ...]]:
    """What a card says of a route, its source, and the routes that it approves. Rows of a brand are for texts that say
    the brand.
    """
    rows = _rows(card, words)
    approved = tuple(dict.fromkeys(name for row in rows if row["status"] == APPROVED for name in row["routes"]))
    meant = set(ROUTES[route].covers) or {route}
    meant |= {name for name, around in WITHIN.items() if around == route}
    if meant & set(approved):
        return APPROVED, "", approved
    meant |= {WITHIN[name] for name in meant if name in WITHIN}
    for row in rows:
        if row["status"] != APPROVED and meant & set(row["routes"]):
            return row["status"], row["source"], approved
    return UNKNOWN if approved else APPROVED, "", approved


def _rows(card: Any, words: str) -> list[dict[str, Any]]:
    """The rows of a card that matter for the name that the text says: the approved ones of a brand, if it has such."""
    rows: list[dict[str, Any]] = getattr(card, "routes", None) or []
    if not any(row.get("brands") for row in rows):
        return rows
    brand = key(re.sub(r"(?:['’]s|s['’])$", "", words))
    own = [row for row in rows if brand in map(key, row.get("brands") or ())]
    is_narrower = any(row["status"] == APPROVED for row in own)
    general = [row for row in rows if not row.get("brands") and not (is_narrower and row["status"] == APPROVED)]
    return own + general


def _is_denied(outline: str, drug: int, way: int) -> bool:
    first, last = sorted((drug, way))
    before, between = outline[max(0, first - 100) : first], outline[first + 1 : last]
    return bool(_NO_BEFORE.search(before) or _NO_BEFORE.search(between) or _NO_AFTER.match(outline, last + 1))
