"""Wishes that wait to be answered by mail, and how often inboxes and networks have asked.

The counts hold keyed hashes only, and outlive what they count: forgetting an address does not forget that it was asked.
"""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from articles.models.subscription import Subscription


class Wish(models.Model):
    """What somebody asked for on a page, until the clock answers it by mail: once, however often it was asked."""

    SUBSCRIBE, KEY, MOVE, MOVED = "subscribe", "key", "move", "moved"
    KINDS = [
        (SUBSCRIBE, "To subscribe"),
        (KEY, "To see, export or erase one's own data"),
        (MOVE, "To get the letter at another address"),
        (MOVED, "To be told, at the old address, that it moved"),
    ]

    kind = models.CharField(max_length=10, choices=KINDS, default=SUBSCRIBE)
    email = models.EmailField(max_length=254, help_text="Where the answer goes.")
    subscription = models.ForeignKey(Subscription, models.CASCADE, null=True, blank=True, related_name="wishes")
    digest = models.CharField(max_length=64, unique=True, help_text="HMAC-SHA-256 of kind, subscription and address.")
    wording = models.TextField(blank=True, help_text="The exact words beside the button.")
    page = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField(default=timezone.now)
    next_at = models.DateTimeField(default=timezone.now, help_text="When it is seen to, or seen to again.")
    began_at = models.DateTimeField(null=True, blank=True, help_text="When its mail was first begun, and counted.")
    doubts = models.PositiveSmallIntegerField(default=0, help_text="Attempts of which nobody knows how they ended.")

    class Meta:
        verbose_name_plural = "wishes"
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="subscribe", subscription__isnull=True)
                | Q(kind__in=["key", "move", "moved"], subscription__isnull=False),
                name="wish_kind_known",
            ),
            models.CheckConstraint(
                condition=Q(began_at__isnull=False) | Q(doubts=0), name="wish_doubted_once_it_was_begun"
            ),
        ]

    def __str__(self) -> str:
        return f"Wish {self.pk}"


class InboxCount(models.Model):
    """One mail that anybody on earth could have caused, to the inbox with this hash. Kept for 30 days."""

    QUESTION, KEY = "question", "key"
    KINDS = [(QUESTION, "A question to confirm, or its answer"), (KEY, "A link to one's own data")]

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
    """How many wishes came from one network on one day. The key of its hash changes every day; kept for one day."""

    digest = models.CharField(max_length=64, unique=True, help_text="HMAC-SHA-256 of the day and the network.")
    on = models.DateField()
    wishes = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.wishes} on {self.on}"
