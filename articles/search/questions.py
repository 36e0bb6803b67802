"""What somebody typed, as a question: clauses that must all hold, each with the alternatives that would do.

Nothing of a database's own query language is ever taken from the reader. Plain Python.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from articles.search.language import STOP_WORDS, plain, stem, stems, words

MOST_CHARACTERS = 500
MOST_WORDS = 12
_PHRASE = re.compile(r'["“”„«»]([^"“”„«»]+)["“”„«»]')
_HYPHENED = re.compile(r"[^\W_]+(?:[-‐‑][^\W_]+)+")
# Beginnings that some people join and others don't: postoperative, post-operative, post operative.
_JOINED = ("anti", "co", "inter", "multi", "non", "over", "post", "pre", "self", "semi", "under")
_SHORTEST_JOINED = 4  # letters after such a beginning

_FREQUENT = frozenset(map(stem, STOP_WORDS))

Name = tuple[str, ...]  # the words of a name or their stems, in order


@dataclass(frozen=True)
class Alternative:
    """Stems that must all stand in a text; side by side and in order if it is a phrase.

    `beginning` is what the last of the reader's words begins with: they may not have finished it. What `is_filed` is
    looked for among the names under which a text is filed, and not in what it says. What `is_weaker` comes after all
    that has the words themselves.
    """

    stems: Name
    is_phrase: bool = False
    beginning: str = ""
    is_filed: bool = False
    is_weaker: bool = False


Synonyms = dict[Name, list[Alternative]]  # a name, without its frequent words -> what would do as well


@dataclass(frozen=True)
class Question:
    """Clauses, all of which must hold (or, where `any_will_do`, one of them); `cut` if not every word was taken."""

    clauses: tuple[tuple[Alternative, ...], ...]
    any_will_do: bool = False
    cut: bool = False

    def __bool__(self) -> bool:
        return bool(self.clauses)

    def loosened(self) -> "Question":
        """The same question, content with any of its words."""
        return replace(self, any_will_do=True)

    def narrowed(self) -> "Question":
        """The same question without what comes after all that has its words."""
        clauses = tuple(tuple(way for way in clause if not way.is_weaker) for clause in self.clauses)
        return replace(self, clauses=clauses)

    def typed(self) -> set[str]:
        """The stems of the reader's own words, for marking passages."""
        return {word for clause in self.clauses for word in clause[0].stems}

    def wanted(self) -> set[str]:
        """Every stem that is asked for, also in other names, but for their frequent words."""
        others = {word for clause in self.clauses for other in clause[1:] for word in other.stems}
        return self.typed() | others - _FREQUENT

    def beginnings(self) -> tuple[str, ...]:
        beginnings = (alternative.beginning for clause in self.clauses for alternative in clause)
        return tuple(beginning for beginning in beginnings if beginning)


def synonyms(
    groups: Iterable[Sequence[str]],
    *,
    beneath: Mapping[str, Iterable[str]] | None = None,
    weaker: Iterable[tuple[str, str]] = (),
) -> Synonyms:
    """From groups of names of one thing, as ["ziconotide", "Prialt"]. What is a name in several groups has the others
    of them all, each once.

    `beneath` maps a group's first name to the names of what is filed under it: a person who asks for the wider thing is
    answered with the narrower too, not the other way. `weaker` are pairs of what is asked for and what is found as
    well, after what has the very words.
    """
    known: dict[Name, dict[Alternative, None]] = {}
    for group in groups:
        named = [name for name in dict.fromkeys(tuple(stems(name_or_synonym)) for name_or_synonym in group) if name]
        filed = [tuple(stems(name_or_synonym)) for name_or_synonym in (beneath or {}).get(group[0], ())]
        for name_or_synonym in group:
            others = known.setdefault(key(words(name_or_synonym)), {})
            for name in named:
                if name != tuple(stems(name_or_synonym)):
                    others[Alternative(name, is_phrase=True)] = None
            others.update({Alternative(name, is_phrase=True, is_filed=True): None for name in filed if name})
    certain = {name: [*others] for name, others in known.items()}
    for asked, found in weaker:
        own = key(words(asked))
        ways = [Alternative(tuple(stems(found)), is_phrase=True), *certain.get(key(words(found)), ())]
        for way in ways:
            if way not in certain.get(own, ()) and way.stems != tuple(stems(asked)):
                known.setdefault(own, {})[replace(way, is_weaker=True)] = None
    known.pop((), None)
    return {name: [*others] for name, others in known.items() if others}


