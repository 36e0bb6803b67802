"""The side column of an issue's page: its state, its recipients, its progress, and what must be fixed."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Count
from django.http import QueryDict
from django.utils import timezone
from django.utils.formats import date_format

from articles import wall_clock
from articles.admin.editorial_status import StatusLabel
from articles.models import BounceEvent, Correction, Delivery, Issue
from articles.newsletter.delivery import settling
from articles.newsletter.issues import audience, building, reach, refusal_runs, refused_readers, rendering, unsaved

MOST = 50  # uncertain deliveries that are listed, and corrections that are offered
SHAPES = {
    Issue.DRAFT: "draft",
    Issue.APPROVED: "signed",
    Issue.SENDING: "half",
    Issue.HELD: "changes",
    Issue.SENT: "live",
    Issue.SKIPPED: "scheduled",
}


@dataclass(frozen=True)
class Mailing:
    """A public correction, how many readers it would reach, and why if they are none."""

    correction: Correction
    readers: int
    why_nobody: list[str] = field(default_factory=list)


def status_label(issue: Issue) -> StatusLabel:
    """The state in words, with its shape in desk.css."""
    if issue.state == Issue.SENT and issue.reason:
        return StatusLabel("Closed before everyone received it", "withdrawn")
    return StatusLabel(issue.get_state_display(), SHAPES[issue.state])


def counts(issue: Issue) -> dict[str, int]:
    """Deliveries by state, every state named, with their sum and how many are settled."""
    by_state = settling.counts(issue)
    settled = sum(by_state[state] for state in Delivery.SETTLED)
    return {**by_state, "total": sum(by_state.values()), "settled": settled}


def lines(issue: Issue) -> list[tuple[str, str, int]]:
    """The counts for people: state, its words, how many."""
    found = counts(issue)
    return [(state, words, found[state]) for state, words in Delivery.STATES]


def context(issue: Issue, user: Any) -> dict[str, Any]:
    """Everything that the side column of an issue's page shows to one user."""
    is_draft = issue.state == Issue.DRAFT
    uncertain = issue.deliveries.filter(was_uncertain=True).order_by("pk")
    return {
        "label": status_label(issue),
        "counts": counts(issue),
        "lines": lines(issue),
        "reasons": building.reasons_to_hold(issue) if is_draft or issue in Issue.objects.under_way() else [],
        "readers": audience.count(issue) if is_draft else 0,
        "versions": reach.versions(issue.correction) if issue.correction else [],
        "nobody": reach.why_nobody(issue.correction) if issue.correction and is_draft else [],
        "uncertain": [(masked(one), one.get_state_display()) for one in uncertain[:MOST]],
        "uncertain_count": uncertain.count(),
        "refused": refused(issue),
        "asks": refusal_runs.asks(issue),
        "ended": len(refused_readers.ended_by(issue)),
        "may": user.has_perm("articles.approve_issue"),
        "unsaved": unsaved.found(issue, by=user),
        "can_undo": issue.state in (Issue.APPROVED, Issue.HELD) and issue.started_at is None,
        "leaves": moment(issue.send_at) if issue.send_at else "",
        "seconds_left": seconds_left(issue),
        "own_address": user.email,
        "goes_at": goes_at(issue),
        "continued_by": Issue.objects.filter(continues=issue).first(),
        "is_public": Issue.objects.public().filter(pk=issue.pk).exists(),
        "is_watched": issue.state in (Issue.APPROVED, Issue.SENDING),
    }


def refused(issue: Issue) -> list[tuple[str, int]]:
    """What mail servers said about readers of whom nobody has said yet whether their addresses are dead; how often."""
    counted = BounceEvent.objects.pending(issue.pk).order_by().values_list("said").annotate(count=Count("pk"))
    return list(counted.order_by("-count")[:MOST])


def masked(delivery: Delivery) -> str:
    """A reader's number with only its last two figures: enough to tell two apart, too little to look one up."""
    if delivery.subscription_id is None:
        return "Subscriber erased"
    return f"Subscriber ···{delivery.subscription_id % 100:02}"


def goes_at(issue: Issue) -> str:
    """When a draft goes by itself; empty where it waits for somebody."""
    if settings.NEWSLETTER_GRACE is None or issue.kind != Issue.WEEKLY or issue.continues_id is not None:
        return ""
    at = issue.built_at + timedelta(hours=settings.NEWSLETTER_GRACE)
    return date_format(timezone.localtime(at), "l, F j, H:i")


def moment(at: datetime) -> str:
    """A time to come, on the newsroom's clock: “today at 19:50”, “on Thursday, December 3 at 09:00”."""
    local, now = timezone.localtime(at), timezone.localtime()
    if local.date() == now.date():
        return f"today at {local:%H:%M}"
    return f"on {local:%A, %B %-d}{'' if local.year == now.year else f', {local.year}'} at {local:%H:%M}"


def seconds_left(issue: Issue) -> int:
    """How long an approval can be undone for certain: until the first message leaves."""
    left = (issue.send_at - timezone.now()).total_seconds() if issue.send_at else 0
    return max(0, round(left))


@dataclass(frozen=True)
class Question:
    """What is asked before an issue goes: to how many, and when. `given` is what was sent to choose the time."""

    readers: int
    seen: str
    given: QueryDict
    at: datetime | None
    problems: Sequence[str]
    reasons: Sequence[str]
    repeated_day: datetime | None

    @property
    def when(self) -> str:
        return moment(self.at) if self.at else "now"

    @property
    def undo_seconds(self) -> int:
        return int(settings.NEWSLETTER_UNDO)


def question(issue: Issue, given: QueryDict) -> Question:
    at, problems = None, []
    try:
        at = wall_clock.read(given.get("at", ""), which=given.get("which_hour", ""))
    except wall_clock.NoSuchTime as refusal:
        problems = list(refusal.problems)
    else:
        if given.get("at") and at is None:
            problems = ["That isn’t a date and time. Choose both."]
        elif at is not None and at <= timezone.now():
            at, problems = None, [building.PASSED]
    reasons = building.reasons_to_hold(issue)
    nobody = reach.why_nobody(issue.correction) if issue.correction else []
    return Question(
        readers=audience.count(issue, at=at),
        seen=rendering.digest(issue),
        given=given,
        at=at,
        problems=problems,
        reasons=[*reasons, *nobody],
        repeated_day=wall_clock.repeated_day(timezone.now()),
    )


def corrections(user: Any) -> list[Mailing]:
    """The newest corrections that may be mailed and were not: those that reach somebody, then those that do not."""
    if not user.has_perm("articles.approve_issue"):
        return []
    printed = Correction.objects.public().exclude(severity=Correction.MINOR).filter(issue=None)
    found = [
        Mailing(one, count, [] if count else reach.why_nobody(one))
        for one in printed[:MOST]
        for count in [reach.reached(one).count()]
    ]
    return sorted(found, key=lambda mailing: not mailing.readers)
