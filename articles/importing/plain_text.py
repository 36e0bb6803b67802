"""The text of an old post, as it was copied from its page -> blocks that know their lines. How bytes become text is
in `decoding`; what is title, credit line or page boilerplate is decided in `classification`."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from html import escape

from articles.importing.blocks import HEADING, ITEM, PARAGRAPH, QUOTE, RULE, Block, is_blank, tidy
from articles.importing.decoding import decode

__all__ = ["decode", "is_empty", "is_title_like", "parse"]

BULLET = re.compile(r"(?P<indent>\s*)(?:[•◦‣·▪■●○]|[-*–](?=\s|$))\s*(?P<words>.*)")
NUMBER = re.compile(r"(?P<indent>\s*)(?P<mark>\(?(?P<number>\d{1,3})[.)])\s+(?P<words>.*)")
SEPARATOR = re.compile(r"\s*([-*_=~·•–—])(\s*\1){2,}\s*")
UNDERLINE = re.compile(r"\s*(=|-){3,}\s*")
MARKED_HEADING = re.compile(r"\s{0,3}(?P<level>#{1,4})\s+(?P<words>.*?[^\s#].*?)(\s+#+)?\s*")
QUOTED = re.compile(r"\s*(?:>(?=[\s>]|$)\s*)+(?P<words>.*)")
COMPARISON = re.compile(r"[\d=.]")  # “> 50 mg” is a dose and no quotation
ENDED = re.compile(r"[.!?:;…。！？][\"'”’»)\]]*(\[[\d,–-]+\])*$")
NO_HEADING = re.compile(
    r"[.!,;:…。！，、；：\"”»\-–—]$|https?://|www\.|@|[.!?]\s+\w|^(by|posted|updated|published|von|par)\b|^\W*\d+\W*$"
    r"|^(\w+ \d{1,2},?|\d{1,2}\.? \w+) (19|20)\d\d$",
    re.IGNORECASE,
)
QUESTION_WORD = re.compile(
    r"(what|how|why|when|who|where|which|is|are|can|could|does|do|did|should|will|must|has|have)\b", re.I
)
WRAPPED_AT_MOST = 120  # characters; a text whose lines are longer was not wrapped by hand
TAB = 4

Alone = Callable[[str], bool]


@dataclass(frozen=True)
class Line:
    """One line of the source, numbered from 1."""

    number: int
    raw: str

    @cached_property
    def words(self) -> str:
        return tidy(self.raw)

    @property
    def indent(self) -> int:
        expanded = self.raw.expandtabs(TAB)
        return len(expanded) - len(expanded.lstrip())


def is_empty(text: str) -> bool:
    """Whether there is not one letter or digit in it."""
    return not any(char.isalnum() for char in text)


def is_title_like(words: str, *, longest: int = 70, most: int = 10) -> bool:
    """Whether a line of its own could be a heading: few words, a capital first, and no sentence's end."""
    if len(words) > longest or len(words.split()) > most:
        return False
    words = re.sub(r"^\(?\d{1,3}[.)]\s+", "", words)
    first = words.lstrip("“\"'‘¿¡(")[:1]
    if not first or first.islower() or not (first.isalnum()) or NO_HEADING.search(words):
        return False
    return not words.endswith(("?", "？")) or QUESTION_WORD.match(words) is not None


def parse(text: str, *, alone: Alone = lambda words: False) -> list[Block]:
    """The blocks of a text, in order. `alone` says which lines are never part of a paragraph, whatever is around."""
    lines = [Line(number, raw) for number, raw in enumerate(text.split("\n"), 1)]
    return list(_renumbered(_Reader(lines, alone).read()))


