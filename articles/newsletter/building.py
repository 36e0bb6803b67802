"""The life of an issue: built for its week, approved, held, resumed, left out, closed.

Which editions stand in it says `gathering`, why it must stop `halting`, when it is due `weeks`; how it goes to its
readers is `sending`'s. Every verb raises IssueRefused with the reasons, and does nothing then.
"""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Count, Q
from django.utils import timezone

from articles.models import Delivery, Edition, Issue, IssueItem
from articles.newsletter import alarms, gathering, messages, weeks
from articles.newsletter.corrections import correction_issue, draft_safety_corrections
from articles.newsletter.halting import halting, present
from articles.newsletter.queueing import queue
from articles.newsletter.refusal import IssueRefused, permission

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
    "halting",
    "hold",
    "permission",
    "present",
    "queue",
    "resume",
    "skip",
]

NOTHING = "Nothing went live since the last letter, so there was nothing to send."
MOVED_ON = "It was not approved before the next week’s letter was built; its articles moved on to that."
LARGEST = 100_000  # bytes of HTML: Gmail cuts a longer letter off, and the way out with it


# Built ----------------------------------------------------------------------------------------------------------------


def due(now: datetime | None = None) -> str | None:
    """The week whose letter should have been built by now and was not; None where there is nothing to do.

    A clock that stood still builds the newest week's letter late; weeks that it missed whole are not made up for,
    and that letter covers everything since the last. A new site begins in the week in which its clock first runs.
    """
    now = now or timezone.now()
    week = weeks.latest_due(now)
    built = Issue.objects.filter(kind=Issue.WEEKLY).aggregate(
        this=Count("pk", Q(week=week)), earlier=Count("pk", Q(week__lt=week)), later=Count("pk", Q(week__gt=week))
    )
    late_but_next = built["earlier"] and not built["later"]
    return week if not built["this"] and (week == weeks.week_of(now) or late_but_next) else None


