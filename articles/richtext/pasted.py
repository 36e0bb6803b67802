"""Pictures pasted as raw `<img>`: what their addresses hold, and how a picture of the library takes their place."""

import base64
import binascii
from dataclasses import dataclass
from html import escape
from html.parser import HTMLParser
from urllib.parse import unquote_to_bytes

VOID = frozenset({"br", "hr", "img"})
# A figure may stand inside these; every other element is closed before it and opened again behind it.
HOLDS_FIGURES = frozenset({"li", "td", "th", "blockquote", "figcaption"})


def data_of(source: str) -> bytes | None:
    """The bytes that a `data:` address holds (RFC 2397); None for another address, or one that is broken."""
    head, comma, rest = source.strip().partition(",")
    if not comma or not head.lower().startswith("data:"):
        return None
    raw = unquote_to_bytes(rest)
    if not head.lower().endswith(";base64"):
        return raw
    try:
        return base64.b64decode(b"".join(raw.split()), validate=True)
    except binascii.Error:
        return None


def in_place_of(html: str, source: str, picture: int) -> str:
    """The text with `<figure data-picture>` where an `<img>` from an address stood, everywhere it stood.

    A paragraph is closed before the figure and goes on behind it; a raw figure around the `<img>` keeps its caption.
    """
    writer = _Writer(source, picture)
    writer.feed(html)
    writer.close()
    return "".join(writer.out)


@dataclass
class _Element:
    """An open element: its name, its tag as written, where that stands in `out`, whether a picture was cut from it."""

    name: str
    written: str
    place: int
    is_cut: bool = False


class _Writer(HTMLParser):
    """Copies the text; `out` is a list of pieces, in which an opening tag is a piece of its own."""

    def __init__(self, source: str, picture: int) -> None:
        super().__init__(convert_charrefs=False)
        self.out: list[str] = []
        self._open: list[_Element] = []
        self._source = source
        self._figure = f'<figure data-picture="{picture}">'

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        written = self.get_starttag_text() or ""
        if tag == "img" and (dict(attrs).get("src") or "") == self._source:
            self._put_figure()
        elif tag in VOID:
            self.out.append(written)
        else:
            self._begin(tag, written)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def _begin(self, tag: str, written: str, *, is_cut: bool = False) -> None:
        self._open.append(_Element(tag, written, len(self.out), is_cut))
        self.out.append(written)

    def _put_figure(self) -> None:
        if self._open and self._open[-1].written == "<figure>":
            self.out[self._open[-1].place] = self._open[-1].written = self._figure
            return
        closed = []
        while self._open and self._open[-1].name not in HOLDS_FIGURES:
            self._open[-1].is_cut = True
            closed.append(self._open[-1])
            self._end()
        self.out.append(f"{self._figure}<figcaption></figcaption></figure>")
        for element in reversed(closed):
            self._begin(element.name, element.written, is_cut=True)

    def handle_endtag(self, tag: str) -> None:
        if tag in [element.name for element in self._open]:
            while self._end() != tag:
                pass

    def _end(self) -> str:
        """Ends the innermost element; one that a cut left empty goes altogether."""
        element = self._open.pop()
        if element.is_cut and not "".join(self.out[element.place + 1 :]).strip():
            del self.out[element.place :]
        else:
            self.out.append(f"</{element.name}>")
        return element.name

    def handle_data(self, data: str) -> None:
        self.out.append(escape(data, quote=False) if "<" in data or ">" in data else data)

    def handle_entityref(self, name: str) -> None:
        self.out.append(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self.out.append(f"&#{name};")
