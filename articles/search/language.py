"""Words as they are compared: folded, split, stemmed. Plain Python, so both databases find the same."""

import re
import threading
import unicodedata
from functools import lru_cache

import snowballstemmer

from articles.search.lexicon import lexicon

LONGEST_WORD = 60  # characters; what is longer is no word that anybody searches for
_WORD = re.compile(r"[^\W_]+")
_MARKS = "\u0300"  # the first of those that stand over or under a letter
_POSSESSIVE = re.compile(r"['’]s\b")
_FREQUENT = """
    a about after all also am an and any are as at be been before being but by can could did do does for from had
    has have how i if in into is it its just me more most my no not of on or our should so some such than that the
    their them then there these they this to too was we were what when where which while who why will with would you
    your
"""
STOP_WORDS = frozenset(_FREQUENT.split())


def fold(text: str) -> str:
    """Small letters without accents: "Gabapentíne" and "gabapentine" are one word."""
    if text.isascii():
        return text.lower()
    letters = unicodedata.normalize("NFKD", text.replace("ß", "ss"))
    return "".join([letter for letter in letters if letter < _MARKS or not unicodedata.combining(letter)]).lower()


def words(text: str) -> list[str]:
    """The words of a text, folded, in order."""
    return [word[:LONGEST_WORD] for word in _WORD.findall(_POSSESSIVE.sub("", fold(text)))]


class _Own(threading.local):
    """A stemmer for each thread: it keeps the word and its place in it, so two threads would write into one word."""

    def __init__(self) -> None:
        self.stemmer = snowballstemmer.stemmer("english")


_own = _Own()


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """A folded word without its ending (Porter's algorithm for English, as Snowball has it), in American spelling."""
    if not word.isascii():
        return word
    shortened = _without_ending(word)
    return american().get(shortened, shortened)


def _without_ending(word: str) -> str:
    return str(_own.stemmer.stemWord(word))


@lru_cache(maxsize=1)
def american() -> dict[str, str]:
    """Stems of British spellings, and what they are here."""
    pairs = ((_without_ending(other), _without_ending(own)) for other, own in lexicon().spellings)
    return {other: own for other, own in pairs if other != own}


@lru_cache(maxsize=100_000)
def plain(word: str) -> str:
    """A folded word as names are compared: in American spelling and without its plural. A stem would take Migranal for
    a slip of migraine."""
    if word.endswith("ies") and len(word) > 4:
        word = f"{word[:-3]}y"
    elif word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 3:
        word = word[:-1]
    return _american_words().get(word, word)


@lru_cache(maxsize=1)
def _american_words() -> dict[str, str]:
    return dict(lexicon().spellings)


def stems(text: str) -> list[str]:
    return list(map(stem, words(text)))
