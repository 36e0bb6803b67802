"""Subscriptions, their tokens (kept only as hashes) and the record of consent. Verbs live in `newsletter.consent`."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone


class Subscription(models.Model):
    """One address that asked for the letter. Each state is tied to its timestamp."""

    PENDING, ACTIVE, ENDED = "pending", "active", "ended"
    STATES = [(PENDING, "Waiting for confirmation"), (ACTIVE, "Active"), (ENDED, "Ended")]

    email = models.EmailField("e-mail address", max_length=254)
    state = models.CharField(max_length=10, choices=STATES, default=PENDING)
    requested_at = models.DateTimeField(default=timezone.now)
    asked_at = models.DateTimeField(null=True, blank=True, help_text="When the question to confirm was mailed.")
    confirmed_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-requested_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="subscription_address_once",
                violation_error_message="This address is already on the list.",
            ),
            models.CheckConstraint(
                condition=Q(state="pending", confirmed_at__isnull=True, ended_at__isnull=True)
                | Q(state="active", confirmed_at__isnull=False, ended_at__isnull=True)
                | Q(state="ended", ended_at__isnull=False),
                name="subscription_state_has_its_time",
            ),
        ]

    def __str__(self) -> str:
        return self.email


class SubscriptionToken(models.Model):
    """A key to one deed on one subscription. The token itself is in the mail only; here stands its keyed hash."""

    CONFIRM, UNSUBSCRIBE = "confirm", "unsubscribe"
    PURPOSES = [(CONFIRM, "Confirm"), (UNSUBSCRIBE, "Unsubscribe")]

    subscription = models.ForeignKey(Subscription, models.CASCADE, related_name="tokens")
    purpose = models.CharField(max_length=12, choices=PURPOSES)
    digest = models.CharField(max_length=64, unique=True, help_text="HMAC-SHA-256 of the token.")
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(purpose__in=["confirm", "unsubscribe"]), name="token_purpose_known"),
        ]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()}, until {self.expires_at:%Y-%m-%d}"


class ConsentEvent(models.Model):
    """What somebody agreed to or took back, in which words, on which page, when. Append-only (`guards`)."""

    ASKED, CONFIRMED, ENDED = "asked", "confirmed", "ended"
    KINDS = [(ASKED, "Asked"), (CONFIRMED, "Confirmed"), (ENDED, "Ended")]

    subscription = models.ForeignKey(Subscription, models.CASCADE, related_name="consent_events")
    kind = models.CharField(max_length=10, choices=KINDS)
    wording = models.TextField(help_text="The exact words beside the button.")
    page = models.CharField(max_length=300, blank=True, help_text="Path of the page on which it happened.")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} on {self.at:%Y-%m-%d}"