class _Reader:
    """Reads lines from first to last; `gathered` are those of the block still being read, which is of this `kind`."""

    def __init__(self, lines: list[Line], alone: Alone) -> None:
        self.lines = lines
        self.alone = alone
        self.blocks: list[Block] = []
        self.gathered: list[Line] = []
        self.kind, self.level, self.mark, self.indent = PARAGRAPH, 0, "", 0
        self.indents: list[int] = []

    def read(self) -> list[Block]:
        for position, line in enumerate(self.lines):
            if is_blank(line.raw):
                self.flush()
            elif not (self.special(line) or self.list_item(position, line)):
                self.add(line)
        self.flush()
        return self.blocks

    def flush(self) -> None:
        """Ends the block being read."""
        if self.kind == PARAGRAPH:
            self.blocks += _paragraphs(self.gathered, self.alone)
        elif self.gathered:
            made = _block(self.kind, self.gathered)
            self.blocks.append(replace(made, level=self.level, ordered=bool(self.mark), mark=self.mark))
        self.gathered, self.kind, self.level, self.mark = [], PARAGRAPH, 0, ""

    def begin(self, kind: str, line: Line, words: str, *, level: int = 0, mark: str = "") -> None:
        """Begins a block that is no paragraph with the words of a line, without the mark that made it one."""
        self.flush()
        self.kind, self.level, self.mark, self.indent = kind, level, mark, line.indent
        self.gathered = [Line(line.number, words)]

    def special(self, line: Line) -> bool:
        """Underlined and marked headings, separators and quoted lines."""
        if UNDERLINE.fullmatch(line.raw) and self.may_be_underlined():
            self.kind, self.level = HEADING, 2
            self.gathered.append(Line(line.number, ""))
            self.flush()
        elif SEPARATOR.fullmatch(line.raw):
            self.begin(RULE, line, line.raw)
            self.flush()
        elif marked := MARKED_HEADING.fullmatch(line.raw):
            self.begin(HEADING, line, marked["words"], level=max(2, len(marked["level"])))
            self.flush()
        elif (quoted := QUOTED.fullmatch(line.raw)) and (self.kind == QUOTE or not COMPARISON.match(quoted["words"])):
            self.quote(line, quoted["words"])
        else:
            return False
        return True

    def may_be_underlined(self) -> bool:
        return self.kind == PARAGRAPH and len(self.gathered) == 1 and is_title_like(self.gathered[0].words)

    def quote(self, line: Line, words: str) -> None:
        if self.kind == QUOTE and words and self.gathered[-1].words:
            self.gathered.append(Line(line.number, words))
        else:
            self.begin(QUOTE, line, words)

    def list_item(self, position: int, line: Line) -> bool:
        marker = _marker(line)
        if marker is None or (self.kind == PARAGRAPH and self.gathered and not self.may_interrupt(position, marker)):
            return False
        self.flush()
        mark = marker.groupdict().get("mark", "")
        self.begin(ITEM, line, marker["words"], level=self.depth(line.indent), mark=mark)
        return True

    def may_interrupt(self, position: int, marker: re.Match[str]) -> bool:
        """Whether a list may begin here within a paragraph: a wrapped line can begin with a dash or a number too."""
        following = self.lines[position + 1] if position + 1 < len(self.lines) else None
        mark = marker[0].lstrip()[:1]
        in_company = following is not None and (other := _marker(following)) is not None and other.re is marker.re
        return in_company or mark in "•◦‣·▪■●○" or ENDED.search(self.gathered[-1].words) is not None

    def depth(self, indent: int) -> int:
        """How deep an item stands that is indented so far, given the items before it in the same list."""
        if not self.blocks or self.blocks[-1].kind != ITEM:
            self.indents = []
        while self.indents and self.indents[-1] > indent:
            self.indents.pop()
        if not self.indents or self.indents[-1] < indent:
            self.indents.append(indent)
        return len(self.indents) - 1

    def add(self, line: Line) -> None:
        """A line of words: it goes on with the list item above it, or belongs to a paragraph."""
        goes_on = (
            line.words[:1].islower()
            or line.indent > self.indent
            or not self.gathered[-1:]
            or not self.gathered[-1].words
        )
        if self.kind != PARAGRAPH and not (self.kind == ITEM and goes_on):
            self.flush()
        self.gathered.append(line)


