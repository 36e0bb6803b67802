"""What stored HTML says as text: search text, headings, citations, pictures, links."""

import re
from dataclasses import dataclass
from functools import cached_property
from html.parser import HTMLParser

from articles.numbers import positive

_BLOCKS = frozenset(
    [
        "p",
        "h2",
        "h3",
        "h4",
        "ul",
        "ol",
        "li",
        "blockquote",
        "table",
        "caption",
        "tr",
        "td",
        "th",
        "figure",
        "figcaption",
        "details",
        "aside",
        "dl",
        "dt",
        "dd",
        "hr",
        "br",
    ]
)
LISTS = frozenset({"ul", "ol", "dl", "table"})  # what lists risks: their box ends with the last of them
CITATION = re.compile(r"\[(\d{1,3}(?:\s*[,–-]\s*\d{1,3})*)\]")
# XML 1.0 has no place for these, HTML none, and no reader sees them.
UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
WORDS_A_MINUTE = 200
_RISKS = re.compile(
    r"\b(risks?|side effects?|harms?|dangers?|complications?|warnings?|when to be careful|what can go wrong|safety)\b",
    re.I,
)
_BENEFITS = re.compile(
    r"\b(benefits?|advantages?|what it can do|how (much|well) (it|they) helps?|what helps|effectiveness)\b", re.I
)

# What a passage is: a block that a reader can point at, by its number.
PASSAGES = frozenset({"p", "li", "dt", "dd", "blockquote", "h2", "h3", "h4", "caption", "td", "th", "figcaption"})
_CLOSED = re.compile(
    r"(?:^|[,;:–—]\s*|\bor\s+)(?:and |so |then )?(am|are|aren't|can|could|did|didn't|do|does|doesn't|don't|had|has|"
    r"have|haven't|is|isn't|may|might|must|shall|should|was|were|will|would|wouldn't)\b",
    re.I,
)
_OPEN = re.compile(r"^(who|whom|whose|what|which|how|why|where|when)\b(?![^,]*,)", re.I)


_KEY_POINTS = re.compile(r"^(key points?|in short|at a glance|the short version)\b", re.I)
_QUESTIONS = re.compile(r"^(what|questions?) to ask\b|^questions? (for|to bring|to take) ", re.I)
# Sentences that send a reader to get help, as articles word them; what they list are the signs.
HELP_AT_ONCE = re.compile(
    r"\b((get|seek|call for) help at once|call (the|your|an) (local )?emergency number|is an emergency"
    r"|see a doctor the same day|when to (get|seek) help)\b",
    re.I,
)
CRISIS = re.compile(r"\b(suicid\w+|end(ing)? your life|tak(e|ing) your own life)\b", re.I)


