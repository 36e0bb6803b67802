"""Two lists that were both made from a third, as one: what only one side changed is taken from it.

Where both changed the same place in different ways, that place is a `Clash`, and the caller decides it.
"""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Generic, TypeVar

LONG = 1000  # items

Item = TypeVar("Item", bound=Hashable)


@dataclass(frozen=True)
class Clash(Generic[Item]):
    """A place that both sides changed: as it was, as it is on one side, and as it is on the other."""

    base: tuple[Item, ...]
    mine: tuple[Item, ...]
    theirs: tuple[Item, ...]


@dataclass(frozen=True)
class _Edit(Generic[Item]):
    """`base[begins:ends]` becomes `items` on one side."""

    begins: int
    ends: int
    items: tuple[Item, ...]
    is_mine: bool


def merge(base: Sequence[Item], mine: Sequence[Item], theirs: Sequence[Item]) -> list[Item | Clash[Item]]:
    """The items of both, and the places that somebody has to decide. Swapping the sides swaps only the clashes'."""
    edits = sorted(
        [*_edits(base, mine, is_mine=True), *_edits(base, theirs, is_mine=False)],
        key=lambda edit: (edit.begins, edit.ends),
    )
    merged: list[Item | Clash[Item]] = []
    at = 0
    for group in _groups(edits):
        begins, ends = min(edit.begins for edit in group), max(edit.ends for edit in group)
        merged += base[at:begins]
        merged += _settled(
            tuple(base[begins:ends]),
            _side(base, group, begins, ends, is_mine=True),
            _side(base, group, begins, ends, is_mine=False),
        )
        at = ends
    return [*merged, *base[at:]]


def _edits(base: Sequence[Item], side: Sequence[Item], *, is_mine: bool) -> list[_Edit[Item]]:
    is_long = len(side) > LONG  # then what is everywhere is no landmark: it would take time by the square
    found = SequenceMatcher(None, base, side, autojunk=is_long).get_opcodes()
    return [_Edit(a, b, tuple(side[c:d]), is_mine) for kind, a, b, c, d in found if kind != "equal"]


def _groups(edits: list[_Edit[Item]]) -> list[list[_Edit[Item]]]:
    """Edits that are about the same place, together."""
    groups: list[list[_Edit[Item]]] = []
    for edit in edits:
        if groups and any(_meet(edit, other) for other in groups[-1]):
            groups[-1].append(edit)
        else:
            groups.append([edit])
    return groups


def _meet(one: _Edit[Item], other: _Edit[Item]) -> bool:
    """Whether two edits of two sides are about one place. Where they only touch, they do if they brought the same."""
    if one.is_mine == other.is_mine or one.begins > other.ends or other.begins > one.ends:
        return False
    if (one.begins, one.ends) == (other.begins, other.ends) or set(one.items) & set(other.items):
        return True
    begins, ends = max(one.begins, other.begins), min(one.ends, other.ends)
    if begins < ends:
        return True
    return any(a.begins < b.begins == b.ends < a.ends for a, b in ((one, other), (other, one)))


def _side(base: Sequence[Item], group: list[_Edit[Item]], begins: int, ends: int, *, is_mine: bool) -> tuple[Item, ...]:
    """What one side made of a place."""
    items: list[Item] = []
    for edit in group:
        if edit.is_mine == is_mine:
            items += [*base[begins : edit.begins], *edit.items]
            begins = edit.ends
    return (*items, *base[begins:ends])


def _settled(base: tuple[Item, ...], mine: tuple[Item, ...], theirs: tuple[Item, ...]) -> list[Item | Clash[Item]]:
    """One place: what both begin and end with in the same way is settled, and so is what one side left alone."""
    if mine == base:
        return [*theirs]
    if theirs in (base, mine):
        return [*mine]
    shorter = min(len(mine), len(theirs))
    head = next((n for n in range(shorter) if mine[n] != theirs[n]), shorter)
    left = shorter - head
    tail = next((n for n in range(left) if mine[-1 - n] != theirs[-1 - n]), left)
    ours, others = mine[head : len(mine) - tail], theirs[head : len(theirs) - tail]
    settled: list[Item | Clash[Item]] = [Clash(base, ours, others)]
    if ours == base or others == base:
        settled = [*(others if ours == base else ours)]
    return [*mine[:head], *settled, *mine[len(mine) - tail :]]
