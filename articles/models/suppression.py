"""Who must not be written to any more, and the reports of mail servers that led to it. No address stands here."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from articles.models.issue import Delivery
from articles.models.subscription import Subscription


class Suppression(models.Model):
    """An address that must not be written to, however it is entered: only its keyed hash, never the address."""

    ERASED, BOUNCED, COMPLAINED, NOT_ME = "erased", "bounced", "complained", "not_me"
    REASONS = [
        (ERASED, "Erased at the owner’s request"),
        (BOUNCED, "Mail to it bounces"),
        (COMPLAINED, "Marked as spam by the owner"),
        (NOT_ME, "The owner never signed up"),
    ]

    digest = models.CharField(max_length=64, unique=True, help_text="HMAC-SHA-256 of the normalized address.")
    reason = models.CharField(max_length=12, choices=REASONS)
    at = models.DateTimeField(default=timezone.now)
    swept_at = models.DateTimeField(
        null=True, blank=True, help_text="When the space of an erased address was overwritten."
    )

    class Meta:
        verbose_name = "suppressed address"
        verbose_name_plural = "suppressed addresses"
        ordering = ["-at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(reason__in=["erased", "bounced", "complained", "not_me"]), name="suppression_reason_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_reason_display()}, {self.at:%Y-%m-%d}"


class BounceEventQuerySet(models.QuerySet["BounceEvent"]):
    def pending(self, issue: int) -> Self:
        """Refusals of an issue (its id) of which nobody knows yet whether they end subscriptions."""
        return self.filter(delivery__issue=issue, is_pending=True)


class BounceEvent(models.Model):
    """What a mail server, or a mailbox provider, reported about one letter. Addresses are left out of `said`."""

    HARD, SOFT, OURS, COMPLAINT = "hard", "soft", "ours", "complaint"
    KINDS = [
        (HARD, "Hard bounce: the address doesn’t accept mail"),
        (SOFT, "Soft bounce: not at the moment"),
        (OURS, "Refused for a reason on our side"),
        (COMPLAINT, "Marked as spam"),
    ]

    subscription = models.ForeignKey(Subscription, models.CASCADE, related_name="bounce_events")
    delivery = models.ForeignKey(Delivery, models.SET_NULL, null=True, blank=True, related_name="bounce_events")
    kind = models.CharField(max_length=10, choices=KINDS)
    status = models.CharField(max_length=12, blank=True, help_text="RFC 3463 code, for example 5.1.1.")
    said = models.CharField(max_length=500, blank=True)
    is_pending = models.BooleanField(
        default=False, help_text="The subscription ends because of it once its issue has gone out, or someone says so."
    )
    digest = models.CharField(max_length=64, unique=True, help_text="Of the report, so that it counts only once.")
    at = models.DateTimeField(default=timezone.now)

    objects = BounceEventQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["hard", "soft", "ours", "complaint"]), name="bounce_event_kind_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.at:%Y-%m-%d}"
