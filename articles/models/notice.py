"""Notice: what one person’s next digest says about the desk. MutedNotice: a kind of it that they switched off."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone


class NoticeQuerySet(models.QuerySet["Notice"]):
    def waiting(self) -> Self:
        return self.filter(mailed_at=None)


class Notice(models.Model):
    ASKED, SIGNED, CHANGES, COMMENTED = "asked", "signed", "changes", "commented"
    PUBLISHED, ASSIGNED, DUE = "published", "assigned", "due"
    KINDS = [
        (ASKED, "A review is asked of me, or taken back"),
        (SIGNED, "A reviewer signed off on my article"),
        (CHANGES, "A reviewer asked for changes to my article"),
        (COMMENTED, "Someone commented on my article, or answered me"),
        (PUBLISHED, "My article was published"),
        (ASSIGNED, "An article was assigned to me"),
        (DUE, "Something of mine is due soon"),
    ]

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    article = models.ForeignKey("articles.Article", models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10, choices=KINDS)
    sentence = models.CharField(max_length=500)
    at = models.DateTimeField(default=timezone.now)
    mailed_at = models.DateTimeField(null=True, blank=True, help_text="When it went into a digest.")

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ["at", "id"]
        indexes = [
            models.Index(fields=["user"], condition=Q(mailed_at=None), name="notice_waiting"),
            models.Index(fields=["user", "mailed_at"], name="notice_mailed"),
        ]

    def __str__(self) -> str:
        return self.sentence


class MutedNotice(models.Model):
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="muted_notices")
    kind = models.CharField(max_length=10, choices=Notice.KINDS)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "kind"], name="muted_notice_once")]

    def __str__(self) -> str:
        return f"{self.user}: no {self.kind}"
