"""Stored HTML as page HTML: heading ids, pictures with their credit, references and glossary terms that open in place,
and the boxes of key points, which come first, of risks and of questions to ask.

One pass inserts pieces between the tokens of already clean HTML; the sanitizer comes last, and the project's only
`mark_safe` stands behind it. What does not depend on the pictures (`page_text`) can be kept.
"""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import sha256
from html import escape
from html.parser import HTMLParser
from string import ascii_lowercase

from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify

from articles.numbers import positive
from articles.richtext import text
from articles.richtext.languages import ENGLISH
from articles.richtext.policy import CALLOUTS, callout_of
from articles.richtext.sanitizer import clean_drawing, clean_page

IN_WORDS, TRANSCRIPT = "The picture in words", "Transcript"
PLACEHOLDER = '<p class="placeholder">A picture isn’t shown here: its credit is incomplete.</p>'
BLOCKS = ("<aside ", '<section class="question">', "<dl>", "<details>")
VOID = frozenset({"br", "hr", "img"})
HEADINGS = frozenset({"h2", "h3", "h4"})
NO_CITATIONS_IN = frozenset({"a", "code", *HEADINGS})
LISTS_ONLY = ("key", "ask")  # boxes that end with their first list
LEAD = -1  # stands for the lead picture among the ids of pictures
BACK = ascii_lowercase  # letters of the links from a reference to where it is cited; none for the 27th place
NO_TERMS_IN = frozenset({*NO_CITATIONS_IN, "figcaption", "caption", "th", "dt", "strong"})


@dataclass(frozen=True)
class Heading:
    """One heading of the text; `id` is its anchor on the page, `lang` the language it is in if that is another."""

    id: str
    level: int
    text: str
    lang: str = ""


@dataclass(frozen=True)
class RenderedBody:
    """`terms` are the keys of the terms that were marked, in order; `has_signs` says whether `#signs` is there."""

    html: SafeString
    headings: list[Heading]
    terms: list[str] = field(default_factory=list)
    has_signs: bool = False


@dataclass(frozen=True)
class Drawn:
    """A labeled drawing: its SVG as it was taken in, and the trusted HTML below it, with the drawing in words."""

    svg: str
    below: str

    def html(self) -> str:
        svg = clean_drawing(self.svg)
        return (f'<div class="panels">{svg}</div>' if svg else "") + clean_page(self.below)


@dataclass(frozen=True)
class PageText:
    """A text as page HTML but for its pictures and drawings, to be kept: `pieces` are what stands before, between and
    behind them, `pictures` and `drawings` their ids, one of each for each gap, 0 for the other kind; `is_flat` says
    that each stands by itself, in no quotation, list or link. `cited` says how often each reference is cited. The rest
    is as in `RenderedBody`.
    """

    pieces: list[str]
    pictures: list[int]
    is_flat: bool
    headings: list[Heading]
    terms: list[str]
    has_signs: bool
    drawings: list[int]
    cited: list[int]

    @property
    def has_blocks(self) -> bool:
        """Whether it holds what a sheet of its own styles: callouts, questions, definitions, long descriptions."""
        return any(tag in piece for piece in self.pieces for tag in BLOCKS)

    def with_figures(
        self, figures: Mapping[int, str], drawn: Mapping[int, Drawn] | None = None, lead: str = ""
    ) -> RenderedBody:
        """The text as readers get it; `figures` as in `page_html`, `lead` the whole figure of the lead picture. A
        drawing within a quotation, list or link is shown in its words alone, and so is one that is in `drawn` without
        SVG.
        """
        shown = {picture: clean_page(figures.get(picture) or PLACEHOLDER) for picture in {*self.pictures}}
        shown[LEAD] = clean_page(lead)
        drawings = {pk: drawing.html() for pk, drawing in (drawn or {}).items()}
        parts = [self.pieces[0]]
        for picture, drawing, piece in zip(self.pictures, self.drawings, self.pieces[1:], strict=True):
            parts += (drawings.get(drawing, "") if drawing else shown[picture], piece)
        html = "".join(parts)
        # What is clean by itself is clean beside other clean text; a credit's link inside a link is not.
        safe = mark_safe(html if self.is_flat else clean_page(html))
        return RenderedBody(safe, self.headings, self.terms, self.has_signs)


