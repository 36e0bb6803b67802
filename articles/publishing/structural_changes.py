"""What changed in a text besides its words, as sentences: a power that became a number, a cell that moved, a level."""

from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import zip_longest

from articles.richtext.blocks import Block, Cell

SHOWN = 60  # characters of a block that a sentence quotes
NAMED = 2  # blocks that one sentence quotes

Pair = tuple[Block | None, Block | None]


def notes(old: Sequence[Block], new: Sequence[Block]) -> list[str]:
    """A sentence for each change of structure; blocks that changed in the same way share one."""
    groups: dict[str, list[str]] = {}
    for words, change in (*_changes(old, new), *_of_pictures(old, new)):
        groups.setdefault(change, []).append(words)
    return [_sentence(words, change) for change, words in groups.items()]


def _sentence(words: list[str], change: str) -> str:
    quoted = list(dict.fromkeys(f"“{_short(each)}”" for each in words if each))
    more = f" and {len(quoted) - NAMED} more" if len(quoted) > NAMED else ""
    return f"{', '.join(quoted[:NAMED])}{more}: {change}." if quoted else f"{change[0].upper()}{change[1:]}."


def _short(words: str) -> str:
    return words if len(words) <= SHOWN else f"{words[: SHOWN - 1].rsplit(' ', 1)[0]}…"


def _changes(old: Sequence[Block], new: Sequence[Block]) -> Iterator[tuple[str, str]]:
    """Each changed block's words, and what changed."""
    removed: list[Block] = []
    added: list[Block] = []
    old, new = _texts(old), _texts(new)
    for kind, a, b, c, d in _matcher(old, new).get_opcodes():
        if kind == "equal":
            for before, after in zip(old[a:b], new[c:d], strict=True):
                yield from _of_equal_words(before, after)
            continue
        pairs = list(zip_longest(old[a:b], new[c:d]))
        yield from _moved_cells(pairs)
        yield from _of_pairs(pairs)
        removed += old[a:b]
        added += new[c:d]
    yield from _moved(removed, added)


def _texts(state: Sequence[Block]) -> list[Block]:
    return [block for block in state if not block.picture]


def _matcher(old: Sequence[Block], new: Sequence[Block]) -> SequenceMatcher[tuple[str, bool]]:
    return SequenceMatcher(None, [_key(block) for block in old], [_key(block) for block in new], autojunk=False)


def _key(block: Block) -> tuple[str, bool]:
    return block.words or block.line, bool(block.cells)


def _of_pictures(old: Sequence[Block], new: Sequence[Block]) -> Iterator[tuple[str, str]]:
    """A picture in the place of another, one that moved, and how captions changed besides words.

    Where a picture is counts by the blocks of text that both states have: words that were put in move none.
    """
    matches = _matcher(_texts(old), _texts(new)).get_matching_blocks()
    before = _pictures(old, {place for match in matches for place in range(match.a, match.a + match.size)})
    after = _pictures(new, {place for match in matches for place in range(match.b, match.b + match.size)})
    for picture, (place, captions) in before.items():
        if picture not in after:
            other = next((each for each in after if each not in before and after[each][0] == place), None)
            if other:
                yield "", _arrow(f"picture {picture[0]}", f"picture {other[0]}")
            continue
        now, others = after[picture]
        if now != place:
            yield "", f"picture {picture[0]} moved"
        for caption, other_caption in zip(captions, others, strict=False):
            if caption.words == other_caption.words:
                yield from _of_equal_words(caption, other_caption)


def _pictures(state: Sequence[Block], shared: set[int]) -> dict[tuple[str, int], tuple[int, list[Block]]]:
    """Each picture with how often it stood there before: behind how many shared blocks it is, and its captions."""
    found: dict[tuple[str, int], tuple[int, list[Block]]] = {}
    texts = passed = 0
    for block in state:
        if not block.picture:
            passed += texts in shared
            texts += 1
        elif block.place == "picture":
            last = (block.picture, sum(id == block.picture for id, _number in found))
            found[last] = passed, []
        else:
            found[last][1].append(block)
    return found


def _of_equal_words(before: Block, after: Block) -> Iterator[tuple[str, str]]:
    if before.place != after.place:
        yield before.words, _arrow(before.place, after.place)
    for cell, other in zip(before.cells, after.cells, strict=True):
        if cell.kind != other.kind:
            yield cell.words, _arrow(cell.kind, other.kind)
    old, new = Counter(before.formats), Counter(after.formats)
    words = dict.fromkeys(words for _name, words in (*(old - new), *(new - old)))
    for each in words:
        was = [name for name, place in old - new if place == each]
        now = [name for name, place in new - old if place == each]
        yield each, _arrow(" and ".join(was) or "plain", " and ".join(now) or "plain")


def _of_pairs(pairs: list[Pair]) -> Iterator[tuple[str, str]]:
    """Blocks whose words changed, and what they are as well."""
    for before, after in pairs:
        if before is None or after is None:
            continue
        if before.place != after.place and before.words and after.words and not (before.cells or after.cells):
            yield after.words, _arrow(before.place, after.place)


def _moved_cells(pairs: list[Pair]) -> Iterator[tuple[str, str]]:
    """Cells with the same words in another column or row than before."""
    gone: list[tuple[Cell, str]] = []
    come: list[tuple[Cell, str]] = []
    for before, after in pairs:
        rows = zip_longest(before.cells if before else (), after.cells if after else ())
        for column, (cell, other) in enumerate(rows, 1):
            if cell and other and cell.words == other.words:
                continue
            if cell and before and cell.words:
                gone.append((cell, f"table {before.table}, row {before.row}, column {column}"))
            if other and after and other.words:
                come.append((other, f"table {after.table}, row {after.row}, column {column}"))
    for cell, place in gone:
        at = next((here for here, (other, _place) in enumerate(come) if other.words == cell.words), None)
        if at is not None:
            _other, now = come.pop(at)
            if now != place:
                yield cell.words, f"moved from {place} to {_without_shared(place, now, ', ')}"


def _moved(removed: list[Block], added: list[Block]) -> Iterator[tuple[str, str]]:
    """Blocks that are gone from one place and have come to another."""
    come = {_key(block) for block in added}
    for block in removed:
        if _key(block) in come and not block.cells:
            yield block.words or block.place, "moved"


def _arrow(before: str, after: str) -> str:
    """ "heading level 2 → 3": what both begin with is said once."""
    rest = _without_shared(before, after, " ").removeprefix(f"{before}, ")
    return f"{before} → {rest}"


def _without_shared(before: str, after: str, by: str) -> str:
    old, new = before.split(by), after.split(by)
    shared = next((place for place, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), 0)
    return by.join(new[shared:]) if len(old) == len(new) == shared + 1 else after
