"""References of two states of an article that were written side by side: which are the same source, and its number.

All sources of both sides have a number in common while their texts are merged, so that `[3]` cites the same source on
both; afterwards they are counted anew.
"""

from collections.abc import Callable, Iterator, Mapping
from difflib import SequenceMatcher

from articles.publishing import three_way
from articles.publishing.three_way import Clash
from articles.richtext import citing

COLUMNS = ("citation", "doi", "pmid", "url")
ALIKE = 0.9  # how much of two citations is the same where only their words say that it is one source
DANGLING = 500  # is added to a number without a reference, so that it cites none while numbers change

Source = tuple[str, str, str, str]


def source_of(reference: Mapping[str, str]) -> Source:
    citation, doi, pmid, url = (reference[name] for name in COLUMNS)
    return citation, doi, pmid, url


class Numbering:
    """The sources of the state both began from, of mine and of theirs, under numbers in common (from 1)."""

    def __init__(self, base: list[Source], mine: list[Source], theirs: list[Source]) -> None:
        self._known: list[list[Source | None]] = []  # of each number: as it is in base, mine and theirs
        self._numbers = [self._number(side, place) for place, side in enumerate((base, mine, theirs))]
        self.is_needed = not base == mine == theirs

    def _number(self, side: list[Source], place: int) -> list[int]:
        """The common number of each source of one side; a new source takes the next."""
        numbers: list[int | None] = [None] * len(side)
        for is_same in (_equal, _same_identifier, _alike):
            for position, source in enumerate(side):
                if numbers[position] is None:
                    numbers[position] = self._match(source, place, is_same)
        for position, source in enumerate(side):
            if numbers[position] is None:
                self._known.append([None, None, None])
                self._known[-1][place] = source
                numbers[position] = len(self._known)
        return [number for number in numbers if number is not None]

    def _match(self, source: Source, place: int, is_same: Callable[[Source, Source], bool]) -> int | None:
        for number, versions in enumerate(self._known, 1):
            if versions[place] is None and any(known and is_same(known, source) for known in versions):
                versions[place] = source
                return number
        return None

    def in_common(self, html: str, place: int) -> str:
        """A side's text with the numbers in common."""
        numbers = self._numbers[place]
        if not self.is_needed:
            return html
        return citing.renumbered(html, lambda n: numbers[n - 1] if 0 < n <= len(numbers) else n % DANGLING + DANGLING)

    def kept(self, cited: set[int]) -> list[int]:
        """The common numbers of the sources that stay, in order: those of both sides, and all that are cited."""
        numbers = list(dict.fromkeys(self._in_order()))
        gone = [number for number in range(1, len(self._known) + 1) if number in cited and number not in numbers]
        return numbers + gone

    def _in_order(self) -> Iterator[int]:
        for item in three_way.merge(*self._numbers):
            if not isinstance(item, Clash):
                yield item
                continue
            both = {*item.mine, *item.theirs}
            yield from sorted(both, key=lambda number: (number not in item.base, self._words(number)))

    def _words(self, number: int) -> Source:
        """The same on both sides, whichever of them is called mine."""
        return min(source for source in self._known[number - 1] if source)

    def versions(self, number: int) -> list[Source | None]:
        return self._known[number - 1]

    def final(self, kept: list[int]) -> Callable[[int], int]:
        """What a number in common becomes."""
        if not self.is_needed:
            return lambda number: number
        final = {number: position for position, number in enumerate(kept, 1)}
        return lambda number: final.get(number, number - DANGLING if number >= DANGLING else number)


def _equal(one: Source, other: Source) -> bool:
    return one == other


def _same_identifier(one: Source, other: Source) -> bool:
    return any(a and a == b for a, b in zip(one[1:3], other[1:3], strict=True))


def _alike(one: Source, other: Source) -> bool:
    if any(a and b and a != b for a, b in zip(one[1:3], other[1:3], strict=True)):
        return False
    return SequenceMatcher(None, one[0], other[0], autojunk=False).ratio() >= ALIKE
