"""The clock's round for the newsletter: what is due is built and drafted; what is missed or stuck raises an alarm."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from django.conf import settings
from django.db import DatabaseError
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from articles.mail import alarms, standstill
from articles.models import Alarm, Delivery, Issue
from articles.newsletter.delivery.ledger import LEASE
from articles.newsletter.issues import building, weeks

logger = logging.getLogger(__name__)

LEAPT = (
    "The newsletter for week {week} of {year} is due, but the one before it is more than four weeks old. It isn’t "
    "built by itself: if the server’s clock is right, run manage.py build_issue; if not, set the clock."
)
MISSED = timedelta(minutes=1)  # after its moment without an issue
STUCK = timedelta(seconds=25)  # with messages due and none that moves; with the clock's round, told within a minute


def go_round(now: datetime | None = None) -> str:
    """One round, unless a restored site stands still; every step is safe to repeat.

    One that fails raises an alarm and does not keep the next from its work.

    Returns a sentence about the issue that was built, if there was one.
    """
    now = now or timezone.now()
    if standstill.reason():  # what is due may have gone out after the backup
        return ""
    report = _attempt(lambda: _build(now), "The week’s newsletter couldn’t be built", "build", now)
    _attempt(lambda: _draft(now), "A safety correction couldn’t be drafted", "correct", now)
    _attempt(
        lambda: building.approve_by_itself(now),
        "An issue couldn’t be sent when its waiting time was over",
        "grace",
        now,
    )
    look(now)
    return report or ""


def _build(now: datetime) -> str:
    week = building.due(now)
    if week is None or building.is_leap(week):
        return ""
    issue = building.build(now=now, week=week)
    return f" Issue {issue.number} built for {week}: {issue.get_state_display().lower()}."


def _draft(now: datetime) -> str:
    for issue in building.draft_safety_corrections(now):
        alarms.ring(
            f"waits:{issue.pk}", f"A safety correction is waiting to be sent: {issue.subject}", issue=issue, at=now
        )
    return ""


def _attempt(step: Callable[[], str | None], failure: str, key: str, now: datetime) -> str | None:
    try:
        report = step()
    except DatabaseError:
        raise  # the clock waits for the database, and says so
    except Exception as problem:
        logger.exception("%s", failure)
        alarms.ring(key, f"{failure} ({type(problem).__name__}). The server’s log says more.", at=now)
        return None
    alarms.over(key, at=now)
    return report


def look(now: datetime | None = None) -> None:
    """Raises the alarm for a week without its newsletter and for issues that nobody sends on; ends what is over."""
    now = now or timezone.now()
    standing: dict[str, tuple[str, Issue | None]] = {}
    if week := missed(now):
        sentence = LEAPT if building.is_leap(week) else "The newsletter for week {week} was due and hasn’t been built."
        standing[f"missed:{week}"] = (sentence.format(week=week[-2:], year=week[:4]), None)
    for still in stuck(now):
        standing[f"stuck:{still.pk}"] = (
            f"Issue {still.number} is stuck: messages are waiting and nothing is sending them.",
            still,
        )
    about = Q(key__startswith="missed:") | Q(key__startswith="stuck:")
    Alarm.objects.filter(about, over_at=None).exclude(key__in=standing).update(over_at=now)
    for key, (sentence, issue) in standing.items():
        alarms.ring(key, sentence, issue=issue, at=now)


def missed(now: datetime | None = None) -> str | None:
    """The week whose newsletter should be there by now and is not; also where no clock goes any more."""
    now = now or timezone.now()
    week = building.due(now)
    return week if week is not None and weeks.due_at(week) <= now - MISSED else None


def stuck(now: datetime | None = None) -> list[Issue]:
    """Issues with messages that have been due for a while, of which none was claimed or settled meanwhile."""
    now = now or timezone.now()
    since = now - _patience()
    claimed_then = since + LEASE  # when the lease of a claim ends that was taken at that moment
    own = Delivery.objects.filter(issue=OuterRef("pk"))
    waiting = own.filter(state=Delivery.QUEUED, next_at__lte=since) | own.filter(
        state=Delivery.CLAIMED, lease_until__lte=claimed_then
    )
    moved = own.filter(state=Delivery.CLAIMED, lease_until__gt=claimed_then) | own.filter(settled_at__gt=since)
    going = Issue.objects.filter(state__in=[Issue.APPROVED, Issue.SENDING], approved_at__lte=since)
    return list(going.filter(Exists(waiting), ~Exists(moved)))


def _patience() -> timedelta:
    """How long nothing may move: at a low rate, as long as two messages are apart."""
    apart = timedelta(minutes=2) / settings.SENDING_RATE if settings.SENDING_RATE else timedelta()
    return STUCK + apart
