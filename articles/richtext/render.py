"""Stored HTML as page HTML: heading ids, pictures with their credit, links to references, risks that stand out.

One pass inserts pieces between the tokens of already clean HTML; the sanitiser comes last, and the project's only
`mark_safe` stands behind it.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from html.parser import HTMLParser

from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify

from articles.richtext import text
from articles.richtext.sanitizer import clean_page

PLACEHOLDER = '<p class="placeholder">A picture is not shown here: its credit is not complete.</p>'
VOID = frozenset({"br", "hr", "img"})
HEADINGS = frozenset({"h2", "h3", "h4"})
NO_CITATIONS_IN = frozenset({"a", "code", *HEADINGS})


@dataclass(frozen=True)
class Heading:
    """One heading of the text; `id` is its anchor on the page."""

    id: str
    level: int
    text: str


@dataclass(frozen=True)
class RenderedBody:
    html: SafeString
    headings: list[Heading]


def page_html(html: str, *, figures: Mapping[int, str], references: int, report: str = "") -> RenderedBody:
    """The text as readers get it.

    `figures` maps a picture's id to the trusted inner HTML of its figure; a picture that is not in it, and any raw
    `<img>`, becomes a labelled placeholder. `[n]` links to `#ref-n` for n from 1 to `references`.
    With `report`, the beginning of an address, every paragraph n has the anchor `#pn` and ends with a quiet link to
    that address and its number (`text.passages`), by which a reader reports it.
    """
    writer = _PageWriter(html, figures, references, report)
    return RenderedBody(mark_safe(clean_page(writer.html())), writer.headings)


class _PageWriter(HTMLParser):
    def __init__(self, html: str, figures: Mapping[int, str], references: int, report: str) -> None:
        super().__init__(convert_charrefs=True)
        self.headings: list[Heading] = []
        self._figures, self._references, self._report = figures, references, report
        self._passage = 0
        self._paragraphs: list[int] = []  # numbers of the open ones
        self._titles = iter(text.headings(html))
        self._out: list[str] = []
        self._open: list[str] = []
        self._care_level = 0
        self._ids: dict[str, int] = {}  # anchors that are taken, and how often each was wanted
        self.feed(html)
        self.close()

    def html(self) -> str:
        return "".join(self._out) + ("</section>" if self._care_level else "")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "img":
            self._out.append(PLACEHOLDER)
            return
        if tag not in VOID:
            self._open.append(tag)
        self._passage += tag in text.PASSAGES
        if tag in HEADINGS:
            self._start_heading(tag)
        elif tag == "figure":
            self._start_figure(given.get("data-picture", ""))
        elif tag == "table":
            self._out.append('<div class="table" tabindex="0" role="region" aria-label="Table"><table>')
        elif tag == "p" and self._report:
            self._paragraphs.append(self._passage)
            self._out.append(f'<p id="p{self._passage}">')
        else:
            kept = "".join(f' {name}="{escape(value)}"' for name, value in given.items())
            self._out.append(f"<{tag}{kept}>")

    def _start_heading(self, tag: str) -> None:
        level, words = next(self._titles, (int(tag[1]), ""))
        if self._care_level and level <= self._care_level:
            self._out.append("</section>")
            self._care_level = 0
        if text.is_about_risks(words) and not self._care_level and len(self._open) == 1:
            self._out.append('<section class="care">')
            self._care_level = level
        heading = Heading(self._free_id(words), level, words)
        self.headings.append(heading)
        self._out.append(f'<{tag} id="{heading.id}">')

    def _free_id(self, words: str) -> str:
        stem = "s-" + (slugify(words)[:60] or "part")
        name = stem
        while name in self._ids:
            self._ids[stem] += 1
            name = f"{stem}-{self._ids[stem]}"
        self._ids[name] = 1
        return name

    def _start_figure(self, picture: str) -> None:
        inner = self._figures.get(int(picture)) if picture.isdigit() else None
        self._out.append(f'<figure class="picture">{inner or PLACEHOLDER}')

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        if tag in self._open:
            self._open.reverse()
            self._open.remove(tag)
            self._open.reverse()
        if tag == "p" and self._paragraphs:
            number = self._paragraphs.pop()
            self._out.append(f'<a class="r" href="{escape(self._report)}{number}">Report passage {number}</a>')
        self._out.append(f"</{tag}></div>" if tag == "table" else f"</{tag}>")

    def handle_data(self, data: str) -> None:
        safe = escape(data, quote=False)
        self._out.append(safe if NO_CITATIONS_IN & set(self._open) else text.CITATION.sub(self._citation, safe))

    def _citation(self, match: re.Match[str]) -> str:
        cited = text.numbers(match[1])
        if not cited or not all(1 <= number <= self._references for number in cited):
            return match[0]
        links = ", ".join(f'<a href="#ref-{number}" title="Reference {number}">{number}</a>' for number in cited)
        return f"<sup>{links}</sup>"
