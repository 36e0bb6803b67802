"""What somebody may have meant: the nearest words that are in some text or on a card."""

from django.db.models import QuerySet
from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from articles.models import SearchWord
from articles.search.language import STOP_WORDS, stem, words
from articles.search.questions import MOST_CHARACTERS, MOST_WORDS


def suggestion(typed: str, names: list[str]) -> str:
    """The question with its unknown words mended; "" if there is nothing to mend or nothing near.

    Of equally near ones, `names` (of medicines, topics, terms) come before words that merely stand in some text.
    """
    asked = words(typed[:MOST_CHARACTERS])[:MOST_WORDS]
    known_names = {word for name in names for word in words(name)}
    mended = [_mended(word, known_names) for word in asked]
    return " ".join(mended) if mended != asked else ""


def _mended(word: str, names: set[str]) -> str:
    if len(word) < 4 or word.isdigit() or word in names or word in STOP_WORDS:
        return word
    allowed = 1 if len(word) < 6 else 2
    near = _near(len(word), allowed)
    if near.filter(word=word).exists():
        return word
    texts = list(near.values_list("word", flat=True))
    if any(stem(text) == stem(word) for text in texts):
        return word
    nearest = [match for candidates in (sorted(names), texts) if (match := _nearest(word, candidates, allowed))]
    return min(nearest, key=lambda match: match[1])[0] if nearest else word


def _nearest(word: str, candidates: list[str], allowed: int) -> tuple[str, float] | None:
    """The candidate that the fewest slips (letters left out, added, exchanged, swapped) lead to, and how many."""
    match = process.extractOne(word, candidates, scorer=DamerauLevenshtein.distance, score_cutoff=allowed)
    return (str(match[0]), match[1]) if match else None


def _near(length: int, allowed: int) -> QuerySet[SearchWord]:
    return SearchWord.objects.filter(length__range=(length - allowed, length + allowed)).order_by("word")
