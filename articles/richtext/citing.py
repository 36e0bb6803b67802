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
