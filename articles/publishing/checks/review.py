"""Whether a medical reviewer has signed exactly this text, and whether that still holds."""

from collections.abc import Iterator

from django.utils import timezone
from django.utils.formats import date_format

from articles.models import Review
from articles.publishing import snapshot
from articles.publishing.checks.gate import ERROR, WARNING, Draft, Finding, check


@check("review.missing", "review.stale", "review.withdrawn")
def review(draft: Draft) -> Iterator[Finding]:
    if draft.section is None or not draft.section.requires_review:
        return
    if draft.review is not None:
        return
    message = f"Articles in {draft.section} need a medical reviewer’s sign-off on this version."
    yield Finding("review.missing", ERROR, message, "review")
    given = Review.objects.filter(revision__article=draft.article, decision=Review.APPROVED, carried_from=None)
    back = given.filter(signed_digest=snapshot.signed_digest(draft.content)).exclude(withdrawn_at=None).first()
    if back is not None and back.withdrawn_at is not None:
        day = date_format(timezone.localtime(back.withdrawn_at), "F j, Y")
        message = f"{back.full_name} withdrew their sign-off on this version on {day}. Ask for review again."
        yield Finding("review.withdrawn", WARNING, message, "review")
    elif (before := given.holding().first()) is not None:
        message = (
            f"{before.full_name} signed off on an earlier version on {date_format(before.decided_at, 'F j, Y')}. The "
            "text changed since then, or the reviewer is now an author. Ask for review again."
        )
        yield Finding("review.stale", WARNING, message, "review")


@check("review.expired")
def review_due(draft: Draft) -> Iterator[Finding]:
    signed = draft.review
    if signed is not None and signed.due_on and signed.is_due(draft.at):
        day = date_format(signed.due_on, "F j, Y")
        ends = f"expired on {day}" if signed.is_due() else f"expires on {day}, before this version would go live"
        message = f"The review by {signed.full_name} {ends}. Ask for a new one."
        yield Finding("review.expired", ERROR, message, "review")