def build(*, now: datetime | None = None, since: datetime | None = None, week: str | None = None) -> Issue:
    """The issue of a week (that of `now`), made if there is none. At any time there is one issue to a week, at most.

    A draft takes in what went live since it was built, and so does a week that had nothing to say; what is approved
    stays as it is. `since` replaces the moment up to which the last letter told of everything.
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
    since = since or gathering.last_covered()
    found = gathering.editions(since, now)
    unapproved = Issue.objects.filter(kind=Issue.WEEKLY, state=Issue.DRAFT, week__lt=week, continues=None)
    unapproved.update(state=Issue.SKIPPED, because=MOVED_ON)
    issue = Issue.objects.create(
        number=Issue.objects.next_number(),
        week=week,
        subject=gathering.subject(found) if found else f"No letter in week {week[-2:]}",
        state=Issue.DRAFT if found else Issue.SKIPPED,
        because="" if found else NOTHING,
        built_at=now,
        since=since or min((edition.live_from for edition in found), default=now),
        until=now,
    )
    _append(issue, found)
    return issue


def _gather_again(issue: Issue, now: datetime, since: datetime | None) -> Issue:
    was_empty = issue.state == Issue.SKIPPED and not issue.items.exists()
    if issue.state != Issue.DRAFT and not was_empty:
        return issue
    in_it = set(issue.items.values_list("edition__article", flat=True))
    found = [one for one in gathering.editions(since or issue.until, now) if one.article_id not in in_it]
    if was_empty and found:
        issue.state, issue.because, issue.subject = Issue.DRAFT, "", gathering.subject(found)
    issue.until = max(now, issue.until)
    issue.save(update_fields=["state", "because", "subject", "until"])
    _append(issue, found)
    return issue


def _append(issue: Issue, found: list[Edition]) -> None:
    start = issue.items.count()
    IssueItem.objects.bulk_create(
        IssueItem(issue=issue, edition=edition, position=start + place) for place, edition in enumerate(found, 1)
    )


# Approved -------------------------------------------------------------------------------------------------------------


def approve(issue: Issue, *, by: Any, at: datetime | None = None) -> Issue:
    """Freezes the issue with what its articles say now, and queues one delivery for each of its readers."""
    return _approve(issue, by, at or timezone.now(), permission(by))


def approve_by_itself(now: datetime | None = None) -> None:
    """Lets every weekly draft go whose grace time is over, where NEWSLETTER_GRACE sets one; says so where it cannot."""
    now = now or timezone.now()
    if settings.NEWSLETTER_GRACE is None:
        return
    ripe = now - timedelta(hours=settings.NEWSLETTER_GRACE)
    for issue in Issue.objects.filter(kind=Issue.WEEKLY, state=Issue.DRAFT, continues=None, built_at__lte=ripe):
        try:
            _approve(issue, None, now, [])
        except IssueRefused as refusal:
            alarms.ring(f"waits:{issue.pk}", f"Issue {issue.number} cannot go by itself: {refusal}", issue=issue)


@transaction.atomic
def _approve(issue: Issue, by: Any, at: datetime, problems: list[str]) -> Issue:
    issue = _held_in(issue, [Issue.DRAFT], problems, "It is {state} already; only a draft can be approved.")
    if not issue.items.exists():
        raise IssueRefused("It has no article in it.")
    for item in issue.items.select_related("edition"):
        live = Edition.objects.live(at).filter(article=item.edition.article_id).first()
        if live is not None and live.pk != item.edition_id and issue.kind == Issue.WEEKLY:
            item.edition = live
            item.save(update_fields=["edition"])
    if found := [*halting(issue, at=at), *_unmailable(issue)]:
        raise IssueRefused(*found)
    issue.state, issue.approved_at, issue.approved_by = Issue.APPROVED, at, by
    issue.save(update_fields=["state", "approved_at", "approved_by"])
    queue(issue, at=at)
    alarms.over(f"waits:{issue.pk}", at=at)
    return issue


def _unmailable(issue: Issue) -> list[str]:
    if not issue.subject.strip():
        return ["Give it a subject."]
    try:
        size = len(messages.letter(issue).for_nobody().html.encode())
    except messages.HeaderRefused as refusal:
        return [str(refusal)]
    too_long = "The letter is {:,} bytes long; mail programs cut one of over {:,} off. Take some articles out."
    return [too_long.format(size, LARGEST)] if size > LARGEST else []


# Held, resumed, ended -------------------------------------------------------------------------------------------------


@transaction.atomic
def hold(issue: Issue, *, because: str, by: Any = None, at: datetime | None = None) -> Issue:
    """Stops an approved issue where it is; `by` is nobody where it stops itself. The newsletter editors are told."""
    at = at or timezone.now()
    issue = Issue.objects.select_for_update().get(pk=issue.pk)
    if issue.state == Issue.HELD:
        return issue
    problems = permission(by) if by is not None else []
    if issue.state not in (Issue.APPROVED, Issue.SENDING):
        problems.append(f"It is {_named(issue)}, so there is nothing to hold.")
    if not because.strip():
        problems.append("Say why it is held.")
    if problems:
        raise IssueRefused(*problems)
    issue.state, issue.held_at, issue.because = Issue.HELD, at, because.strip()
    issue.save(update_fields=["state", "held_at", "because"])
    alarms.ring(f"held:{issue.pk}", f"Issue {issue.number} is held: {issue.because}", issue=issue, at=at)
    return issue


@transaction.atomic
def resume(issue: Issue, *, by: Any, at: datetime | None = None) -> Issue:
    """Lets a held issue go on to those who have not had it, if nothing stands in the way any more."""
    issue = _held_in(issue, [Issue.HELD], permission(by), "It is {state}, not held.")
    if reasons := halting(issue, at=at):
        raise IssueRefused(*reasons, "It cannot go on as it is: mend it for the rest, or close it.")
    issue.state = Issue.SENDING if issue.started_at else Issue.APPROVED
    issue.held_at, issue.because = None, ""
    issue.save(update_fields=["state", "held_at", "because"])
    alarms.over(f"held:{issue.pk}", at=at)
    return issue


@transaction.atomic
def skip(issue: Issue, *, because: str, by: Any) -> Issue:
    """Leaves a draft out. The articles of a weekly one will be in the next letter."""
    issue = _held_in(issue, [Issue.DRAFT], permission(by), "It is {state}; only a draft can be left out.")
    if not because.strip():
        raise IssueRefused("Say why it is left out.")
    issue.state, issue.because = Issue.SKIPPED, because.strip()
    issue.save(update_fields=["state", "because"])
    alarms.over(f"waits:{issue.pk}")
    return issue


@transaction.atomic
def close(issue: Issue, *, because: str, by: Any, at: datetime | None = None) -> Issue:
    """Ends a held issue: whoever has not had it will not get it. What was handed over stays in the ledger."""
    at = at or timezone.now()
    issue = _held_in(issue, [Issue.HELD], permission(by), "It is {state}; hold it before you close it.")
    if not because.strip():
        raise IssueRefused("Say why it is closed.")
    if in_hand := issue.deliveries.filter(state=Delivery.CLAIMED, lease_until__gt=at).count():
        raise IssueRefused(f"A sender has {in_hand} of its letters in hand. Wait until it has let go of them.")
    left = issue.deliveries.unsettled()
    left.filter(state__in=[Delivery.CLAIMED, Delivery.UNCERTAIN]).update(was_uncertain=True)
    left.update(state=Delivery.WITHHELD, settled_at=at, lease_until=None, answer=because.strip())
    issue.state, issue.held_at, issue.sent_at, issue.because = Issue.SENT, None, at, because.strip()
    issue.save(update_fields=["state", "held_at", "sent_at", "because"])
    alarms.over(f"held:{issue.pk}", f"stuck:{issue.pk}", at=at)
    return issue


@transaction.atomic
def continue_with_the_rest(issue: Issue, *, by: Any, at: datetime | None = None) -> Issue:
    """Closes a held weekly issue and drafts its mended form, for exactly those who have not had it.

    What was approved never changes, so the ledger goes on to say truly who was handed which edition: the first issue
    names the wrong one, its continuation what is public now. It is a draft: somebody reads it before it goes.
    """
    at = at or timezone.now()
    issue = _held_in(issue, [Issue.HELD], permission(by), "It is {state}; hold it before you mend it.")
    if issue.kind != Issue.WEEKLY:
        raise IssueRefused("A correction cannot be mended; close it. The newer correction has an issue of its own.")
    order = {pk: place for place, pk in enumerate(issue.items.values_list("edition__article", flat=True))}
    live = gathering.fit(Edition.objects.live(at).filter(article__in=order), at)
    found = sorted(live, key=lambda edition: order[edition.article_id])
    if not found:
        raise IssueRefused("Nothing of it can still be sent. Close it.")
    number = Issue.objects.next_number()
    close(issue, because=f"{issue.because} The rest get issue {number}.", by=by, at=at)
    mended = Issue.objects.create(
        number=number,
        week=issue.week,
        continues=issue,
        subject=issue.subject,
        introduction=issue.introduction,
        built_at=at,
        since=issue.since,
        until=issue.until,
    )
    _append(mended, found)
    return mended


def _held_in(issue: Issue, states: list[str], problems: list[str], otherwise: str) -> Issue:
    """The issue as the database has it, locked, if it is in one of these states; IssueRefused if not."""
    issue = Issue.objects.select_for_update().get(pk=issue.pk)
    if issue.state not in states:
        problems = [*problems, otherwise.format(state=_named(issue))]
    if problems:
        raise IssueRefused(*problems)
    return issue


def _named(issue: Issue) -> str:
    return {Issue.DRAFT: "a draft"}.get(issue.state, issue.get_state_display().lower())
