"""Drugs in a text: one named beside a class that is not its own; one that has no card.

What a drug is, its card says, and a card rests on the US prescribing information (Highlights and section 1). Plain
words are claims: "ziconotide, an NSAID". What can be read either way is a question; "ziconotide with an NSAID" is
neither.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from articles.evidence.drug_classes import key
from articles.evidence.mechanisms import MECHANISMS, way_in
from articles.evidence.mentions import (
    ACTS_ON,
    DRUG,
    IS_NOT,
    Card,
    Cards,
    Mention,
    Outline,
    classes_in,
    classes_of,
    outlines,
)

CLAIM, QUESTION = "claim", "question"


@dataclass(frozen=True)
class Conflict:
    """A sentence, text[start:end], that says or may say that the drug is `claimed`, which its card does not bear out.

    `certainty` is CLAIM where the sentence says so plainly, and QUESTION where a person has to decide. `denied` means
    that the sentence says the opposite: the card bears `claimed` out, and the sentence denies it.
    """

    drug: str
    card: Card
    claimed: str
    sentence: str
    start: int
    end: int
    certainty: str = CLAIM
    denied: bool = False


def find_conflicts(text: str, cards: Iterable[Card]) -> list[Conflict]:
    """Sentences that contradict a drug's card, or a class's, one for each drug and sentence, in order."""
    from articles.evidence import reading  # its patterns take 70 ms of the start of every command

    own, conflicts = _OwnClasses(), []
    cards = Cards.of(cards)
    classes = {card.name: card for card in cards if getattr(card, "is_class", False)}
    for outline in outlines(text, cards.names):
        owns = _Owns(own, outline)
        seen: set[int] = set()
        for drug, claimed, is_sure, denied in reading.contradictions(outline, owns):
            card = outline.at[drug].cards[0]
            if id(card) not in seen:
                seen.add(id(card))
                words = outline.at[claimed].words
                place = (outline.sentence, outline.start, outline.end)
                conflicts.append(Conflict(card.name, card, words, *place, CLAIM if is_sure else QUESTION, denied))
        for subject, claimed in reading.confused_classes(outline):
            if of_class := classes.get(outline.at[subject].kind):
                words, place = outline.at[claimed].words, (outline.sentence, outline.start, outline.end)
                conflicts.append(Conflict(of_class.name, of_class, words, *place, QUESTION, False))
    return conflicts


def named(text: str, cards: Iterable[Card]) -> list[Card]:
    """The cards whose drug the text names, by name or brand, in order of appearance, each once."""
    mentioned = (card for mention in Cards.of(cards).names.mentions(text) for card in mention.cards)
    return list({id(card): card for card in mentioned}.values())


# After the stems of the USAN Council and the WHO ("The use of stems in the selection of International Nonproprietary
# Names"), without those that end English words: no "-in", "-ine", "-one", "-vir", "-cept".
STEMS = (
    *(
        "mab",
        "pril",
        "sartan",
        "statin",
        "olol",
        "caine",
        "triptan",
        "gepant",
        "oxetine",
        "triptyline",
        "gabalin",
        "profen",
    ),
    *(
        "coxib",
        "azepam",
        "azolam",
        "codone",
        "morphone",
        "fentanil",
        "fentanyl",
        "tadol",
        "orphanol",
        "norphine",
        "oxicam",
    ),
    *(
        "fenac",
        "naproxen",
        "pramine",
        "faxine",
        "nacipran",
        "carbazepine",
        "trigine",
        "racetam",
        "barbital",
        "benzaprine",
    ),
    *(
        "bamol",
        "nidine",
        "solone",
        "asone",
        "sonide",
        "setron",
        "prazole",
        "cillin",
        "mycin",
        "floxacin",
        "xaban",
        "gliptin",
    ),
    *("gliflozin", "dipine", "tinib", "ergotamine", "azodone", "naloxone", "trexone", "zodone", "cycline", "lukast"),
)
_WORD = re.compile(r"[^\W\d_]+")
_ENGLISH = frozenset(["triptan", "gepant", "cannabinoid", "antimycin", "tricycline", "bicycline"])
_SHORTEST = 7


def unknown_drugs(text: str, cards: Iterable[Card]) -> list[str]:
    """Words that end as drugs' names do and stand on no card, in small letters, in order of appearance, each once."""
    known = {part for name in Cards.of(cards).names.cards for part in name.split()} | _ENGLISH
    words = dict.fromkeys(word.lower() for word in _WORD.findall(text) if _SHORTEST <= len(word) <= 40)
    return [word for word in words if word.endswith(STEMS) and word not in known]


class _Owns:
    """Whether the drug at a place of the outline has the property at another: by its card, or as a kind of a kind."""

    def __init__(self, own: "_OwnClasses", outline: Outline) -> None:
        self.own, self.outline = own, outline
        self._answers: dict[tuple[int, int], bool] = {}

    def __call__(self, drug: int, claimed: int) -> bool:
        if (drug, claimed) not in self._answers:
            self._answers[drug, claimed] = self._looked_up(drug, claimed)
        return self._answers[drug, claimed]

    def _looked_up(self, drug: int, claimed: int) -> bool:
        mention = self.outline.at[claimed]
        cards = self.outline.at[drug].cards
        if mention.cards:  # a relative
            return any(self.own.share(card, other) for card in cards for other in mention.cards)
        way = way_in(self.outline.text, drug, claimed, DRUG) if mention.sense == ACTS_ON else ""
        borne = [self.own.bear_out(card, mention, self.outline.sentence, way) for card in cards]
        return not all(borne) if mention.sense == IS_NOT else any(borne)


class _OwnClasses:
    """What each card says of its drug's class, read once a call."""

    def __init__(self) -> None:
        self._read: dict[int, tuple[list[str], frozenset[str]]] = {}

    def _of(self, card: Card) -> tuple[list[str], frozenset[str]]:
        if id(card) not in self._read:
            phrases = (card.drug_class, *card.class_synonyms)
            self._read[id(card)] = [words for words in map(key, phrases) if words], classes_of(*phrases)
        return self._read[id(card)]

    def bear_out(self, card: Card, claimed: Mention, sentence: str, way: str) -> bool:
        phrases, kinds = self._of(card)
        if claimed.sense == ACTS_ON:
            return MECHANISMS[claimed.kind].bears(kinds, way)
        words = key(claimed.words)
        return claimed.kind in kinds or any(words in phrase and phrase in key(sentence) for phrase in phrases)

    def share(self, card: Card, other: Card) -> bool:
        """Whether one drug is of the main class of the other."""
        return card is other or any(
            bool({mention.kind for mention in classes_in(one.drug_class)} & self._of(another)[1])
            for one, another in ((card, other), (other, card))
        )
