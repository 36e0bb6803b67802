"""The life of an issue: built for its week, approved; and the other verbs, which have modules of their own.

`selection` says which editions are in it, `weeks` when it is due, `audience` who gets it, `hold_rules` why it must
stop, `lifecycle` how it stops; `delivery` sends it. Every verb raises IssueRefused with the reasons, and does nothing
then.
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.db.models import Count, Max, Q
from django.utils import timezone

from articles.evidence import drugs, wording
from articles.mail import alarms, journal, standstill
from articles.mail.message import HeaderRefused
from articles.models import Drug, Edition, Issue
from articles.newsletter.issues import rendering, selection, weeks
from articles.newsletter.issues.audience import queue
from articles.newsletter.issues.corrections import correction_issue, draft_safety_corrections
from articles.newsletter.issues.hold_rules import present, reasons_to_hold
from articles.newsletter.issues.lifecycle import close, continue_with_the_rest, hold, resume, skip, undo_approval
from articles.newsletter.issues.reach import why_nobody
from articles.newsletter.issues.refusal import IssueRefused, locked, permission

__all__ = [
    "IssueRefused",
    "approve",
    "approve_by_itself",
    "build",
    "close",
    "continue_with_the_rest",
    "correction_issue",
    "draft_safety_corrections",
    "due",
    "hold",
    "is_leap",
    "permission",
    "present",
    "queue",
    "reasons_to_hold",
    "resume",
    "skip",
    "undo_approval",
]

NOTHING = "Nothing was published since the last issue, so there was nothing to send."
MOVED_ON = "It wasn’t approved before the next issue was built. Its articles moved to that issue."
PASSED = "That time has passed. Choose a later one, or send it now."
LEAP = timedelta(weeks=4)
LARGEST = 100_000  # bytes of HTML: Gmail cuts a longer newsletter off, and the way out with it


# Built ----------------------------------------------------------------------------------------------------------------


def due(now: datetime | None = None) -> str | None:
    """The week whose newsletter should have been built by now and was not; None where there is nothing to do.

    A clock that stood still builds the newest week's newsletter late; weeks that it missed whole are not made up for,
    and that newsletter covers everything since the last. A new site begins in the week in which its clock first runs.
    """
    now = now or timezone.now()
    week = weeks.latest_due(now)
    built = Issue.objects.filter(kind=Issue.WEEKLY).aggregate(
        this=Count("pk", Q(week=week)), earlier=Count("pk", Q(week__lt=week)), later=Count("pk", Q(week__gt=week))
    )
    late_but_next = built["earlier"] and not built["later"]
    return week if not built["this"] and (week == weeks.week_of(now) or late_but_next) else None


def is_leap(week: str) -> bool:
    """Whether so many weeks lie between an issue and the one before that the machine's clock may be wrong."""
    before = Issue.objects.filter(kind=Issue.WEEKLY, week__lt=week).aggregate(newest=Max("week"))["newest"]
    return before is not None and weeks.due_at(week) - weeks.due_at(before) > LEAP


def build(*, now: datetime | None = None, since: datetime | None = None, week: str | None = None) -> Issue:
    """The issue of a week (that of `now`), made if there is none. At any time there is one issue to a week, at most.

    A draft takes in what went live since it was built, and so does a week that had nothing to say; what is approved
    stays as it is. `since` replaces the moment up to which the last newsletter told of everything.
    """
    now = now or timezone.now()
    week = week or weeks.week_of(now)
    try:
        return _build(week, now, since)
    except IntegrityError:  # two clocks at the same moment: the other's is there now
        return _build(week, now, since)


@transaction.atomic
def _build(week: str, now: datetime, since: datetime | None) -> Issue:
    known = Issue.objects.select_for_update().filter(week=week, continues=None).first()
    return _gather_again(known, now, since) if known else _make(week, now, since)


def _make(week: str, now: datetime, since: datetime | None) -> Issue:
    """A new issue of a week. Drafts of earlier weeks that nobody approved give their articles to it."""
    since = since or selection.last_covered()
    found = selection.editions(since, now)
    unapproved = Issue.objects.filter(kind=Issue.WEEKLY, state=Issue.DRAFT, week__lt=week, continues=None)
    unapproved.update(state=Issue.SKIPPED, reason=MOVED_ON)
    issue = Issue.objects.create(
        number=Issue.objects.next_number(),
        week=week,
        subject=selection.subject(found) if found else f"No newsletter in week {week[-2:]}",
        state=Issue.DRAFT if found else Issue.SKIPPED,
        reason="" if found else NOTHING,
        built_at=now,
        since=since or min((edition.live_from for edition in found), default=now),
        until=now,
    )
    selection.put_in(issue, found)
    return issue


