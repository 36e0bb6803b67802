"""Sentences that say what a drug is without "is": "like other opioids, …", "the only NSAID …: …", "it is an opioid".

Each pattern looks at a sentence's outline, as in `assertions`.
"""

import re
from collections.abc import Iterator

from articles.evidence.assertions import (
    A_CLASS,
    ADJECTIVE,
    BEGINS,
    DENIED,
    ENDS,
    IN_BRACKETS,
    Asserts,
    Owns,
    Pair,
    last_sign,
)
from articles.evidence.mentions import DRUG, MANY, ONE, Outline

_CLASSES = f"[{ONE}{MANY}]"
_DRUGS = rf"(?:the )?{DRUG}(?:(?:, (?:and |or )?| and | or ){DRUG}){{0,6}}"

_LIKE_ONE_AND_OTHERS = re.compile(
    rf"(?P<drugs>{DRUG}),? (?:just )?(?:like|as with|unlike) {_DRUGS},? and (?:the )?other (?P<class>{_CLASSES})"
)
_ONE_OF_THEM = re.compile(
    rf"(?P<class>{_CLASSES})[^.;:{ONE}{MANY}]{{1,80}} (?P<drugs>{DRUG}),? (?:the (?:[a-z]+est|most [a-z]+|best"
    rf"|first)|one|another|a [a-z]+ one) of (?:them|these|those)\b"
)
_RANGE = re.compile(
    rf"(?P<class>{_CLASSES}),? (?:(?:say|for example|for instance|e\.g\.),? )?from (?P<drugs>{DRUG} (?:up )?to {DRUG})"
)
_LIKE_OTHERS = re.compile(
    rf"(?:^|[,;:–—(] ?| )(?:(?:just )?like|unlike|as with|as for|as) (?:all |most |many )?(?:other|all|any"
    rf"|any other|every|most)"
    rf"{ADJECTIVE}{{0,2}} (?P<class>{_CLASSES}), (?P<drugs>{_DRUGS})|"
    rf"(?P<first>{_DRUGS}),? (?:just )?(?:like|unlike|as with|as) (?:all |most |many )?(?:other|all|any|any other"
    rf"|every)"
    rf"{ADJECTIVE}{{0,2}} (?P<second>{_CLASSES})(?!')"
)
_AMONG_THEM = re.compile(
    rf"(?P<class>{_CLASSES})(?:,| ?[–—]| \()[ ]?(?P<drugs>{_DRUGS}) (?:is |are )?(?:among (?:them|these)"
    rf"|for (?:one|example|instance)"
    r"|included|to name (?:one|a few))"
)
_AMONG = re.compile(
    rf"\b(?:among|of)(?: all)?(?: the)?{ADJECTIVE}{{0,1}} (?P<class>{MANY}), (?P<drugs>{_DRUGS}) (?:is|are|has"
    rf"|have|was|does|do)\b"
)
_AS_ONE = re.compile(
    rf"(?:^|[,;:–—.] ?|\b(?:and|but|so) )(?:(?:as|being)(?: an?| the)?{ADJECTIVE}{{0,2}} (?P<class>{_CLASSES})"
    rf"|(?:itself )?an?{ADJECTIVE}{{0,2}} (?P<itself>{ONE}) (?:itself|too)), (?P<drugs>{_DRUGS})"
)
_TURNED = re.compile(
    rf"(?:an?|the|one|another){ADJECTIVE}{{0,3}} (?P<class>{ONE})"
    r"(?: (?:of choice|to (?:try|choose|use|take)|in use|(?:that|which|sold|used|given|for|in|of|on"
    r"|against)[^,;:.\1\2\3]{1,60}))?"
    rf" (?:is|was|may be|might be|would be)(?: called| named| usually| often)? (?P<drugs>{_DRUGS})(?=[.,;!)–—\"]"
    rf"| (?:and|or|but|which|because)\b|$)"
)
_NAMED_LAST = re.compile(
    rf"(?:\bone|\bonly|\bsingle|\bsafest|\bstrongest|\bbest|\bfirst"
    rf"|\bcommonest){ADJECTIVE}{{0,2}} (?P<class>{ONE})[^.;:\1\2\3]{{0,80}}: "
    rf"(?P<drugs>{_DRUGS})(?=[.!\"')]*$)"
)
_EXCEPT = re.compile(
    rf"(?:apart from|aside from|except(?:ing)?(?: for)?|other than|save for|with the exception of"
    rf"|besides) (?P<drugs>{_DRUGS}), "
    rf"(?:(?:no|all|every|most|any)(?: other)?{ADJECTIVE}{{0,2}} |all the |the other )(?P<class>{_CLASSES})|"
    rf"with the exception of (?P<first>{_DRUGS}),(?: the)?{ADJECTIVE}{{0,1}} (?P<second>{MANY})|"
    rf"(?P<before>{_CLASSES})(?: drugs?| medicines?)? (?:except(?: for)?|other than|apart from|aside from|save"
    rf"|but) (?P<left>{_DRUGS})"
)
_INCLUDE = re.compile(
    rf"(?:(?:examples of(?: the)?{ADJECTIVE}{{0,2}} (?P<class>{MANY}) are|(?P<all>{MANY}) (?:includes?"
    rf"|comprises?))) (?P<drugs>{_DRUGS})"
    r"(?=[.;!)]|$)"
)
_ARE_THESE = re.compile(
    rf"(?:^|[.;:,] )(?:(?!(?:to|of|than|for|with|from|as|like|unlike|without|and|or|not"
    rf"|no)\b)[a-z][\w'-]{{0,29}} ){{0,3}}"
    rf"(?P<class>{MANY}) are (?P<drugs>{_DRUGS})(?=[.;!)]|$)"
)
_SET_OFF = re.compile(
    rf"[–—(:] ?(?P<drugs>{DRUG}(?:(?:, (?:and |or )?| and | or ){DRUG}){{1,8}}) ?[–—)]? (?:are|belong to"
    rf"|count as)(?: all| both)?"
    rf"(?: the)?{ADJECTIVE}{{0,2}} (?P<class>{MANY}){ENDS}"
)
_JOINS = re.compile(rf"(?P<drugs>{DRUG}) joins? {_DRUGS} (?:in|among|as) (?:the )?(?P<class>{_CLASSES})")
_CALLED = re.compile(
    rf"\b(?:call|consider|label|name|deem)(?:s|ed|led)? (?P<drugs>{_DRUGS})(?P<class>{A_CLASS}){ENDS}|"
    rf"\b(?:regard|class|classify|see|view|describe|use|treat|list|count"
    rf"|know)\w{{0,3}} (?P<first>{_DRUGS}) as(?P<second>{A_CLASS}| {ONE}){ENDS}|"
    rf"\bmakes? (?P<made>{_DRUGS})(?P<third>{A_CLASS}){ENDS}"
)
_PLURAL = re.compile(rf"\bthe{ADJECTIVE}{{0,2}} (?P<class>{MANY}) (?P<drugs>{DRUG}(?:, {DRUG})* and {DRUG})")
_BUT_A_CLASS = re.compile(
    rf"{DRUG} (?:is|are|was)(?:n't| not| no)(?: really"
    rf"| actually)?(?: an?)?{ADJECTIVE}{{0,2}} {_CLASSES},? but(?P<class>{A_CLASS}){ENDS}"
)
_IT_IS = re.compile(rf"\b(?:it|they)(?: is|'s| are|'re| was)(?P<class>{A_CLASS}){ENDS}")
_LEAD = r"(?:above all |mainly |mostly |most often |usually |such as |for example |e\.g\.,? |say,? |chiefly |often )?"
_LIST = re.compile(
    rf"(?P<class>{_CLASSES})(?: \({_LEAD}(?P<drugs>{DRUG}(?:(?:, (?:and |or )?|/| and | or ){DRUG}){{1,9}})\)"
    rf"| ?[–—] ?{_LEAD}(?P<dashed>{DRUG}(?:(?:, (?:and |or )?| and | or ){DRUG}){{0,9}}) ?[–—]"
    rf"|: (?P<after>{DRUG}(?:(?:, (?:and |or )?| and | or ){DRUG}){{1,9}})(?=[.!;\"')]|$)"
    rf"|, (?P<between>{DRUG}(?:, {DRUG}){{0,8}},? and {DRUG}),(?! (?:and|or)\b))"
)
_APPOSED_AFTER = re.compile(
    rf"\b(?:an?){ADJECTIVE}{{0,2}} (?P<class>{ONE}), (?P<drugs>{DRUG}),(?= (?:to|for|at|in|by|every|once|twice"
    rf"|which|that|was|is)\b)"
)
_SIMPLE = (
    _LIKE_ONE_AND_OTHERS,
    _ONE_OF_THEM,
    _RANGE,
    _LIKE_OTHERS,
    _AMONG_THEM,
    _AMONG,
    _AS_ONE,
    _NAMED_LAST,
    _EXCEPT,
    _INCLUDE,
    _ARE_THESE,
    _JOINS,
    _SET_OFF,
    _PLURAL,
    _LIST,
    _APPOSED_AFTER,
)
_GROUPS = (
    ("class", "drugs"),
    ("second", "first"),
    ("before", "left"),
    ("itself", "drugs"),
    ("all", "drugs"),
    ("class", "dashed"),
    ("class", "between"),
    ("class", "after"),
)


