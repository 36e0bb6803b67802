"""The dashboard: what waits for the user, everybody's articles by state, this week, what readers did.

The number of queries is fixed, but for corrections that wait to be mailed.
"""

from itertools import islice
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from articles.admin import (
    article_states,
    calendar,
    newsletter_dashboard,
    own_work,
    public_dashboard,
    readers_dashboard,
    site_pages,
    system,
)
from articles.admin.dashboard_item import MOST, DashboardItem, address
from articles.backup import answering
from articles.models import Restore, Subscription
from articles.newsletter import heartbeat
from articles.publishing import currency

AT_ONCE = 6  # of what waits; the rest unfolds


def for_user(user: Any) -> dict[str, Any]:
    """The panels as template context."""
    waiting = _waiting(user)
    return {
        "greeting": _greeting(user),
        "today": timezone.localtime(),
        "restored": _restored(user),
        "waiting": waiting,
        "waiting_first": waiting[:AT_ONCE],
        "waiting_more": waiting[AT_ONCE:],
        "states": _states(user),
        "week": _week(user),
        "may_move": user.has_perm(calendar.PUBLISH),
        "upcoming": newsletter_dashboard.upcoming(user)
        + public_dashboard.scheduled(user)
        + public_dashboard.reviews_due(user)
        + _stale(user),
        "live": public_dashboard.live(user),
        "most_read": readers_dashboard.most_read(user),
        "answers": readers_dashboard.answers(user),
        "searched": readers_dashboard.searched(user),
        "needed": site_pages.needed(user),
        "version": settings.VERSION,
        "readers": Subscription.objects.filter(state=Subscription.ACTIVE).count(),
    }


def _greeting(user: Any) -> str:
    hour = timezone.localtime().hour
    words = "Good morning" if 4 <= hour < 12 else "Good afternoon" if 12 <= hour < 18 else "Good evening"
    return f"{words}, {user.get_short_name()}" if user.get_short_name() else words


def _restored(user: Any) -> Restore | None:
    """The restored backup after which no mail is sent yet, for those whose work waits for that."""
    if not (user.has_perm("articles.view_issue") or user.has_perm("articles.answer_restore")):
        return None
    return answering.waiting()


def _waiting(user: Any) -> list[DashboardItem]:
    """The most urgent first."""
    found = [
        *public_dashboard.withdrawn_reviews(user),
        *_late(user),
        *own_work.safeguards_to_confirm(user),
        *newsletter_dashboard.waiting(user),
        *own_work.corrections_to_mail(user),
        *own_work.reports(user),
        *own_work.repeats(user),
        *own_work.doubtful(user),
        *own_work.to_confirm(user),
        *own_work.to_write(user),
        *own_work.to_review(user),
        *public_dashboard.reopened(user),
        *own_work.to_publish(user),
        *public_dashboard.labels(user),
        *public_dashboard.benchmarks(user),
        *public_dashboard.pictures(user),
    ]
    return found[: 3 * MOST]


def _states(user: Any) -> list[tuple[str, int, str]]:
    """How many articles are in each state, with the list of them."""
    if not user.has_perm("articles.view_article"):
        return []
    address = reverse("admin:articles_article_changelist")
    return [(name, number, f"{address}?state={key}") for key, name, number in article_states.counts()]


def _week(user: Any) -> calendar.Week:
    first = calendar.monday(timezone.localdate())
    public = public_dashboard.while_public("week", lambda: calendar.public_events(first, 1))
    return calendar.in_weeks([*public, *calendar.asked_reviews(first, 1)], user, first, 1)[0]


def _late(user: Any) -> list[DashboardItem]:
    """A warning that the clock isn't running: email waits, scheduled articles still go live."""
    if not (user.has_perm("articles.publish_article") or user.has_perm("auth.change_user")):
        return []
    silence = heartbeat.silence()
    if silence is None or silence < heartbeat.LATE:
        return []
    since = date_format(timezone.localtime(timezone.now() - silence), "F j, H:i")
    about = f"Stopped since {since}. Email waits; scheduled articles still go live. Start it with manage.py clock"
    address = reverse("admin:system" if user.has_perm(system.PERMISSION) else "health-ready")
    return [DashboardItem("The clock isn’t running", about, address, "Start the clock", "stop")]


def _stale(user: Any) -> list[DashboardItem]:
    """Published articles that cite old or superseded sources, those first that are reviewed again the soonest."""
    if not user.has_perm("articles.view_review"):
        return []
    soonest = public_dashboard.while_public("soonest", currency.reviewed_soonest)
    return [
        DashboardItem(edition.title, _in_words(sources), address(edition.article_id))
        for edition, sources in islice(currency.unanswered(soonest), MOST)
    ]


def _in_words(sources: list[currency.Stale]) -> str:
    """The first source, one that is superseded if there is any, and how many more there are."""
    first = min(sources, key=lambda source: not source.is_superseded)
    more = f" And {len(sources) - 1} more" if len(sources) > 1 else ""
    return f"Old or superseded source: reference {first.number}. {first.why}{more}"
