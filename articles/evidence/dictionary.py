"""Which words are English: two packaged word lists, read when somebody asks and kept by nobody, for that is seldom.
Readers who mistype ask more often: for them checksums of the forms that people write are kept.

`english-words` has Webster's Second, with the vocabulary of anatomy; `pyspellchecker` has the forms that people write.
"""

from array import array
from bisect import bisect_left
from collections.abc import Iterable
from functools import lru_cache
from zlib import crc32

from english_words import get_english_words_set
from spellchecker import SpellChecker

from articles.evidence.look_alikes import listed


def known(words: Iterable[str]) -> set[str]:
    """Those of some words in small letters that are in a dictionary. The genitive counts as its word."""
    asked = {word: word.replace("’", "'").removesuffix("'s") for word in words}
    if not asked:
        return set()
    webster = get_english_words_set(["web2"], lower=True)
    written = SpellChecker(distance=1).word_frequency
    return {
        word
        for word, plain in asked.items()
        if plain in webster or plain in written or word.replace("’", "'") in written or plain in listed().words
    }


def is_written(word: str) -> bool:
    """Whether people write a word in small letters, or the list of look-alikes has it. Of words that nobody writes one
    in twenty thousand counts as well."""
    checksums, own = _checksums(), crc32(word.encode())
    place = bisect_left(checksums, own)
    return word in listed().words or (place < len(checksums) and checksums[place] == own)


@lru_cache(maxsize=1)
def _checksums() -> "array[int]":
    return array("I", sorted(crc32(word.encode()) for word in SpellChecker(distance=1).word_frequency.words()))
