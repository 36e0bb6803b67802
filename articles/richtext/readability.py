"""How hard an English text is to read: Flesch-Kincaid grade and LIX, with and without its medical terms. Advice only.

Kincaid JP, Fishburne RP, Rogers RL, Chissom BS. Derivation of new readability formulas for Navy enlisted personnel.
Research Branch Report 8-75. Millington: Naval Technical Training, 1975.
Björnsson CH. Läsbarhet. Stockholm: Liber, 1968. (His sentences end at colons too; ours do not.)
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from articles.richtext.sentences import split
from articles.richtext.text import CITATION, plain_text

BLOCK_WORDS = 4  # a block with fewer is a label, not a sentence
COSTLY_WORDS = 8
COSTLIEST = 3
LONG_WORD = 6

Word = tuple[str, ...]  # the parts between its hyphens, nearly always one
Terms = dict[str, list[Word]]  # by first part, the longest first
_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyz'")
_EASY = "x"  # stands for a term: one letter, one syllable


def _listed(text: str) -> frozenset[str]:
    return frozenset(text.split())


@dataclass(frozen=True)
class CostlySentence:
    text: str
    grade: float


@dataclass(frozen=True)
class ReadingLevel:
    grade: float = 0.0
    lix: float = 0.0
    grade_without_terms: float = 0.0
    lix_without_terms: float = 0.0
    words: int = 0
    sentences: int = 0
    costliest: tuple[CostlySentence, ...] = ()


def measure(html: str, terms: Iterable[str] = ()) -> ReadingLevel:
    """The reading level of stored HTML; each of the terms counts as one easy word in what is "without terms"."""
    return measure_text(plain_text(html), terms)


def measure_text(text: str, *terms: Iterable[str]) -> ReadingLevel:
    """The same of plain text, one block a line. What most texts share is an argument of its own."""
    known: Terms = {}
    for index in map(_index, map(tuple, terms)):
        both = {first: _longest_first(known[first], index[first]) for first in known.keys() & index}
        known = {**known, **index, **both}
    texts = [sentence for block in _blocks(text) for sentence in split(block)]
    plain = [_counted(words(text)) for text in texts]
    if not plain:
        return ReadingLevel()
    eased = [_eased(sentence, known) for sentence in plain]
    return ReadingLevel(
        grade=_grade(plain),
        lix=_lix(plain),
        grade_without_terms=_grade(eased),
        lix_without_terms=_lix(eased),
        words=sum(sentence.length for sentence in plain),
        sentences=len(plain),
        costliest=_costliest(texts, plain, eased),
    )


class _Counted(NamedTuple):
    """A sentence with what both formulas count in it."""

    words: list[Word]
    length: int
    syllables: int
    long: int


def _counted(sentence: list[Word]) -> _Counted:
    spoken = sum([syllables(part) for word in sentence for part in word])
    return _Counted(sentence, len(sentence), spoken, sum([_is_long(word) for word in sentence]))


def _eased(sentence: _Counted, terms: Terms) -> _Counted:
    eased = _ease(sentence.words, terms)
    return sentence if eased == sentence.words else _counted(eased)


def _grade(text: list[_Counted]) -> float:
    """Flesch-Kincaid grade level (Kincaid et al. 1975)."""
    count, spoken = sum(sentence.length for sentence in text), sum(sentence.syllables for sentence in text)
    return 0.39 * count / len(text) + 11.8 * spoken / count - 15.59


def _lix(text: list[_Counted]) -> float:
    """Läsbarhetsindex (Björnsson 1968)."""
    count, long = sum(sentence.length for sentence in text), sum(sentence.long for sentence in text)
    return count / len(text) + 100 * long / count


def _is_long(word: Word) -> bool:
    whole = "".join(word)
    return len(whole) > LONG_WORD and (whole.isalpha() or sum(map(str.isalpha, whole)) > LONG_WORD)


def _costliest(texts: list[str], plain: list[_Counted], eased: list[_Counted]) -> tuple[CostlySentence, ...]:
    costs = [
        CostlySentence(text, _grade([easy]))
        for text, full, easy in zip(texts, plain, eased, strict=True)
        if full.length >= COSTLY_WORDS
    ]
    return tuple(sorted(costs, key=lambda cost: -cost.grade)[:COSTLIEST])


# Blocks and sentences

_CITED = re.compile(rf"(?:\s*{CITATION.pattern})+(?P<next>\w?)")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")


def _tidy(text: str) -> str:
    return unicodedata.normalize("NFC", _INVISIBLE.sub("", text))


def _blocks(text: str) -> Iterator[str]:
    """The blocks that are long enough to be read as sentences, without citations."""
    for line in text.split("\n"):
        block = _CITED.sub(lambda cited: f" {cited['next']}" if cited["next"] else "", _tidy(line))
        if len(_WORD.findall(block)) >= BLOCK_WORDS:
            yield block


# Words and terms

_WORD = re.compile(
    r"(?:[^\W\d_](?:\.[^\W\d_])+(?!\w)|\d+(?:[.,]\d+)*\w*|\w+(?:['’]\w+)*)"
    r"(?:[-‐‑](?:\d+(?:[.,]\d+)*\w*|\w+(?:['’]\w+)*))*"
)
_HYPHEN = re.compile("[-‐‑]")


def words(sentence: str) -> list[Word]:
    """The words; one with hyphens is one word, and so is a number (Kincaid et al. 1975)."""
    return [(word,) if word.isalnum() else tuple(_HYPHEN.split(word)) for word in _WORD.findall(sentence)]


@lru_cache(maxsize=8)  # 2 ms for the medicines and the glossary, which are the same for every text
def _index(terms: tuple[str, ...]) -> Terms:
    index: Terms = {}
    for term in terms:
        parts = tuple(_singular(part) for word in words(_tidy(term)) for part in word)
        if parts:
            index.setdefault(parts[0], []).append(parts)
    return {first: _longest_first(words) for first, words in index.items()}


def _longest_first(*terms: list[Word]) -> list[Word]:
    return sorted({term for some in terms for term in some}, key=len, reverse=True)


@lru_cache(maxsize=20_000)
def _singular(part: str) -> str:
    """The form in which words and terms are compared: no case, no possessive, no plural s."""
    folded = re.sub(r"['’]s?$", "", part.casefold())
    if len(folded) > 4 and folded.endswith("ies"):
        return folded[:-3] + "y"
    return folded[:-1] if len(folded) > 3 and folded.endswith("s") else folded


def _ease(sentence: list[Word], terms: Terms) -> list[Word]:
    """The sentence with one easy word in the place of each term, also within a word with hyphens."""
    parts = [part for word in sentence for part in word]
    folded = [_singular(part) for part in parts]
    if terms.keys().isdisjoint(folded):
        return sentence
    joined = [place > 0 for word in sentence for place in range(len(word))]
    eased: list[list[str]] = []
    at = 0
    while at < len(parts):
        length = _term_at(folded, at, terms)
        part = _EASY if length else parts[at]
        if joined[at] and eased:
            eased[-1].append(part)
        else:
            eased.append([part])
        at += length or 1
    return [tuple(word) for word in eased]


def _term_at(folded: list[str], at: int, terms: Terms) -> int:
    """How many parts the longest term has that begins here; 0 if none does."""
    for term in terms.get(folded[at], ()):
        if term == tuple(folded[at : at + len(term)]):
            return len(term)
    return 0


# Syllables

_SPOKEN = {
    1: "ache aye aisle eye isle queue shoe whole hearth choir tired wired drawer yours plea",
    2: "acne argue argued business cafe naive cruel people someone poem poet wicked naked sacred hatred hundred triage "
    "herpes rabies scabies series species caries whereas persuade lawyer premier soldier colonel being ion evening "
    "chocolate wednesday comfort elsewhere cleanser axes hygiene neuron genre comfy",
    3: "area idea recipe syncope medicine heroin heroic stoicism moreover linear nuclear forever wherever whoever "
    "whatever vegetable however theatre theater biceps triceps apnea comfortable businesses cereal pneumonia comedy",
    4: "diabetes dyspnea dyspnoea apostrophe catastrophe epitome facsimile parliamentary",
}
_KNOWN = {word: count for count, listed in _SPOKEN.items() for word in listed.split()}
_UNITS = {"mg": 3, "ml": 4, "kg": 3, "mcg": 3, "cm": 4, "mm": 4, "dr": 2, "mr": 2, "mrs": 2, "vs": 2, "etc": 4}
_ENDING = "(?:ly|ful|fully|less|lessly|lessness|fulness|ness|nesses|some)$"
_FIRST_HALF = (
    "some|there|where|here|(?:be)?fore(?!st)|life|time|home|guide|base|side|care|face|wide|nine|five|safe|make|spine|"
    "bone|more|nose|knee|like|state|store|while|white|name|rate|love|live|hope|use|space|one|note|fire|wire|house|"
    "else|frame|come|pipe|trade|share|ware"
)
_RESPELLING = [
    (re.compile(pattern), spoken)
    for pattern, spoken in [
        # contractions: didn't, haven't, could've, it'll, boss's
        (r"(?<=[dst])n't$|(?<=ve)n't$", "-ynt"),
        (r"(?<=[^aeiouy])'(?:ve|ll)$|(?<=[sxz])'s$|(?<=[cs]h)'s$", "-y"),
        (r"'", ""),
        # y as a consonant (year, player) or before another vowel (myalgia); u after q
        (r"^every", "evry"),
        (r"^y(?=[aeiou])|(?<=[aeou])y(?=[aeiou])(?!e[sd]?$)", "j"),
        (r"(?<=[^aeiou])y(?=[aeiou])(?!e[sd]?$)", "y-"),
        (r"qu", "q"),
        # nausea, cornea, as long as its e and a are still the end
        (r"(?<=[aeiouy][^aeiou])e(?=as?$)|(?<=[aeiou][^aeiou]{2})e(?=as?$)", "e-"),
        # e, ue, le, re, ed, es at the end: care, league, muscle, fibre, called, aches
        (r"(?<=[gq])ue(?=[sd]?$)", ""),
        (r"(?<=[bcdfgkpstz])le(?=[sd]?$)|(?<=[bct])re(?=[sd]?$)", "yl"),
        (r"(?<=[^aeioutd])ed$", "d"),
        (r"(?<=[^aeiousxzcg])(?<![cs]h)es$|(?<=ach)es$(?<!taches)(?<!eaches)(?<!oaches)", "s"),
        (r"(?<=[^aeiou])e$(?<!^[^aeiou]e)(?<!^[^aeiou]{2}e)", ""),
        # e before an ending or the second half of a word: careful, movement, management, lifestyle
        (rf"(?<=[aeiouy][^aeiouy])e(?={_ENDING})|(?<=[aeiouy][^aeiouy][^aeiouyl])e(?={_ENDING})", ""),
        (r"(?<=[aeiouy][^aeiouylh])e(?=ments?$)|(?<=[^aeiouy][cgv])e(?=ments?$)", ""),
        (r"ically$", "icly"),
        (rf"^({_FIRST_HALF})(?=[bcdfghjklmnpqstvwz][a-z]*[aeiouy])(?!ver)", r"\1!"),
        (r"e!", ""),
        # doing, studying; mechanism, rhythm
        (r"(?<=[aeiouy])ing(?=s?$|ly$)", "-ing"),
        (r"(?:s|th)m(?=s?$)", "s-ym"),
        # i before a vowel: cardiac, society, radiology, opioid, ingredient, earlier
        (r"(?<=[^aeiouctsg])i(?=a)(?!ages?$|ag$)(?<!li(?=ans?$|ar))", "i-"),
        (r"(?<=^sc)i(?=en)|i(?=et|at[^hr]|at$|ast|acs?$|eth$)|(?<=^[bdghltv])i(?=a|e[nt])", "i-"),
        (r"(?<=[^aeiouctsgxh])i(?=o)(?<!lli(?=on))(?<!ni(?=o[nr]))(?<!vi(?=or))(?<!vi(?=our))", "i-"),
        (r"i(?=olog|opath|ot[aei]|opsy|oti|u[ms])", "i-"),
        (r"(?<=[^ctaeun])i(?=en[ct])", "i-"),
        (r"([aeiouy][^aeiouy]{1,3})i(?=er|est)", r"\1i-"),
        # e before a vowel: osteopath, geography, nucleus, esophageal, create, reassure
        (r"(?<=[^g])e(?=o)(?!eop|eou[st]?[gr])|(?<=^g)e(?=o[^r])", "e-"),
        (r"e(?=u[ms])|(?<=[ng])e(?=al(?:ly)?$)|(?<=cr)e(?=at(?!u))", "e-"),
        (r"^re(?=a[sl][si]|act|app|arr|adm|ali|eva|ent|exa|inf|int|inv|ope|org|ins|emp|use|est)", "re-"),
        # u, o, a before a vowel: actual, fluent, fluid, poetic, aorta, archaic
        (r"(?<=[^gqaeo])u(?=[ao])(?!ade)|(?<=g)u(?=ous|it[yi])", "u-"),
        (r"(?<=[^gqaeos])u(?=e[nlt])|(?<=[^aeioug])u(?=id|in(?!g)|it[iouy]|ici)", "u-"),
        (r"o(?=e[tmx])|^co(?=o[pr]|inc|inf|exi)|a(?=o|ic$|ical)|o(?=asi|agul|org)|i(?=i)", r"\g<0>-"),
    ]
]
"""Each rule takes out a letter that is not spoken, or puts "-" between two vowels that are two syllables."""
_VOWELS = re.compile("[aeiouy]+")
_SPELLED = re.compile(r"(?:[A-Z]{2,3}|[B-DF-HJ-NP-TV-XZ]{2,6})s?$|[A-Za-z](?:\.[A-Za-z])+$")
_SHOUTED = _listed(
    "ALL AN AND ANY ARE AS ASK AT BE BUT BY CAN DO FOR GET HAS HE HOW IF IN IS IT MAY ME MY NEW NO NOT OF OLD ON "
    "OR OUR OUT SO THE TO UP USE WE WHO WHY YES YOU"
)
_LONGEST = 60  # letters; beyond, it is no English word


@lru_cache(maxsize=20_000)
def _looked_up(word: str) -> int:
    if _SPELLED.match(word) and word not in _SHOUTED:
        return sum(3 if letter in "Ww" else 1 for letter in word.removesuffix("s") if letter.isalpha())
    spoken = "".join(
        letter for letter in unicodedata.normalize("NFKD", word.lower().replace("’", "'")) if letter in _LETTERS
    )
    for form in (spoken, spoken.removesuffix("'s"), spoken.removesuffix("s")):
        if form in _KNOWN:
            return _KNOWN[form]
    if spoken in _UNITS:
        return _UNITS[spoken]
    for pattern, respelt in _RESPELLING:
        spoken = pattern.sub(respelt, spoken)
    return max(1, len(_VOWELS.findall(spoken)))


def syllables(word: str) -> int:
    """How many syllables an English word has, one at least; a number or a word in another script counts as one.

    Groups of vowels, corrected by rules in the manner of Greg Fast's Lingua::EN::Syllable (1999) and by a list of words
    that no rule fits. Of the 28,000 commonest words in the CMU Pronouncing Dictionary, 97% come out as it has them.
    """
    return _looked_up(word) if len(word) <= _LONGEST else max(1, len(_VOWELS.findall(word.lower())))
