"""Revision: a saved state of an article, immutable, known by the digest of its content. Opening: who has it open."""

from django.conf import settings
from django.db import models
from django.utils import timezone


class Revision(models.Model):
    """One saved state. `content` is canonical (see `publishing.snapshot`), so equal texts have equal digests."""

    article = models.ForeignKey("articles.Article", models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField()
    content = models.JSONField()
    digest = models.CharField(max_length=64, help_text="SHA-256 of the content.")
    signed_digest = models.CharField(max_length=64, help_text="SHA-256 of the part a reviewer signs off on.")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    is_autosave = models.BooleanField(default=False)

    class Meta:
        ordering = ["article", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["article", "number"], name="revision_numbered_once"),
        ]
        indexes = [
            models.Index(fields=["article", "signed_digest"], name="revision_signed"),
            # Which is the newest is asked for each article of a list: a row with its content is not read for that.
            models.Index(fields=["article", "-number", "is_autosave", "signed_digest"], name="revision_newest"),
        ]

    def __str__(self) -> str:
        return f"Revision {self.number}"


class Opening(models.Model):
    """That somebody has an article open on the desk, told by their browser every half minute. It locks nothing."""

    article = models.ForeignKey("articles.Article", models.CASCADE, related_name="openings")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    seen_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["article", "user"], name="opening_once_for_each_user")]

    def __str__(self) -> str:
        return f"{self.user}, {self.seen_at:%H:%M}"
