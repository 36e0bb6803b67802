"""Reads an HTML page once, from start to end, into blocks; nothing is fetched. `convert` decides what its title is."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from html import escape
from html.parser import HTMLParser
from typing import NamedTuple

from articles.importing import word_processors
from articles.importing.blocks import HEADING, ITEM, PARAGRAPH, PLACE, QUOTE, RULE, TABLE, WEB, Block, Entry, tidy
from articles.importing.plain_text import is_title_like
from articles.richtext import languages

INLINE = {name: name for name in ("strong", "em", "sup", "sub", "code", "a", "span")} | {"b": "strong", "i": "em"}
INLINE |= {"s": "s", "strike": "s", "del": "s"}  # struck words stay struck, and the gate finds them
CELL = ("colspan", "rowspan", "scope")
BLOCK = frozenset({
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "div", "dl",
    "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "head",
    "header", "html", "legend", "li", "main", "ol", "p", "pre", "section", "summary", "table", "tbody", "td",
    "tfoot", "th", "thead", "tr", "ul",
})  # fmt: skip
CELLS = frozenset({"table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td"})
# A table that holds one of these laid out an old page; its cells are read as text.
LAYOUT = frozenset({
    "p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "table", "img", "blockquote", "form", "center",
})  # fmt: skip
CODE = frozenset({
    "script", "style", "svg", "math", "noscript", "template", "iframe", "object", "embed", "canvas", "audio",
    "video",
})  # fmt: skip
WHOLE = frozenset({"html", "head", "body"})
FRAMES = frozenset({"iframe", "embed", "video", "audio"})
CONTROLS = frozenset({"button", "select", "textarea", "nav"})
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
KINDS = {"li": ITEM, "blockquote": QUOTE, **dict.fromkeys(HEADINGS, HEADING)}
VOID = frozenset({"br", "img", "hr", "input"})
CONTEXT = frozenset({*KINDS, "ul", "ol", "pre"})
DEEPEST_CONTEXT, DEEPEST_INLINE = 200, 20  # elements within another; of deeper ones the words are kept
NO_TEXT = "it belonged to the old page’s code and is not text"
SCHEMES = re.compile(r"(https?:|mailto:|tel:)|(?![a-z][a-z0-9+.-]*:)", re.IGNORECASE)


class _Inline(NamedTuple):
    """An open inline element: the tag that closes it in the source, its start tag here and what ends it."""

    source: str
    start: str
    name: str


@dataclass
class _Piece:
    """Words between two line breaks, with their inline HTML; `written` are the elements still open in it."""

    html: list[str] = field(default_factory=list)
    text: list[str] = field(default_factory=list)
    lines: set[int] = field(default_factory=set)
    written: list[_Inline] = field(default_factory=list)

    def add(self, data: str, inline: list[_Inline], line: int) -> None:
        """Adds text inside the given inline elements."""
        same = 0
        while same < min(len(inline), len(self.written)) and inline[same] == self.written[same]:
            same += 1
        self.html += [f"</{one.name}>" for one in reversed(self.written[same:]) if one.start]
        self.written = self.written[:same]
        if data.strip():  # nothing is opened for a space
            self.html += [one.start for one in inline[same:]]
            self.written = list(inline)
            self.lines.update(line + i for i, part in enumerate(data.split("\n")) if part.strip())
        self.html.append(escape(data, quote=False))
        self.text.append(data)

    def close(self) -> "_Piece":
        self.add("", [], 0)
        return self

    @property
    def words(self) -> str:
        return tidy("".join(self.text))


class Reader(HTMLParser):
    """Reads a page once, from its start to its end. Nothing is fetched."""

    def __init__(
        self,
        skipped: frozenset[str],
        layout: set[tuple[int, int]],
        alone: Callable[[str], bool],
        hides: bool = True,
        keeps_pictures: bool = False,
    ) -> None:
        super().__init__(convert_charrefs=True)
        self.skipped, self.layout, self.alone, self.keeps_pictures = skipped, layout, alone, keeps_pictures
        self.hides = hides  # whether what its style hides is left out
        self.pictures: list[tuple[str, str]] = []  # address and alt text of each that `PLACE` stands for
        self.blocks: list[Block] = []
        self.dropped: list[Entry] = []
        self.title, self.title_lines, self.in_title = "", set[int](), False
        self.pieces = [_Piece()]
        self.inline: list[_Inline] = []
        self.around: list[str] = []  # open elements that decide what a block is
        self.spoken: list[tuple[str, str]] = []  # open blocks, and the attributes of those in another language
        self.fresh_item = False
        self.skipping, self.skipped_from = list[str](), 0
        self.skipped_words: list[str] = []
        self.skipped_as: tuple[str, str] | None = None
        self.starts: list[str] = []  # of the open lists: the number that the next item begins with, or nothing
        self.of_word = 0  # level of a word processor's list that the paragraph says it is an item of
        self.table: list[str] | None = None

    @property
    def line(self) -> int:
        return self.getpos()[0]

    def drop(self, what: str, words: str, why: str) -> None:
        lines = tuple(range(self.line, self.line + words.count("\n") + 1))
        self.dropped.append(Entry(lines, False, what, tidy(words), why))

    # What the parser calls ------------------------------------------------------------------------------------------

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self.skipping:
            self.skipping += [tag] if tag == self.skipping[0] else []
            return
        for name, value in attrs:
            if name.startswith("on"):
                self.drop("script", f"{name}={value or ''}", "scripts are not imported")
        hidden = word_processors.left_out(dict(attrs)) if self.hides and tag not in VOID else None
        if tag in self.skipped or hidden:
            self.skipping, self.skipped_words, self.skipped_from, self.skipped_as = [tag], [], self.line, hidden
            if tag in FRAMES and (address := dict(attrs).get("src")):
                self.drop("film or frame", address, "nothing of other sites is shown in a page: link to it")
        elif tag == "title":
            self.in_title = not self.title
        elif tag in INLINE:
            self.open_inline(tag, dict(attrs))
        elif tag in VOID:
            self.void(tag, dict(attrs))
        elif tag in BLOCK:
            self.open_block(tag, dict(attrs))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in self.skipped:  # HTML has no empty <script/>, but XHTML files do
            self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if self.skipping:
            if tag == self.skipping[0]:
                self.skipping.pop()
                self.end_skip(tag)
        elif tag == "title":
            self.in_title = False
        elif tag in INLINE:
            last = [at for at, one in enumerate(self.inline) if one.source == INLINE[tag]][-1:]
            self.inline = [one for at, one in enumerate(self.inline) if at not in last]
        elif tag in BLOCK:
            self.close_block(tag)

    def handle_data(self, data: str) -> None:
        if self.skipping:
            self.skipped_words.append(data)
        elif self.in_title:
            self.title += data
            self.title_lines.update(self.line + i for i, part in enumerate(data.split("\n")) if part.strip())
        elif "pre" in self.around:
            self.lines_of(data)
        else:
            self.pieces[-1].add(data, self.inline, self.line)

    def lines_of(self, data: str) -> None:
        """Text whose line ends count, as in `<pre>`."""
        for offset, words in enumerate(data.split("\n")):
            if offset:
                self.pieces.append(_Piece())
            self.pieces[-1].add(words, self.inline, self.line + offset)

    def handle_comment(self, data: str) -> None:
        if data.strip() and not self.skipping:
            self.drop("comment", data, "it was not visible on the page")

    def handle_pi(self, data: str) -> None:
        self.handle_comment(data)

    def unknown_decl(self, data: str) -> None:
        self.handle_comment(data)

    # What it does with it -------------------------------------------------------------------------------------------

    def end_skip(self, tag: str) -> None:
        words = "".join(self.skipped_words)
        if not self.skipping and words.strip():
            lines = tuple(range(self.skipped_from, self.line + 1))
            named = ("script", "scripts are not imported") if tag == "script" else (f"<{tag}>", NO_TEXT)
            what, why = self.skipped_as or named
            self.dropped.append(Entry(lines, False, what, tidy(words), why))

    def open_inline(self, tag: str, attrs: dict[str, str | None]) -> None:
        name, spoken = word_processors.meant(INLINE[tag], attrs.get("style") or ""), self.language(attrs)
        start = f"<{name}{spoken}>" if spoken or name != "span" else ""
        if name == "a":
            href = re.sub(r"[\x00-\x20]", "", attrs.get("href") or "")
            if href and not SCHEMES.match(href):
                self.drop("link", href, "its link went nowhere; its words are kept")
            if not href or not SCHEMES.match(href):
                return
            start = f'<a href="{escape(href)}"{spoken}>'
        if name != "span" and any(one.name == name and one.start for one in self.inline):
            start = ""  # it is already
        if len(self.inline) < DEEPEST_INLINE:
            self.inline = [*self.inline, _Inline(INLINE[tag], start, name)]

    def language(self, attrs: dict[str, str | None]) -> str:
        """The attributes of an element's language and direction, or nothing: English needs a mark only in what is
        not, and word processors put one at every word."""
        tag = languages.normal(attrs.get("lang") or "")
        is_abroad = any(" lang=" in one[1] for one in (*self.spoken, *self.inline))
        if not tag or (tag.partition("-")[0] == languages.ENGLISH and not is_abroad):
            return ""
        direction = (attrs.get("dir") or "").lower()
        return f' lang="{tag}"' + (f' dir="{direction}"' if direction in languages.DIRECTIONS else "")

    def void(self, tag: str, attrs: dict[str, str | None]) -> None:
        """Elements without an end: line breaks, pictures, separators, fields of a form."""
        if tag == "br" and self.table is None:
            self.pieces.append(_Piece())
        elif tag == "br":
            self.pieces[-1].add(" ", [], self.line)
        elif tag == "img" and self.keeps_pictures and WEB.match(attrs.get("src") or ""):
            self.pictures.append((str(attrs["src"]), attrs.get("alt") or ""))
            self.pieces[-1].add(PLACE, self.inline, self.line)
        elif tag == "img":
            words = " ".join(filter(None, (attrs.get("src"), f"(“{attrs['alt']}”)" if attrs.get("alt") else "")))
            self.drop("picture", words, "add it through the library, with its credit")
        elif tag == "hr":
            self.flush()
            self.blocks.append(Block(RULE, "", "", (self.line,)))
        elif words := attrs.get("value") or attrs.get("placeholder") or "":
            self.drop("<input>", words, NO_TEXT)

    def open_block(self, tag: str, attrs: dict[str, str | None]) -> None:
        spoken = "" if tag in WHOLE else self.language(attrs)  # of the whole page, a theme spoke
        if tag == "table" and self.getpos() not in self.layout:
            self.flush()
            self.table = ["<table>"]
            self.pieces = [_Piece()]
        elif self.table is not None and tag in CELLS:
            kept = "".join(f' {name}="{escape(attrs[name] or "")}"' for name in CELL if attrs.get(name))
            self.table.append(self.cell() + f"<{tag}{kept}{spoken}>")
        else:
            self.flush()
            self.enter(tag)
            self.note_list(tag, attrs)
            if self.spoken and self.spoken[-1][0] in ("p", tag if tag == "li" else ""):
                self.spoken.pop()  # whose end need not be written
            if len(self.spoken) < DEEPEST_CONTEXT:
                self.spoken.append((tag, spoken))

    def note_list(self, tag: str, attrs: dict[str, str | None]) -> None:
        """What an element says of the list that it is, or is an item of."""
        if tag == "ol":
            self.starts.append(attrs.get("start") or "")
        elif tag == "li" and attrs.get("value") and self.starts:
            self.starts[-1] = attrs["value"] or ""
        self.of_word = word_processors.list_level(attrs.get("style") or "") if tag == "p" else 0

    def close_block(self, tag: str) -> None:
        if self.table is None:
            self.flush()
            if tag == "ol" and self.starts:
                self.starts.pop()
            if last := [at for at, (name, _said) in enumerate(self.spoken) if name == tag][-1:]:
                del self.spoken[last[0] :]
            if tag in self.around:
                del self.around[len(self.around) - 1 - self.around[::-1].index(tag) :]
        elif tag == "table":
            self.flush()
        elif tag in CELLS:
            self.table.append(self.cell() + f"</{tag}>")

    def cell(self) -> str:
        """The HTML of the table's words since its last tag; a new piece begins, but for lines and text."""
        piece = self.pieces[-1].close()
        html, piece.html = "".join(piece.html), []
        piece.text.append(" ")
        return tidy(html)

    def enter(self, tag: str) -> None:
        """Remembers an element that decides what its text is, and ends those that cannot hold it."""
        while self.around and self.around[-1] in HEADINGS:
            self.around.pop()
        if tag == "li" and self.around[-1:] == ["li"]:
            self.around.pop()
        if tag in CONTEXT and len(self.around) < DEEPEST_CONTEXT:
            self.around.append(tag)
        self.fresh_item = self.fresh_item or tag == "li"

    def flush(self) -> None:
        """Ends the block being read."""
        if self.table is not None:
            html, piece = "".join(self.table) + self.cell() + "</table>", self.pieces[-1]
            if piece.words:
                self.blocks.append(Block(TABLE, piece.words, html, tuple(sorted(piece.lines)), note=_old_links(html)))
        elif any(piece.words for piece in self.pieces):
            kind = next((KINDS[tag] for tag in reversed(self.around) if tag in KINDS), PARAGRAPH)
            for pieces in _groups(self.pieces, kind, self.alone):
                self.block(kind, pieces)
        self.table, self.pieces = None, [_Piece()]

    def block(self, kind: str, pieces: list[_Piece]) -> None:
        html = "<br>".join(tidy("".join(piece.close().html)) for piece in pieces)
        text = " ".join(piece.words for piece in pieces)
        made = Block(
            kind,
            text,
            html,
            tuple(sorted(set[int]().union(*(piece.lines for piece in pieces)))),
            note=_old_links(html),
        )
        lists = [tag for tag in self.around if tag in ("ul", "ol")]
        last = self.blocks[-1] if self.blocks else None
        if kind == HEADING:
            level = int(next(tag for tag in reversed(self.around) if tag in HEADINGS)[1])
            made = replace(made, level=level, html=re.sub(r"</?(strong|br)\b[^>]*>", " ", html).strip())
        elif kind == ITEM:
            ordered = lists[-1:] == ["ol"]
            mark = self.starts[-1] if ordered and self.starts and self.fresh_item else ""
            made = replace(made, level=max(0, len(lists) - 1), ordered=ordered, mark=mark)
            self.starts[-1:] = [""] if mark else self.starts[-1:]
        elif kind == PARAGRAPH and (item := word_processors.item(made, self.of_word)):
            self.fresh_item, made = True, item
        else:
            made = replace(
                made,
                may_head=re.fullmatch("<strong>[^<]*</strong>", html) is not None and is_title_like(text),
            )
        if spoken := next((marks for _tag, marks in reversed(self.spoken) if marks), ""):
            made = replace(made, html=f"<span{spoken}>{made.html}</span>")
        if kind == ITEM and not self.fresh_item and last and last.kind == ITEM and last.level == made.level:
            self.blocks[-1] = replace(
                last,
                text=f"{last.text} {text}",
                html=f"{last.html}<br>{made.html}",
                lines=tuple(sorted({*last.lines, *made.lines})),
            )
        else:
            self.blocks.append(made)
        self.fresh_item = False


