"""Whether two texts say the same: compared as words, whatever way they are written.

Folded are tags, citation marks, spaces and breaks of every kind, quotation marks, hyphens, letter case, accents and
characters that nobody sees; a brand name and the generic name of its medicine; numbers in figures and in words; how
often something is taken; a few units and contractions. What is left differs in what it says: a negation, a number and
“<” count like any other word.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from articles.evidence.mentions import Card
from articles.publishing.numerals import forms, in_figures
from articles.richtext.text import CITATION, plain_text
from articles.search.language import STOP_WORDS, fold

Words = tuple[str, ...]

NEGATIONS = frozenset(["no", "not", "never", "none", "nor", "neither", "without", "nobody", "nothing"])
FREQUENT = STOP_WORDS - NEGATIONS | {"may", "might", "must"}  # words that say little of what a sentence is about
SHORTEST_NEAR = 3  # words; fewer in another order say nothing
SAME_STATEMENT = 0.6  # of the words of a statement: a sentence that has so many makes it too, in other words
UNITS = {
    **dict.fromkeys(["milligram", "milligrams", "mgs"], "mg"),
    **dict.fromkeys(["microgram", "micrograms", "μg", "mcgs", "ug"], "mcg"),
    **dict.fromkeys(["gram", "grams"], "g"),
    **dict.fromkeys(["kilogram", "kilograms"], "kg"),
    **dict.fromkeys(["milliliter", "milliliters", "millilitre", "millilitres"], "ml"),
    **dict.fromkeys(["hours", "hr", "hrs", "h"], "hour"),
    "percent": "%",
    "/": "per",
}
EVERY = {"daily": "day", "nightly": "night", "weekly": "week", "monthly": "month", "hourly": "hour", "yearly": "year"}
ORDINALS = {"1st": "first", "2nd": "second", "3rd": "third", "4th": "fourth", "5th": "fifth", "6th": "sixth"}
MEASURES = frozenset(UNITS.values()) - {"hour", "%", "per"}
# Words that a text may have in a form that is not known here.
REWRITTEN = frozenset(["time", "not", "can", "will", "is", "are", "have", "to", "per", "one", "a", "half", "of"]).union(
    UNITS.values(), EVERY.values(), ORDINALS.values()
)
_UNSEEN = re.compile("[®™©℠\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_BLANK = re.compile(r"<br\s*/?>|\s+", re.IGNORECASE)
# After two signs at least: “e.g.” and “U.S.” end no sentence.
_END = re.compile(r"(?<=[^\W_]{2})[.!?…]+(?=[\"'”’»)\]]*(?:\s|$))|(?<=[%\])\"”’'])[.!?…]+(?=\s|$)")
_TOKEN = re.compile(
    r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|(?<![\w.])\.\d+|[^\W\d_]+|[%<>≤≥±=/]",
)
_REWRITTEN: list[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]]] = [
    (re.compile("[’‘ʼ`´]"), "'"),
    (re.compile("\u2044"), "/"),
    (re.compile(r"\bper\s+cent\b"), "%"),
    (re.compile(r"(?<![\d/.,])1\s*/\s*2(?![\d/.,])"), "half"),
    (re.compile(rf"\b({'|'.join(ORDINALS)})\b"), lambda found: ORDINALS[found[1]]),
    (re.compile(r"(?<=\d)\s*[x×](?=\s*(?:an?|per|each|every|in|/|[a-z]+ly)\b)"), " times "),
    (re.compile(rf"(?:/|\b(?:an?|per|each|every)\b)\s*({'|'.join([*EVERY.values(), 'h', 'hr'])})\b"), r" a \1"),
    (re.compile(rf"(?<=\d)(\s*(?:{'|'.join(MEASURES)}))\.(?=\s+of\b)"), r"\1"),
    (re.compile(rf"\b({'|'.join(EVERY)})\b"), lambda found: f"a {EVERY[found[1]]}"),
    (re.compile(r"\bcan(?:no|')t\b"), "can not"),
    (re.compile(r"\bwon't\b"), "will not"),
    (re.compile(r"n't\b"), " not"),
    (re.compile(r"\b(it|that|there|what|he|she|who)'s\b"), r"\1 is"),
    (re.compile(r"'s\b"), ""),
    (re.compile(r"'re\b"), " are"),
    (re.compile(r"'ve\b"), " have"),
    (re.compile(r"'ll\b"), " will"),
    (re.compile(r"(?<=\d)\s*[-‐‑–—]\s*(?=\d)"), " to "),
]


@dataclass(frozen=True)
class Passage:
    """What a text says: its sentences, each as words."""

    sentences: tuple[Words, ...] = ()

    @cached_property
    def words(self) -> Words:
        return tuple(word for sentence in self.sentences for word in sentence)

    @cached_property
    def telling(self) -> frozenset[str]:
        """The words that say what it is about."""
        return frozenset(self.words) - FREQUENT

    @cached_property
    def _line(self) -> str:
        """Each word in a frame of its own, so that a part of a word is never taken for it."""
        return "".join(f"|{word}|" for word in self.words)

    @cached_property
    def _bags(self) -> list[Counter[str]]:
        return [Counter(sentence) for sentence in self.sentences]

    def __bool__(self) -> bool:
        return bool(self.sentences)

    def __add__(self, other: "Passage") -> "Passage":
        return Passage(self.sentences + other.sentences)

    def count(self, wrong: "Passage", right: "Passage | None" = None) -> int:
        """How often it says something wrong, word by word; not where that is a part of what is right, nor behind a
        negation.
        """
        line = self._line
        if not wrong or wrong._line not in line:
            return 0
        if right and wrong._line in right._line:
            line = line.replace(right._line, "")
        return line.count(wrong._line) - sum(line.count(f"|{word}|{wrong._line}") for word in NEGATIONS)

    def count_near(self, wrong: "Passage", right: "Passage | None" = None, *, room: int | None = None) -> int:
        """How many of its sentences have all words of a wrong one in another order, and few besides.

        `room` is how many besides: as many again and four, if not given. A sentence with more or fewer negations says
        something else, and so does one that has all words of what is right.
        """
        return sum(
            any(_is_near(bag, sentence, right, room) for sentence in wrong._bags) and not Passage((words,)).count(wrong)
            for bag, words in zip(self._bags, self.sentences, strict=True)
        )

    def states(self, statement: "Passage") -> bool:
        """Whether some sentence says, in whatever words, what each sentence of a statement says."""
        return all(
            any(_shares(bag, wanted) >= SAME_STATEMENT for bag in self._bags)
            for sentence in statement.sentences
            if (wanted := frozenset(sentence) - FREQUENT)
        )


def _is_near(bag: Counter[str], wrong: Counter[str], right: Passage | None, room: int | None) -> bool:
    size = wrong.total()
    most = size + (size + 4 if room is None else room)
    if size < SHORTEST_NEAR or bag.total() > most or not wrong <= bag:
        return False
    if any(bag[word] != wrong[word] for word in NEGATIONS):
        return False
    return not any(wrong <= other <= bag for other in (right._bags if right else []))


def _shares(bag: Counter[str], wanted: frozenset[str]) -> float:
    return sum(word in bag for word in wanted) / len(wanted)


class Wording:
    """Reads texts as passages. The names of each of the `cards` (medicines) are one word, however many it has."""

    def __init__(self, cards: Iterable[Card] = ()) -> None:
        self._names: dict[str, list[tuple[Words, str]]] = {}
        generic: dict[Words, str] = {}
        medicines = [card for card in cards if not getattr(card, "is_class", False)]
        for card in sorted(medicines, key=lambda card: card.name, reverse=True):
            own = "_".join(_tokens(_rewritten(card.name)))
            brands = (*card.brands, *getattr(card, "former_brands", ()))
            generic |= {_tokens(_rewritten(name)): own for name in (*brands, card.name)}
        self.medicines: dict[str, list[str]] = {}
        for name in sorted(filter(None, generic), key=len, reverse=True):
            self._names.setdefault(name[0], []).append((name, generic[name]))
            self.medicines.setdefault(generic[name], []).append(name[0])

    def of(self, text: str) -> Passage:
        """What a plain text says, one block."""
        sentences = (self._generic(_tokens(part)) for part in _END.split(_rewritten(text)))
        return Passage(tuple(sentence for sentence in sentences if sentence))

    def of_lines(self, text: str) -> Passage:
        """What a plain text says that has one block a line."""
        return Passage(tuple(sentence for line in text.split("\n") for sentence in self.of(line).sentences))

    def of_html(self, html: str) -> Passage:
        """What stored HTML says."""
        return self.of_lines(plain_text(_BLANK.sub(" ", html)))

    def forms(self, word: str) -> set[str]:
        """What a text has in any case that says a word: one of these. None where that is not known."""
        if word in self.medicines:
            return {*self.medicines[word]}
        if word[:1].isdecimal():
            return forms(word)
        return {word} if word.isascii() and word.isalpha() and word not in REWRITTEN else set()

    def may_say(self, text: str, passage: Passage) -> bool:
        """Whether a folded text has each word of a passage in some form; without that it does not say it."""
        known = filter(None, map(self.forms, passage.words))
        return all(any(form in text for form in each) for each in known)

    def medicines_in(self, passage: Passage) -> set[str]:
        return {word for word in passage.words if word in self.medicines}

    def _generic(self, tokens: Words) -> Words:
        """With one word for each name of a medicine; said twice, as in “Advil (ibuprofen)”, it is said once."""
        if self._names.keys().isdisjoint(tokens):
            return tokens
        found: list[str] = []
        place = 0
        while place < len(tokens):
            word, length = self._named(tokens, place)
            if not (found and word in self.medicines and found[-1] == word):
                found.append(word)
            place += length
        return tuple(found)

    def _named(self, tokens: Words, place: int) -> tuple[str, int]:
        for name, generic in self._names.get(tokens[place], ()):
            if tokens[place : place + len(name)] == name:
                return generic, len(name)
        return tokens[place], 1


def folded(text: str) -> str:
    """In small letters, without accents and what nobody sees."""
    return text.lower() if text.isascii() else fold(_UNSEEN.sub("", text))


def _rewritten(text: str) -> str:
    text = folded(CITATION.sub(" ", text))
    for pattern, words in _REWRITTEN:
        text = pattern.sub(words, text)
    return text


def _tokens(text: str) -> Words:
    """The words of a rewritten text; “5 mg of” is “5 mg”."""
    words = [UNITS.get(word, word) for word in in_figures(_TOKEN.findall(text))]
    return tuple(word for before, word in pairwise(["", *words]) if word != "of" or before not in MEASURES)