def page_html(
    html: str,
    *,
    figures: Mapping[int, str],
    references: int,
    terms: Mapping[str, str] | None = None,
    in_place: bool = False,
) -> RenderedBody:
    """The text as readers get it.

    `figures` maps a picture's id to the trusted inner HTML of its figure; a picture that is not in it, and any raw
    `<img>`, becomes a labeled placeholder. The rest as in `page_text`.
    """
    text_of_page = page_text(html, references=references, terms=terms, in_place=in_place)
    return text_of_page.with_figures(figures)


def page_text(
    html: str, *, references: int, terms: Mapping[str, str] | None = None, in_place: bool = False
) -> PageText:
    """All of the text that does not depend on its pictures.

    `[n]` leads to reference n, from 1 to `references`: by a link to `#ref-n`, or, where the page opens things
    `in_place`, by a button for the popover `cite-n`; there its first mention is `#rna`, its second `#rnb` and so on,
    and the lead picture has its gap behind the first paragraph. `terms` maps names to keys: the first mention of each
    key gets a button for the popover `term-KEY`; an abbreviation is one in capitals only (“tens of thousands” are no
    TENS). Key points come first, wherever they were written. The first words that send a reader to get help stand
    under the anchor `signs`.
    """
    writer = _PageWriter(html, references, terms or {}, in_place=in_place)
    parts = re.split(rf"{writer.gap}(-?\d+)/(\d+);", clean_page(writer.html()))
    return PageText(
        pieces=parts[::3],
        pictures=[*map(int, parts[1::3])],
        is_flat=writer.is_flat,
        headings=writer.headings,
        terms=list(writer.marked),
        has_signs=writer.has_signs,
        drawings=[*map(int, parts[2::3])],
        cited=[writer.cited[number] for number in range(1, references + 1)],
    )


@lru_cache(maxsize=8)
def _names(names: tuple[str, ...]) -> re.Pattern[str]:
    longest_first = sorted(names, key=len, reverse=True)
    return re.compile(rf"(?<![\w-])({'|'.join(map(re.escape, longest_first))})(?![\w-])", re.IGNORECASE)


