"""What a conflict with a medicine's card is, in a sentence for the person who wrote the words."""

from typing import Any

from articles.evidence.drugs import Conflict


def wrong_class(conflict: Conflict) -> str:
    card = conflict.card
    return (
        f"{_capital(card.name)} is not {_with_article(conflict.said)}. It is {_with_article(card.drug_class)} "
        f"({card.source}). The text says: “{conflict.sentence}”"
    )


def missing_warning(card: Any) -> str:
    return (
        f"{_capital(card.name)} has a boxed warning the article doesn’t mention: {card.boxed_warning} ({card.source})"
    )


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _with_article(words: str) -> str:
    """“an opioid”, “an SNRI”, “an N-type calcium channel blocker”, “a gabapentinoid”: as the first letter sounds."""
    is_spelled_out = len(words) > 1 and words[0].isupper() and (words[1].isupper() or words[1] in "-0123456789")
    return f"{'an' if words[:1] in ('AEFHILMNORSX' if is_spelled_out else 'aeioAEIO') else 'a'} {words}"
