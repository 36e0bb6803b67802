"""Signs that need help, and texts that name one with another urgency than the house's list (`red_flags.toml`).

The urgency of a sign is what its clause says; else its sentence; else the line that opens its list, the heading, or a
next sentence that goes on about it ("Call your doctor in the morning."). Where nothing says how soon, nothing is asked.
"""

import re
import tomllib
from collections.abc import Callable, Iterator, Sequence
from functools import cache, lru_cache
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from articles.evidence.drug_classes import key
from articles.evidence.hazards import phrase_pattern
from articles.evidence.mentions import sentences

LIST = Path(__file__).with_name("red_flags.toml")
NOW, DAY, DAYS, WAIT = "now", "day", "days", "wait"
_STEPS = (NOW, DAY, DAYS, WAIT)
IN_WORDS = {NOW: "emergency, at once", DAY: "the same day", DAYS: "within days", WAIT: "it can wait"}


class Sign(NamedTuple):
    """A sign of the list: how it is told, beside which words it counts (none: anywhere), and how urgent it is."""

    name: str
    urgency: str
    told_by: tuple[str, ...]
    source: str
    near: tuple[str, ...] = ()
    source_url: str = ""


class UrgencyConflict(NamedTuple):
    """A sign that a sentence names with the urgency `told`, against the list."""

    sign: Sign
    told: str
    sentence: str


@lru_cache(maxsize=1)
def signs() -> tuple[Sign, ...]:
    rows = tomllib.loads(LIST.read_text(encoding="utf-8"))["signs"]
    return tuple(Sign(**{**row, "told_by": tuple(row["told_by"]), "near": tuple(row.get("near", ()))}) for row in rows)


# ---- how soon

_ADVICE = (
    r"(?<!will )(?:call|phone|see|seen|contact|tell|visit|(?:make|book|get) an? appointment|report(?:ed)?"
    r"|mention(?:ed)?|raised?|talk|speak|discuss(?:ed)?|consult|checked|check|email|message|go)"
)
_LATER = (
    r"(?:in the morning|the next (?:morning|day|business day|working day)|tomorrow|(?:on|until) monday"
    r"|in (?:a few|two|three|some|a couple of) days|within (?:a few|two|three|some|the next few|a couple of) days"
    r"|(?:this|next) week|within (?:a|the|one|two) weeks?(?! of\b| after\b)|in a week|by the end of the week"
    r"|(?:at|on|until|for) (?:your|the) (?:next|following) (?:visit|appointment|check-?up|refill)|at (?:your|the) next"
    r"|after the weekend|when (?:you have|there is) time|when convenient|(?:in|during) office hours|soon)"
)
_SAME_DAY = r"(?:the same day|that (?:same )?day|today|within (?:24 hours|a day|one day)|tonight|by the evening)"


def _advised(when: str) -> re.Pattern[str]:
    """Advice with a time, in either order: "call your doctor in the morning", "tomorrow, see your doctor"."""
    return re.compile(rf"\b{_ADVICE}\b(?: [^\s;:]+){{0,9}}? {when}\b|\b{when}\b,? (?:[^\s;:]+ ){{0,3}}{_ADVICE}\b")


_PATTERNS = {
    NOW: re.compile(
        r"\b(?:at once|immediately|right away|straight away|right now|without delay|911|999|988|112|emergenc(?:y"
        r"|ies)|a&e|ambulance|crisis line|poison (?:help|control)|as fast as|do not wait|don't wait|never wait"
        r"|now\b(?! that))"
    ),
    DAY: _advised(_SAME_DAY),
    DAYS: _advised(_LATER),
    WAIT: re.compile(
        r"\b(?:can wait|wait and see|wait (?:an?|one|a few|two|three|some|several|until|till|for)\b"
        r"|no need to (?:call|worry|see|hurry|seek)|need not (?:call|worry|hurry)|nothing to worry about"
        r"|no (?:cause|reason) (?:for|to) (?:alarm|concern|worry)|(?:is|are) (?:quite |perfectly |entirely "
        r"|completely )?(?:normal|harmless|not urgent|not dangerous|not an emergency|to be expected|expected)(?: \w+)?"
        r"(?:$| and (?:it |they )?(?:will )?(?:pass|go|fade|stop)\w*)"
        r"|will pass by itself|goes away by itself|go away by themselves)"
    ),
}  # fmt: skip
_EMERGENCY = re.compile(r"\b(?:emergency|911|999|a&e|ambulance)\b")
# Without one of these nothing is put off.
_PUT_OFF = re.compile(
    r"day|morning|tomorrow|week|next|convenient|time|hours|soon|tonight|evening|wait|need|worry|cause|reason"
    r"|normal|harmless|urgent|dangerous|expected|itself|themselves"
)
_DENIED = re.compile(r"\b(?:not|never|n't|instead of|rather than|cannot)(?: \w+){0,4} $")
_CLAUSE = re.compile(
    r"[;–—]|,? \b(?:but|while|whereas)\b|, and (?=\w+ (?:your|the|a)\b)"
    r"|(?<=\w), (?=for \w|[\w ]{3,40} (?:cannot|can't|is not|are not)\b)"
)
_HEARSAY = re.compile(r"\?[\"”’)]*$|\b(?:she|he|her|his|was|were|(?<!have )had)\b")
# How a sentence begins that goes on about the one before it.
_GOES_ON = re.compile(
    r"(?:then |if so,? |in (?:this|that) case,? )?(?:call|phone|see|contact|tell|visit|report|make an|wait|it can"
    r"|that can|this can|these can|they can|this is|that is|these are|they are|no need|there is no need|mention)\b"
)


