"""Subscriptions, their tokens (kept only as hashes), the record of consent, and who must not be written to any more.

Verbs live in `newsletter.consent`.
"""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone


class SubscriptionQuerySet(models.QuerySet["Subscription"]):
    def active(self) -> Self:
        return self.filter(state=Subscription.ACTIVE)

    def getting_the_letter(self, at: datetime | None = None) -> Self:
        """Those to whom a weekly letter goes at a moment (now): active, weekly, and not pausing."""
        today = timezone.localdate(at)
        pausing = Q(paused_until__isnull=False, paused_until__gt=today)
        return self.active().filter(wants=Subscription.WEEKLY).exclude(pausing)


class Subscription(models.Model):
    """One address that asked for the letter. Each state is tied to its timestamp."""

    PENDING, ACTIVE, ENDED = "pending", "active", "ended"
    STATES = [(PENDING, "Waiting for confirmation"), (ACTIVE, "Active"), (ENDED, "Ended")]
    WEEKLY, CORRECTIONS = "weekly", "corrections"
    WISHES = [(WEEKLY, "The weekly letter, and corrections"), (CORRECTIONS, "Only corrections of what I was sent")]

    email = models.EmailField("e-mail address", max_length=254)
    state = models.CharField(max_length=10, choices=STATES, default=PENDING)
    requested_at = models.DateTimeField(default=timezone.now)
    asked_at = models.DateTimeField(null=True, blank=True, help_text="When the question to confirm was mailed.")
    confirmed_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    wants = models.CharField(max_length=12, choices=WISHES, default=WEEKLY)
    sections = models.ManyToManyField(
        "articles.Section", blank=True, related_name="+", help_text="Of interest; none chosen means all."
    )
    paused_until = models.DateField(null=True, blank=True, help_text="No weekly letter before this day.")
    source = models.CharField(max_length=200, blank=True, help_text="Where an imported address came from.")

    objects = SubscriptionQuerySet.as_manager()

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


class Suppression(models.Model):
    """An address that must not be written to, whoever enters or imports it: only its keyed hash, never the address."""

    ERASED, BOUNCED, COMPLAINED, NOT_ME = "erased", "bounced", "complained", "not_me"
    REASONS = [
        (ERASED, "Erased at its owner's wish"),
        (BOUNCED, "Mail to it comes back"),
        (COMPLAINED, "Its owner called a letter unwanted"),
        (NOT_ME, "Its owner never asked for it"),
    ]

    digest = models.CharField(max_length=64, unique=True, help_text="HMAC-SHA-256 of the normalised address.")
    reason = models.CharField(max_length=12, choices=REASONS)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(reason__in=["erased", "bounced", "complained", "not_me"]), name="suppression_reason_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_reason_display()}, {self.at:%Y-%m-%d}"