def key(name_words: list[str]) -> Name:
    """The words by which a name is known, however it is typed: "ranges of motion" is also "range motion"."""
    return tuple(plain(word) for word in name_words if word not in STOP_WORDS) or tuple(map(plain, name_words))


def ask(typed: str, known: Synonyms | None = None) -> Question:
    """The question in what somebody typed; an empty one if there is no word in it. Never raises."""
    known = known or {}
    text = typed[:MOST_CHARACTERS].replace("\x00", " ")
    phrases = [words(phrase) for phrase in _PHRASE.findall(text)]
    rest = words(_PHRASE.sub(" ", text))
    loose = [word for word in rest if word not in STOP_WORDS]
    if not loose and not any(phrases):
        loose = rest
    taken, left_out = loose[:MOST_WORDS], len(loose) > MOST_WORDS or len(typed) > MOST_CHARACTERS
    open_ended = bool(taken) and not text.rstrip().endswith(('"', "”", "»"))
    clauses = [_phrase(phrase, known) for phrase in phrases if phrase][:MOST_WORDS]
    clauses += _clauses(taken, _with_hyphens(text, known), open_ended=open_ended)
    return Question(tuple(dict.fromkeys(clauses)), cut=left_out)


def _with_hyphens(text: str, known: Synonyms) -> Synonyms:
    """What is known, and what is typed with a hyphen as one word, too."""
    typed = [words(match) for match in _HYPHENED.findall(text)]
    if not typed:
        return known
    joined = {tuple(map(plain, parts)): Alternative((stem("".join(parts)),)) for parts in typed}
    return {**known, **{name: [one, *known.get(name, ())] for name, one in joined.items()}}


def _apart(word: str) -> list[Alternative]:
    """A word that others write as two: “nonopioid”."""
    return [
        Alternative((stem(beginning), stem(word.removeprefix(beginning))), is_phrase=True)
        for beginning in _JOINED
        if word.startswith(beginning) and len(word) >= len(beginning) + _SHORTEST_JOINED
    ]


def _phrase(phrase: list[str], known: Synonyms) -> tuple[Alternative, ...]:
    name = tuple(stem(word) for word in phrase[:MOST_WORDS])
    others = known.get(key(phrase[:MOST_WORDS]), ())
    return (Alternative(name, is_phrase=True), *(other for other in others if not other.is_weaker))


def _clauses(taken: list[str], known: Synonyms, *, open_ended: bool) -> list[tuple[Alternative, ...]]:
    """Each word a clause of its own, but the words of a name that has others are one, with those beside it."""
    clauses: list[tuple[Alternative, ...]] = []
    longest = max((len(name) for name in known), default=1)
    at = 0
    while at < len(taken):
        size = next(
            (
                size
                for size in range(min(longest, len(taken) - at), 0, -1)
                if tuple(map(plain, taken[at : at + size])) in known
            ),
            1,
        )
        others = known.get(tuple(map(plain, taken[at : at + size])), ())
        name = tuple(map(stem, taken[at : at + size]))
        at += size
        beginning = taken[at - 1] if open_ended and at == len(taken) and size == 1 and len(taken[at - 1]) > 2 else ""
        apart = _apart(taken[at - 1]) if size == 1 else []
        own = Alternative(name, beginning=beginning)
        if size > 1 and all(other.is_weaker for other in others):  # its words anywhere say less than another name
            clauses.append((replace(own, is_phrase=True), replace(own, is_weaker=True), *others))
        else:
            clauses.append((own, *others, *apart))
    return clauses
