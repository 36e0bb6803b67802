"""Slips of the pen: which changes are so small that a sign-off may outlive them, by a rule that is stated and strict.

What differs is found here, mark by mark; whether one word is a slip of another, `spelling_slips.py` says.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from html import unescape

from articles.publishing import spelling_slips
from articles.publishing.snapshot import SIGNED, Content
from articles.publishing.spelling_slips import NEGATIONS, Lexicon
from articles.richtext import languages

RULE = (
    "A typo is a misspelled word, a capital letter, punctuation, or a word written twice. A change from one real word "
    "to another isn’t, nor is a change of a number, a unit, a medicine’s name, a negation, or a link."
)
ENDS = frozenset(".!;:…")
QUOTES = frozenset('"“”„«»')
# A mark that can carry a quantity, a question, a link or a structure.
SENSITIVE_MARKS = frozenset("%‰<>≤≥±=≈≠~+−×÷/\\|°µ$€£¥#‹›*_^@&?¿[]{}·•→←↑↓½¼¾²³¹")
_TAG = re.compile(r'<(?:"[^"]*"|[^">])*>')
_WORD = r"[^\W\d_]+(?:['’][^\W\d_]+)*"
_ADDRESS = (
    r"(?:https?://|www\.)\S+|[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}"
    r"|[A-Za-z][\w-]{0,62}(?:\.[A-Za-z][\w-]{0,62}){0,8}\.(?:com|org|net|edu|gov|int|info|eu|uk|ca|de)\b(?:/\S*)?"
)
_TOKEN = re.compile(rf"{_ADDRESS}|{_WORD}|\d+|\s+|[^\w\s]|_")
# A number with what stands before it and within it: "−5", ".5", "1.5", "[2,3".
_FIGURE = re.compile(r"[^\w\s\"'“”‘’(]{0,3}\d+(?:[^\w\s]{1,3}\d+)*")
_DASHES = str.maketrans(dict.fromkeys("‐‑–—−", "-"))
_TWICE = re.compile(rf"(?<![\w'’-])({_WORD}(?:\s+{_WORD})?)(?:\s+\1)+(?![\w'’-])", re.IGNORECASE)


@dataclass(frozen=True)
class Change:
    """Tokens that became others, and the marks beside them."""

    before: list[str]
    after: list[str]
    left: str
    right: str


def problems(old: Content, new: Content, *, names: Iterable[str] = (), terms: Iterable[str] = ()) -> list[str]:
    """Why the difference of two contents is more than a typo; empty if it is one.

    `names` are those of medicines; `terms` are other words that the house knows and a dictionary may not.
    """
    if any(old[part] != new[part] for part in ("references", "pictures")):
        return ["A change to references or pictures isn’t a typo."]
    if languages.named(old["body"]) != languages.named(new["body"]):
        return ["A change of language isn’t a typo."]
    parts = [part for part in SIGNED if part not in ("references", "pictures") and old[part] != new[part]]
    pairs = [(_tokens(old[part], part == "body"), _tokens(new[part], part == "body")) for part in parts]
    changes = [change for before, after in pairs for change in _changes(before, after)]
    words = {word for change in changes for word in (*_words(change.before), *_words(change.after))}
    lexicon = Lexicon.of(words, names=names, terms=terms)
    found = [f"A number changed: {_differing(*pair)}." for pair in pairs if _figures(pair[0]) != _figures(pair[1])]
    found += ["Words were put in quotation marks or taken out of them." for pair in pairs if _is_quoted_anew(*pair)]
    found += [problem for change in changes for problem in _of(change, lexicon)]
    return list(dict.fromkeys(found))


def _tokens(value: str, is_html: bool) -> list[str]:
    """Words, numbers, blanks and marks; each tag of HTML, with all that it says, is one of them."""
    if not is_html:
        return _TOKEN.findall(_once(value))
    tokens, place = list[str](), 0
    for tag in _TAG.finditer(value):
        tokens += [*_TOKEN.findall(_once(unescape(value[place : tag.start()]))), tag[0]]
        place = tag.end()
    return tokens + _TOKEN.findall(_once(unescape(value[place:])))


def _once(words: str) -> str:
    """Words of which none stands twice in a row, unless that can be meant."""
    return _TWICE.sub(lambda twice: twice[0] if spelling_slips.counts(twice[1]) else twice[1], words)


def _figures(tokens: list[str]) -> list[str]:
    return _FIGURE.findall("".join(" " if _TAG.fullmatch(token) else token for token in tokens).translate(_DASHES))


def _differing(old: list[str], new: list[str]) -> str:
    before, after = _figures(old), _figures(new)
    changes = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    _kind, a, b, c, d = next(change for change in changes if change[0] != "equal")
    return f"{_quoted(before[a:b])} became {_quoted(after[c:d])}"


def _is_quoted_anew(before: list[str], after: list[str]) -> bool:
    """Whether there are other quotation marks than there were, and not only one where one was missing."""
    old, new = (sum(token in QUOTES for token in tokens) for tokens in (before, after))
    return old != new and old % 2 == 0


def _changes(before: list[str], after: list[str]) -> Iterator[Change]:
    """Where tokens differ. What is equal before the first change and after the last is not compared once more."""
    start = _alike(before, after)
    rest = _alike(before[start:][::-1], after[start:][::-1])
    old, new = before[start : len(before) - rest], after[start : len(after) - rest]
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind != "equal":
            left, right = before[max(0, start + a - 4) : start + a], before[start + b : start + b + 4]
            yield Change(old[a:b], new[c:d], _beside(left[::-1]), _beside(right))


def _alike(before: list[str], after: list[str]) -> int:
    """How many tokens both begin with."""
    pairs = enumerate(zip(before, after, strict=False))
    return next((place for place, (a, b) in pairs if a != b), min(len(before), len(after)))


def _beside(tokens: list[str]) -> str:
    return next((token for token in tokens if not token.isspace()), "")


def _of(change: Change, lexicon: Lexicon) -> Iterator[str]:
    change_words = f"{_quoted(change.before)} became {_quoted(change.after)}"
    if any(_TAG.fullmatch(token) for token in (*change.before, *change.after)):
        yield "A change of a link or of formatting isn’t a typo."
        return
    if SENSITIVE_MARKS & {*"".join(change.before), *"".join(change.after)}:
        yield f"A meaningful symbol changed: {change_words}."
    old, new = _words(change.before), _words(change.after)
    if len(old) != len(new):
        if not spelling_slips.is_only_divided(old, new, lexicon):
            yield f"A word was added or removed: {change_words}."
        return
    if not old and (problem := _of_marks(change)):
        yield f"{problem} changed: {change_words}."
    for word, other in zip(old, new, strict=True):
        if word != other and (why := spelling_slips.why_not(word, other, lexicon)):
            yield f"“{word}” became “{other}”: {why}."


def _of_marks(change: Change) -> str:
    """What is wrong with a change of blanks and punctuation alone; "" if nothing is."""
    before, after = ({*"".join(tokens)} - {*" \n\t\xa0"} for tokens in (change.before, change.after))
    if before == after:
        return ""
    if {change.left.lower(), change.right.lower()} & NEGATIONS:
        return "Punctuation beside a negation"
    if change.left.isdigit() and change.right.isdigit():
        return "Punctuation between numbers"
    is_joined = bool(ENDS & before) and not ENDS & after and change.right[:1].isalpha()
    is_cut = bool(ENDS & after) and not ENDS & before and change.right[:1].islower()
    return "The end of a sentence" if (is_joined or is_cut) and change.left not in ENDS else ""


def _words(tokens: list[str]) -> list[str]:
    return [token for token in tokens if any(map(str.isalnum, token))]


def _quoted(tokens: list[str]) -> str:
    return f"“{''.join(tokens).strip()}”" if "".join(tokens).strip() else "nothing"