def _gather_again(issue: Issue, now: datetime, since: datetime | None) -> Issue:
    was_empty = issue.state == Issue.SKIPPED and not issue.items.exists()
    if issue.state != Issue.DRAFT and not was_empty:
        return issue
    in_it = set(issue.items.values_list("edition__article", flat=True))
    found = [one for one in selection.editions(since or issue.until, now) if one.article_id not in in_it]
    if was_empty and found:
        issue.state, issue.reason, issue.subject = Issue.DRAFT, "", selection.subject(found)
    issue.until = max(now, issue.until)
    issue.save(update_fields=["state", "reason", "subject", "until"])
    selection.put_in(issue, found)
    return issue


# Approved -------------------------------------------------------------------------------------------------------------


@transaction.atomic
def approve(
    issue: Issue, *, by: User, at: datetime | None = None, send_at: datetime | None = None, seen: str = ""
) -> Issue:
    """Freezes the issue with what its articles say now, and queues one delivery for each of its readers.

    No message leaves before `send_at`, and until then `undo_approval` makes it a draft again. `seen` is the
    `rendering.digest` of what the editor read, where they read it.
    """
    at = at or timezone.now()
    problems = permission(by)
    if send_at is not None and send_at < at:
        problems.append(PASSED)
    if seen and not problems and seen != rendering.digest(Issue.objects.select_for_update().get(pk=issue.pk)):
        problems.append("It has changed since you read it. Read it again, then approve it.")
    return _approve(issue, by, at, problems, send_at or at)


def approve_by_itself(now: datetime | None = None) -> None:
    """Lets every weekly draft go whose grace time is over, where NEWSLETTER_GRACE sets one; says so where it cannot."""
    now = now or timezone.now()
    if settings.NEWSLETTER_GRACE is None:
        return
    ripe = now - timedelta(hours=settings.NEWSLETTER_GRACE)
    drafts = Issue.objects.filter(kind=Issue.WEEKLY, state=Issue.DRAFT, continues=None)
    for issue in drafts.filter(built_at__lte=ripe, built_at__gt=now - LEAP):
        try:
            _approve(issue, None, now, [], now)
        except IssueRefused as refusal:
            alarms.ring(
                f"waits:{issue.pk}", f"Issue {issue.number} can’t be sent automatically: {refusal}", issue=issue
            )


@transaction.atomic
def _approve(issue: Issue, by: User | None, at: datetime, problems: list[str], send_at: datetime) -> Issue:
    if said := standstill.reason():
        problems = [*problems, said]
    issue = locked(issue, [Issue.DRAFT], problems, "It’s already {state}. Only a draft can be approved.")
    if not issue.items.exists():
        raise IssueRefused("It has no articles.")
    for item in issue.items.select_related("edition"):
        live = Edition.objects.live(at).filter(article=item.edition.article_id).first()
        if live is not None and live.pk != item.edition_id and issue.kind == Issue.WEEKLY:
            item.edition = live
            item.save(update_fields=["edition"])
    nobody = why_nobody(issue.correction) if issue.correction is not None else []
    if found := [*reasons_to_hold(issue, at=at), *_unsound(issue), *nobody, *_unmailable(issue)]:
        raise IssueRefused(*found)
    issue.state, issue.approved_at, issue.approved_by, issue.send_at = Issue.APPROVED, at, by, send_at
    issue.save(update_fields=["state", "approved_at", "approved_by", "send_at"])
    queue(issue, at=send_at)
    _remember(issue)
    alarms.over(f"waits:{issue.pk}", at=at)
    return issue


def _remember(issue: Issue) -> None:
    """Outside the database too: after a restore its number, its week and its Message-IDs are not given out again."""
    journal.write(
        journal.ISSUE,
        **{name: getattr(issue, name) for name in ("pk", "number", "kind", "week", "subject")},
        **{name: getattr(issue, f"{name}_id") for name in ("correction", "continues")},
        **{name: getattr(issue, name).isoformat() for name in ("since", "until", "approved_at")},
        editions=list(issue.items.order_by("position", "pk").values_list("edition", flat=True)),
    )


def _unsound(issue: Issue) -> list[str]:
    """What our own words above the articles say of medicines against their cards."""
    conflicts = drugs.find_conflicts(f"{issue.subject}.\n{issue.introduction}", list(Drug.objects.all()))
    return [wording.contradiction(conflict) for conflict in conflicts if conflict.certainty == drugs.CLAIM]


def _unmailable(issue: Issue) -> list[str]:
    if not issue.subject.strip():
        return ["Add a subject."]
    try:
        size = len(rendering.render(issue).for_nobody().html.encode())
    except HeaderRefused as refusal:
        return [str(refusal)]
    too_long = "The newsletter is {:,} bytes. Mail programs cut off anything over {:,}. Remove some articles."
    return [too_long.format(size, LARGEST)] if size > LARGEST else []
