<<<<<<< HEAD
"""The numbers by which stored HTML cites its references, changed where they stand: `[1]`, `[2, 3]`, `[4–6]`."""

import re
from collections.abc import Callable

from articles.richtext.text import CITATION, numbers

_TAGS = re.compile(r"(<[^<>]*>)")
_NOT_IN = frozenset({"a", "code", "h2", "h3", "h4"})  # as `render` reads them


def renumbered(html: str, becomes: Callable[[int], int]) -> str:
    """The same HTML with every cited number replaced. A marker whose numbers all stay is left as it was written."""
    within: list[str] = []
    parts = _TAGS.split(html)
    for place, part in enumerate(parts):
        if place % 2:
            name = part.strip("</> ").split(" ")[0].lower()
            if name in _NOT_IN:
                within = within[:-1] if part.startswith("</") else [*within, name]
        elif not within:
            parts[place] = CITATION.sub(lambda marker: _marker(marker, becomes), part)
    return "".join(parts)


def _marker(marker: re.Match[str], becomes: Callable[[int], int]) -> str:
    given = numbers(marker[1])
    changed = [becomes(number) for number in given]
    if changed == given:
        return marker[0]
    if len(given) > 2 and changed == list(range(changed[0], changed[0] + len(changed))):
        return f"[{changed[0]}–{changed[-1]}]"
    return f"[{', '.join(map(str, changed))}]"
=======
"""Marks such as [1] and [2, 4-6] in stored HTML follow the references when those move or go."""

import re
from collections.abc import Mapping

from articles.richtext.render import NO_CITATIONS_IN
from articles.richtext.text import CITATION, numbers

_NAME = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
_TAG = re.compile(r"(<(?:\"[^\"]*\"|'[^']*'|[^'\">])*>)")


def renumbered(html: str, moved: Mapping[int, int | None]) -> str:
    """The text with each number as `moved` says; a number that has gone (None) leaves its mark. Others stay."""
    if all(old == new for old, new in moved.items()):
        return html
    parts, inside = [], 0  # as `render` does: what stands in a link, code or heading cites nothing
    for part in _TAG.split(html):
        if tag := _NAME.match(part):
            inside += (-1 if tag[1] else 1) if tag[2].lower() in NO_CITATIONS_IN else 0
        parts.append(part if tag or inside > 0 else CITATION.sub(lambda mark: _mark(mark, moved), part))
    return "".join(parts)


def _mark(mark: re.Match[str], moved: Mapping[int, int | None]) -> str:
    cited = numbers(mark[1])
    if all(moved.get(number, number) == number for number in cited):
        return mark[0]
    there = sorted({new for number in cited if (new := moved.get(number, number)) is not None})
    return f"[{','.join(_runs(there))}]" if there else ""


def _runs(cited: list[int]) -> list[str]:
    """Numbers in a row as “4-6”, from three on."""
    runs: list[list[int]] = []
    for number in cited:
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return [part for run in runs for part in ([f"{run[0]}-{run[-1]}"] if len(run) > 2 else map(str, run))]
>>>>>>> refs