def _marker(line: Line) -> re.Match[str] | None:
    return BULLET.fullmatch(line.raw) or NUMBER.fullmatch(line.raw)


def _block(kind: str, lines: list[Line]) -> Block:
    """The block that lines make together."""
    pieces: list[str] = []
    for words in filter(None, (line.words for line in lines)):
        pieces += ([] if not pieces or _divided(pieces[-1], words) else [" "]) + [words]
    text = "".join(pieces)
    return Block(kind, text, escape(text, quote=False), tuple(line.number for line in lines))


def _divided(before: str, after: str) -> bool:
    """Whether a word was divided by a hyphen at the line's end; it keeps its hyphen, and gets no space."""
    return bool(re.search(r"\w-$", before[-2:]) and after[:1].islower() and not re.match(r"(and|or|to)\b", after))


def _paragraphs(lines: list[Line], alone: Alone) -> Iterator[Block]:
    """The paragraphs in lines that no blank line parts."""
    for part in _parts(lines, alone):
        made = _block(PARAGRAPH, part)
        yield replace(made, may_head=len(part) == 1 and is_title_like(made.text, longest=100, most=14))


def _parts(lines: list[Line], alone: Alone) -> Iterator[list[Line]]:
    if _one_wrapped_line(lines, alone):
        yield lines
        return
    width = max((len(line.words) for line in lines), default=0)
    part: list[Line] = []
    for line in lines:
        if part and _breaks(part[-1], line, width, alone):
            yield part
            part = []
        part.append(line)
    if part:
        yield part


def _one_wrapped_line(lines: list[Line], alone: Alone) -> bool:
    """Whether these lines are a single credit line, or the like, that was wrapped."""
    if not 1 < len(lines) < 4:
        return False
    together = " ".join(line.words for line in lines)
    return alone(together) and not any(alone(line.words) for line in lines[1:])


def _breaks(line: Line, following: Line, width: int, alone: Alone) -> bool:
    """Whether a new paragraph begins with `following`, though no blank line says so."""
    before, after = line.words, following.words
    if after[:1].islower():
        return False
    if alone(before) or (alone(after) and (ENDED.search(before) or is_title_like(before))):
        return True
    fits = len(before) + 1 + len(after.split()[0]) <= width  # a wrapped line ends because the next word did not fit
    if width > WRAPPED_AT_MOST:
        return fits or ENDED.search(before) is not None
    return fits and width >= WRAPPED_AT_MOST // 2 and len(before) < width * 2 / 3 and is_title_like(before)


def _renumbered(blocks: list[Block]) -> Iterator[Block]:
    """Takes lines that begin with a number, and do not count 1, 2, 3 …, for paragraphs; their number is a word."""
    counting = {index for run in _numbered(blocks) if _counts([blocks[at].mark for at in run]) for index in run}
    for index, block in enumerate(blocks):
        if not block.mark or index in counting:
            yield block
            continue
        text = f"{block.mark} {block.text}".strip()
        with_mark = replace(block, text=text, html=escape(text, quote=False), ordered=False, mark="")
        head = is_title_like(text) and len(block.lines) == 1
        yield with_mark if block.level else replace(with_mark, kind=PARAGRAPH, may_head=head)


def _numbered(blocks: list[Block]) -> Iterator[list[int]]:
    """Where the items of each numbered list stand, lists within lists by themselves."""
    runs: dict[int, list[int]] = {}
    for index, block in enumerate(blocks):
        ended = [level for level in runs if block.kind != ITEM or level > block.level]
        if block.kind == ITEM and not block.mark:
            ended.append(block.level)
        yield from (runs.pop(level) for level in ended if level in runs)
        if block.mark:
            runs.setdefault(block.level, []).append(index)
    yield from runs.values()


def _counts(marks: list[str]) -> bool:
    return len(marks) > 1 and [int(mark.strip("(.)")) for mark in marks] == list(range(1, len(marks) + 1))
