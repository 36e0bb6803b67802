"""The newsletter on the dashboard: what is on hold, late or waiting, and when the next issue is built."""

from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from articles.admin.dashboard_item import DashboardItem
from articles.admin.public_dashboard import while_public
from articles.models import Alarm, Issue
from articles.newsletter import scheduler
from articles.newsletter.issues import weeks

RECENT = timedelta(days=7)  # a skipped week is shown until the next one


def waiting(user: Any) -> list[DashboardItem]:
    """Alarms first, then drafts that wait for approval."""
    if not user.has_perm("articles.view_issue"):
        return []
    return _alarms() + (_drafts() if user.has_perm("articles.approve_issue") else [])


def upcoming(user: Any) -> list[DashboardItem]:
    """What is being sent, and what comes next: the same while the public site is, and the week."""
    if not user.has_perm("articles.view_issue"):
        return []
    return while_public(f"newsletter, {weeks.next_due(timezone.now())}", _upcoming)


def _upcoming() -> list[DashboardItem]:
    going = Issue.objects.filter(state__in=[Issue.APPROVED, Issue.SENDING])
    lines = [DashboardItem(f"{_name(issue)}: {issue.subject}", _progress(issue), _address(issue)) for issue in going]
    return lines + _empty_week() + [_next()]


def _progress(issue: Issue) -> str:
    if issue.state == Issue.APPROVED and issue.send_at is not None and issue.send_at > timezone.now():
        return f"Approved, to be sent {_moment(issue.send_at)}"
    return str(issue.get_state_display())


def _alarms() -> list[DashboardItem]:
    """Open alarms, and a missed week while no clock is running that could raise one."""
    open_alarms = Alarm.objects.filter(over_at=None).select_related("issue")
    lines = [
        DashboardItem(
            one.sentence,
            f"Since {_moment(one.raised_at)}",
            _address(one.issue) if one.issue else _list(),
            "Newsletter",
            "stop",
        )
        for one in open_alarms
    ]
    week = scheduler.missed()
    if week and not any(one.key == f"missed:{week}" for one in open_alarms):
        about = "It was due " + _moment(weeks.due_at(week)) + ". Start the clock with manage.py clock"
        lines.append(
            DashboardItem(
                f"The newsletter for week {week[-2:]} hasn’t been built", about, _list(), "Newsletter", "stop"
            )
        )
    return lines


def _drafts() -> list[DashboardItem]:
    drafts = Issue.objects.filter(state=Issue.DRAFT).exclude(alarms__over_at=None, alarms__isnull=False)
    return [
        DashboardItem(
            f"{_name(issue)}: {issue.subject}",
            f"Waiting for approval since {_moment(issue.built_at)}",
            _address(issue),
            "Read and approve",
        )
        for issue in drafts
    ]


def _empty_week() -> list[DashboardItem]:
    newest = Issue.objects.filter(kind=Issue.WEEKLY, built_at__gt=timezone.now() - RECENT).order_by("-week").first()
    if newest is None or newest.state != Issue.SKIPPED:
        return []
    return [DashboardItem(f"No newsletter in week {newest.week[-2:]}", newest.reason, _address(newest))]


def _next() -> DashboardItem:
    week = weeks.next_due(timezone.now())
    if Issue.objects.filter(kind=Issue.WEEKLY, week=week).exists():  # built early, by hand
        week = weeks.next_due(weeks.due_at(week))
    return DashboardItem(f"Newsletter for week {week[-2:]}", f"Will be built {_moment(weeks.due_at(week))}", _list())


def _name(issue: Issue) -> str:
    return f"Correction {issue.number}" if issue.kind == Issue.CORRECTION else f"Issue {issue.number}"


def _address(issue: Issue) -> str:
    return reverse("admin:articles_issue_change", args=[issue.pk])


def _list() -> str:
    return reverse("admin:articles_issue_changelist")


def _moment(at: Any) -> str:
    return date_format(timezone.localtime(at), "l, F j, H:i")
