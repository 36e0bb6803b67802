"""Subscriptions, their tokens (kept only as hashes), and the record of consent.

Verbs live in `newsletter.consent`; who must not be written to any more is in `models.suppression`.
"""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Count, Q
from django.db.models.functions import Lower
from django.utils import timezone


class SubscriptionQuerySet(models.QuerySet["Subscription"]):
    def active(self) -> Self:
        return self.filter(state=Subscription.ACTIVE)

    def getting_the_newsletter(self, at: datetime | None = None) -> Self:
        """Those to whom a weekly letter goes at a moment (now): active, weekly, and not pausing."""
        today = timezone.localdate(at)
        pausing = Q(paused_until__isnull=False, paused_until__gt=today)
        return self.active().filter(wants=Subscription.WEEKLY).exclude(pausing)

    def at_address(self, address: str) -> Self:
        """The one of an address, whatever its case; asked as the unique index has it, so a long list is no scan."""
        return self.alias(lowered=Lower("email")).filter(lowered=address.lower())

    def counts(self, at: datetime | None = None) -> dict[str, int]:
        """How many are in which state and want what; nothing about anybody."""
        weekly, corrections = Q(state="active", wants="weekly"), Q(state="active", wants="corrections")
        return self.aggregate(
            active=Count("pk", filter=Q(state="active")),
            weekly=Count("pk", filter=weekly),
            corrections=Count("pk", filter=corrections),
            paused=Count("pk", filter=weekly & Q(paused_until__gt=timezone.localdate(at))),
            pending=Count("pk", filter=Q(state="pending")),
            ended=Count("pk", filter=Q(state="ended")),
        )


class Subscription(models.Model):
    """One address that asked for the letter. Each state is tied to its timestamp."""

    PENDING, ACTIVE, ENDED = "pending", "active", "ended"
    STATES = [(PENDING, "Waiting for confirmation"), (ACTIVE, "Active"), (ENDED, "Ended")]
    WEEKLY, CORRECTIONS = "weekly", "corrections"
    WANTED = [(WEEKLY, "The weekly newsletter and corrections"), (CORRECTIONS, "Only corrections to what I was sent")]

    email = models.EmailField("email address", max_length=254)
    state = models.CharField(max_length=10, choices=STATES, default=PENDING)
    requested_at = models.DateTimeField(default=timezone.now)
    asked_at = models.DateTimeField(null=True, blank=True, help_text="When the confirmation email was sent.")
    confirmed_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    wants = models.CharField(max_length=12, choices=WANTED, default=WEEKLY)
    sections = models.ManyToManyField(
        "articles.Section", blank=True, related_name="+", help_text="Sections of interest. None selected means all."
    )
    paused_until = models.DateField(null=True, blank=True, help_text="No weekly newsletter before this day.")
    source = models.CharField(max_length=200, blank=True, help_text="Where an imported address came from.")

    objects = SubscriptionQuerySet.as_manager()

    class Meta:
        verbose_name = "subscriber"
        ordering = ["-requested_at", "-id"]
        indexes = [
            models.Index(fields=["-requested_at", "-id"], name="subscription_list"),
            models.Index(fields=["state", "wants", "paused_until"], name="subscription_counted"),
        ]
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
        permissions = [
            ("count_subscription", "Can see the number of subscribers, but no addresses"),
            ("export_subscription", "Can import and export subscribers’ addresses"),
        ]

    def __str__(self) -> str:
        """Names nobody: this is what logs and histories keep of a row."""
        return f"Subscription {self.pk}"


class SubscriptionToken(models.Model):
    """A key to one action on one subscription. The token itself is in the mail only; here stands its keyed hash."""

    CONFIRM, MANAGE, MOVE = "confirm", "manage", "move"
    PURPOSES = [(CONFIRM, "Confirm"), (MANAGE, "Manage one’s own data"), (MOVE, "Confirm another address")]

    subscription = models.ForeignKey(Subscription, models.CASCADE, related_name="tokens")
    purpose = models.CharField(max_length=12, choices=PURPOSES)
    digest = models.CharField(max_length=64, unique=True, help_text="HMAC-SHA-256 of the token.")
    new_email = models.EmailField(max_length=254, blank=True, help_text="The address to move to.")
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(purpose__in=["confirm", "manage"], new_email="") | Q(purpose="move") & ~Q(new_email=""),
                name="token_purpose_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()}, until {self.expires_at:%Y-%m-%d}"


class ConsentEvent(models.Model):
    """What somebody agreed to or took back, in which words, on which page, when. Append-only (`guards`)."""

    ASKED, CONFIRMED, IMPORTED, CHANGED, MOVED = "asked", "confirmed", "imported", "changed", "moved"
    ENDED, RESTORED = "ended", "restored"
    KINDS = [
        (ASKED, "Asked"),
        (CONFIRMED, "Confirmed"),
        (IMPORTED, "Given elsewhere and imported"),
        (CHANGED, "Changed their choices"),
        (MOVED, "Changed their address"),
        (ENDED, "Ended"),
        (RESTORED, "Ended through our fault, and restored"),
    ]

    subscription = models.ForeignKey(Subscription, models.CASCADE, related_name="consent_events")
    kind = models.CharField(max_length=10, choices=KINDS)
    wording = models.TextField(help_text="The exact words beside the button.")
    page = models.CharField(max_length=300, blank=True, help_text="Path of the page where it happened.")
    source = models.CharField(max_length=200, blank=True, help_text="Where it was given, if not here.")
    at = models.DateTimeField(default=timezone.now, help_text="When it was given.")
    recorded_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} on {self.at:%Y-%m-%d}"
