"""A time as people write it, without an offset -> the moment in the newsroom's time zone. In the hour that clocks skip
in spring there is no such time; in the one that they repeat in autumn there are two, and the person says which.
"""

from datetime import UTC, datetime, timedelta

from django.utils import timezone
from django.utils.dateparse import parse_datetime

from articles.refusal import Refused

FIRST, SECOND = "first", "second"


class NoSuchTime(Refused):
    """The time doesn’t exist in the newsroom's time zone, or exists twice."""


def moment(written: datetime, *, which: str = "") -> datetime:
    """The moment of a time on the newsroom's clock. `which` is FIRST or SECOND where clocks show it twice."""
    if timezone.is_aware(written):
        return written
    zone = timezone.get_current_timezone()
    first, second = written.replace(tzinfo=zone, fold=0), written.replace(tzinfo=zone, fold=1)
    try:
        exists = first.astimezone(UTC).astimezone(zone).replace(tzinfo=None, fold=0) == written.replace(fold=0)
    except OverflowError as problem:
        raise NoSuchTime(f"{written.year} is too far away. Choose another time.") from problem
    turned = "back" if exists else "forward"
    day = f"On {written:%B %-d, %Y}, clocks go {turned} in {timezone.get_current_timezone_name()}"
    if not exists:
        later = written + abs((second.utcoffset() or timedelta()) - (first.utcoffset() or timedelta()))
        raise NoSuchTime(f"{day}, so {written:%H:%M} doesn’t exist. Choose another time, for example {later:%H:%M}.")
    if first.utcoffset() == second.utcoffset() or which == FIRST:
        return first
    if which == SECOND:
        return second
    one, two = (each.isoformat(timespec="minutes") for each in (first, second))
    raise NoSuchTime(f"{day}, so {written:%H:%M} comes twice. Choose the first ({one}) or the second ({two}).")


def read(given: str, *, which: str = "") -> datetime | None:
    """The moment that a form's field of date and time holds; None if it isn't one."""
    try:
        written = parse_datetime(given)
    except ValueError:  # well formed, and no date
        return None
    return None if written is None else moment(written, which=which)


def repeated_day(after: datetime) -> datetime | None:
    """The day within the next year on which clocks go back, so that an hour comes twice; None in a zone without one."""
    midnight = timezone.localtime(after).replace(hour=0, minute=0, second=0, microsecond=0, fold=0)
    for days in range(367):
        day, next_day = midnight + timedelta(days=days), midnight + timedelta(days=days + 1)
        if (next_day.utcoffset() or timedelta()) < (day.utcoffset() or timedelta()):
            return day
    return None
