"""Parsers of plain values. Each raises Malformed, whose words go on after the variable's name: "DEBUG is not …"."""

import math
import os
import re
from collections.abc import Callable, Collection
from datetime import datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

from pain_site.environment import BASE_DIR, Malformed

SWITCHES = {"1": True, "true": True, "yes": True, "on": True, "0": False, "false": False, "no": False, "off": False}
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def switch(given: str) -> bool:
    if given.lower() not in SWITCHES:
        raise Malformed("is neither on nor off")
    return SWITCHES[given.lower()]


def one_of(words: Collection[str]) -> Callable[[str], str]:
    def parse(given: str) -> str:
        if given.lower() not in words:
            raise Malformed(f"is none of {', '.join(words)}")
        return given.lower()

    return parse


def whole_number(given: str) -> int:
    if not (given.isascii() and given.isdecimal()) or len(given) > 9:
        raise Malformed("is not a whole number of at most nine digits")
    return int(given)


def port(given: str) -> int:
    if not 0 < (number := whole_number(given)) < 65536:
        raise Malformed("is not a port")
    return number


def at_least_one(given: str) -> int:
    if not (number := whole_number(given)):
        raise Malformed("is none at all")
    return number


def days(given: str) -> int:
    if not 0 < (number := whole_number(given)) <= 36_500:
        raise Malformed("is not a number of days from 1 to 36500")
    return number


def seconds(given: str) -> float:
    return _number(given, most=24 * 3600)


def hours(given: str) -> float:
    return _number(given, most=24 * 7)


def session_hours(given: str) -> float:
    return _number(given, least=1, most=24 * 7)


def _number(given: str, *, least: float = 0, most: float) -> float:
    try:
        number = float(given)
    except ValueError:
        number = math.nan
    if not least <= number < most:
        raise Malformed(f"is not a number from {least} to {most}")
    return number


def one_line(given: str) -> str:
    if not given.isprintable():
        raise Malformed("has a line break or another character that cannot be seen")
    return " ".join(given.split())


def folder(given: str) -> Path:
    """A folder, relative to the one of manage.py, that this account can write to. It is made where there is none."""
    if "://" in given:
        raise Malformed("is not a folder")
    path = made(BASE_DIR / given)
    if not os.access(path, os.W_OK):
        raise Malformed("is a folder that this account cannot write to")
    return path


def file(given: str) -> Path:
    """A file that this account can write, in a folder that is made where there is none."""
    if "://" in given or given.endswith("/"):
        raise Malformed("is not a file")
    path = BASE_DIR / given
    if path.is_dir() or not os.access(path if path.exists() else made(path.parent), os.W_OK):
        raise Malformed("is a file that this account cannot write")
    return path


def made(path: Path) -> Path:
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise Malformed(f"names a folder that cannot be made ({problem.strerror})") from problem
    return path


def weekday(given: str) -> int:
    """A day's number by ISO 8601: Monday is 1."""
    if given.lower() not in WEEKDAYS:
        raise Malformed("is not a day of the week")
    return WEEKDAYS.index(given.lower()) + 1


def time_of_day(given: str) -> time:
    try:
        return datetime.strptime(given, "%H:%M").time()
    except ValueError as problem:
        raise Malformed("is not a time of day") from problem


def time_zone(given: str) -> str:
    try:
        return ZoneInfo(given).key
    except (LookupError, ValueError, OSError) as problem:
        raise Malformed("is not a time zone") from problem


def user_and_password(given: str) -> str:
    user, _colon, password = given.partition(":")
    if not user or not password:
        raise Malformed("is not a name and a password with a colon between them")
    return given


def public_key(given: str) -> str:
    """As IndexNow takes it, in lower case: it is part of an address."""
    if not re.fullmatch(r"[a-z0-9-]{8,128}", given):
        raise Malformed("is not 8 to 128 small letters, digits and hyphens")
    return given


def token(given: str) -> str:
    """What a machine shows in a header: nobody guesses it, and it needs no quotes."""
    if len(given) < 20 or not given.isascii() or not given.isprintable() or " " in given:
        raise Malformed("is shorter than 20 characters or cannot be sent in a header")
    return given
