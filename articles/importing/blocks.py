"""What every parser of foreign texts yields: blocks that know their source lines, and the HTML they stand for."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

PARAGRAPH, HEADING, ITEM, QUOTE, RULE, TABLE = (
    "paragraph",
    "heading",
    "list item",
    "quotation",
    "separator",
    "table",
)
DEEPEST = 5  # lists nested deeper than this are a typo of the space bar, and nobody can follow them

NON_BREAKING = "\u00a0\u202f"
WEB = re.compile(r"https?://", re.IGNORECASE)
PLACE = "\ue000"  # of a picture of the web in a text; a letter for private use
BETWEEN_WORDS = re.compile(rf"[^\S{NON_BREAKING}]+")
LOOSE = re.compile(rf"(?<!\d)[{NON_BREAKING}]|[{NON_BREAKING}](?![\w%°])")
INVISIBLE = re.compile("[\u200b\u2060\ufeff]")


@dataclass(frozen=True)
class Block:
    """One paragraph, heading, list item … with its words (`text`), their inline HTML and its source lines from 1.

    `level` is 1 to 6 for a heading and the depth from 0 for a list item. `may_head` marks a paragraph that looks
    like a heading; what follows it decides. `mark` is the number that a list item began with, as “1.”, and that its
    list begins with in a page. `note` says
    what was changed in it, for the report.
    """

    kind: str
    text: str
    html: str
    lines: tuple[int, ...]
    level: int = 0
    ordered: bool = False
    mark: str = ""
    may_head: bool = False
    note: str = ""


@dataclass(frozen=True)
class Entry:
    """What became of some words of the source: kept as `what`, or dropped as `what`, and `why`."""

    lines: tuple[int, ...]
    kept: bool
    what: str
    text: str
    why: str = ""


def tidy(words: str) -> str:
    """Single spaces, none at the ends. A non-breaking space stays only where it ties a number to its unit."""
    words = BETWEEN_WORDS.sub(" ", INVISIBLE.sub("", words))
    loose = LOOSE.sub(" ", words)
    return re.sub(" {2,}", " ", loose).strip()


def is_blank(line: str) -> bool:
    return not INVISIBLE.sub("", line).strip()


def to_html(blocks: Iterable[Block]) -> str:
    """The blocks as HTML of our own kind. Only `richtext.sanitizer.clean` makes it safe to store."""
    body = list(blocks)
    ranks = {level: min(rank, 4) for rank, level in enumerate(sorted({b.level for b in body if b.kind == HEADING}), 2)}
    return "\n".join(_pieces(body, ranks))


def _pieces(body: list[Block], ranks: dict[int, int]) -> Iterator[str]:
    position = 0
    while position < len(body):
        run = _run(body, position)
        position += len(run)
        block = run[0]
        if block.kind == ITEM:
            yield _lists(run)
        elif block.kind == QUOTE:
            yield "<blockquote>" + "".join(f"<p>{part.html}</p>" for part in run) + "</blockquote>"
        elif block.kind == HEADING:
            yield f"<h{ranks[block.level]}>{block.html}</h{ranks[block.level]}>"
        else:
            yield {RULE: "<hr>", TABLE: block.html}.get(block.kind, f"<p>{block.html}</p>")


def _run(body: list[Block], start: int) -> list[Block]:
    """The blocks from `start` on that belong in one element: a whole list, a whole quotation, else one block."""
    kind, end = body[start].kind, start + 1
    while kind in (ITEM, QUOTE) and end < len(body) and body[end].kind == kind:
        end += 1
    return body[start:end]


def _lists(items: list[Block]) -> str:
    """Nested lists: an item's deeper followers stand inside it; a list that changes its kind is a new one."""
    html: list[str] = []
    open_lists: list[str] = []
    for item in items:
        tag = "ol" if item.ordered else "ul"
        depth = min(item.level, len(open_lists), DEEPEST)
        while len(open_lists) > depth + 1 or (len(open_lists) == depth + 1 and open_lists[-1] != tag):
            html.append(f"</li></{open_lists.pop()}>")
        if len(open_lists) == depth + 1:
            html.append("</li>")
        else:
            html.append(f'<ol start="{item.mark}">' if item.ordered and item.mark.isdecimal() else f"<{tag}>")
            open_lists.append(tag)
        html.append(f"<li>{item.html}")
    return "".join(html) + "".join(f"</li></{tag}>" for tag in reversed(open_lists))
