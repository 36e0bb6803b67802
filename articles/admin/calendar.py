"""The calendar: weeks of what is scheduled, of newsletters and of reviews that fall due; moving what is scheduled."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import F
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.formats import date_format

from articles import wall_clock
from articles.admin.dashboard_item import address, moment
from articles.models import Edition, Issue, Review, ReviewTask
from articles.newsletter.issues import weeks as newsletter_weeks
from articles.publishing import press
from articles.publishing.desk import DeskRefused
from articles.refusal import Refused

SHOWN = 4  # weeks
WEEK = timedelta(weeks=1)
FARTHEST = timedelta(weeks=5200)
UNREAD = ("body", "search_text", "references")  # of editions: the long columns
PUBLISH = "articles.publish_article"
MOVED = "moved_edition"  # in the session: what was just moved, and from when, for the next page to offer to undo it


@dataclass(frozen=True)
class Event:
    """Something on a day: at which time, what, and where it leads. `kind` is how it looks (dashboard.css)."""

    on: date
    time: str
    title: str
    about: str
    url: str
    kind: str
    may: str  # see it
    picture: int | None = None
    edition: int | None = None  # of a scheduled one, which can be moved


@dataclass
class Day:
    on: date
    is_today: bool
    events: list[Event] = field(default_factory=list)


@dataclass(frozen=True)
class Week:
    name: str
    days: list[Day]

    @property
    def is_empty(self) -> bool:
        return not any(day.events for day in self.days)


# What happens ---------------------------------------------------------------------------------------------------------


def monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def public_events(first: date, weeks: int) -> list[Event]:
    """What follows from the public site and the newsletter."""
    start, end = _midnight(first), _midnight(first + weeks * WEEK)
    return [*_editions(start, end), *_newsletters(first, weeks), *_reviews(first, first + weeks * WEEK)]


def asked_reviews(first: date, weeks: int) -> list[Event]:
    """Reviews that were asked for, on the day by which they are."""
    asked = ReviewTask.objects.open().filter(due_on__gte=first, due_on__lt=first + weeks * WEEK)
    return [
        Event(
            task.due_on,
            "",
            str(task.article),
            f"Asked of {task.reviewer}",
            address(task.article_id),
            "due",
            "articles.view_review",
        )
        for task in asked.only("due_on", "article__title", "reviewer__name", "reviewer__credentials")
        if task.due_on
    ]


def in_weeks(events: Iterable[Event], user: Any, first: date, weeks: int) -> list[Week]:
    """The weeks from a Monday on, with what a user may see of each day."""
    today, by_day = timezone.localdate(), defaultdict(list)
    for event in sorted(events, key=lambda event: event.time):
        if user.has_perm(event.may):
            by_day[event.on].append(event)
    days = [first + timedelta(days=number) for number in range(7 * weeks)]
    found = [Day(on, on == today, by_day[on]) for on in days]
    return [Week(_name(found[start].on), found[start : start + 7]) for start in range(0, len(found), 7)]


def _name(first: date) -> str:
    """As “November 30 – December 6”, with the year where it is another one than now."""
    last = first + timedelta(days=6)
    year = "" if last.year == timezone.localdate().year else f", {last.year}"
    return f"{date_format(first, 'F j')} – {date_format(last, 'j' if last.month == first.month else 'F j')}{year}"


def _midnight(day: date) -> datetime:
    return datetime.combine(day, datetime.min.time(), tzinfo=timezone.get_current_timezone())


def _editions(start: datetime, end: datetime) -> list[Event]:
    """What goes live or went live, typo fixes apart; none that was taken off the schedule."""
    now = timezone.now()
    found = Edition.objects.scheduled(start - timedelta(microseconds=1)).filter(live_from__lt=end)
    found = found.exclude(kind=Edition.WITHDRAWN).exclude(note=Edition.TYPO).order_by("live_from")
    return [
        Event(
            timezone.localdate(edition.live_from),
            f"{timezone.localtime(edition.live_from):%H:%M}",
            edition.title,
            "Scheduled" if edition.live_from > now else "Published",
            address(edition.article_id),
            "article" if edition.live_from > now else "article past",
            "articles.view_edition",
            edition.lead_image_id,
            edition.pk if edition.live_from > now and edition.kind != Edition.CORRECTION else None,
        )
        for edition in found.defer(*UNREAD)
    ]


def _newsletters(first: date, weeks: int) -> list[Event]:
    """The issue of each week, at the time when it is due; of past weeks those that were built."""
    keys = [newsletter_weeks.key(first + number * WEEK) for number in range(weeks)]
    built = {issue.week: issue for issue in Issue.objects.filter(week__in=keys, continues=None)}
    now, events = timezone.now(), []
    for week in keys:
        due, issue = newsletter_weeks.due_at(week), built.get(week)
        if issue is None and due <= now:
            continue
        about = f"{issue.get_state_display()}: {issue.subject}" if issue else "Will be drafted"
        url = reverse("admin:articles_issue_change", args=[issue.pk]) if issue else ""
        events.append(
            Event(
                timezone.localdate(due),
                f"{timezone.localtime(due):%H:%M}",
                f"Newsletter issue {issue.number}" if issue else "Newsletter",
                about,
                url or reverse("admin:articles_issue_changelist"),
                "letter",
                "articles.view_issue",
            )
        )
    return events


def _reviews(first: date, end: date) -> list[Event]:
    due = Edition.objects.live().filter(review__in=Review.objects.filter(due_on__gte=first, due_on__lt=end))
    return [
        Event(
            edition.review.due_on,
            "",
            edition.title,
            "Review due",
            address(edition.article_id),
            "due",
            "articles.view_review",
        )
        for edition in due.select_related("review").defer(*UNREAD).order_by(F("review__due_on"))
        if edition.review and edition.review.due_on
    ]


# Its pages ------------------------------------------------------------------------------------------------------------


def show(request: Any, context: dict[str, Any]) -> HttpResponse:
    """This week and three more, or those from a given day on; what was just moved, with its undo."""
    first = _first_day(request.GET.get("week", ""))
    events = [*public_events(first, SHOWN), *asked_reviews(first, SHOWN)]
    return TemplateResponse(
        request,
        "admin/calendar.html",
        {
            **context,
            "title": "Calendar",
            "weeks": in_weeks(events, request.user, first, SHOWN),
            "earlier": first - WEEK,
            "later": first + WEEK,
            "is_present": first == monday(timezone.localdate()),
            "may_move": request.user.has_perm(PUBLISH),
            "moved": _just_moved(request),
        },
    )


def _first_day(given: str) -> date:
    try:
        day = parse_date(given)
    except ValueError:  # well formed, and no day
        day = None
    today = timezone.localdate()
    return monday(day if day and abs(day - today) < FARTHEST else today)


def _just_moved(request: Any) -> dict[str, Any] | None:
    kept = request.session.pop(MOVED, None)
    edition = Edition.objects.scheduled().filter(pk=kept["edition"]).defer(*UNREAD).first() if kept else None
    if edition is None:
        return None
    return {"edition": edition, "to": moment(edition.live_from), "before": kept["before"]}


def move(request: HttpRequest, context: dict[str, Any], pk: int) -> HttpResponse:
    """Asks for a day and time, and moves a scheduled edition there; a refusal is said where the time can be put right.

    What is dragged sends its new day, and keeps its time of day.
    """
    if not request.user.has_perm(PUBLISH):
        raise PermissionDenied
    edition = get_object_or_404(Edition.objects.select_related("article", "revision"), pk=pk)
    before = timezone.localtime(edition.live_from)
    written = request.POST.get("at", "") or f"{request.POST.get('day', '')}T{before:%H:%M}"
    problems: tuple[str, ...] = ()
    if request.method == "POST":
        try:
            moved = press.reschedule(edition, at=_time(written, request), by=request.user)  # type: ignore[arg-type]
        except Refused as refusal:
            problems = tuple(refusal.problems)
        else:
            request.session[MOVED] = {"edition": moved.pk, "before": before.isoformat()}
            week = monday(timezone.localdate(moved.live_from))
            return HttpResponseRedirect(f"{reverse('admin:calendar')}?week={week}")
    page = {
        **context,
        "title": f"Move “{edition.title}”",
        "edition": edition,
        "problems": problems,
        "is_scheduled": Edition.objects.scheduled().filter(pk=pk).exists(),
        "at": written[:16] if problems else f"{before:%Y-%m-%dT%H:%M}",
        "earliest": f"{timezone.localtime():%Y-%m-%dT%H:%M}",
        "repeated_day": wall_clock.repeated_day(timezone.now()),
        "week": monday(before.date()),
    }
    return TemplateResponse(request, "admin/calendar_move.html", page, status=422 if problems else 200)


def _time(written: str, request: HttpRequest) -> datetime:
    at = wall_clock.read(written, which=request.POST.get("which_hour", ""))
    if at is None:
        raise DeskRefused("Choose a date and time to publish it.")
    return at
