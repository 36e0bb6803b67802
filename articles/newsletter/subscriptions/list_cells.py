"""What stands in the cells of other systems' lists: an address with what is written around it, and a moment.

Only what means one thing is read. 03/04/2026 is two days, and a spreadsheet may have exchanged day and month in some
rows of a list and not in others: the rows around it don't decide.
"""

import re
from datetime import UTC, datetime, time, timedelta

from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime

# Addresses ------------------------------------------------------------------------------------------------------------

NAMED = re.compile(r"([^<>]*)<\s*([^<>\s]+)\s*>")  # Ada Fox <ada@example.org>
REMARKED = re.compile(r"([^\s()<>]+)\s+\([^()@]*\)")  # ada@example.org (Ada Fox), a comment of RFC 5322
ADDRESS = re.compile(r"[^\s@<>()\[\],;|\"]+@[^\s@<>()\[\],;|\"]+")
INVISIBLE = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
QUOTED = {'"': '"', "'": "'", "“": "”", "„": "“", "‘": "’", "«": "»"}


def address(cell: str) -> str:
    """The address in a cell, alone or beside its owner's name; the cell as it is where it isn't one address alone."""
    if match := NAMED.fullmatch(_bare(cell)):
        name, inside = _bare(match[1]), _bare(match[2])
        return inside if "@" not in name or name.lower() == inside.lower() else cell
    if match := REMARKED.fullmatch(_bare(cell)):
        return _bare(match[1])
    return _bare(cell)


def is_address(cell: str) -> bool:
    return ADDRESS.fullmatch(address(cell)) is not None


def _bare(text: str) -> str:
    """Without what surrounds an address and isn't part of it: spaces, invisible letters, quotation marks, `mailto:`."""
    text = text.strip().strip(INVISIBLE).strip()
    if len(text) > 1 and QUOTED.get(text[0]) == text[-1] and text[0] not in text[1:-1]:
        text = text[1:-1].strip()
    return text[len("mailto:") :] if text[:7].lower() == "mailto:" else text


# Moments --------------------------------------------------------------------------------------------------------------

EARLIEST = 1990
SERIAL = re.compile(r"(\d{5})(?:[.,](\d{1,12}))?")  # days, as Excel counts (before 2011 not on a Mac)
SERIAL_0 = datetime(1899, 12, 30)
TIME = (
    r"(?:,?[\sT]\s?(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::(?P<second>\d\d)(?:[.,]\d{1,9})?)?"
    r"\s?(?P<half>[AP]\.?M\.?)?\s?(?P<zone>Z|UTC|GMT|[+-]\d\d:?\d\d)?)?"
)
NUMBERS = re.compile(r"(\d{1,2}|\d{4})([./-])\s?(\d{1,2})\2\s?(\d{4}|\d{1,2})\.?" + TIME, re.IGNORECASE)
WEEKDAY = r"(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]{0,6},?\s)?"
DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
WORDS = [
    re.compile(WEEKDAY + DAY + r"[\s-](?P<month>[a-z]{3,9})\.?,?[\s-](?P<year>\d{4}|\d\d)" + TIME, re.IGNORECASE),
    re.compile(WEEKDAY + r"(?P<month>[a-z]{3,9})\.?\s" + DAY + r",?\s(?P<year>\d{4})" + TIME, re.IGNORECASE),
]
MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
ORDERS = {"/": ("dmy", "mdy", "ymd"), "-": ("dmy", "mdy", "ymd"), ".": ("dmy",)}


def moments(cell: str, *, at: datetime) -> list[datetime]:
    """Every moment that a cell can mean, the earliest first: none, one, or several where nobody can say which.

    What has no time is the beginning of its day, and what has no offset is in the site's zone. Nobody has agreed in
    the future, so that a reading after `at` counts only where it is the only one.
    """
    moments = sorted(set(_standard(cell) or _serial(cell) or _written(cell, at)))
    if len(moments) < 2:
        return moments
    tomorrow = at + timedelta(days=2)  # a list may come from where it is tomorrow
    return [moment for moment in moments if moment.year >= EARLIEST and moment <= tomorrow] or moments


def _standard(cell: str) -> list[datetime]:
    """ISO 8601, and what databases make of it."""
    try:
        day = parse_date(cell)
        at = datetime.combine(day, time()) if day else parse_datetime(re.sub(r" ?(?:UTC|GMT)\Z", "+00:00", cell))
        return [(timezone.make_aware(at) if timezone.is_naive(at) else at).astimezone(UTC)] if at else []
    except (ValueError, OverflowError):
        return []


def _serial(cell: str) -> list[datetime]:
    match = SERIAL.fullmatch(cell)
    if not match:
        return []
    seconds = round(float(f"0.{match[2] or 0}") * 24 * 60 * 60)
    return [timezone.make_aware(SERIAL_0 + timedelta(days=int(match[1]), seconds=seconds))]


def _written(cell: str, at: datetime) -> list[datetime]:
    """A day in numbers or with the name of its month, as spreadsheets of many countries show it."""
    cell = " ".join(cell.split())
    for form in WORDS:
        if match := form.fullmatch(cell):
            names = [place for place, name in enumerate(MONTHS, 1) if match["month"].lower() in (name, name[:3])]
            return [moment for month in names for moment in _read(match, match["year"], month, match["day"], at)]
    if not (match := NUMBERS.fullmatch(cell)):
        return []
    parts, read = (match[1], match[3], match[4]), []
    for order in _orders(match[2], len(match[1]), len(match[4])):
        year, month, day = (parts[order.index(letter)] for letter in "ymd")
        read += _read(match, year, int(month), day, at)
    return read


def _orders(separator: str, first: int, last: int) -> tuple[str, ...]:
    """In which orders day, month and year may stand, by what separates them and how long the outer two are."""
    if first == 4:
        return ("ymd",) if last < 3 else ()
    return tuple(order for order in ORDERS[separator] if order != "ymd" or (first, last) == (2, 2))


def _read(match: re.Match[str], year: str, month: int, day: str, at: datetime) -> list[datetime]:
    hour, half = int(match["hour"] or 0), (match["half"] or "").lower()
    if len(year) < 2 or (half and not 1 <= hour <= 12):
        return []
    century = 0 if len(year) == 4 else 2000 if 2000 + int(year) <= at.year else 1900
    hour = hour % 12 + (12 if half.startswith("p") else 0) if half else hour
    zone = (match["zone"] or "").upper().replace("UTC", "Z").replace("GMT", "Z")
    clock = f"{hour:02}:{match['minute'] or '00'}:{match['second'] or '00'}{zone}"
    return _standard(f"{century + int(year):04}-{month:02}-{int(day):02}T{clock}")