def _groups(match: re.Match[str]) -> tuple[str, str]:
    """The groups of a match in which its class and its drugs stand."""
    given = match.groupdict()
    return next((claimed, named) for claimed, named in _GROUPS if given.get(claimed) and given.get(named))


def _places(match: re.Match[str], group: str) -> list[int]:
    return [match.start(group) + sign.start() for sign in re.finditer(DRUG, match[group])]


def _simple(outline: Outline, owns: Owns) -> Iterator[Pair]:
    """ "like other opioids, gabapentin", "NSAIDs, acetaminophen among them", "apart from acetaminophen, no NSAID"."""
    for pattern in _SIMPLE:
        for match in pattern.finditer(outline.text):
            claimed, named = _groups(match)
            if pattern is not _LIST or any(owns(place, match.start(claimed)) for place in _places(match, named)):
                yield from ((place, match.start(claimed)) for place in _places(match, named))


def _turned(outline: Outline, owns: Owns) -> Iterator[Pair]:
    """ "A common NSAID is acetaminophen"; not "the alternative to an opioid is gabapentin"."""
    text = outline.text
    for match in _TURNED.finditer(text):
        if BEGINS.search(text, max(0, match.start() - 60), match.start()):
            yield from ((place, match.start("class")) for place in _places(match, "drugs"))


