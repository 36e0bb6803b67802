"""When the weekly newsletter is due. The ISO week (ISO 8601) is its key, so no change of clocks makes none or two."""

from datetime import UTC, date, datetime, timedelta

from django.conf import settings
from django.utils import timezone


def week_of(at: datetime) -> str:
    """The ISO week of a moment in the site's zone, as “2026-W48”."""
    return key(timezone.localtime(at).date())


def key(day: date) -> str:
    year, week, _weekday = day.isocalendar()
    return f"{year:04}-W{week:02}"


def due_at(week: str) -> datetime:
    """The moment (UTC) at which the newsletter of a week is due: NEWSLETTER_WEEKDAY at NEWSLETTER_TIME in TIME_ZONE.

    A time that the clocks skip counts as if they had not been changed yet, one that they show twice is the first
    (PEP 495, fold 0).
    """
    year, number = (int(part) for part in week.split("-W"))
    day = date.fromisocalendar(year, number, settings.NEWSLETTER_WEEKDAY)
    local = datetime.combine(day, settings.NEWSLETTER_TIME, tzinfo=timezone.get_default_timezone())
    return local.astimezone(UTC)


def next_due(now: datetime) -> str:
    """The first week whose moment lies ahead."""
    today = timezone.localtime(now).date()
    around = [key(today + timedelta(weeks=shift)) for shift in (-1, 0, 1, 2)]
    return next(week for week in around if due_at(week) > now)


def latest_due(now: datetime) -> str:
    """The newest week whose moment has come. Late on Sunday night is still that week, however late the clock looks."""
    today = timezone.localtime(now).date()
    around = [key(today + timedelta(weeks=shift)) for shift in (0, -1, -2)]
    return next(week for week in around if due_at(week) <= now)
