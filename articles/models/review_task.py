"""ReviewTask: that one medical reviewer was asked to review one text, by when, and whether the desk took it back."""

from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from articles.models.review import Review


class ReviewTaskQuerySet(models.QuerySet["ReviewTask"]):
    def open(self) -> Self:
        """Those that were neither taken back nor decided since, of drafts that are there."""
        decided = Review.objects.filter(
            revision__article=OuterRef("article"), reviewer=OuterRef("reviewer"), decided_at__gte=OuterRef("asked_at")
        )
        waiting = self.filter(~Exists(decided), taken_back_at=None, article__deleted_at=None)
        return waiting.select_related("reviewer", "article")

    def due_by(self, day: date) -> Self:
        return self.open().filter(due_on__lte=day)


class ReviewTask(models.Model):
    article = models.ForeignKey("articles.Article", models.CASCADE, related_name="review_tasks")
    revision = models.ForeignKey("articles.Revision", models.CASCADE, related_name="+")
    reviewer = models.ForeignKey("articles.Contributor", models.CASCADE, related_name="review_tasks")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    due_on = models.DateField("due", null=True, blank=True)
    taken_back_at = models.DateTimeField(null=True, blank=True)

    objects = ReviewTaskQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-id"]
        indexes = [models.Index(fields=["due_on"], condition=Q(taken_back_at=None), name="review_task_due")]

    def __str__(self) -> str:
        return f"{self.reviewer}, asked {self.asked_at:%Y-%m-%d}"
