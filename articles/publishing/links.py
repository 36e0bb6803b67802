"""Signed, expiring links to one revision each: a preview for anyone who has it, a sign-off for one medical reviewer.

Nothing is stored: a link says what it is for, and its signature (SECRET_KEY) that we said so. It cannot be cut, altered
or used for another purpose or another revision.
"""

import json
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.core import signing
from django.utils.crypto import salted_hmac

from articles.models import Contributor, Review, ReviewTask, Revision
from articles.refusal import Refused

PREVIEW, REVIEW = "articles.publishing.preview", "articles.publishing.review"
LIFE = {PREVIEW: timedelta(days=7), REVIEW: timedelta(days=14)}


class LinkRefused(Refused):
    """A link that opens nothing; `status` is the HTTP status that fits."""

    def __init__(self, *problems: str, status: int) -> None:
        super().__init__(*problems)
        self.status = status


@dataclass(frozen=True)
class ReviewRequest:
    """Whom a link asks to review which revision, and what that person decided on it already (None)."""

    revision: Revision
    reviewer: Contributor
    decided: Review | None

    @property
    def can_take_back(self) -> bool:
        return self.decided is not None and self.decided.decision == Review.APPROVED and not self.decided.withdrawn_at


def for_preview(revision: Revision) -> str:
    return signing.dumps({"revision": revision.pk}, salt=PREVIEW)


def for_review(revision: Revision, reviewer: Contributor) -> str:
    """Goes to the reviewer's own address only: anyone who has it can sign in that person's name."""
    mark = _identity(reviewer)
    return signing.dumps({"revision": revision.pk, "reviewer": reviewer.pk, "is": mark}, salt=REVIEW)


def _identity(reviewer: Contributor) -> str:
    """Who a reviewer is, as a mark: a change of it that is asked for, stopped or not, ends the links made before."""
    newest = reviewer.safeguard_changes.order_by("-pk").values_list("pk", flat=True).first()
    values = [reviewer.name, reviewer.credentials, reviewer.email, reviewer.user_id, newest]
    return salted_hmac(REVIEW, json.dumps(values), algorithm="sha256").hexdigest()[:16]


def open_preview(token: str) -> Revision:
    """The revision that a preview shows. Raises LinkRefused."""
    return _revision(_read(token, PREVIEW))


def open_review(token: str) -> ReviewRequest:
    """Who is asked to review what. Raises LinkRefused; a decision that was taken already is no error here."""
    claims = _read(token, REVIEW)
    revision = _revision(claims)
    reviewer = Contributor.objects.reachable().filter(pk=claims["reviewer"], is_medical_reviewer=True).first()
    if reviewer is None:
        raise LinkRefused("The person this link was made for no longer reviews for us.", status=410)
    if claims.get("is") != _identity(reviewer):
        raise LinkRefused("The reviewer’s details changed since. Ask the newsroom for a new link.", status=410)
    if is_taken_back(revision, reviewer):
        raise LinkRefused("The newsroom took this request back. There’s nothing you need to do.", status=410)
    decided = Review.objects.filter(revision=revision, reviewer=reviewer).order_by("-decided_at", "-id").first()
    return ReviewRequest(revision, reviewer, decided)


def is_taken_back(revision: Revision, reviewer: Contributor) -> bool:
    """Whether the desk took back the last request for this review."""
    newest = ReviewTask.objects.filter(revision=revision, reviewer=reviewer).first()
    return newest is not None and newest.taken_back_at is not None


def _read(token: str, purpose: str) -> dict[str, Any]:
    try:
        claims: dict[str, Any] = signing.loads(token, salt=purpose, max_age=LIFE[purpose])
    except signing.SignatureExpired as problem:
        days = LIFE[purpose].days
        raise LinkRefused(
            f"This link is older than {days} days. Ask the newsroom for a new one.", status=410
        ) from problem
    except signing.BadSignature as problem:
        raise LinkRefused(
            "This link is incomplete or isn’t ours. Copy the whole address from the email.", status=404
        ) from problem
    return claims


def _revision(claims: dict[str, Any]) -> Revision:
    revision = Revision.objects.select_related("article").filter(pk=claims["revision"]).first()
    if revision is None:
        raise LinkRefused("The text this link was made for no longer exists.", status=410)
    if revision.article.deleted_at is not None:
        raise LinkRefused("The newsroom deleted this draft. There’s nothing you need to do.", status=410)
    return revision
