"""Whether a medical reviewer has signed exactly this text, and whether that still holds."""

from collections.abc import Iterator

from django.utils.formats import date_format

from articles.models import Review
from articles.publishing.checks.gate import ERROR, WARNING, Draft, Finding, check


@check("review.missing", "review.stale")
def review(draft: Draft) -> Iterator[Finding]:
    if draft.section is None or not draft.section.requires_review:
        return
    if draft.review is not None:
        return
    message = f"Articles in {draft.section} need a medical reviewer’s sign-off on this version."
    yield Finding("review.missing", ERROR, message, "review")
    before = Review.objects.filter(revision__article=draft.article, decision=Review.APPROVED, carried_from=None).first()
    if before is not None:
        message = (
            f"{before.full_name} signed off on an earlier version on {date_format(before.decided_at, 'F j, Y')}. The "
            "text changed since then, or the reviewer is now an author. Ask for review again."
        )
        yield Finding("review.stale", WARNING, message, "review")


@check("review.expired")
def review_due(draft: Draft) -> Iterator[Finding]:
    signed = draft.review
    if signed is not None and signed.due_on and signed.is_due():
        message = (
            f"The review by {signed.full_name} expired on {date_format(signed.due_on, 'F j, Y')}. Ask for a new one."
        )
        yield Finding("review.expired", ERROR, message, "review")
