"""Lists with one address on each line, as Mailman and people who copy and paste write them: reading their lines.

Lines that begin with # are comments. A line without an address that says that people left is a heading: it counts for
the lines below it, up to the next one without an address.
"""

import csv
import re
from collections.abc import Iterable, Iterator

from articles.newsletter.subscriptions import list_cells, list_columns

BOX = re.compile(r"\[([^\[\]]?)\](.*)")
BOX_BEHIND = re.compile(r"([^\[\]]+)\[([^\[\]]?)\]")
TICKED = "A mark stands beside this address ([{}]), and the list doesn’t say what it means."
IN_COMMENT = "This address stands in a comment."
IN_PARENTHESES = "Parentheses stand around this address: in Mailman they say that it gets no mail."


def begins(start: str) -> bool:
    """Whether a file that begins so is one: it has no columns, or one, and what names somebody first is an address."""
    lines = [line for each in start.splitlines() if (line := each.strip()) and not line.startswith("#")]
    place = next((place for place, line in enumerate(lines) if "@" in line), len(lines))
    if any(_has_columns(line) for line in lines[:place]):
        return False
    if place == len(lines):
        return bool(lines) and _names_the_column(lines[0])
    email, problem = _member(lines[place])
    return (
        _names_the_column(lines[0]) or list_cells.is_address(email) or bool(problem and not _has_columns(lines[place]))
    )


def _has_columns(line: str) -> bool:
    return re.search(r"[,;|\t]", line) is not None


def _names_the_column(line: str) -> bool:
    return list_columns.plain(line) in list_columns.MEANINGS["email"]


def read(lines: Iterable[str]) -> Iterator[tuple[int, str, str]]:
    """Of each line that names somebody its number, the address, and why it must not be written to."""
    heading, is_first = "", True
    for number, line in enumerate(lines, 1):
        text = " ".join(line.lstrip("\ufeff").split())
        if text and "@" not in text:
            heading = text if list_columns.says_no(text) else ""
            if not text.startswith("#") and not (is_first and _names_the_column(text)):
                yield number, "", ""
        elif text.startswith("#"):
            yield number, "", IN_COMMENT
        elif text:
            email, problem = _member(text)
            yield number, email, problem or (list_columns.NO_WISH.format(heading[:40]) if heading else "")
        is_first = is_first and (not text or text.startswith("#"))


def _member(text: str) -> tuple[str, str]:
    """The address on a line without its marks, and why it must not be written to."""
    text = _cell(text).rstrip(",; ")
    mark, text = _without_box(text)
    if mark:
        return "", TICKED.format(mark)
    if text.startswith("(") and text.endswith(")") and list_cells.is_address(text[1:-1]):
        return "", IN_PARENTHESES
    if list_columns.says_no(remark := _remark(text)):
        return "", list_columns.NO_WISH.format(remark[:40])
    before, _sign, after = text.partition(" #")
    return list_cells.address(before if "@" in before and "<" not in after else text), ""


def _without_box(text: str) -> tuple[str, str]:
    """What is in the box before or behind an address, and the line without it."""
    if box := BOX.fullmatch(text):
        return box[1].strip(), box[2].strip()
    if box := BOX_BEHIND.fullmatch(text):
        return box[2].strip(), box[1].strip()
    return "", text


def _remark(text: str) -> str:
    """What stands on a line beside its address."""
    return " ".join(word for word in text.split() if "@" not in word)


def _cell(text: str) -> str:
    """What stands in the only cell of a line, where quotation marks make it one."""
    try:
        [row] = csv.reader([text], strict=True)
    except (csv.Error, ValueError):
        return text
    return row[0] if len(row) == 1 else text
