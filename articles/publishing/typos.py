"""Slips of the pen: which changes are so small that a sign-off may outlive them, by a rule that is stated and strict.

Letters within a word, and punctuation. Never a number, a unit, a medicine's name or a negation, and never a word that
is put in, taken out or so short that one letter makes it another.
"""

import re
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher

from articles.publishing.snapshot import SIGNED, Content
from articles.richtext import languages

RULE = (
    "A typo is letters within a word, or punctuation. Numbers, units, medicine names, negations and added or removed "
    "words are not typos."
)
SHORTEST = 4  # letters; "not" and "now", "mg" and "mcg" differ by one
NEGATIONS = frozenset(
    [
        "not",
        "no",
        "never",
        "none",
        "nor",
        "neither",
        "without",
        "cannot",
        "cant",
        "dont",
        "wont",
        "isnt",
        "arent",
        "nothing",
        "nobody",
    ]
)
NEGATING = ("un", "in", "im", "ir", "il", "non", "dis", "anti", "contra", "ab", "a")
UNITS = frozenset(
    [
        "milligram",
        "milligrams",
        "microgram",
        "micrograms",
        "gram",
        "grams",
        "litre",
        "litres",
        "liter",
        "liters",
        "hour",
        "hours",
        "hourly",
    ]
)
UNITS |= frozenset(
    ["daily", "weekly", "monthly", "day", "days", "week", "weeks", "month", "months", "year", "years", "once", "twice"]
)
SENSITIVE_MARKS = frozenset("%<>≤≥±=+/°µ$€£#‹›*_")  # a mark that can carry a quantity, a link or a structure
_TOKEN = re.compile(r"[^\W\d_]+|\d+|\s+|[^\w\s]|_")


def problems(old: Content, new: Content, *, names: Iterable[str] = ()) -> list[str]:
    """Why the difference of two contents is more than a typo; empty if it is one. `names` are those of medicines."""
    medicines = {word.lower() for name in names for word in name.split()}
    if any(old[part] != new[part] for part in ("references", "pictures")):
        return ["A change to references or pictures isn’t a typo."]
    if languages.named(old["body"]) != languages.named(new["body"]):
        return ["A change of language isn’t a typo."]
    found = [
        problem
        for part in SIGNED
        if part not in ("references", "pictures")
        for problem in _of(old[part], new[part], medicines)
    ]
    return list(dict.fromkeys(found))


def _of(old: str, new: str, medicines: set[str]) -> Iterator[str]:
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    for kind, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind != "equal":
            yield from _change(before[a:b], after[c:d], medicines)


def _change(before: list[str], after: list[str], medicines: set[str]) -> Iterator[str]:
    old, new = _words(before), _words(after)
    if len(old) != len(new):
        yield f"A word was added or removed: {_told(before)} became {_told(after)}."
        return
    if SENSITIVE_MARKS & {*"".join(before), *"".join(after)}:
        yield f"A meaningful symbol changed: {_told(before)} became {_told(after)}."
    for one, other in zip(old, new, strict=True):
        if one != other and (why := _why_not(one, other, medicines)):
            yield f"“{one}” became “{other}”: {why}."


def _words(tokens: list[str]) -> list[str]:
    return [token for token in tokens if token.isalnum()]


def _told(tokens: list[str]) -> str:
    return f"“{''.join(tokens).strip()}”" if "".join(tokens).strip() else "nothing"


def _why_not(one: str, other: str, medicines: set[str]) -> str:
    low, high = one.lower(), other.lower()
    if one.isdigit() or other.isdigit():
        return "a number"
    if {low, high} & medicines:
        return "a medicine’s name"
    if {low, high} & (NEGATIONS | UNITS):
        return "a negation, a unit or a measure of time"
    if low == high:
        return ""
    if min(len(low), len(high)) < SHORTEST:
        return "a word this short"
    if any(low == prefix + high or high == prefix + low for prefix in NEGATING):
        return "a negation"
    return "" if _one_letter_apart(low, high) else "more than one letter"


def _one_letter_apart(one: str, other: str) -> bool:
    """One letter put in, taken out or exchanged, or two neighbors swapped (Damerau's distance of 1)."""
    if abs(len(one) - len(other)) > 1:
        return False
    start = next(
        (place for place, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )
    rest, others = one[start:], other[start:]
    swapped = rest[:2] == others[:2][::-1] and rest[2:] == others[2:]
    return rest[1:] == others[1:] or rest[1:] == others or rest == others[1:] or swapped