def _called(outline: Outline, owns: Owns) -> Iterator[Pair]:
    """ "Doctors call gabapentin an opioid", "this makes acetaminophen the safest NSAID"."""
    text = outline.text
    for match in _CALLED.finditer(text):
        named = next(name for name in ("drugs", "first", "made") if match[name])
        if not DENIED.search(text, max(0, match.start() - 160), match.start()):
            yield from ((place, last_sign(text, match)) for place in _places(match, named))


def _but_a_class(outline: Outline, owns: Owns) -> Iterator[Pair]:
    """ "Ziconotide is not an opioid but an NSAID"."""
    for match in _BUT_A_CLASS.finditer(outline.text):
        yield match.start(), last_sign(outline.text, match)


def _it_is(outline: Outline, owns: Owns) -> Iterator[Pair]:
    """ "Because it is an opioid, gabapentin …", where the sentence is about one drug."""
    text = outline.text
    if outline.is_about_one:
        for match in _IT_IS.finditer(text):
            if not DENIED.search(text, max(0, match.start() - 160), match.start()):
                yield outline.drugs[0], last_sign(text, match)


_ASKED = re.compile(
    rf"^[\"(]*(?:so )?(?:is|are|was|were) {DRUG}{IN_BRACKETS}(?: really| actually| ever)?(?P<class>{A_CLASS}) ?\?"
)


def answered(outline: Outline) -> Iterator[Pair]:
    """ "Is gabapentin an opioid?", which a yes asserts and a no denies."""
    for match in _ASKED.finditer(outline.text):
        yield outline.drugs[0], last_sign(outline.text, match)


_FORMER = re.compile(rf"\bthe (?P<which>former|latter|first|second)(?: one)? (?:is|was)(?P<class>{A_CLASS}){ENDS}")


def _former(outline: Outline, owns: Owns) -> Iterator[Pair]:
    """ "Of morphine and gabapentin, the latter is an opioid"."""
    text = outline.text
    for match in _FORMER.finditer(text):
        drugs = [place for place in outline.drugs if place < match.start()]
        if len(drugs) == 2:
            yield drugs[0 if match["which"] in ("former", "first") else 1], last_sign(text, match)


def respectively(outline: Outline, owns: Owns) -> Iterator[Pair]:
    """ "Morphine and ibuprofen are an opioid and an NSAID, respectively"."""
    if "respectively" in outline.text:
        drugs = outline.drugs
        classes = [place for place in outline.at if outline.text[place] in ONE + MANY]
        if len(drugs) == len(classes):
            yield from zip(drugs, classes, strict=True)


IMPLICATIONS: tuple[Asserts, ...] = (_simple, _turned, _called, _but_a_class, _it_is, _former)
