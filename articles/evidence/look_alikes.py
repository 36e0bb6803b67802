"""Words that look alike and mean different things: dysphagia and dysphasia, prednisone and prednisolone.

The list and its sources are in `look_alikes.toml`.
"""

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

LIST = Path(__file__).with_name("look_alikes.toml")
# Beginnings that make opposites of one word; whatever begins with one has a twin that begins with the other.
_OPPOSED = (
    ("hypo", "hyper"),
    ("inter", "intra"),
    ("pre", "post"),
    ("ante", "anti"),
    ("endo", "exo"),
    ("macro", "micro"),
    ("brady", "tachy"),
    ("over", "under"),
    ("in", "de"),
    ("ab", "ad"),
    ("af", "ef"),
)


@dataclass(frozen=True)
class LookAlikes:
    """The list, read: its words, which of them are names of medicines, and for each word those it is taken for."""

    words: frozenset[str]
    medicines: frozenset[str]
    twins: dict[str, frozenset[str]]


@lru_cache(maxsize=1)
def listed() -> LookAlikes:
    table = tomllib.loads(LIST.read_text())
    groups = [line.split() for kind in ("medicines", "terms", "plain") for line in table[kind].split("\n") if line]
    twins: dict[str, set[str]] = {}
    for group in groups:
        for word in group:
            twins.setdefault(word, set()).update(other for other in group if other != word)
    return LookAlikes(
        frozenset(twins),
        frozenset(table["medicines"].split()),
        {word: frozenset(others) for word, others in twins.items()},
    )


def twins(word: str) -> frozenset[str]:
    """What a word in small letters is taken for: by the list, or because it begins as its own opposite would.

    Not every opposite is a word: “addomen” is none.
    """
    opposites = {
        other + word.removeprefix(beginning)
        for pair in _OPPOSED
        for beginning, other in (pair, pair[::-1])
        if word.startswith(beginning)
    }
    return listed().twins.get(word, frozenset()) | opposites
