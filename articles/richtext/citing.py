"""Marks such as [1] and [2,4-6] in stored HTML get other numbers where the references they point at move or go."""

import re
from collections.abc import Callable

from articles.richtext.render import NO_CITATIONS_IN
from articles.richtext.text import CITATION, numbers

_NAME = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
_TAG = re.compile(r"(<(?:\"[^\"]*\"|'[^']*'|[^'\">])*>)")


def renumbered(html: str, becomes: Callable[[int], int | None]) -> str:
    """The text with every cited number replaced; one that has gone (None) leaves its mark.

    A mark whose numbers all stay is left as it was written.
    """
    parts, inside = [], 0  # as `render` does: what stands in a link, code or heading cites nothing
    for part in _TAG.split(html):
        if tag := _NAME.match(part):
            inside += (-1 if tag[1] else 1) if tag[2].lower() in NO_CITATIONS_IN else 0
        parts.append(part if tag or inside > 0 else CITATION.sub(lambda mark: _mark(mark, becomes), part))
    return "".join(parts)


def _mark(mark: re.Match[str], becomes: Callable[[int], int | None]) -> str:
    cited = numbers(mark[1])
    changed = [becomes(number) for number in cited]
    if changed == cited:
        return mark[0]
    there = sorted({number for number in changed if number is not None})
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
