"""What contradicts a medicine's card, or is missing from it, in a sentence for the person who wrote the words."""

from collections.abc import Sequence
from typing import Any

from articles.evidence.drugs import Conflict
from articles.evidence.routes import UNKNOWN, RouteConflict


def contradiction(conflict: Conflict) -> str:
    card, claimed = conflict.card, with_article(conflict.claimed)
    truth = f"is {claimed}" if conflict.denied else f"is not {claimed}. It is {with_article(card.drug_class)}"
    return f"{_capital(card.name)} {truth} ({card.source}). The text says: “{conflict.sentence}”"


def question(conflict: Conflict) -> str:
    card = conflict.card
    return (
        f"Is this right about {card.name}, {with_article(card.drug_class)} ({card.source}), and “{conflict.claimed}”? "
        f"The text says: “{conflict.sentence}”"
    )


def why_asked(conflict: Conflict) -> str:
    card = conflict.card
    return (
        f"{_capital(card.name)}’s entry says {with_article(card.drug_class)}; the sentence says “{conflict.claimed}”."
    )


def missing_warning(card: Any, senses: list[str]) -> str:
    whose = f"{_plural(card.name)} have" if card.is_class else f"{_capital(card.name)} has"
    return f"{whose} a boxed warning. The article doesn’t mention: {' '.join(senses)} ({card.source})"


def warning_sentence(card: Any, senses: Sequence[str]) -> str:
    """What `missing_warning` misses, as a sentence for the article itself."""
    about = "; ".join(_inside(sense.rstrip(".")) for sense in senses)
    whose = f"{_plural(card.name)} carry" if card.is_class else f"{_capital(card.name)} carries"
    return f"{whose} a boxed warning, the strongest warning on a US label: {about}."


def route_question(conflict: RouteConflict) -> str:
    subject = f"Are {conflict.card.name}s" if conflict.card.is_class else f"Is {conflict.card.name}"
    return (
        f"{subject} given like this (“{conflict.said}”)? {why_route_asked(conflict)} "
        f"The text says: “{conflict.sentence}”"
    )


def why_route_asked(conflict: RouteConflict) -> str:
    entry = f"The entry for {conflict.card.name}{'s' if conflict.card.is_class else ''}"
    if conflict.status == UNKNOWN:
        whose = f" for {conflict.medicine}" if conflict.medicine in conflict.card.brands else ""
        return f"{entry} has these routes only{whose}: {', '.join(conflict.approved)}."
    return f"{entry} calls this route {conflict.status}. {conflict.source}"


def _inside(words: str) -> str:
    """As it is written within a sentence: abbreviations keep their capitals."""
    return words if words[1:2].isupper() else words[:1].lower() + words[1:]


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _plural(words: str) -> str:
    return f"{_capital(words)}s"


def with_article(words: str) -> str:
    """“an opioid”, “an SNRI”, “an N-type calcium channel blocker”, “a gabapentinoid”: as the first letter sounds.

    Of “opioids” it takes the singular.
    """
    words = words.removesuffix("s") if not words.endswith(("ss", "us")) else words
    is_spelled_out = len(words) > 1 and words[0].isupper() and (words[1].isupper() or words[1] in "-0123456789")
    return f"{'an' if words[:1] in ('AEFHILMNORSX' if is_spelled_out else 'aeioAEIO') else 'a'} {words}"
