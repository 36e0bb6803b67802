"""What one sentence says of drugs that their cards contradict: plain claims first, then what a person should answer."""

from collections.abc import Iterator

from articles.evidence.assertions import ASSERTIONS, Owns, Pair
from articles.evidence.denials import DENIALS
from articles.evidence.doubts import REPORTED, doubts, relatives
from articles.evidence.implications import IMPLICATIONS, respectively
from articles.evidence.mentions import FREE, Outline


def contradictions(outline: Outline, owns: Owns) -> Iterator[tuple[int, int, bool, bool]]:
    """Places of a drug and of what it is said to be, how sure that is, and whether the sentence denies it."""
    if REPORTED.search(outline.text):
        return
    if outline.is_question:
        return
    in_order = set(respectively(outline, owns))
    asserted = in_order or _asserted(outline, owns)
    denied = {pair for denies in DENIALS for pair in denies(outline, owns)}
    wrong = [(*pair, False) for pair in asserted if not owns(*pair)] + [(*pair, True) for pair in denied if owns(*pair)]
    yield from ((drug, claimed, True, is_denied) for drug, claimed, is_denied in sorted(wrong))
    if not in_order:
        yield from ((drug, claimed, False, owns(drug, claimed)) for drug, claimed in doubts(outline, owns, asserted))
        yield from ((drug, other, False, False) for drug, other in relatives(outline) if not owns(drug, other))


def _asserted(outline: Outline, owns: Owns) -> set[Pair]:
    asserted = {pair for asserts in (*ASSERTIONS, *IMPLICATIONS) for pair in asserts(outline, owns)}
    if FREE in outline.text:
        other = outline.of_what_is_free()
        asserted |= {pair for asserts in ASSERTIONS for pair in asserts(other, owns)}
    return asserted
