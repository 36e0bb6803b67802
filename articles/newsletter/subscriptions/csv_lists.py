"""Lists of subscribers as CSV: reading what other systems write, row by row, and writing what no spreadsheet runs.

Plain rules about files; what becomes of the rows is in `list_import`.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from articles.newsletter.subscriptions import list_cells, list_columns, rosters
from articles.refusal import Refused

FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")  # how a cell begins that spreadsheets run
SEPARATOR = re.compile(r"sep=([,;\t|])[^\S\r\n]*[\r\n]", re.IGNORECASE)
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


# Reading --------------------------------------------------------------------------------------------------------------


def read(path: Path) -> Iterator[Row]:
    """The rows of a file, one at a time. Raises ListRefused where it is no list, before the first row."""
    with _open(path) as file:
        start = _start(file)
        if rosters.begins(start):
            for line, email, problem in rosters.read(file):
                yield Row(line, plain(email), problem=problem)
            return
        delimiter = delimiter_of(start)
        reader = csv.reader(_lines(file, delimiter), delimiter=delimiter, strict=True)
        header = _header(reader)
        last = reader.line_num
        while (cells := _next(reader)) is not None:
            first, last = last + 1, reader.line_num
            if isinstance(cells, str) or _holds_rows(cells, header, delimiter):
                lines = "This line" if first >= last else f"Lines {first} to {last}"
                yield Row(first, problem=UNREADABLE.format(lines))
            elif any(cell.strip() for cell in cells):
                yield _row(first, cells, header)


def _open(path: Path) -> TextIO:
    return open(path, encoding=encoding_of(path), errors="replace", newline="")


def _start(file: TextIO) -> str:
    start = file.read(8192)
    file.seek(0)
    return start


def encoding_of(path: Path) -> str:
    """By its byte order mark; UTF-16 and UTF-8 where it is that; else what spreadsheets in the West write."""
    try:
        with open(path, "rb") as file:
            start = file.read(4096)
            file.seek(0)
            if start.startswith((b"\xff\xfe", b"\xfe\xff")):
                return "utf-16"
            if encoding := _utf_16(start):
                return encoding
            for _line in io.TextIOWrapper(file, "utf-8-sig"):
                pass
    except UnicodeDecodeError:
        return "cp1252"
    except OSError as problem:
        raise ListRefused(f"{path} can’t be read ({problem.strerror}).") from problem
    return "utf-8-sig"


def _utf_16(start: bytes) -> str:
    """Which UTF-16 a file without a mark is in, if any: read so, much of a list is ASCII, whatever its names are."""
    if 0 not in start:
        return ""
    read = {way: start[: len(start) // 2 * 2].decode(way, "replace") for way in ("utf-16-le", "utf-16-be")}
    plain = {way: sum(" " <= letter <= "~" for letter in text) for way, text in read.items()}
    likely = max(plain, key=lambda way: plain[way])
    return likely if plain[likely] > len(start) / 16 else ""


def delimiter_of(start: str) -> str:
    """What stands between the columns of the first line that has any."""
    if separator := SEPARATOR.match(start):
        return separator[1]
    lines = (line for line in start.splitlines() if line.strip() and not line.startswith("#"))
    return max(",;\t|", key=next(lines, start).count)


def _lines(file: TextIO, delimiter: str) -> Iterator[str]:
    """The lines of a file; a name in quotation marks before an address in its brackets is one cell with it."""
    named = re.compile(rf"(^|{re.escape(delimiter)})\"([^\"]+)\"\s?(<[^<>\"\s]+>)")
    for line in file:
        yield named.sub(r'\1"\2 \3"', line)


def _next(reader: Iterator[list[str]]) -> list[str] | str | None:
    """The next line's cells, a sentence where it cannot be read, None at the end."""
    try:
        return next(reader, None)
    except (csv.Error, UnicodeError):
        return UNREADABLE


def _holds_rows(cells: list[str], header: list[str], delimiter: str) -> bool:
    """Whether a quotation mark that nobody closed has made one cell of several rows.

    A note may have several lines, and an address in one of them; a line that is like a row of this list is one.
    """
    places = list_columns.places(header)["email"]
    used = next((place for place in places if place < len(cells) and cells[place].strip()), None)
    for number, cell in enumerate(cells):
        lines = cell.strip().splitlines() if "@" in cell else []
        rows = [row for line in lines[1:] if (row := line.split(delimiter))[1:]]
        if len(lines) > 1 and number == used:
            return True
        if any(list_cells.is_address(row[place]) for row in rows for place in places if place < len(row)):
            return True
    return False


def _header(reader: Iterator[list[str]]) -> list[str]:
    """The names of the columns, after what spreadsheets and people put before them."""
    cells = _next(reader)
    while isinstance(cells, list) and "email" not in list_columns.places(cells) and _is_no_header(cells):
        cells = _next(reader)
    header = cells if isinstance(cells, list) else []
    if "email" not in list_columns.places(header):
        raise ListRefused(
            "The first line has no “email” column. The other columns are confirmed_at, source and sections."
        )
    return header


def _is_no_header(cells: list[str]) -> bool:
    return not any(cells) or cells[0].lower().startswith(("#", "sep="))


def _row(line: int, cells: list[str], header: list[str]) -> Row:
    cells = [plain(cell.strip()) for cell in cells]
    values = {
        meaning: next((cells[place] for place in places if place < len(cells) and cells[place]), "")
        for meaning, places in list_columns.places(header).items()
    }
    email = list_cells.address(values.pop("email"))
    problem = rosters.IN_COMMENT if email.startswith("#") else list_columns.why_not(header, cells)
    return Row(line, email, **values, problem=problem)


def unused(path: Path) -> list[str]:
    """The columns of a list that nothing is taken from. Raises ListRefused."""
    with _open(path) as file:
        start = _start(file)
    if rosters.begins(start):
        return []
    return list_columns.unused(_header(csv.reader(io.StringIO(start, newline=""), delimiter=delimiter_of(start))))


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
