"""How often inboxes and networks have asked for mail.

Keyed hashes only, which outlive what they count: forgetting an address does not forget that it was asked.
"""

from django.db import models
from django.db.models import Q
from django.utils import timezone


class InboxCount(models.Model):
    """One mail that anybody on earth could have caused, to the inbox with this hash. Kept for 30 days."""

    QUESTION, KEY = "question", "key"
    KINDS = [(QUESTION, "A question to confirm, or its answer"), (KEY, "A link to one’s own data")]

    digest = models.CharField(max_length=64, help_text="HMAC-SHA-256 of the inbox.")
    kind = models.CharField(max_length=10, choices=KINDS)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(kind__in=["question", "key"]), name="inbox_count_kind_known")]
        indexes = [
            models.Index(fields=["digest", "kind", "at"], name="inbox_count"),
            models.Index(fields=["kind", "at"], name="inbox_count_at"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.at:%Y-%m-%d}"


class NetworkCount(models.Model):
    """How many requests came from one network on one day. The key of its hash changes every day; kept for one day."""

    digest = models.CharField(max_length=64, unique=True, help_text="HMAC-SHA-256 of the day and the network.")
    on = models.DateField()
    requests = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.requests} on {self.on}"
