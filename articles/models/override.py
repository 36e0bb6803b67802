"""Override: a finding of the gate that two editors set aside, for one exact text, with a reason that readers see."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone


class Override(models.Model):
    """One editor asks, another agrees; a changed word ends it (`digest` is the whole content's)."""

    article = models.ForeignKey("articles.Article", models.PROTECT, related_name="overrides")
    digest = models.CharField(max_length=64, help_text="SHA-256 of the content.")
    finding = models.CharField(max_length=60, help_text="The check’s id.")
    message = models.TextField(help_text="The exact message.")
    reason = models.TextField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    agreed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    agreed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-asked_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["article", "digest", "finding", "message"], name="override_asked_once"),
            models.CheckConstraint(
                condition=Q(agreed_by__isnull=True, agreed_at__isnull=True)
                | Q(agreed_by__isnull=False, agreed_at__isnull=False),
                name="override_agreed_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(agreed_by__isnull=True) | ~Q(agreed_by=F("asked_by")), name="override_takes_two"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="override_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.finding}: {self.reason}"

    def as_printed(self) -> dict[str, Any]:
        """What an edition keeps of it for its readers."""
        on = timezone.localdate(self.agreed_at).isoformat() if self.agreed_at else ""
        return {"finding": self.finding, "message": self.message, "reason": self.reason, "on": on}
