"""Numbers that texts repeat – doses, percentages, durations, numbers needed to treat – and published pages that give
another one for the same fact.

Two sentences state the same fact if they share the medicine (or, where neither names one, the topic), the unit and most
of their telling words.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from articles.evidence.mentions import Card
from articles.models import Edition, EditionTopic
from articles.publishing import numerals
from articles.publishing.wording import FREQUENT, UNITS, Wording, folded
from articles.richtext import sentences

MOST_PAGES = 200  # of each kind that a text is compared with
MOST_KEPT = 2_000  # pages in the process
MOST_FIGURES = 60  # of one page
SAME_FACT = 0.6  # of the telling words of the shorter sentence
FEWEST_SHARED = 2  # telling words, where a medicine is shared
FEWEST_UNDER_A_TOPIC = 4  # where only a topic is
NNT = "number needed to treat"
ONE_IN = "one in"
_TIMES = frozenset(["minute", "hour", "day", "week", "month", "year"])
_MEASURED = frozenset([*UNITS.values(), *_TIMES, "mme"]) - {"per"}
_BESIDE = frozenset(["or", "more", "less", "fewer", "full"])  # between a number and its unit
_NNT = r"\bNNT\b|\bnumbers? needed to treat\b|\bpeople (?:would )?(?:have|need) to (?:take|use|be treated)\b"
_IS_NNT = re.compile(_NNT, re.IGNORECASE)
_DIGIT = re.compile(r"\d")
_UNIT = re.compile(
    rf"percent|%|\b(?:1|one) in |minute|hour|day|week|month|year|\d ?(?:m?c?g|kg|ml)\b|gram|lit(?:er|re)|{_NNT}",
    re.IGNORECASE,
)


class Figure(NamedTuple):
    """Numbers of one unit in a sentence, as ranges, and the words that say what they count."""

    unit: str
    ranges: tuple[tuple[float, float], ...]
    telling: frozenset[str]
    sentence: str


class Page(NamedTuple):
    """What a text's numbers are compared by."""

    title: str
    topics: frozenset[str]
    figures: tuple[Figure, ...]


class Difference(NamedTuple):
    """A sentence, and one of another page that gives another number for the same."""

    here: str
    there: str
    title: str


# ---- reading


def read(title: str, topics: Iterable[str], text: str) -> Page:
    """The numbers of a plain text, one line for each block."""
    lines = "\n".join(line for line in text.split("\n") if _may_have_figures(line))
    found = (figure for block in sentences.blocks(lines) for part in block for figure in figures(part.text))
    return Page(title, frozenset(topics), tuple(islice(found, MOST_FIGURES)))


def _may_have_figures(words: str) -> bool:
    """Whether it is worth a look: a number, in figures or words, and a unit."""
    has_number = _DIGIT.search(words) or not numerals.WORDS.isdisjoint(re.split(r"[ -]", words.lower()))
    return bool(has_number) and bool(_UNIT.search(words))


def figures(sentence: str) -> Iterator[Figure]:
    if not _may_have_figures(sentence):
        return
    words = [word for part in _plain().of(sentence).sentences for word in part]
    by_unit: dict[str, list[tuple[float, float]]] = {}
    for unit, low, high in _measures(words, is_nnt=bool(_IS_NNT.search(sentence))):
        by_unit.setdefault(unit, []).append((low, high))
    telling = frozenset(_stem(word) for word in words if not word[0].isdigit()) - FREQUENT - _MEASURED - {"%", "per"}
    for unit, ranges in by_unit.items():
        yield Figure(unit, tuple(ranges[:1] if unit == NNT else ranges), telling, sentence)


@lru_cache(maxsize=1)
def _plain() -> Wording:
    return Wording()


def _measures(words: list[str], *, is_nnt: bool) -> Iterator[tuple[str, float, float]]:
    """Each number with its unit: “4 to 72 hour”, “1 in 8”, or a bare one beside “number needed to treat”."""
    place = 0
    while place < len(words):
        if (low := _number(words, place)) is None:
            place += 1
            continue
        high, end = low, place + 1
        if words[end : end + 1] in (["to"], ["or"]) and (other := _number(words, end + 1)) is not None:
            high, end = max(low, other), end + 2
        elif low == 1 and words[end : end + 1] == ["in"] and (other := _number(words, end + 1)) is not None:
            yield ONE_IN, other, other
            place = end + 2
            continue
        yield from _measured(words, end, low, high, is_nnt=is_nnt)
        place = end


