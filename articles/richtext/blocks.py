"""Stored HTML as a list of blocks, each with its words and with what it is, so that two texts can be compared.

A paragraph, a heading, an item, a caption, a row of a table: each is one line. What a reader sees without reading (a
power, a list's kind, a cell's column) is told in marks within the line, and as facts in words.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from html.parser import HTMLParser

from articles.richtext.policy import CALLOUTS, callout_of

_INLINE = {
    "strong": ("**", "**", "bold"),
    "em": ("_", "_", "italic"),
    "sup": ("^(", ")", "superscript"),
    "sub": ("_(", ")", "subscript"),
    "code": ("`", "`", "code"),
    "s": ("~~", "~~", "struck out"),
    "strike": ("~~", "~~", "struck out"),
    "del": ("~~", "~~", "struck out"),
    "span": ("", "", ""),
    "a": ("", "", ""),
}
_HEADINGS = {"h2": "2", "h3": "3", "h4": "4"}
_DEFINED = {"dt": "defined term", "dd": "definition"}
_LISTS = {"ul": "bulleted list", "ol": "numbered list"}
_TOLD = {
    "a": {"href", "title"},
    "aside": {"class"},
    "figure": {"data-picture", "data-drawing", "data-media"},
    "img": {"src", "alt"},
    "ol": {"start"},
    "li": {"value"},
}
CELL, HEADER = "cell", "header cell"


@dataclass(frozen=True)
class Cell:
    """A cell of a table: its words, and what it is in words."""

    words: str
    kind: str
    marked: str


@dataclass(frozen=True)
class Block:
    """`words` without a mark; `place` says what the block is; `formats` which words are bold, a power, a link …; `line`
    has all of that in one line.
    """

    words: str
    place: str
    line: str
    formats: tuple[tuple[str, str], ...] = ()
    cells: tuple[Cell, ...] = ()
    table: int = 0
    row: int = 0
    picture: str = ""


def blocks(html: str) -> list[Block]:
    reader = _Reader()
    reader.feed(html.replace("<![", "&lt;!["))  # html.parser refuses unknown marked sections
    reader.close()
    reader.end_block()
    return reader.found


@dataclass
class _List:
    kind: str
    start: str
    has_items: bool = False


@dataclass
class _Open:
    """An inline element that is open, and where its words begin."""

    tag: str
    end: str
    formats: list[str]
    begins: int


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[Block] = []
        self._marked: list[str] = []
        self._words: list[str] = []
        self._formats: list[tuple[str, str]] = []
        self._inline: list[_Open] = []
        self._lists: list[_List] = []
        self._quotes, self._heading, self._caption, self._picture, self._figure = 0, "", "", "", ""
        self._callouts: list[str] = []  # labels of those that are open
        self._defined = ""
        self._item, self._extra = "", ""  # how the item begins; attributes that nothing else tells
        self._tables, self._row, self._head = 0, 0, False
        self._cells: list[Cell] | None = None
        self._cell = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag in _INLINE:
            self._start_inline(tag, given)
        elif tag == "br":
            self.handle_data(" ↵ ")
        elif tag == "img":
            self._marked.append(f"[image {given.get('src', '')}: {given.get('alt', '')}]")
            self._formats.append((f"image {given.get('src', '')}", given.get("alt", "")))
        elif tag in ("td", "th"):
            self._start_cell(tag, given)
        elif self._cell:
            self.handle_data(" ")  # blocks within a cell are one line
        else:
            self.end_block()
            self._start_block(tag, given)

    def _start_block(self, tag: str, given: Mapping[str, str]) -> None:
        self._extra += _others(tag, given)
        if tag in _HEADINGS:
            self._heading = _HEADINGS[tag]
        elif tag in _LISTS:
            self._lists.append(_List(_LISTS[tag], given.get("start", "")))
        elif tag == "li":
            value = given.get("value", "")
            self._item = f"number {value}" if value else "item"
        elif tag == "blockquote":
            self._quotes += 1
        elif tag == "aside":
            self._callouts.append(CALLOUTS[callout_of(given.get("class"))])
        elif tag in _DEFINED:
            self._defined = _DEFINED[tag]
        elif tag == "details":
            self._caption = f"{self._figure or 'something'} in words"
        elif tag == "hr":
            self.found.append(Block("", "line across", "――――"))
        elif tag == "figure":
            kind = "drawing" if "data-drawing" in given else "picture"
            self._figure = f"{kind} {given.get(f'data-{kind}', '') or '?'}"
            self._picture = self._figure.split()[1] if kind == "picture" else ""
            if medium := given.get("data-media"):
                self._extra += f" [stands for {'a video' if medium == 'video' else 'audio'}]"
            self.found.append(Block("", kind, f"{self._figure.capitalize()}{self._extra}", picture=self._picture))
            self._extra = ""
        elif tag in ("caption", "figcaption"):
            self._caption = "caption of a table" if tag == "caption" else f"caption of {self._figure}"
        elif tag == "table":
            self._tables, self._row = self._tables + 1, 0
        elif tag == "thead":
            self._head = True
        elif tag == "tr":
            self._cells, self._row = [], self._row + 1

    def _start_cell(self, tag: str, given: Mapping[str, str]) -> None:
        self._taken()  # white space between cells
        kind = CELL
        if tag == "th":
            kind = HEADER + {"row": " of the row", "col": " of the column"}.get(given.get("scope", ""), "")
        told = {"scope"} if kind.startswith(f"{HEADER} ") else set()
        self._cell = kind + _others(tag, {name: value for name, value in given.items() if name not in told})

    def _start_inline(self, tag: str, given: Mapping[str, str]) -> None:
        start, end, name = _INLINE[tag]
        formats = [name] if name else []
        if tag == "a":
            title = f" “{given['title']}”" if given.get("title") else ""
            formats.append(f"link to {given.get('href', '')}{title}")
            end = f" ‹{given.get('href', '')}{title}›"
        if others := _others(tag, given):
            formats.append(others.strip(" []"))
            start = f"‹{others.strip(' []')}›{start}"
        self._marked.append(start)
        self._inline.append(_Open(tag, end, formats, len(self._words)))

    def handle_endtag(self, tag: str) -> None:
        if tag in _INLINE:
            self._end_inline(tag)
        elif tag in ("td", "th"):
            self._end_cell()
        elif tag == "tr":
            self._end_row()
        elif self._cell:
            self.handle_data(" ")
        else:
            self.end_block()
            self._end_block(tag)

    def _end_block(self, tag: str) -> None:
        if tag in _HEADINGS:
            self._heading = ""
        elif tag in _LISTS and self._lists:
            self._lists.pop()
            self._item = "" if not self._lists else "more"
        elif tag == "li":
            self._item = ""
        elif tag == "blockquote":
            self._quotes -= 1
        elif tag == "aside" and self._callouts:
            self._callouts.pop()
        elif tag in _DEFINED:
            self._defined = ""
        elif tag in ("caption", "figcaption", "details"):
            self._caption = ""
        elif tag == "figure":
            self._picture = self._figure = ""
        elif tag == "thead":
            self._head = False

    def _end_inline(self, tag: str) -> None:
        while self._inline:
            opened = self._inline.pop()
            self._marked.append(opened.end)
            words = " ".join("".join(self._words[opened.begins :]).split())
            self._formats += [(name, words) for name in opened.formats]
            if opened.tag == tag:
                return

    def _end_cell(self) -> None:
        marked, words = self._taken()
        if self._cells is not None and self._cell:
            name = f"{self._cell[0].upper()}{self._cell[1:]}: " if self._cell != CELL else ""
            self._cells.append(Cell(words, self._cell, f"{name}{marked}"))
        self._cell = ""

    def _end_row(self) -> None:
        cells, self._cells = self._cells or [], None
        head = "Head of the table: " if self._head else ""
        line = f"{head}| {' | '.join(cell.marked for cell in cells)} |{self._extra}"
        words = " | ".join(cell.words for cell in cells)
        place = f"{'head' if self._head else 'row'} of table {self._tables}"
        formats, self._formats, self._extra = tuple(self._formats), [], ""
        if cells:
            self.found.append(Block(words, place, line, formats, tuple(cells), self._tables, self._row))

    def handle_data(self, data: str) -> None:
        self._marked.append(data)
        self._words.append(data)

    def _taken(self) -> tuple[str, str]:
        """What was read since the last block, with marks and without."""
        marked, words = (" ".join("".join(parts).split()) for parts in (self._marked, self._words))
        self._marked, self._words = [], []
        return marked, words

    def end_block(self) -> None:
        if self._cell:
            return
        marked, words = self._taken()
        if marked:
            prefix, place = self._place()
            formats = tuple(self._formats)
            line, picture = f"{prefix}{marked}{self._extra}", self._picture if self._caption else ""
            self.found.append(Block(words, place + self._extra, line, formats, picture=picture))
            self._extra = ""
        self._formats = []

    def _place(self) -> tuple[str, str]:
        """How the line begins, and what the block is in words."""
        prefix, place = "", "paragraph"
        if self._heading:
            place = f"heading level {self._heading}"
            prefix = f"Heading level {self._heading}: "
        elif self._caption:
            place = self._caption
            prefix = f"{place[0].upper()}{place[1:]}: "
        elif self._lists:
            prefix, place = self._item_place(self._lists[-1], len(self._lists))
        elif self._defined:
            place = self._defined
            prefix = f"{place[0].upper()}{place[1:]}: "
        if self._quotes:
            level = f" within {self._quotes - 1} more" if self._quotes > 1 else ""
            prefix, place = f"Quotation{level}: {prefix}", f"{place} in a quotation{level}"
        for label in reversed(self._callouts):
            prefix, place = f"Box “{label}”: {prefix}", f"{place} in a box “{label}”"
        return prefix, place

    def _item_place(self, around: _List, depth: int) -> tuple[str, str]:
        start = f" from {around.start}" if around.start else ""
        place = f"item of a {around.kind}, level {depth}"
        prefix = ""
        if not around.has_items:
            prefix = f"{around.kind.capitalize()}{start}: "
            place += start and f",{start}"
        around.has_items = True
        number = f"{self._item}: " if self._item.startswith("number") else ""
        place += f", {self._item}" if number else ""
        is_more = self._item == "more"
        self._item = "more"
        return f"{prefix}{'  ' * depth if is_more else '• ' * depth}{number}", place


def _others(tag: str, given: Mapping[str, str]) -> str:
    """Attributes without a mark of their own, in words: " [fr]", " [colspan 2]"."""
    told = _TOLD.get(tag, set())
    words = [value if name == "lang" else f"{name} {value}" for name, value in given.items() if name not in told]
    return f" [{', '.join(words)}]" if words else ""
