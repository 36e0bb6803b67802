"""What one sentence says of drugs that their cards contradict: plain claims first, then what a person should answer."""

from collections.abc import Iterator

from articles.evidence.assertions import ASSERTIONS, Owns, Pair, is_a
from articles.evidence.denials import DENIALS
from articles.evidence.doubts import REPORTED, doubts, relatives
from articles.evidence.drug_classes import broader
from articles.evidence.implications import IMPLICATIONS, answered, respectively
from articles.evidence.mentions import FREE, IS, Outline


def contradictions(outline: Outline, owns: Owns) -> Iterator[tuple[int, int, bool, bool]]:
    """Places of a drug and of what it is said to be, how sure that is, and whether the sentence denies it."""
    if REPORTED.search(outline.text):
        return
    if outline.is_question:
        yes = outline.answer == "yes"
        pairs = answered(outline) if outline.answer else ()
        yield from ((*pair, True, not yes) for pair in pairs if owns(*pair) != yes)
        return
    in_order = set(respectively(outline, owns))
    asserted = in_order or _asserted(outline, owns)
    denied = {pair for denies in DENIALS for pair in denies(outline, owns)}
    wrong = [(*pair, False) for pair in asserted if not owns(*pair)] + [(*pair, True) for pair in denied if owns(*pair)]
    yield from ((drug, claimed, True, is_denied) for drug, claimed, is_denied in sorted(wrong))
    if not in_order:
        yield from ((drug, claimed, False, owns(drug, claimed)) for drug, claimed in doubts(outline, owns, asserted))
        yield from ((drug, other, False, False) for drug, other in relatives(outline) if not owns(drug, other))


def confused_classes(outline: Outline) -> Iterator[Pair]:
    """Places of a class and of another that it is said to be, neither a kind of the other: "NSAIDs are opioids"."""
    if outline.is_question or REPORTED.search(outline.text):
        return
    for place, mention in outline.at.items():
        if not mention.cards and mention.sense == IS:
            for subject, claimed in is_a(outline.about_class(place), _nothing):
                kind, other = mention.kind, outline.at[claimed].kind
                if subject == place and kind not in broader([other]) and other not in broader([kind]):
                    yield place, claimed


def _nothing(drug: int, claimed: int) -> bool:
    return False


def _asserted(outline: Outline, owns: Owns) -> set[Pair]:
    asserted = {pair for asserts in (*ASSERTIONS, *IMPLICATIONS) for pair in asserts(outline, owns)}
    if FREE in outline.text:
        other = outline.of_what_is_free()
        asserted |= {pair for asserts in ASSERTIONS for pair in asserts(other, owns)}
    return asserted
