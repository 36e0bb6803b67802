"""What somebody who mistyped meant: a word that is in some text or a name, and never one of another meaning.

A word that people write is left alone, whatever stands near it, and so is one that lies equally near to two.
"""

from collections.abc import Collection

from django.db.models import QuerySet
from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from articles.evidence.dictionary import is_written
from articles.evidence.look_alikes import twins
from articles.models import SearchWord
from articles.search.language import STOP_WORDS, plain, stem, words
from articles.search.questions import MOST_CHARACTERS, MOST_WORDS

SHORTEST = 5  # letters; a shorter word is near to too many
SHORTEST_HALF = 4  # of two words that were typed as one
ONE_SLIP = 7  # letters; a shorter word may have one slip, another two


def corrected(typed: str, names: Collection[str]) -> str:
    """The question with its mistyped words as they were meant; "" if there is nothing to correct.

    Of equally near ones, `names` (of medicines, topics, terms, people) come before words that merely stand in a text.
    """
    asked = words(typed[:MOST_CHARACTERS])[:MOST_WORDS]
    known = {word for name in names for word in words(name)}
    meant = [_meant(word, known) for word in asked]
    return " ".join(meant) if meant != asked else ""


def _meant(word: str, names: set[str]) -> str:
    forms = {word, plain(word)}
    if len(word) < SHORTEST or not word.isalpha() or forms & (names | STOP_WORDS) or any(map(is_written, forms)):
        return word
    allowed = 1 if len(word) < ONE_SLIP else 2
    texts = list(_near(len(word), allowed).values_list("word", flat=True))
    if any(plain(text) in forms for text in texts):
        return word
    near = _nearest(word, sorted(names.union(texts)), allowed)
    fewest = min((slips for _text, slips in near), default=0)
    nearest = {text for text, slips in near if slips == fewest}
    nearest = nearest & names or nearest
    if len({stem(text) for text in nearest}) > 1:
        return word
    return min(nearest) if nearest else _in_two(word, names)


def _nearest(word: str, candidates: Collection[str], allowed: int) -> list[tuple[str, float]]:
    """Those to which few slips lead: letters left out, added, exchanged or swapped, and hardly ever the first."""
    twin = twins(word)
    near = process.extract(
        word, candidates, scorer=DamerauLevenshtein.distance, score_cutoff=allowed, limit=len(candidates)
    )
    return [(str(text), slips) for text, slips, _at in near if text[:1] in word[:2] and text not in twin]


def _in_two(word: str, names: set[str]) -> str:
    """Two words that were typed as one: “nervepain”."""
    places = range(SHORTEST_HALF, len(word) - SHORTEST_HALF + 1)
    halves = {half for place in places for half in (word[:place], word[place:])}
    known = halves & names | set(SearchWord.objects.filter(word__in=halves).values_list("word", flat=True))
    ways = [(word[:place], word[place:]) for place in places if {word[:place], word[place:]} <= known]
    return " ".join(ways[0]) if len(ways) == 1 else word


def _near(length: int, allowed: int) -> QuerySet[SearchWord]:
    return SearchWord.objects.filter(length__range=(length - allowed, length + allowed)).order_by("word")
