"""Sentences that deny what a drug is: "hydrocodone is not an opioid". They are wrong where its card says that it is."""

import re
from collections.abc import Iterator

from articles.evidence.assertions import ENDS, IN_BRACKETS, Asserts, Owns, Pair
from articles.evidence.mentions import DRUG, MANY, ONE, Outline

_FORM = r"(?: (?:patch|tablet|pill|capsule|spray|gel|cream|injection)(?:e?s)?)?"
_SURELY = r"(?: (?:really|actually|in fact|technically|strictly(?: speaking)?|itself))?"
_NOT = (
    rf"(?: anything but|n't|{_SURELY} not|{_SURELY} never)(?: been)?{_SURELY}(?: an?| one of the| considered(?: an?)?)?"
)
_CLASSES = f"(?P<class>[{ONE}{MANY}])"

_IS_NOT = re.compile(
    rf"{DRUG}{_FORM}(?:{IN_BRACKETS}|, [^,;.]{{1,60}}+,)(?:,? (?:which|that))? (?:is|are|was|were|has"
    rf"|have)(?:{_NOT}| no| none of the) {_CLASSES}{ENDS}"
)
_BUT_NOT = re.compile(
    rf"{DRUG}{_FORM} (?:is|are|was)(?: (?!not\b)[a-z][\w'-]{{0,29}}(?: like {DRUG})?){{1,6}}"
    rf"(?:,? (?:but|and|yet|though)|,) (?:is |are )?(?:not|no|never)(?: an?)? {_CLASSES}{ENDS}"
)
_COUNTS_AS_NONE = re.compile(
    rf"{DRUG}{_FORM}(?:{IN_BRACKETS}|, [^,;.]{{1,60}}+,) (?:(?:does|do|did)(?:n't| not)(?: really"
    rf"| actually)? (?:count|qualify"
    rf"|belong|fall|act|work) (?:as|to|among|with|under|into)|(?:has|have|had) nothing to do with"
    rf"|(?:is|are|was|were) (?:not related|unrelated) to)(?: an?| the)? {_CLASSES}{ENDS}"
)
_ONLY_ONE_NOT = re.compile(
    rf"{DRUG}{_FORM} (?:is|was) the (?:one|only|single)[^,;.{DRUG}{ONE}{MANY}]{{1,60}} (?:that|which) "
    rf"(?:is|was)(?:n't| not)(?: an?)? {_CLASSES}{ENDS}"
)
_NEITHER = re.compile(
    rf"\bneither (?P<drugs>{DRUG},? nor {DRUG}) (?:is|are|was|were)(?: really| actually)?(?: an?)? {_CLASSES}{ENDS}"
)
_NOT_APPOSED = re.compile(rf"{DRUG}{IN_BRACKETS}(?:, | \()(?:is )?not(?: being)?(?: an?)? {_CLASSES}(?=[,)])")
_NOT_ONE = re.compile(rf"{_CLASSES}[^.;{DRUG}{ONE}{MANY}]{{0,60}}\b(?:it|they)(?:'s| is|'re| are)?(?:n't| not) one\b")
_IT_IS_NOT = re.compile(rf"\b(?:it|they)(?: is|'s| are|'re| was)?(?:{_NOT}| no) {_CLASSES}{ENDS}")
_PATTERNS = (_IS_NOT, _BUT_NOT, _NOT_APPOSED, _COUNTS_AS_NONE, _ONLY_ONE_NOT)


def _is_not(outline: Outline, owns: Owns) -> Iterator[Pair]:
    for pattern in _PATTERNS:
        for match in pattern.finditer(outline.text):
            yield match.start(), match.start("class")


def _it_is_not(outline: Outline, owns: Owns) -> Iterator[Pair]:
    """ "Take tramadol. It is not an opioid.", where the sentence is about one drug."""
    if outline.is_about_one:
        for pattern in (_IT_IS_NOT, _NOT_ONE):
            for match in pattern.finditer(outline.text):
                yield outline.drugs[0], match.start("class")


def _neither(outline: Outline, owns: Owns) -> Iterator[Pair]:
    """ "Neither morphine nor oxycodone is an opioid"."""
    for match in _NEITHER.finditer(outline.text):
        for drug in re.finditer(DRUG, match["drugs"]):
            yield match.start("drugs") + drug.start(), match.start("class")


DENIALS: tuple[Asserts, ...] = (_is_not, _it_is_not, _neither)
