"""Whom a correction reaches: everyone who was handed any version before it and still subscribes, each once.

What it says that the text said does not matter: it may be empty, a paraphrase, or an error that other versions lie
between. An editor who knows that a version did not have the error leaves it out, and why is kept.
"""

from dataclasses import dataclass, field
from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Count, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.formats import date_format

from articles.models import Correction, Delivery, Edition, Issue, ReachChoice, Subscription
from articles.models.issue import DeliveryQuerySet
from articles.newsletter.issues.refusal import IssueRefused, locked, permission

NEVER_SENT = "No subscriber was sent this article before the correction, so there is nobody to email."


@dataclass(frozen=True)
class Sending:
    """One issue in which a version was handed over, when, and to how many."""

    issue: int
    at: datetime
    readers: int

    def __str__(self) -> str:
        when = date_format(timezone.localtime(self.at), "F j, Y")
        return f"sent to {self.readers:,} reader{'' if self.readers == 1 else 's'} in issue {self.issue}, {when}"


@dataclass
class Version:
    """An earlier version that was handed over, with its issues in order, and why it is left out if it is."""

    edition: Edition
    left_out: ReachChoice | None
    sendings: list[Sending] = field(default_factory=list)


def reached(correction: Correction) -> QuerySet[Subscription]:
    """Readers to whom the correction goes: those who may have the error and still subscribe, whatever they pause."""
    counted = _earlier(correction).exclude(pk__in=_left_out(correction))
    return Subscription.objects.active().filter(pk__in=_handed_over(counted).values("subscription"))


def versions(correction: Correction) -> list[Version]:
    """Every version before the correction that somebody was handed, or may have been, the oldest first."""
    choices, earlier = _left_out(correction), _earlier(correction)
    found = {edition.pk: Version(edition, choices.get(edition.pk)) for edition in earlier.order_by("number")}
    rows = (
        _handed_over(earlier)
        .values_list("issue__items__edition", "issue__number")
        .annotate(at=Coalesce("issue__started_at", "issue__approved_at"), readers=Count("pk"))
    )
    for edition, number, at, readers in rows.order_by("issue__number"):
        found[edition].sendings.append(Sending(number, at, readers))
    return [version for version in found.values() if version.sendings]


def why_nobody(correction: Correction) -> list[str]:
    """Sentences that say why the correction reaches nobody; none where it reaches somebody."""
    if reached(correction).exists():
        return []
    sent = versions(correction)
    counted = [f"version {version.edition.number}" for version in sent if version.left_out is None]
    reasons = [
        f"Version {version.edition.number} was left out: {version.left_out.reason}"
        for version in sent
        if version.left_out is not None
    ]
    if counted:
        reasons.append(f"Everyone who was sent {' or '.join(counted)} has unsubscribed since.")
    return reasons or [NEVER_SENT]


def leave_out(issue: Issue, edition: Edition, *, reason: str, by: User) -> ReachChoice:
    """Leaves out the readers of a version who were sent no other one. Raises IssueRefused with every problem."""
    return _choose(issue, edition, by, reason.strip(), [] if reason.strip() else ["Say why its readers don’t need it."])


def take_in(issue: Issue, edition: Edition, *, by: User) -> ReachChoice:
    """Takes back that a version was left out. Raises IssueRefused."""
    return _choose(issue, edition, by, "", [])


@transaction.atomic
def _choose(issue: Issue, edition: Edition, by: User, reason: str, problems: list[str]) -> ReachChoice:
    correction = issue.correction
    if correction is None:
        raise IssueRefused("This issue isn’t a correction.")
    if edition not in [version.edition for version in versions(correction)]:
        problems = [*problems, "That’s no version of this article that was sent before the correction."]
    problems = [*permission(by), *problems]
    locked(issue, [Issue.DRAFT], problems, "It’s already {state}. Its recipients can’t change any more.")
    return ReachChoice.objects.create(
        correction=correction, edition=edition, leaves_out=bool(reason), reason=reason, by=by
    )


def _earlier(correction: Correction) -> QuerySet[Edition]:
    return Edition.objects.filter(article=correction.edition.article_id, number__lt=correction.edition.number)


def _left_out(correction: Correction) -> dict[int, ReachChoice]:
    """The choices that leave a version out, by its id: for each version the last one counts."""
    last = {choice.edition_id: choice for choice in correction.reach_choices.order_by("pk")}
    return {pk: choice for pk, choice in last.items() if choice.leaves_out}


def _handed_over(editions: QuerySet[Edition]) -> DeliveryQuerySet:
    """Deliveries that handed one over, or may have: a sender died with them in hand, or holds them now."""
    return Delivery.objects.possibly_handed_over().showing(editions).order_by()
