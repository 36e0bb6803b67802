"""Why an issue must not go on: what became of its articles since it was put together.

Each rule looks at one thing. To add one (an open report of harm, say), write a rule and put it into RULES.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from articles.models import Correction, Edition, Image, Issue, Review

Rule = Callable[[Any, datetime], str]


def present(issue: Issue, *, at: datetime | None = None) -> QuerySet[Edition]:
    """What stands in the issue: in a draft what its articles say now, in an approved one what they said then."""
    pinned = Edition.objects.filter(issue_items__issue=issue)
    if issue.state != Issue.DRAFT:
        return pinned
    live = Edition.objects.live(at).filter(article__in=pinned.values("article"))
    return Edition.objects.filter(pk__in=[*live.values_list("pk", flat=True), *_gone(pinned, live)])


def _gone(pinned: QuerySet[Edition], live: QuerySet[Edition]) -> list[int]:
    return list(pinned.exclude(article__in=live.values("article")).values_list("pk", flat=True))


def halting(issue: Issue, *, at: datetime | None = None) -> list[str]:
    """Sentences that say why the issue must stop now, or cannot be approved; none where it may go on.

    One query for an approved issue, however many articles it has.
    """
    at = at or timezone.now()
    return [said for edition in fates(issue, at=at) for rule in RULES[issue.kind] if (said := rule(edition, at))]


def fates(issue: Issue, *, at: datetime) -> QuerySet[Edition]:
    """The issue's editions with all that the rules look at: for the same rows on the same day they say the same."""
    own = OuterRef("article")
    live = Edition.objects.live(at).filter(article=own)
    later = Correction.objects.public(at).filter(edition__article=own, edition__number__gt=OuterRef("number"))
    taken_back = Review.objects.filter(
        revision__article=own,
        decided_at__gt=OuterRef("review__decided_at"),
        reviewer=OuterRef("review__reviewer"),
        signed_digest=OuterRef("review__signed_digest"),
        decision=Review.CHANGES,
    )
    uncredited = Image.objects.lacking_credit().filter(pk=OuterRef("lead_image"))
    return (
        present(issue, at=at)
        .select_related("review")
        .defer("body", "search_text", "references")
        .annotate(
            is_public=Exists(live),
            is_signed_now=Exists(live.filter(review__isnull=False)),
            is_corrected=Exists(later.order_by()),
            is_taken_back=Exists(taken_back),
            lacks_credit=Exists(uncredited),
        )
        .order_by("pk")
    )


def withdrawn(edition: Any, at: datetime) -> str:
    return "" if edition.is_public else f"“{edition.title}” is not public any more."


def corrected(edition: Any, at: datetime) -> str:
    return f"“{edition.title}” was corrected since." if edition.is_corrected else ""


def sign_off_lost(edition: Any, at: datetime) -> str:
    review = edition.review
    if review is None:
        return ""
    if edition.is_taken_back:
        return f"{review.full_name}, who signed “{edition.title}”, now asks for changes in it."
    if edition.is_public and not edition.is_signed_now:
        return f"“{edition.title}” lost its sign-off: what is public now is not signed."
    if review.is_due(at):
        return f"The medical review of “{edition.title}” has expired."
    return ""


def credit_lost(edition: Any, at: datetime) -> str:
    return f"The picture of “{edition.title}” lacks its credit." if edition.lacks_credit else ""


# A correction must reach its readers whatever else is the matter; it stops only where its own words are not ours now.
RULES: dict[str, list[Rule]] = {
    Issue.WEEKLY: [withdrawn, corrected, sign_off_lost, credit_lost],
    Issue.CORRECTION: [withdrawn, corrected],
}
