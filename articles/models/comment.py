"""Comment: what somebody on the desk, or a reviewer by their link, says about an article. No reader sees it."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone


class CommentQuerySet(models.QuerySet["Comment"]):
    def threads(self) -> Self:
        """The comments that are no answers, oldest first, each with its answers."""
        answers = models.Prefetch("answers", Comment.objects.select_related("by", "reviewer").order_by("at", "pk"))
        threads = self.filter(parent=None).select_related("by", "reviewer", "resolved_by", "revision")
        return threads.defer("revision__content").prefetch_related(answers).order_by("at", "pk")

    def open(self) -> Self:
        return self.filter(parent=None, resolved_at=None)


class Comment(models.Model):
    """A comment on some words (`quote`) of one saved state, or on all of it, or an answer to one (`parent`)."""

    LONGEST = 2000  # characters
    LONGEST_QUOTE = 300

    article = models.ForeignKey("articles.Article", models.CASCADE, related_name="comments")
    revision = models.ForeignKey("articles.Revision", models.CASCADE, related_name="+")
    parent = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="answers")
    quote = models.CharField(max_length=LONGEST_QUOTE, blank=True)
    text = models.TextField(max_length=LONGEST)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    reviewer = models.ForeignKey(
        "articles.Contributor",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text="Who wrote it by a signed link, without an account.",
    )
    at = models.DateTimeField(default=timezone.now)
    resolved_at = models.DateTimeField(null=True, blank=True)
    resolved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")

    objects = CommentQuerySet.as_manager()

    class Meta:
        ordering = ["at", "id"]
        indexes = [models.Index(fields=["article"], condition=Q(resolved_at=None), name="comment_open")]
        constraints = [
            models.CheckConstraint(
                condition=Q(by__isnull=True) | Q(reviewer__isnull=True), name="comment_by_one_person"
            ),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | Q(resolved_at__isnull=True, quote=""), name="comment_answer_is_plain"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.who}: {self.text[:60]}"

    @property
    def who(self) -> str:
        """Who wrote it; of an account that was deleted there is no name."""
        writer: Any = self.by or self.reviewer
        if writer is None:
            return "A former colleague"
        return str(writer.name) if self.reviewer_id else str(writer.get_full_name() or writer.get_username())