class _PageWriter(HTMLParser):
    def __init__(
        self,
        html: str,
        references: int,
        terms: Mapping[str, str],
        *,
        in_place: bool,
    ) -> None:
        super().__init__(convert_charrefs=True)
        # Words that stand where a picture will, and nowhere else: no text contains its own digest.
        self.gap = f"picture-{sha256(html.encode()).hexdigest()}"
        self.is_flat = True
        self.headings: list[Heading] = []
        self.marked: dict[str, None] = {}
        self.cited: Counter[int] = Counter()
        self.has_signs = False
        self._references, self._in_place = references, in_place
        self._has_lead = not in_place  # or whether its gap is there
        self._abbreviations = {name: key for name, key in terms.items() if name.isupper()}
        self._terms = {name.lower(): key for name, key in terms.items() if not name.isupper()}
        self._names = _names((*self._terms, *self._abbreviations)) if terms else None
        self._titles = iter(text.headings(html))
        self._out: list[str] = []
        self._open: list[str] = []
        self._words_are = IN_WORDS  # what the words below the latest figure are
        self._figures: list[int] = []  # the drawing of each figure that is open, 0 for a picture's
        self._callouts: list[str] = []  # the tag that each open `aside` has on the page
        self._foreign: list[bool] = []  # for each that is open: whether it says that it is in another language
        self._block = 0  # where in `_out` the latest heading or paragraph begins
        self._box_level, self._box_kind, self._box_start = 0, "", 0
        self._box_end = 0  # where in `_out` a box of risks ends if nothing more of it follows; 0 before its first list
        self._key_points: list[str] = []
        self._ids: dict[str, int] = {"signs": 1}  # anchors that are taken, and how often each was wanted
        self.feed(html)
        self.close()

    def html(self) -> str:
        if self._box_level:
            self._end_box()
        lead = "" if self._has_lead else f"{self.gap}{LEAD}/0;"  # a text without a paragraph of its own
        return "".join((*self._key_points, lead, *self._out))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "img":
            self._out.append(PLACEHOLDER)
            return
        if tag not in VOID:
            self._open.append(tag)
            self._foreign.append(given.get("lang", ENGLISH).partition("-")[0] != ENGLISH)
        kept = "".join(f' {name}="{escape(value)}"' for name, value in given.items())
        if tag in HEADINGS:
            self._start_heading(tag, kept, given.get("lang", ""))
        elif tag == "figure":
            self._start_figure(given)
        elif tag == "aside":
            self._start_callout(callout_of(given.get("class")))
        elif tag == "details":
            self._out.append(f"<details><summary>{self._words_are}</summary>" if self._figures else "<div>")
        elif tag == "table":
            self._out.append('<div class="table" tabindex="0" role="region" aria-label="Table"><table>')
        elif tag == "p":
            self._block = len(self._out)
            self._out.append(f"<p{kept}>")
        else:
            self._out.append(f"<{tag}{kept}>")

    def _start_heading(self, tag: str, kept: str, lang: str) -> None:
        level, words = next(self._titles, (int(tag[1]), ""))
        if len(self._open) == 1:
            if self._box_level and level <= self._box_level:
                self._end_box()
            self._box_end = 0  # a part below it belongs to the box
        if (kind := text.box_of(words)) and not self._box_level and len(self._open) == 1:
            self._box_level, self._box_kind, self._box_start = level, kind, len(self._out)
            self._out.append(f'<section class="box {kind}">')
        is_sign = not self.has_signs and bool(text.HELP_AT_ONCE.search(words))
        heading = Heading("signs" if is_sign else self._free_id(words), level, words, lang)
        self.has_signs = self.has_signs or is_sign
        self.headings.append(heading)
        self._out.append(f'<{tag} id="{heading.id}"{kept}>')

    def _start_callout(self, kind: str) -> None:
        """A question is a part of the page; anything else a box with its label, in which an emergency is a sign."""
        self._callouts.append("section" if kind == "question" else "aside")
        if kind == "question":
            self._out.append('<section class="question">')
            return
        anchor = '<a id="signs"></a>' if kind == "emergency" and not self.has_signs else ""
        self.has_signs = self.has_signs or bool(anchor)
        self._out.append(f'<aside class="box {kind}-box" role="note"><p class="label">{CALLOUTS[kind]}{anchor}</p>')

    def _end_box(self) -> None:
        if self._box_end:
            self._out[self._box_end] = "</section>"
        else:
            self._out.append("</section>")
        self._box_level = self._box_end = 0
        if self._box_kind == "key" and not self._key_points:
            self._key_points = self._out[self._box_start :]
            del self._out[self._box_start :]

    def _free_id(self, words: str) -> str:
        stem = "s-" + (slugify(words)[:60] or "part")
        name = stem
        while name in self._ids:
            self._ids[stem] += 1
            name = f"{stem}-{self._ids[stem]}"
        self._ids[name] = 1
        return name

    def _start_figure(self, given: Mapping[str, str]) -> None:
        """A picture stands above its caption, a drawing below its title."""
        drawing = positive(given.get("data-drawing", ""))
        self._figures.append(drawing)
        self.is_flat = self.is_flat and len(self._open) == 1
        self._words_are = TRANSCRIPT if "data-media" in given else IN_WORDS
        self._out.append(f'<figure class="{"figure" if drawing else "picture"}">')
        if not drawing:
            self._leave_gap(picture=positive(given.get("data-picture", "")))

    def _leave_gap(self, *, picture: int = 0, drawing: int = 0) -> None:
        self._out.append(f"{self.gap}{picture}/{drawing};")

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        if tag in self._open:
            last = len(self._open) - 1 - self._open[::-1].index(tag)
            del self._open[last], self._foreign[last]
        if tag == "figure" and self._figures and (drawing := self._figures.pop()):
            self._leave_gap(drawing=drawing)
        self._out.append(self._end(tag))
        if tag == "p" and not (self._has_lead or self._open or self._box_level):
            self._leave_gap(picture=LEAD)
            self._has_lead = True
        if self._box_level and not self._open:
            self._note_end_of_box(tag)

    def _end(self, tag: str) -> str:
        if tag == "table":
            return "</table></div>"
        if tag == "aside" and self._callouts:
            return f"</{self._callouts.pop()}>"
        return "</div>" if tag == "details" and not self._figures else f"</{tag}>"

    def _note_end_of_box(self, tag: str) -> None:
        """Key points and questions end with their list; risks with their last list or table, or a call for help
        behind it. Without one they go on to the next heading.
        """
        if self._box_kind in LISTS_ONLY:
            if tag in ("ul", "ol"):
                self._end_box()
        elif tag in text.LISTS or (tag == "p" and self._box_end and 'class="now"' in self._out[self._block]):
            self._box_end = len(self._out)
            self._out.append("")

    def handle_data(self, data: str) -> None:
        self._note_signs(data)
        names = None if NO_TERMS_IN & set(self._open) or any(self._foreign) else self._names
        at = 0
        for match in names.finditer(data) if names else ():
            key = self._terms.get(match[0].lower()) or self._abbreviations.get(match[0], "")
            if not key or key in self.marked:
                continue
            self.marked[key] = None
            self._out.append(self._text(data[at : match.start()]))
            self._out.append(self._term(match[0], key))
            at = match.end()
        self._out.append(self._text(data[at:]))

    @staticmethod
    def _term(words: str, key: str) -> str:
        """The words stand beside their button, not in it: reader modes leave out buttons with all that they hold."""
        meaning = escape(f"What “{words}” means")
        button = f'<button popovertarget="term-{escape(key)}" aria-label="{meaning}"></button>'
        return f'<span class="term">{escape(words, quote=False)}{button}</span>'

    def _note_signs(self, data: str) -> None:
        """Gives the paragraph that first sends a reader to get help its anchor; among risks it has a frame."""
        if self._open[:1] != ["p"] or not text.HELP_AT_ONCE.search(data):
            return
        if self._box_level and self._box_kind == "risk" and " class=" not in self._out[self._block]:
            self._out[self._block] = self._out[self._block].replace("<p", '<p class="now"', 1)
        if not self.has_signs:
            self._out[self._block] += '<a id="signs"></a>'
            self.has_signs = True

    def _text(self, data: str) -> str:
        safe = escape(data, quote=False)
        return safe if NO_CITATIONS_IN & set(self._open) else text.CITATION.sub(self._citation, safe)

    def _citation(self, match: re.Match[str]) -> str:
        cited = text.numbers(match[1])
        if not cited or not all(1 <= number <= self._references for number in cited):
            return match[0]
        return f"<sup>{', '.join(map(self._cited, cited))}</sup>"

    def _cited(self, number: int) -> str:
        title = f"Reference {number}"
        if self._in_place:
            self.cited[number] += 1
            letter = BACK[self.cited[number] - 1 : self.cited[number]]
            anchor = f' id="r{number}{letter}"' if letter else ""
            return f'<button{anchor} popovertarget="cite-{number}" aria-label="{title}">{number}</button>'
        return f'<a href="#ref-{number}" title="{title}">{number}</a>'
