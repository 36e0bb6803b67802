"""Stored HTML cut into its outermost elements, so that two texts can be put together element by element."""

import re

from articles.richtext.sanitizer import VOID

_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)((?:\"[^\"]*\"|[^\">])*)>")
_INLINE = frozenset(["strong", "em", "sup", "sub", "a", "code", "span", "s", "strike", "del", "img", "br"])
_BLOCK_EDGE = re.compile(r"\s*(</?(?!(?:strong|em|sup|sub|a|code|span|s|strike|del|img|br)\b)[a-zA-Z][^<>]*>)\s*")


def outermost(html: str) -> list[str]:
    """The outermost elements, in order; words between them are one, too. Joined they are the whole again."""
    found: list[str] = []
    begins, depth = 0, 0
    for tag in _TAG.finditer(html):
        is_end, name = bool(tag[1]), tag[2].lower()
        if depth == 0 and not is_end and name not in _INLINE:
            found.append(html[begins : tag.start()])
            begins = tag.start()
        if name not in VOID:
            depth = max(0, depth - 1) if is_end else depth + 1
        if depth == 0 and name not in _INLINE:
            found.append(html[begins : tag.end()])
            begins = tag.end()
    found.append(html[begins:])
    return [part for part in found if part.strip()]


def opened(element: str) -> tuple[str, str, str] | None:
    """An element as its first tag, what is within, and its last tag; None for loose words."""
    first = _TAG.match(element)
    last = element.rfind("</")
    if first is None or first[1] or last < first.end():
        return None
    return first[0], element[first.end() : last], element[last:]


def squeezed(element: str) -> str:
    """An element without the white space around its blocks, which editors lay out in their own way."""
    return _BLOCK_EDGE.sub(r"\1", element).strip()
