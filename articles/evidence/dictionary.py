"""Which words are English: two packaged word lists, read when somebody asks and kept by nobody, for that is seldom.

`english-words` has Webster's Second, with the vocabulary of anatomy; `pyspellchecker` has the forms that people write.
"""

from collections.abc import Iterable

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