def _urgency(clause: str, kinds: Sequence[str] = _STEPS) -> str:
    """The most urgent that some folded words advise, or none."""
    clause = clause.rstrip(" .!,")
    if not _PUT_OFF.search(clause):
        kinds = [kind for kind in kinds if kind == NOW]
    for kind in kinds:
        for match in _PATTERNS[kind].finditer(clause):
            if kind == NOW or not _DENIED.search(clause, max(0, match.start() - 60), match.start()):
                return kind
    return ""


# ---- reading


class _Line(NamedTuple):
    """A sentence, folded, with the next one of its block, and what it is under: a list's first line, a heading."""

    sentence: str
    words: str
    following: str
    opener: str
    heading: str


def find_urgency_conflicts(sections: Sequence[tuple[str, str]], *, about: str = "") -> list[UrgencyConflict]:
    """Signs told with less urgency than the list has, or with much more. `about` is the title.

    `sections` are headings with the plain text below them, one line for each block.
    """
    found: dict[tuple[str, str], UrgencyConflict] = {}
    is_put_off = cache(_is_put_off)  # a sentence is asked about itself, and by the one before it
    for line in _lines(sections):
        if not _may_conflict(line, is_put_off) or _HEARSAY.search(line.words):
            continue
        around = f"{line.words} {line.opener} {line.heading} {key(about)}"
        for sign in signs():
            for match in _told(sign, line.words, around):
                urgency = _urgency_of(match, line)
                if urgency and _differs(sign.urgency, urgency, line):
                    conflict = UrgencyConflict(sign, urgency, line.sentence)
                    found.setdefault((sign.name, line.sentence), conflict)
    return list(found.values())


def _lines(sections: Sequence[tuple[str, str]]) -> Iterator[_Line]:
    for heading, text in sections:
        opener = ""
        for block in text.split("\n"):
            parts = [block[start:end] for start, end in sentences(block)]
            folded = [*map(key, parts), ""]
            for sentence, (words, following) in zip(parts, pairwise(folded), strict=True):
                yield _Line(sentence, words, following, opener, key(heading))
            is_closed = bool(parts) and parts[-1].rstrip("\"”’')]").endswith((".", "!", "?"))
            if parts and not is_closed and _urgency(folded[-2]):
                opener = folded[-2]
            elif is_closed:
                opener = ""


def _is_put_off(words: str) -> bool:
    return any(_urgency(words, (kind,)) for kind in _STEPS[1:])


def _may_conflict(line: _Line, is_put_off: Callable[[str], bool]) -> bool:
    """Whether something about a sentence is told with another urgency than "at once", which nearly every sign has."""
    if any(map(is_put_off, (line.words, line.opener, line.heading, line.following))):
        return True
    return _is_emergency(line) and any(any(_told(sign, line.words, line.words)) for sign in _for_days())


@lru_cache(maxsize=1)
def _for_days() -> tuple[Sign, ...]:
    return tuple(sign for sign in signs() if sign.urgency == DAYS)


def _told(sign: Sign, words: str, around: str) -> Iterator[re.Match[str]]:
    if sign.near and not any(phrase_pattern(phrase).search(around) for phrase in sign.near):
        return
    for phrase in sign.told_by:
        if (match := phrase_pattern(phrase).search(words)) is not None:
            yield match
            return


def _urgency_of(match: re.Match[str], line: _Line) -> str:
    """How soon help is advised for the sign at a place of the sentence."""
    stops = list(_CLAUSE.finditer(line.words))
    start = max((stop.end() for stop in stops if stop.end() <= match.start()), default=0)
    end = min((stop.start() for stop in stops if stop.start() >= match.end()), default=len(line.words))
    own = line.words[start:end]
    advised = _STEPS[:3]
    nearest = _urgency(own) or _urgency(line.words, advised) or _urgency(line.opener, advised)
    if nearest:
        return nearest
    goes_on = _urgency(line.following) if _GOES_ON.match(line.following) else ""
    return goes_on or _urgency(line.heading, advised)


def _differs(listed: str, told: str, line: _Line) -> bool:
    """Less urgent than listed; or an emergency made of what has days."""
    steps = _STEPS.index(told) - _STEPS.index(listed)
    return steps > 0 or (steps < -1 and _is_emergency(line))


def _is_emergency(line: _Line) -> bool:
    return any(_EMERGENCY.search(words) for words in (line.words, line.opener, line.heading))
