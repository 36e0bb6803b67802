"""A simple HTML file -> blocks like those of a plain text, and a list of what was taken out of it.

Only `richtext.sanitizer.clean`, called by the code that stores the result, makes the HTML safe; here it is made ours.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from html import escape

from articles.importing.blocks import HEADING, Block, Entry, tidy
from articles.importing.html_reader import CODE, CONTROLS, Reader, layout_tables

MARKED_SECTION = re.compile(r"<!\[(?!CDATA\[)")
# How each kind of markup begins, and how html.parser takes it to end.
ENDS = {"<!--": re.compile(r"--\s*>"), "<![CDATA[": re.compile(r"\]\s*\]\s*>"), "<": re.compile(">")}
HTML_FILE = re.compile(
    r"\s*(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)*<(!doctype\s+html|html|head|body|h[1-6]|p|div|article|table|meta|title)\b",
    re.IGNORECASE | re.DOTALL,
)
SITE_SUFFIX = re.compile(r"\s+(?:[|·»–—-]|::)\s+")


@dataclass(frozen=True)
class Page:
    """An HTML file taken in: its blocks, which of them is its title (`head`, no block if only `<title>` says it), and
    entries for what is no text of it; `pictures` are those whose places were kept, by address and alt text."""

    head: Block | None
    blocks: list[Block]
    dropped: list[Entry]
    pictures: list[tuple[str, str]] = field(default_factory=list)


def is_html(name: str, text: str) -> bool:
    """Whether a file is HTML by its name or its beginning."""
    return name.lower().endswith((".html", ".htm", ".xhtml")) or HTML_FILE.match(text[:4000]) is not None


def parse(html: str, *, alone: Callable[[str], bool] = lambda words: False, keeps_pictures: bool = False) -> Page:
    """Reads a page. `alone` says which lines are never part of a paragraph that `<br>` divides; pictures of the web are
    left out, or `PLACE` stands for each (`keeps_pictures`).
    """
    html = _ended(MARKED_SECTION.sub("<?[", html))  # as in HTML 5; html.parser raises on most marked sections
    skipped, hides = CODE | CONTROLS, True
    layout = layout_tables(html)
    while True:
        reader = Reader(skipped, layout, alone, hides, keeps_pictures)
        reader.feed(html)
        reader.close()
        reader.flush()
        if not reader.skipping:
            return replace(_page(reader), pictures=reader.pictures)
        # It is never closed: what follows would be lost with it.
        hides = hides and reader.skipping[0] in skipped
        skipped = skipped - {reader.skipping[0]}


def _ended(html: str) -> str:
    """HTML in which markup without an end is text: html.parser looks for its end from each of its beginnings."""
    for beginning, end in ENDS.items():
        last = max((match.end() for match in end.finditer(html)), default=0)
        html = html[:last] + html[last:].replace(beginning, "&lt;" + beginning[1:])
    return html


def _page(reader: Reader) -> Page:
    """Finds the title: the first `<h1>`, if it is not the site's name; else a heading that says what `<title>` says."""
    words = tidy(reader.title)
    name = Block(HEADING, words, escape(words, quote=False), tuple(sorted(reader.title_lines)), level=1)
    headings = [block for block in reader.blocks if block.kind == HEADING]
    main = next((block for block in headings if block.level == 1), None)
    parts = [part.casefold() for part in SITE_SUFFIX.split(name.text)]
    dropped, blocks = list(reader.dropped), list(reader.blocks)
    if main and len(parts) > 1 and parts[-1] == main.text.casefold() != parts[0]:
        dropped.append(Entry(main.lines, False, "site name", main.text, why="the page’s <title> ends with it"))
        blocks.remove(main)
        headings.remove(main)
        main = None
    same = [block for block in headings if block.text.casefold() in (name.text.casefold(), *parts[:1])]
    head = main or next(iter(same), None)
    if head and name.text:
        dropped.append(Entry(name.lines, False, "page title", name.text, why="the heading in the text is the title"))
    return Page(head or (replace(name, note=_doubt(name.text)) if name.text else None), blocks, dropped)


def _doubt(title: str) -> str:
    return "may end with the site’s name. Check it" if SITE_SUFFIX.search(title) else ""
