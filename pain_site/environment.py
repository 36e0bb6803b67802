"""Reading the environment: each variable through a parser that refuses what it cannot read, with a sentence.

A value that cannot be read does not stop the settings: it is kept in CONFIGURATION_PROBLEMS, its default stands, and a
system check names it (`pain_site.checks`).
"""

import os
from collections.abc import Callable
from datetime import datetime, time
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

CONFIGURATION_PROBLEMS: list[tuple[int, str, str, str]] = []  # number of the check, variable, what is wrong, hint

SWITCHES = {"1": True, "true": True, "yes": True, "on": True, "0": False, "false": False, "no": False, "off": False}
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def read(number: int, name: str, default: Any, parse: Callable[[str], Any], hint: str) -> Any:
    """The value of a variable, or its default where it is empty or cannot be read."""
    given = os.environ.get(name, "")
    if not given:
        return default
    try:
        return parse(given)
    except Exception as problem:
        CONFIGURATION_PROBLEMS.append((number, name, f"{given!r} cannot be read ({problem}).", hint))
        return default


# Parsers. Each raises an exception whose words say what is wrong. -----------------------------------------------------


def switch(given: str) -> bool:
    return SWITCHES[given.lower()]


def whole_number(given: str) -> int:
    if not given.isdecimal():
        raise ValueError("no number")
    return int(given)


def one_line(given: str) -> str:
    if not given.isprintable():
        raise ValueError("it holds a line break or another control character")
    return given


def folder(given: str) -> Path:
    if "://" in given:
        raise ValueError("only a folder can be used")
    return Path(given)


def web_origin(given: str) -> str:
    """Scheme, host and port of a web address."""
    parts = urlsplit(given)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError("no http address")
    return f"{parts.scheme}://{parts.netloc}"


def web_address(given: str) -> str:
    if not given.startswith(("https://", "http://")):
        raise ValueError(f"{given} is no http address")
    return given


def mailbox(given: str, base: Path) -> str:
    """A mailbox that is asked by network; anything else is a file or a folder, below `base` unless absolute."""
    if "://" not in given:
        return str(base / given)
    parts = urlsplit(given)
    if parts.scheme not in ("imap", "imaps") or not parts.hostname or parts.port == 0:
        raise ValueError("no imap or imaps address")
    return given


def contact_address(given: str) -> str:
    """An address of the kinds that RFC 9116 knows for a contact."""
    if not given.startswith(("mailto:", "https://", "tel:")):
        raise ValueError("no address of those kinds")
    return given


def weekday(given: str) -> int:
    """A day's number by ISO 8601: Monday is 1."""
    return WEEKDAYS.index(given.strip().lower()) + 1


def time_of_day(given: str) -> time:
    return datetime.strptime(given.strip(), "%H:%M").time()


def hours_of_a_week(given: str) -> float:
    if not 0 <= float(given) < 24 * 7:
        raise ValueError("not within a week")
    return float(given)


def time_zone(given: str) -> str:
    return ZoneInfo(given).key
