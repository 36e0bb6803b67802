"""Doses in a text: sentences that name a medicine and say how much of it."""

import re
from collections.abc import Iterable

from articles.evidence.drugs import named
from articles.evidence.mentions import Card, Cards, sentences

_NUMBER = r"(?:\d[\d.,]*|half|one|two|three|four|five|six|eight|ten|twenty|fifty|hundred|thousand)"
_UNIT = (
    r"(?:mg|mcg|[uµμ]g|g|ml|iu|milligrams?|micrograms?|grams?|milliliters?|units?"
    r"|tablets?|pills?|capsules?|drops?|puffs?|patch(?:es)?|lozenges?|suppositor(?:y|ies))"
)
_DOSE = re.compile(rf"(?<!\w){_NUMBER}[\s-]?(?:(?:a|an|of)\s)?{_UNIT}(?!\w)", re.IGNORECASE)


def doses(text: str, cards: Iterable[Card]) -> list[tuple[Card, str]]:
    """Each medicine beside an amount, with the first such sentence."""
    found: dict[str, tuple[Card, str]] = {}
    if _DOSE.search(text):
        known = Cards.of(cards)
        for start, end in sentences(text):
            sentence = text[start:end]
            if _DOSE.search(sentence):
                for card in named(sentence, known):
                    found.setdefault(card.name, (card, sentence))
    return list(found.values())