def _groups(pieces: Iterable[_Piece], kind: str, alone: Callable[[str], bool]) -> Iterable[list[_Piece]]:
    """Pieces that make one block: two line breaks part paragraphs, and so does a line that stands alone."""
    worded = [piece for piece in pieces if piece.words]
    if kind in (HEADING, ITEM) or alone(" ".join(piece.words for piece in worded)):
        return [worded]
    groups: list[list[_Piece]] = [[]]
    for piece in pieces:
        if not piece.words:
            groups.append([])
        elif alone(piece.words) or word_processors.BULLET.match(piece.words):
            groups += [[piece], []]
        else:
            groups[-1].append(piece)
    return [group for group in groups if group]


def _old_links(html: str) -> str:
    """A note on links that were addresses within the old site."""
    links = re.findall(r'<a href="(?!https?:|mailto:|tel:)([^"]*)"', html, re.IGNORECASE)
    return f"links to {', '.join(links)} on the old site. Check them" if links else ""


class LayoutTables(HTMLParser):
    """Finds the tables that laid out a page instead of holding figures."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[tuple[int, int]] = []
        self.found: set[tuple[int, int]] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in LAYOUT and self.open:
            self.found.add(self.open[-1])
        if tag == "table":
            self.open.append(self.getpos())

    def handle_endtag(self, tag: str) -> None:
        if tag == "table" and self.open:
            self.open.pop()


def layout_tables(html: str) -> set[tuple[int, int]]:
    """Line and column of each table whose cells are to be read as text."""
    finder = LayoutTables()
    finder.feed(html)
    finder.close()
    return finder.found