def _measured(
    words: list[str], end: int, low: float, high: float, *, is_nnt: bool
) -> Iterator[tuple[str, float, float]]:
    after = (_stem(word) for word in words[end : end + 4] if word not in _BESIDE)
    unit = next(after, "")
    if unit == "g":
        yield "mg", low * 1000, high * 1000
    elif unit in _MEASURED:
        yield unit, low, high
    elif is_nnt:
        yield NNT, low, high


def _number(words: list[str], place: int) -> float | None:
    word = words[place] if place < len(words) else ""
    return float(word) if word[:1].isdigit() or word[:1] == "." else None


def _stem(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


# ---- comparing


def differences(page: Page, others: Iterable[Page], names: Mapping[str, str]) -> Iterator[Difference]:
    """Each sentence of a page with one of another page that has another number for the same, the first that does.

    `names` as `names_of` has them.
    """
    by_unit: dict[str, list[tuple[Page, Figure]]] = {}
    for other in others:
        for figure in other.figures:
            by_unit.setdefault(figure.unit, []).append((other, figure))
    for ours in page.figures:
        for other, theirs in by_unit.get(ours.unit, ()):
            is_same_topic = bool(page.topics & other.topics)
            if _is_same_fact(ours, theirs, names, is_same_topic=is_same_topic) and _differ(ours, theirs):
                yield Difference(ours.sentence, theirs.sentence, other.title)
                break


def _medicines(figure: Figure, names: Mapping[str, str]) -> frozenset[str]:
    return frozenset(names[word] for word in figure.telling if word in names)


def _is_same_fact(ours: Figure, theirs: Figure, names: Mapping[str, str], *, is_same_topic: bool) -> bool:
    shared = (ours.telling & theirs.telling) - names.keys()
    if len(shared) < FEWEST_SHARED or _medicines(ours, names) != (medicines := _medicines(theirs, names)):
        return False
    if not medicines and not (is_same_topic and len(shared) >= FEWEST_UNDER_A_TOPIC):
        return False
    shorter = min(len(figure.telling - names.keys()) for figure in (ours, theirs))
    return len(shared) >= SAME_FACT * shorter


def _differ(ours: Figure, theirs: Figure) -> bool:
    """Whether no number of one is, or lies within, a number of the other."""
    return not any(
        a == b or (a[0] == a[1] and b[0] <= a[0] <= b[1]) or (b[0] == b[1] and a[0] <= b[0] <= a[1])
        for a in ours.ranges
        for b in theirs.ranges
    )


# ---- published pages

_read: dict[str, Page] = {}  # by the digest of the content, which never changes; replaced whole


def live_pages(topics: Iterable[str] = (), *, but_of: int | None) -> list[Page]:
    """The newest live pages, and the newest under some topics (slugs), but for one article's. Each text is read once in
    a process.
    """
    global _read
    live = Edition.objects.live().exclude(article=but_of).order_by("-id").values_list("pk", "revision__digest")
    rows = dict(live[:MOST_PAGES])
    if len(rows) == MOST_PAGES:  # there may be more
        under = EditionTopic.objects.filter(topic__slug__in=list(topics)).values("edition")
        rows |= dict(live.filter(pk__in=under)[:MOST_PAGES])
    known = _read
    if missing := [pk for pk, digest in rows.items() if digest not in known]:
        kept = (
            known if len(known) < MOST_KEPT else {digest: known[digest] for digest in rows.values() if digest in known}
        )
        texts = Edition.objects.filter(pk__in=missing).values_list("revision__digest", "title", "topics", "search_text")
        new = {digest: read(title, (topic["slug"] for topic in under), words) for digest, title, under, words in texts}
        _read = known = {**kept, **new}
    return [known[rows[pk]] for pk in sorted(rows, reverse=True)]


def names_of(cards: Iterable[Card]) -> dict[str, str]:
    """Names of medicines that are one word, brands among them, as `figures` has words, with the generic name."""
    names: dict[str, str] = {}
    for card in cards:
        for name in (card.name, *card.brands):
            if name.isalpha():
                names.setdefault(_stem(folded(name)), card.name)
    return names