class Text(HTMLParser):
    """Stored HTML, read once for all that may be asked about it."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self._parts: list[str] = []
        self.headings: list[tuple[int, str]] = []
        self.pictures: list[int] = []
        self.drawings: list[int] = []
        self.images: list[str] = []
        self._passages: list[tuple[str, list[str]]] = []
        self.links: list[tuple[str, str]] = []
        self._heading: list[str] | None = None
        self._link: tuple[str, list[str]] | None = None
        self.feed(html.replace("<![", "&lt;!["))  # html.parser refuses unknown marked sections
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag in _BLOCKS:
            self._parts.append("\n")
        if tag in PASSAGES:
            self._passages.append((tag, []))
        if tag in ("h2", "h3", "h4"):
            self._heading = []
        elif tag == "figure" and (picture := positive(given.get("data-picture"))):
            self.pictures.append(picture)
        elif tag == "figure" and (drawing := positive(given.get("data-drawing"))):
            self.drawings.append(drawing)
        elif tag == "img":
            self.images.append(given.get("src") or "")
        elif tag == "a":
            self._link = (given.get("href") or "", [])

    def handle_endtag(self, tag: str) -> None:
        if tag in _BLOCKS:
            self._parts.append("\n")
        if tag in ("h2", "h3", "h4") and self._heading is not None:
            self.headings.append((int(tag[1]), " ".join("".join(self._heading).split())))
            self._heading = None
        elif tag == "a" and self._link is not None:
            self.links.append((self._link[0], " ".join("".join(self._link[1]).split())))
            self._link = None

    def handle_data(self, data: str) -> None:
        self._parts.append(data)
        if self._passages:
            self._passages[-1][1].append(data)
        for open_part in (self._heading, self._link[1] if self._link else None):
            if open_part is not None:
                open_part.append(data)

    @cached_property
    def plain(self) -> str:
        """The words, one block a line."""
        lines = (" ".join(line.split()) for line in "".join(self._parts).split("\n"))
        return "\n".join(line for line in lines if line)

    @property
    def picture_ids(self) -> list[int]:
        """Library ids of the pictures in the text, in order, each once."""
        return list(dict.fromkeys(self.pictures))

    @property
    def drawing_ids(self) -> list[int]:
        """Ids of the labeled drawings in the text, in order, each once."""
        return list(dict.fromkeys(self.drawings))

    @property
    def citations(self) -> set[int]:
        """Every number cited as [1], [2,3] or [4-6]."""
        return {number for match in CITATION.finditer(self.plain) for number in numbers(match[1])}

    @property
    def passages(self) -> list[str]:
        """The words of every passage, the first at 0; some may be empty."""
        return [words for _tag, words in self.tagged_passages]

    @property
    def tagged_passages(self) -> list[tuple[str, str]]:
        """The same, each behind its tag."""
        return [(tag, " ".join("".join(words).split())) for tag, words in self._passages]


def plain_text(html: str) -> str:
    """The words, one block a line."""
    return Text(html).plain


def reading_minutes(words: str) -> int:
    """Whole minutes of plain text at 200 words each, one at least."""
    return max(1, round(len(words.split()) / WORDS_A_MINUTE))


def headings(html: str) -> list[tuple[int, str]]:
    return Text(html).headings


_HEADING = re.compile(r"<h([2-4])\b[^>]*>(.*?)</h\1>", re.DOTALL)


def sections(html: str) -> list[tuple[str, str]]:
    """The words before the first heading of clean HTML, then each heading with the words up to the next one."""
    found = [(" ".join(plain_text(match[2]).split()), match.start(), match.end()) for match in _HEADING.finditer(html)]
    ends = [start for _heading, start, _end in found] + [len(html)]
    begins = [("", 0), *((heading, end) for heading, _start, end in found)]
    return [(heading, plain_text(html[begin:end])) for (heading, begin), end in zip(begins, ends, strict=True)]


def picture_ids(html: str) -> list[int]:
    """Library ids of the pictures in the text, in order, each once."""
    return Text(html).picture_ids if "data-picture" in html.lower() else []


def raw_images(html: str) -> list[str]:
    """Addresses of pictures that were pasted instead of chosen from the library."""
    return Text(html).images


def links(html: str) -> list[tuple[str, str]]:
    return Text(html).links


_FIGURE = re.compile(r'<figure\b[^>]* data-picture="(\d+)"[^>]*>(.*?)</figure>', re.DOTALL)
_MEDIUM = re.compile(r'<figure\b[^>]* data-media="(\w+)"[^>]*>(.*?)</figure>', re.DOTALL)
_DETAILS = re.compile(r"<details>.*?</details>", re.DOTALL)
_ANY_FIGURE = re.compile(r'<figure\b[^>]* data-(?:picture|drawing)="\d+"[^>]*>.*?</figure>', re.DOTALL)


def captions(html: str) -> dict[int, str]:
    """The caption of each picture of the library that stands in clean HTML, by its id."""
    return {int(figure[1]): plain_text(_DETAILS.sub("", figure[2])) for figure in _FIGURE.finditer(html)}


@dataclass(frozen=True)
class Medium:
    """A video or a recording that clean HTML links to: `kind` is "video" or "audio", `transcript` its words."""

    kind: str
    caption: str
    is_linked: bool
    transcript: str


def media(html: str) -> list[Medium]:
    found = []
    for kind, inner in _MEDIUM.findall(html):
        caption = _DETAILS.sub("", inner)
        transcript = plain_text("".join(_DETAILS.findall(inner)))
        found.append(Medium(kind, plain_text(caption), "<a href=" in caption, transcript))
    return found


def parts(html: str) -> list[tuple[str, str]]:
    """Each heading of clean HTML with the words below it, up to the next that is not under it.

    A picture or drawing below it counts as a word.
    """
    found = list(_HEADING.finditer(html))
    ends = [
        next((after.start() for after in found[place + 1 :] if after[1] <= heading[1]), len(html))
        for place, heading in enumerate(found)
    ]
    return [
        (" ".join(plain_text(heading[2]).split()), _words_below(html[heading.end() : end]))
        for heading, end in zip(found, ends, strict=True)
    ]


def _words_below(html: str) -> str:
    return plain_text(_ANY_FIGURE.sub("[picture] ", _HEADING.sub("", html)))


def numbers(marker: str) -> list[int]:
    """The numbers that a marker such as "1, 3-5" names."""
    numbers: list[int] = []
    for part in marker.split(","):
        first, _dash, last = re.sub(r"\s", "", part).replace("–", "-").partition("-")
        numbers += range(int(first), int(last or first) + 1)
    return numbers


def is_about_risks(heading: str) -> bool:
    return bool(_RISKS.search(heading))


def is_about_benefits(heading: str) -> bool:
    return bool(_BENEFITS.search(heading))


def box_of(heading: str) -> str:
    """The kind of box that a part with this heading stands in: "risk", "key", "ask", or "" for none."""
    kinds = {"key": _KEY_POINTS.search(heading), "ask": _QUESTIONS.search(heading), "risk": is_about_risks(heading)}
    return next((kind for kind, present in kinds.items() if present), "")


def on_one_line(words: str) -> str:
    """Words for a header: control characters and runs of white space are one blank each."""
    return " ".join(CONTROL.sub(" ", words).split())


def passages(html: str) -> list[str]:
    return Text(html).passages


def tagged_passages(html: str) -> list[tuple[str, str]]:
    return Text(html).tagged_passages


def is_yes_or_no(question: str) -> bool:
    """Whether yes, no or not sure answers a question: "Would you …?", "When it hurts, do you …?", not "Which …?"."""
    asked = re.split(r"(?<=[.!?])\s+", question.strip().replace("’", "'"))[-1]
    return asked.endswith("?") and not _OPEN.match(asked) and bool(_CLOSED.search(asked))
