"""What a person says about readers whom a mail server refused: that their addresses are dead, or that we were meant.

And the way back, where subscriptions ended that should not have.
"""

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from articles.mail import journal, suppression
from articles.mail.bounces import rule
from articles.models import BounceEvent, ConsentEvent, Delivery, Issue, Subscription, Suppression
from articles.newsletter.issues.refusal import IssueRefused, locked, permission

UNDECIDED = "Say first whether the addresses that were refused are dead."
RESTORED = "Restored: the mail server had refused our mail, not this address."


@transaction.atomic
def are_dead(issue: Issue, *, by: User, at: datetime | None = None) -> int:
    """Ends the subscriptions of those who were refused; their number."""
    issue = locked(issue, [Issue.HELD, Issue.SENT], permission(by), "It’s {state}, so nothing is undecided.")
    return rule.end_pending(issue.pk, at=at)


@transaction.atomic
def are_fine(issue: Issue, *, by: User, at: datetime | None = None) -> int:
    """Keeps their subscriptions; a held issue goes to them again when it is resumed. Their number."""
    issue = locked(issue, [Issue.HELD, Issue.SENT], permission(by), "It’s {state}, so nothing is undecided.")
    if issue.state == Issue.HELD:
        pending = BounceEvent.objects.pending(issue.pk).values("delivery")
        issue.deliveries.filter(pk__in=pending, state=Delivery.REFUSED).update(
            state=Delivery.QUEUED, settled_at=None, next_at=at or timezone.now()
        )
    return rule.forgive(issue.pk)


def ended_by(issue: Issue) -> list[Subscription]:
    """Whose subscription ended because their mail server refused this issue, or sent it back, and for nothing else."""
    bounced = Subscription.objects.filter(state=Subscription.ENDED, bounce_events__delivery__issue=issue).distinct()
    return [
        subscription for subscription in bounced.prefetch_related("consent_events") if _ended_by_a_server(subscription)
    ]


def _ended_by_a_server(subscription: Subscription) -> bool:
    last = max(subscription.consent_events.all(), key=lambda event: (event.at, event.pk), default=None)
    bounced = suppression.BECAUSE[Suppression.BOUNCED]
    return last is not None and (last.kind, last.wording) == (ConsentEvent.ENDED, bounced)


@transaction.atomic
def restore(issue: Issue, *, by: User, at: datetime | None = None) -> int:
    """Takes back what an issue's bounces ended: the subscriptions go on with the consents they had. Their number."""
    if problems := permission(by):
        raise IssueRefused(*problems)
    at, ended = at or timezone.now(), ended_by(issue)
    with journal.together():
        for subscription in ended:
            suppression.lift(subscription.email)
    for subscription in ended:
        Subscription.objects.filter(pk=subscription.pk).update(state=Subscription.ACTIVE, ended_at=None)
        ConsentEvent.objects.create(
            subscription=subscription, kind=ConsentEvent.RESTORED, wording=RESTORED, source=rule.SOURCE, at=at
        )
    BounceEvent.objects.filter(delivery__issue=issue, subscription__in=ended).update(kind=BounceEvent.OURS)
    return len(ended)
