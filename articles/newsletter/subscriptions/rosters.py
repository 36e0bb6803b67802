"""Lists with one address on each line, as Mailman and people who copy and paste write them: reading their lines.

Lines that begin with # are comments. One that says that people left is a heading: it counts for the lines below it, up
to the next comment.
"""

import csv
import re
from collections.abc import Iterable, Iterator

from articles.newsletter.subscriptions import list_cells, list_columns

BOX = re.compile(r"\[([^\[\]]?)\](.*)")
TICKED = "A mark stands before this address ([{}]), and the list doesn’t say what it means."
IN_COMMENT = "This address stands in a comment."
IN_PARENTHESES = "Parentheses stand around this address: in Mailman they say that it gets no mail."


def begins(start: str) -> bool:
    """Whether a file that begins so is one: its first line is an address, or names the only column."""
    lines = (line.strip() for line in start.splitlines())
    first = next((line for line in lines if line and not line.startswith("#")), "")
    has_columns = re.search(r"[,;|\t]", first) is not None
    if "@" not in first:
        return list_columns.plain(first) in list_columns.MEANINGS["email"] and not has_columns
    email, problem = _member(first)
    return list_cells.is_address(email) or bool(problem and not has_columns)


def read(lines: Iterable[str]) -> Iterator[tuple[int, str, str]]:
    """Of each line that names somebody its number, the address, and why it must not be written to."""
    heading, is_first = "", True
    for number, line in enumerate(lines, 1):
        text = " ".join(line.lstrip("\ufeff").split())
        if text.startswith("#"):
            heading = _remark(text) if list_columns.says_no(_remark(text)) else ""
            if "@" in text:
                yield number, "", IN_COMMENT
        elif text:
            if not (is_first and list_columns.plain(text) in list_columns.MEANINGS["email"]):
                email, problem = _member(text)
                yield number, email, problem or (list_columns.NO_WISH.format(heading[:40]) if heading else "")
            is_first = False


def _member(text: str) -> tuple[str, str]:
    """The address on a line without its marks, and why it must not be written to."""
    text = _cell(text).rstrip(",; ")
    if box := BOX.fullmatch(text):
        if box[1].strip():
            return "", TICKED.format(box[1])
        text = box[2].strip()
    if text.startswith("(") and text.endswith(")") and list_cells.is_address(text[1:-1]):
        return "", IN_PARENTHESES
    if list_columns.says_no(remark := _remark(text)):
        return "", list_columns.NO_WISH.format(remark[:40])
    before, _sign, after = text.partition(" #")
    return list_cells.address(before if "@" in before and "<" not in after else text), ""


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
