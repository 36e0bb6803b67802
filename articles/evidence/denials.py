"""Sentences that deny what a drug is: "hydrocodone is not an opioid". They are wrong where its card says that it is."""

import re
from collections.abc import Iterator

from articles.evidence.assertions import ENDS, IN_BRACKETS, Asserts, Owns, Pair
from articles.evidence.mentions import DRUG, MANY, ONE, Outline

_FORM = r"(?: (?:patch|tablet|pill|capsule|spray|gel|cream|injection)(?:e?s)?)?"
_SURELY = r"(?: (?:really|actually|in fact|technically|strictly(?: speaking)?|itself))?"
_NOT = rf"(?:n't|{_SURELY} not|{_SURELY} never)(?: been)?{_SURELY}(?: an?| one of the| considered(?: an?)?)?"
_CLASSES = f"(?P<class>[{ONE}{MANY}])"

_IS_NOT = re.compile(
    rf"{DRUG}{_FORM}(?:{IN_BRACKETS}|, [^,;.]{{1,60}}+,)(?:,? (?:which|that))? (?:is|are|was|were|has"
    rf"|have)(?:{_NOT}| no| none of the) {_CLASSES}{ENDS}"
)
_BUT_NOT = re.compile(
    rf"{DRUG}{_FORM} (?:is|are|was)(?: (?!not\b)[a-z][\w'-]{{0,29}}){{1,6}},? (?:but|and|yet|though) (?:is "
    rf"|are )?(?:not|no|never)(?: an?)? {_CLASSES}{ENDS}"
)
_NOT_APPOSED = re.compile(rf"{DRUG}{IN_BRACKETS}(?:, | \()(?:is )?not(?: being)?(?: an?)? {_CLASSES}(?=[,)])")
_IT_IS_NOT = re.compile(rf"\b(?:it|they)(?: is|'s| are|'re| was)?(?:{_NOT}| no) {_CLASSES}{ENDS}")
_PATTERNS = (_IS_NOT, _BUT_NOT, _NOT_APPOSED)


def _is_not(outline: Outline, owns: Owns) -> Iterator[Pair]:
    for pattern in _PATTERNS:
        for match in pattern.finditer(outline.text):
            yield match.start(), match.start("class")


def _it_is_not(outline: Outline, owns: Owns) -> Iterator[Pair]:
    """ "Take tramadol. It is not an opioid.", where the sentence is about one drug."""
    if outline.is_about_one:
        for match in _IT_IS_NOT.finditer(outline.text):
            yield outline.drugs[0], match.start("class")


DENIALS: tuple[Asserts, ...] = (_is_not, _it_is_not)
