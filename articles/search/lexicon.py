"""Words that readers use and texts may not, as `synonyms.toml` has them: spellings, names of one thing, and what leads
to what. Plain Python.
"""

import tomllib
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

LIST = Path(__file__).with_name("synonyms.toml")


class Lexicon(NamedTuple):
    """`spellings`: a word, and how it is spelled here. `same`: groups of names. `leads_to`: a name, and what is found
    for it too."""

    spellings: tuple[tuple[str, str], ...]
    same: tuple[tuple[str, ...], ...]
    leads_to: tuple[tuple[str, tuple[str, ...]], ...]


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    table = tomllib.loads(LIST.read_text(encoding="utf-8"))
    spellings = [line.split() for line in table["spellings"].split("\n") if line]
    leads = [line.split(" -> ") for line in table["leads_to"].split("\n") if line]
    return Lexicon(
        tuple((other, own) for other, own in spellings),
        tuple(_names(line) for line in table["same"].split("\n") if line),
        tuple((asked, _names(found)) for asked, found in leads),
    )


def _names(line: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in line.split(","))


@lru_cache(maxsize=1)
def pairs() -> tuple[tuple[str, str], ...]:
    """Each name that somebody may ask for, with each that is found for it: those of one thing both ways, and what any
    of them leads to."""
    table = lexicon()
    both = [(asked, found) for group in table.same for asked in group for found in group if asked != found]
    leads = [
        (name, found)
        for asked, others in table.leads_to
        for name in (asked, *(mate for group in table.same if asked in group for mate in group))
        for found in others
        if name != found
    ]
    return tuple(dict.fromkeys(both + leads))
