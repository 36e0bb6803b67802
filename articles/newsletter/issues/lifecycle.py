"""How an issue stops: it is a draft again, held and resumed, left out, closed, or continued for the rest."""

from collections.abc import Sequence
from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from articles.mail import alarms, journal, standstill
from articles.mail.bounces import rule
from articles.models import Delivery, Edition, Issue
from articles.newsletter.issues import refusal_runs, selection
from articles.newsletter.issues.hold_rules import reasons_to_hold
from articles.newsletter.issues.refusal import IssueRefused, locked, named, permission
from articles.newsletter.issues.refused_readers import UNDECIDED


@transaction.atomic
def undo_approval(issue: Issue, *, by: User, at: datetime | None = None) -> Issue:
    """Makes an approved issue a draft again, while none of its messages has been tried: its rows leave the ledger.

    A sender that is about to begin waits for the issue's row, and finds a draft; where it was first, this is refused.
    """
    states, otherwise = [Issue.APPROVED, Issue.HELD], "It’s {state}, so its approval can’t be undone."
    issue = locked(issue, states, permission(by), otherwise)
    tried = issue.deliveries.exclude(state=Delivery.QUEUED, attempts=0, was_uncertain=False)
    if issue.started_at is not None or tried.exists():
        raise IssueRefused("Sending has begun, so its approval can’t be undone.")
    make_draft(issue)
    journal.write(journal.ISSUE_STATE, number=issue.number, state=issue.state)
    alarms.over(f"held:{issue.pk}", at=at)
    return issue


def make_draft(issue: Issue) -> None:
    """What `undo_approval` writes, for a caller that knows that nothing of the issue was sent."""
    issue.state, issue.approved_at, issue.approved_by, issue.send_at = Issue.DRAFT, None, None, None
    issue.held_at, issue.reason = None, ""
    issue.save(update_fields=["state", "approved_at", "approved_by", "send_at", "held_at", "reason"])
    issue.deliveries.all().delete()


@transaction.atomic
def hold(issue: Issue, *, reason: str, by: User | None = None, at: datetime | None = None) -> Issue:
    """Stops an approved issue where it is; `by` is nobody where it stops itself. The newsletter editors are told."""
    at = at or timezone.now()
    issue = Issue.objects.select_for_update().get(pk=issue.pk)
    if issue.state == Issue.HELD:
        return issue
    problems = permission(by) if by is not None else []
    if issue.state not in (Issue.APPROVED, Issue.SENDING):
        problems.append(f"It’s {named(issue)}, so there’s nothing to put on hold.")
    if not reason.strip():
        problems.append("Say why it’s on hold.")
    if problems:
        raise IssueRefused(*problems)
    issue.state, issue.held_at, issue.reason = Issue.HELD, at, reason.strip()
    issue.save(update_fields=["state", "held_at", "reason"])
    journal.write(journal.ISSUE_STATE, number=issue.number, state=issue.state)
    alarms.ring(f"held:{issue.pk}", f"Issue {issue.number} is on hold: {issue.reason}", issue=issue, at=at)
    return issue


@transaction.atomic
def resume(issue: Issue, *, by: User, at: datetime | None = None) -> Issue:
    """Lets a held issue go on to those who have not had it, if nothing stands in the way any more."""
    problems = permission(by)
    if reason := standstill.reason():
        problems.append(reason)
    return let_go_on(issue, problems=problems, at=at)


@transaction.atomic
def let_go_on(issue: Issue, *, problems: Sequence[str] = (), at: datetime | None = None) -> Issue:
    """What `resume` does, for a caller that has asked whether it may be done."""
    issue = locked(issue, [Issue.HELD], list(problems), "It’s {state}, not on hold.")
    if refusal_runs.asks(issue):
        raise IssueRefused(UNDECIDED)
    if reasons := reasons_to_hold(issue, at=at):
        raise IssueRefused(*reasons, "It can’t go on as it is. Send a corrected issue to the rest, or close it.")
    issue.state = Issue.SENDING if issue.started_at else Issue.APPROVED
    issue.held_at, issue.reason = None, ""
    issue.save(update_fields=["state", "held_at", "reason"])
    journal.write(journal.ISSUE_STATE, number=issue.number, state=issue.state)
    alarms.over(f"held:{issue.pk}", at=at)
    return issue


@transaction.atomic
def skip(issue: Issue, *, reason: str, by: User) -> Issue:
    """Leaves a draft out. The articles of a weekly one will be in the next newsletter."""
    issue = locked(issue, [Issue.DRAFT], permission(by), "It’s {state}. Only a draft can be skipped.")
    if not reason.strip():
        raise IssueRefused("Say why it’s skipped.")
    issue.state, issue.reason = Issue.SKIPPED, reason.strip()
    issue.save(update_fields=["state", "reason"])
    alarms.over(f"waits:{issue.pk}")
    return issue


@transaction.atomic
def close(issue: Issue, *, reason: str, by: User, at: datetime | None = None) -> Issue:
    """Ends a held issue: those who have not received it will not. What was handed over stays in the ledger."""
    at = at or timezone.now()
    issue = locked(issue, [Issue.HELD], permission(by), "It’s {state}. Put it on hold before you close it.")
    if not reason.strip():
        raise IssueRefused("Say why it’s closed.")
    if in_hand := issue.deliveries.filter(state=Delivery.CLAIMED, lease_until__gt=at).count():
        raise IssueRefused(f"{in_hand} of its messages are being sent right now. Try again in a moment.")
    if not refusal_runs.asks(issue):
        rule.end_pending(issue.pk, at=at)
    left = issue.deliveries.unsettled()
    left.filter(state__in=[Delivery.CLAIMED, Delivery.UNCERTAIN]).update(was_uncertain=True)
    left.update(state=Delivery.WITHHELD, settled_at=at, lease_until=None, answer=reason.strip())
    issue.state, issue.held_at, issue.sent_at, issue.reason = Issue.SENT, None, at, reason.strip()
    issue.save(update_fields=["state", "held_at", "sent_at", "reason"])
    journal.write(journal.ISSUE_STATE, number=issue.number, state=issue.state)
    alarms.over(f"held:{issue.pk}", f"stuck:{issue.pk}", at=at)
    return issue


@transaction.atomic
def continue_with_the_rest(issue: Issue, *, by: User, at: datetime | None = None) -> Issue:
    """Closes a held weekly issue and drafts its mended form, for exactly those who have not had it.

    What was approved never changes, so the ledger goes on to say truly who was handed which edition: the first issue
    names the wrong one, its continuation what is public now. It is a draft: somebody reads it before it goes.
    """
    at = at or timezone.now()
    issue = locked(
        issue, [Issue.HELD], permission(by), "It’s {state}. Put it on hold before you send a corrected issue."
    )
    if issue.kind != Issue.WEEKLY:
        raise IssueRefused("A correction can’t be corrected. Close it: the newer correction has its own issue.")
    order = {pk: place for place, pk in enumerate(issue.items.values_list("edition__article", flat=True))}
    live = selection.fit(Edition.objects.live(at).filter(article__in=order), at)
    editions = sorted(live, key=lambda edition: order[edition.article_id])
    if not editions:
        raise IssueRefused("Nothing is left to send. Close it.")
    number = Issue.objects.next_number()
    close(issue, reason=f"{issue.reason} The rest get issue {number}.", by=by, at=at)
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
    selection.put_in(mended, editions)
    return mended
