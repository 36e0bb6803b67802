"""Review: a medical reviewer's word on exactly one text."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery
from django.utils import timezone

from articles.models.article import Byline
from articles.models.people import Contributor
from articles.models.revision import Revision

if TYPE_CHECKING:
    from django.contrib.auth.models import User

    from articles.models.article import Article


class ReviewQuerySet(models.QuerySet["Review"]):
    def holding(self) -> "ReviewQuerySet":
        """The approvals that their reviewers did not take back."""
        return self.filter(decision=Review.APPROVED, withdrawn_at=None)

    def taken_back_by(self, revision: Revision, reviewer: Contributor, at: datetime) -> "ReviewQuerySet":
        """The sign-offs that this reviewer's request for changes on this text ends, kept after a typo or not."""
        own = self.holding().filter(revision__article=revision.article_id, reviewer=reviewer, decided_at__lte=at)
        digest = revision.signed_digest
        return own.filter(Q(signed_digest=digest) | Q(carried_from__signed_digest=digest))

    def asking_changes_of(self, user: "User") -> "ReviewQuerySet":
        """What reviewers asked for, newest first, in articles that are this person's to change: the last word on each,
        until it waits for review again.
        """
        newest = Review.objects.filter(revision__article=OuterRef("revision__article")).order_by("-decided_at", "-id")
        article = "revision__article"
        own = Q(**{f"{article}__created_by": user}) | Q(**{f"{article}__assigned_to": user})
        by_name = Byline.objects.filter(article=OuterRef(article), contributor__user=user)
        found = self.filter(own | Exists(by_name), decision=Review.CHANGES, pk=Subquery(newest.values("pk")[:1]))
        found = found.filter(revision__article__submitted_at=None).select_related("revision__article", "reviewer")
        return found.defer("revision__content").order_by("-decided_at", "-id")

    def approving(self, article: "Article", signed_digest: str) -> "ReviewQuerySet":
        """The approvals of exactly this text, newest first; none by somebody who is named as its author now."""
        return (
            self.holding()
            .filter(revision__article=article, signed_digest=signed_digest)
            .exclude(reviewer__in=article.authors.all())
            .order_by("-decided_at", "-id")
        )


class Review(models.Model):
    """Signed for one revision and, by `signed_digest`, for every later one whose signed part is the same."""

    APPROVED, CHANGES = "approved", "changes"
    DECISIONS = [(APPROVED, "Approved"), (CHANGES, "Changes requested")]

    revision = models.ForeignKey(Revision, models.PROTECT, related_name="reviews")
    reviewer = models.ForeignKey(Contributor, models.PROTECT, related_name="reviews")
    signed_digest = models.CharField(max_length=64)
    name = models.CharField(max_length=120, help_text="As it was on that day, like the next two.")
    credentials = models.CharField(max_length=120, blank=True)
    interests = models.TextField(blank=True)
    decision = models.CharField(max_length=10, choices=DECISIONS)
    comments = models.TextField(blank=True)
    decided_at = models.DateTimeField(default=timezone.now)
    due_on = models.DateField("next review by", null=True, blank=True)
    withdrawn_at = models.DateTimeField(
        "withdrawn", null=True, blank=True, help_text="When the reviewer requested changes on the same text after all."
    )
    reminded_at_days = models.SmallIntegerField(
        "last reminder",
        null=True,
        blank=True,
        help_text="How many days before it is due the desk was last emailed about it; -1 when it was overdue.",
    )
    carried_from = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="carried_to",
        help_text="The earlier sign-off that was kept after a typo fix.",
    )
    carried_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", help_text="Who kept it."
    )

    objects = ReviewQuerySet.as_manager()

    class Meta:
        ordering = ["-decided_at", "-id"]
        indexes = [
            models.Index(fields=["due_on"], name="review_due"),
            models.Index(fields=["withdrawn_at"], condition=Q(withdrawn_at__isnull=False), name="review_withdrawn"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(decision__in=["approved", "changes"]), name="review_decision_known"),
            models.CheckConstraint(
                condition=Q(decision="changes") | Q(due_on__isnull=False), name="review_approval_has_due_date"
            ),
            models.CheckConstraint(
                condition=Q(carried_from__isnull=True, carried_by__isnull=True)
                | Q(carried_from__isnull=False, carried_by__isnull=False, decision="approved"),
                name="review_carried_over_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_decision_display()} by {self.full_name}"

    @property
    def full_name(self) -> str:
        return f"{self.name}, {self.credentials}" if self.credentials else self.name

    def holds(self, at: datetime | None = None) -> bool:
        """Whether readers are told of it at a moment: neither taken back nor overdue."""
        return self.withdrawn_at is None and not self.is_due(at)

    def is_due(self, at: datetime | None = None) -> bool:
        """Whether its next review is overdue at a moment."""
        return self.due_on is not None and timezone.localdate(at) > self.due_on
