"""What the blocks of a foreign text are: its title, text, closing question and credit lines, or boilerplate of its old
page. Plain decisions with a full account; nothing is written here."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from html import escape, unescape
from itertools import zip_longest

from articles.images import credit_line
from articles.images.licenses import parse_license
from articles.importing import boilerplate
from articles.importing.blocks import HEADING, ITEM, PARAGRAPH, QUOTE, RULE, TABLE, Block, Entry
from articles.importing.plain_text import is_title_like

LONGEST_TITLE = 200  # what the article's field holds
LONGEST_CREDIT = 300
EMPTY = "empty mark"
# Abbreviations that stay in capitals when a line that was all capitals becomes a sentence.
ABBREVIATIONS = frozenset({
    "ADHD", "CBT", "CDC", "CRPS", "CT", "DRG", "EEG", "EMG", "EU", "FDA", "HIV", "IV", "MRI", "NIH", "NSAID",
    "NSAIDS", "OA", "OTC", "PTSD", "RA", "SCS", "TENS", "TMJ", "UK",
})  # fmt: skip


@dataclass(frozen=True)
class Sorted:
    """A text taken apart. `entries` accounts for every word of the blocks, in the order of the source."""

    title: str
    body: list[Block]
    closing_question: str
    credits: list[credit_line.CreditLine]
    unread: list[str]  # lines that may be credits and could not be read; they stay in the body as well
    entries: list[Entry]


def stands_alone(words: str) -> bool:
    """Whether a line is a credit line or page boilerplate by itself, and so never part of a paragraph."""
    return bool(boilerplate.reason(words)) or _credit(words) is not None


def sort(blocks: Sequence[Block], *, title: str = "", head: Block | None = None, finds_ends: bool = True) -> Sorted:
    """Takes a text apart. `head` is its title, if the file says so itself, in its blocks or beside them. Unless it
    `finds_ends`, a first line that could be a title and a last one that asks the reader stay in the text.

    A given `title` takes the place of the text's own, which then stays in the body as a heading.
    """
    fits = head is not None and not title and len(head.text) <= LONGEST_TITLE
    if head and not fits and all(block is not head for block in blocks):
        blocks = [head, *blocks]
    furnishing = _boilerplate(blocks)
    entries = [Entry(block.lines, False, why, block.text, why=_why(why)) for block, why in furnishing]
    dropped = {id(block) for block, _why in furnishing}
    rest = [block for block in blocks if id(block) not in dropped]

    credited = [
        (block, credit) for block in rest if block.kind in (PARAGRAPH, QUOTE) and (credit := _linked_credit(block))
    ]
    alone = [(block, credit) for block, credit in credited if not credit.caption]
    entries += [Entry(block.lines, True, "credit line", block.text, why=_facts(credit)) for block, credit in alone]
    rest = _without(rest, [block for block, _credit in alone])
    captions = {id(block): credit for block, credit in credited if credit.caption}
    rest = [_captioned(block, captions[id(block)]) if id(block) in captions else block for block in rest]

    if not fits:
        head = _title(rest) if finds_ends and not title else None
    rest = _without(rest, [head] if head else [])
    question = _question(rest) if finds_ends else None
    rest = _without(rest, [question] if question else [])
    body = [_lowered(block) for block in _with_headings(rest)]
    unread = [block.text for block in body if block.kind in (PARAGRAPH, QUOTE) and credit_line.resembles(block.text)]

    named = _lowered(replace(head, kind="title")) if head else None
    entries += [Entry(named.lines, True, "title", named.text, why=named.note)] if named else []
    entries += [Entry(question.lines, True, "closing question", question.text)] if question else []
    entries += [Entry(block.lines, True, block.kind, block.text, why=_noted(block, unread)) for block in body]
    return Sorted(
        title or (named.text if named else ""),
        body,
        question.text if question else "",
        [credit for _block, credit in credited],
        unread,
        sorted(entries, key=lambda entry: entry.lines),
    )


def _why(furnishing: str) -> str:
    return "it has no words" if furnishing == EMPTY else "it belongs to the old page, not to the article"


def _boilerplate(blocks: Sequence[Block]) -> list[tuple[Block, str]]:
    """The blocks that are no text, each with what it is instead."""
    reasons = [_reason(block) for block in blocks]
    for run in _lists(blocks):
        if why := _whole_list([blocks[index].text for index in run]):
            reasons[run.start : run.stop] = [why] * len(run)
    _spread(blocks, reasons)
    return [(block, why) for block, why in zip(blocks, reasons, strict=True) if why]


def _reason(block: Block) -> str:
    if not block.text and block.kind != RULE:
        return EMPTY
    return "" if block.kind in (ITEM, TABLE) else boilerplate.reason(block.text)


def _whole_list(items: list[str]) -> str:
    """Why a list is boilerplate; “Share” among the items of a real list is an item."""
    reasons = [boilerplate.reason(words) for words in items if words]
    every = all(why or boilerplate.is_weak(words) for why, words in zip(reasons, filter(None, items), strict=True))
    return next(filter(None, reasons), "") if every else ""


def _spread(blocks: Sequence[Block], reasons: list[str]) -> None:
    """Lets words like “Email” or “Submit” be boilerplate beside boilerplate: down the page, then up."""
    for order, step in ((range(len(blocks)), -1), (range(len(blocks) - 1, -1, -1), 1)):
        for index in order:
            beside = reasons[index + step] if 0 <= index + step < len(blocks) else ""
            may = beside not in ("", EMPTY) and not reasons[index] and blocks[index].kind != ITEM
            if may and boilerplate.is_weak(blocks[index].text):
                reasons[index] = beside


def _lists(blocks: Sequence[Block]) -> list[range]:
    """Where each list stands."""
    edges = [index for index, block in enumerate(blocks) if block.kind == ITEM]
    starts = [index for index in edges if index == 0 or blocks[index - 1].kind != ITEM]
    ends = [index + 1 for index in edges if index + 1 == len(blocks) or blocks[index + 1].kind != ITEM]
    return [range(start, end) for start, end in zip(starts, ends, strict=True)]


def _credit(words: str) -> credit_line.CreditLine | None:
    return credit_line.parse(words) if 0 < len(words) <= LONGEST_CREDIT else None


def _linked_credit(block: Block) -> credit_line.CreditLine | None:
    """The credit in a block; the addresses behind its words are part of what the line states."""
    credit = _credit(block.text)
    links = [unescape(href) for href in re.findall(r'<a href="([^"]*)"', block.html)]
    if credit is None or not links:
        return credit
    credit = credit_line.parse(block.html) or credit
    raw = f"{block.text} ({', '.join(links)})"
    return replace(credit, raw=raw, url=unescape(credit.url), license=credit.license or parse_license(raw))


def _captioned(block: Block, found: credit_line.CreditLine) -> Block:
    """A caption stays in the text, and the report says what was read of the credit that closes it."""
    return replace(block, note="; ".join(filter(None, (block.note, f"it ends in a credit: {_facts(found)}"))))


def _noted(block: Block, unread: list[str]) -> str:
    """What the report says of a block that stays in the body."""
    waits = "it may be a picture’s credit; an editor should check it" if block.text in unread else ""
    return "; ".join(filter(None, (block.note, waits)))


def _facts(credit: credit_line.CreditLine) -> str:
    """What a credit line states and what it leaves open, for the report."""
    facts = {"author": credit.creator, "source": credit.source, "license": credit.license, "link": credit.url}
    stated = ", ".join(f"{name} {value}" for name, value in facts.items() if value)
    absent = ", ".join(name for name, value in facts.items() if not value)
    return "; ".join([*([stated] if stated else []), *([f"not stated: {absent}"] if absent else [])])


def _title(blocks: Sequence[Block]) -> Block | None:
    """The block that is the title: a heading, or a line that could be one, at the very top with a text below."""
    if len(blocks) < 2 or len(blocks[0].text) > LONGEST_TITLE:
        return None
    first = blocks[0]
    return first if first.kind == HEADING or (first.kind == PARAGRAPH and first.may_head) else None


def _question(blocks: Sequence[Block]) -> Block | None:
    """The last paragraph, if it asks the reader something and is not all there is."""
    worded = [block for block in blocks if block.kind != RULE]
    last = worded[-1] if len(worded) > 1 else None
    if last is None or last.kind != PARAGRAPH or "<a " in last.html or not boilerplate.asks_reader(last.text):
        return None
    return last


def _with_headings(blocks: Sequence[Block]) -> Iterable[Block]:
    """Makes headings of the lines that could be one and have text under them."""
    for block, following in zip_longest(blocks, blocks[1:]):
        heads = block.may_head and following is not None and not following.may_head
        if heads and following and following.kind in (PARAGRAPH, ITEM, QUOTE) and is_title_like(block.text):
            yield replace(block, kind=HEADING, level=2, html=re.sub(r"</?strong>", "", block.html))
        else:
            yield block


def _without(blocks: Sequence[Block], taken: Sequence[Block]) -> list[Block]:
    gone = {id(block) for block in taken}
    return [block for block in blocks if id(block) not in gone]


def _lowered(block: Block) -> Block:
    """A title or heading that was all capitals, in sentence case."""
    capitals = block.kind in ("title", HEADING) and block.text.isupper() and len(block.text.split()) > 1
    if not capitals or "<" in block.html:
        return block
    words = [
        word if word.strip("():,?’'") in ABBREVIATIONS or word == "I" else word.lower()
        for word in block.text.split(" ")
    ]
    text = " ".join(words)
    text = re.sub(r"[^\W\d_]", lambda first: first[0].upper(), text, count=1)
    note = "was all in capitals. Check names and abbreviations"
    return replace(block, text=text, html=escape(text, quote=False), note=note)
