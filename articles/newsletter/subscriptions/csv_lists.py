"""Lists of subscribers as CSV: reading what other systems write, row by row, and writing what no spreadsheet runs.

Plain rules about files; what becomes of the rows is in `list_import`.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, time
from pathlib import Path

from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime

from articles.newsletter.subscriptions import list_columns
from articles.refusal import Refused

FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")  # how a cell begins that spreadsheets run
SEPARATOR = re.compile(r"sep=([,;\t|])\s*\n", re.IGNORECASE)
UNREADABLE = (
    "{} can’t be read: a quotation mark isn’t closed or stands alone, or it contains something that isn’t text."
)


class ListRefused(Refused):
    """A file that is no list of subscribers; the message says why in one sentence."""


@dataclass(frozen=True)
class Row:
    """One line of a list, its cells trimmed; `problem` says why nobody may be taken in from it."""

    line: int
    email: str = ""
    confirmed_at: str = ""
    source: str = ""
    sections: str = ""
    problem: str = ""


def neutral(cell: str) -> str:
    """A cell that a spreadsheet shows and does not run."""
    return f"'{cell}" if cell.startswith(FORMULA) else cell


def plain(cell: str) -> str:
    """What `neutral` was given."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(FORMULA) else cell


def moment(cell: str) -> datetime | None:
    """A time in ISO 8601; a day alone is its beginning, and what has no offset is in the site's zone."""
    try:
        day = parse_date(cell)
        at = datetime.combine(day, time()) if day else parse_datetime(cell)
        return timezone.make_aware(at) if at and timezone.is_naive(at) else at
    except (ValueError, OverflowError):
        return None


# Reading --------------------------------------------------------------------------------------------------------------


def read(path: Path) -> Iterator[Row]:
    """The rows of a file, one at a time. Raises ListRefused where it is no list, before the first row."""
    encoding = encoding_of(path)
    with open(path, encoding=encoding, errors="replace", newline="") as file:
        start = file.read(8192)
        file.seek(0)
        reader = csv.reader(file, delimiter=delimiter_of(start), strict=True)
        if SEPARATOR.match(start):  # as spreadsheets begin a file for themselves
            _next(reader)
        header = _header(_next(reader))
        last = reader.line_num
        while (found := _next(reader)) is not None:
            first, last = last + 1, reader.line_num
            if isinstance(found, str) or any(_holds_rows(cell) for cell in found):
                lines = "This line" if first >= last else f"Lines {first} to {last}"
                yield Row(first, problem=UNREADABLE.format(lines))
            elif any(cell.strip() for cell in found):
                yield _row(last, found, header)


def encoding_of(path: Path) -> str:
    """By its byte order mark; UTF-8 where all of it is; else what spreadsheets in the West write."""
    try:
        with open(path, "rb") as file:
            start = file.read(4)
            file.seek(0)
            if start.startswith((b"\xff\xfe", b"\xfe\xff")):
                return "utf-16"
            for _line in io.TextIOWrapper(file, "utf-8-sig"):
                pass
    except UnicodeDecodeError:
        return "cp1252"
    except OSError as problem:
        raise ListRefused(f"{path} can’t be read ({problem.strerror}).") from problem
    return "utf-8-sig"


def delimiter_of(start: str) -> str:
    """What stands between the columns of the first line."""
    if said := SEPARATOR.match(start):
        return said[1]
    first = start.split("\n", 1)[0]
    return max(",;\t|", key=first.count)


def _next(reader: Iterator[list[str]]) -> list[str] | str | None:
    """The next line's cells, a sentence where it cannot be read, None at the end."""
    try:
        return next(reader, None)
    except (csv.Error, UnicodeError):
        return UNREADABLE


def _holds_rows(cell: str) -> bool:
    """Whether a quotation mark that nobody closed has made one cell of several rows."""
    return "@" in cell and "\n" in cell.replace("\r", "\n").strip()


def _header(cells: list[str] | str | None) -> list[str]:
    header = cells if isinstance(cells, list) else []
    if "email" not in list_columns.places(header):
        raise ListRefused(
            "The first line has no “email” column. The other columns are confirmed_at, source and sections."
        )
    return header


def _row(line: int, cells: list[str], header: list[str]) -> Row:
    cells = [plain(cell.strip()) for cell in cells]
    values = {
        meaning: next((cells[place] for place in places if place < len(cells) and cells[place]), "")
        for meaning, places in list_columns.places(header).items()
    }
    return Row(line, **values, problem=list_columns.why_not(header, cells))


def unused(path: Path) -> list[str]:
    """The columns of a list that nothing is taken from. Raises ListRefused."""
    with open(path, encoding=encoding_of(path), errors="replace", newline="") as file:
        start = file.read(8192)
    lines = csv.reader(io.StringIO(start), delimiter=delimiter_of(start))
    if SEPARATOR.match(start):
        _next(lines)
    return list_columns.unused(_header(_next(lines)))


# Writing --------------------------------------------------------------------------------------------------------------


class _Echo:
    """A file that gives each line back."""

    def write(self, line: str) -> str:
        return line


def write(rows: Iterable[Iterable[str]]) -> Iterator[str]:
    """The lines of a CSV file, as they come, with no cell that a spreadsheet runs."""
    writer = csv.writer(_Echo())
    for row in rows:
        yield writer.writerow([neutral(cell) for cell in row])
