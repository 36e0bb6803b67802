"""Revision: a saved state of an article, immutable, known by the digest of its content."""

from django.conf import settings
from django.db import models
from django.utils import timezone


class Revision(models.Model):
    """One saved state. `content` is canonical (see `publishing.snapshot`), so equal texts have equal digests."""

    article = models.ForeignKey("articles.Article", models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField()
    content = models.JSONField()
    digest = models.CharField(max_length=64, help_text="SHA-256 of the content.")
    signed_digest = models.CharField(max_length=64, help_text="SHA-256 of the part that a reviewer vouches for.")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    is_autosave = models.BooleanField(default=False)

    class Meta:
        ordering = ["article", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["article", "number"], name="revision_numbered_once"),
        ]
        indexes = [models.Index(fields=["article", "signed_digest"], name="revision_signed")]

    def __str__(self) -> str:
        return f"Revision {self.number}"
