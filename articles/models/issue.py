"""Issue, what one mailing says; IssueItem, which edition stands in it; UnsavedIssue, what is typed into a draft;
Delivery, the ledger of who was handed it.
"""

from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q, Value
from django.db.models.functions import Concat
from django.utils import timezone

from articles.models.correction import Correction
from articles.models.edition import Edition
from articles.models.subscription import Subscription


class IssueQuerySet(models.QuerySet["Issue"]):
    def public(self) -> Self:
        """What the archive shows: what readers were sent or are being sent, not what was stopped before."""
        whole = Q(state=Issue.SENDING) | Q(state=Issue.SENT, reason="")
        stopped = Q(state__in=[Issue.HELD, Issue.SENT], started_at__isnull=False)
        return self.filter(whole | stopped).order_by("-number")

    def next_number(self) -> int:
        return (self.aggregate(last=models.Max("number"))["last"] or 0) + 1

    def under_way(self) -> Self:
        """Approved and not settled: what a sender may still have work with, the held ones included."""
        return self.filter(state__in=[Issue.APPROVED, Issue.SENDING, Issue.HELD])


class Issue(models.Model):
    """One mailing: the weekly letter of one ISO week, or a correction to exactly those who were handed the error.

    draft → approved → sending ⇄ held → sent; a week with nothing to say, or left out by an editor, is skipped. Once
    approved it never changes (`guards`): so what a delivery handed over is what its issue says. Until the first message
    is tried, the approval can be undone: it is a draft again, and its rows leave the ledger. Where an article turns out
    wrong half way, a second issue of the same week (`continues`) takes the mended letter to the rest.
    """

    WEEKLY, CORRECTION = "weekly", "correction"
    KINDS = [(WEEKLY, "Weekly newsletter"), (CORRECTION, "Correction")]
    DRAFT, APPROVED, SENDING, HELD, SENT, SKIPPED = "draft", "approved", "sending", "held", "sent", "skipped"
    STATES = [
        (DRAFT, "Draft"),
        (APPROVED, "Approved"),
        (SENDING, "Sending"),
        (HELD, "On hold"),
        (SENT, "Finished"),
        (SKIPPED, "Skipped"),
    ]

    number = models.PositiveIntegerField(unique=True, editable=False)
    kind = models.CharField(max_length=10, choices=KINDS, default=WEEKLY, editable=False)
    week = models.CharField(
        max_length=8, blank=True, editable=False, help_text="ISO 8601 week, as “2026-W48”; empty for a correction."
    )
    correction = models.OneToOneField(
        Correction, models.PROTECT, null=True, blank=True, editable=False, related_name="issue"
    )
    continues = models.OneToOneField(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="continued_by",
        help_text="The issue that was stopped. Its remaining subscribers get this one.",
    )
    subject = models.CharField(max_length=150)
    introduction = models.TextField(blank=True, help_text="A few sentences above the first article.")
    editions = models.ManyToManyField(Edition, through="IssueItem", related_name="issues")
    state = models.CharField(max_length=10, choices=STATES, default=DRAFT, editable=False)
    built_at = models.DateTimeField(default=timezone.now, editable=False)
    since = models.DateTimeField(help_text="Articles published after this time …", editable=False)
    until = models.DateTimeField(help_text="… and up to this time were considered.", editable=False)
    approved_at = models.DateTimeField(null=True, blank=True, editable=False)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        help_text="Empty if it was sent automatically.",
    )
    send_at = models.DateTimeField(
        null=True, blank=True, editable=False, help_text="No message leaves before this time. Empty for at once."
    )
    started_at = models.DateTimeField(null=True, blank=True, editable=False)
    held_at = models.DateTimeField(null=True, blank=True, editable=False)
    reason = models.TextField(blank=True, editable=False, help_text="Why it is on hold or was skipped.")
    sent_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = IssueQuerySet.as_manager()

    class Meta:
        verbose_name = "newsletter issue"
        ordering = ["-number"]
        permissions = [("approve_issue", "Can approve, hold and send an issue")]
        constraints = [
            models.UniqueConstraint(
                fields=["week"], condition=~Q(week="") & Q(continues=None), name="issue_once_a_week"
            ),
            models.CheckConstraint(
                condition=Q(kind="weekly", correction__isnull=True) & ~Q(week="")
                | Q(kind="correction", correction__isnull=False, week=""),
                name="issue_of_a_week_or_a_correction",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "skipped"], approved_at__isnull=True)
                | Q(state__in=["approved", "sending", "held", "sent"], approved_at__isnull=False),
                name="issue_approved_has_its_time",
            ),
            models.CheckConstraint(
                condition=Q(state="sent", sent_at__isnull=False) | ~Q(state="sent") & Q(sent_at__isnull=True),
                name="issue_sent_has_its_time",
            ),
            models.CheckConstraint(
                condition=Q(state="held", held_at__isnull=False) & ~Q(reason="")
                | Q(state="skipped", held_at__isnull=True) & ~Q(reason="")
                | ~Q(state__in=["held", "skipped"]) & Q(held_at__isnull=True),
                name="issue_held_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"Issue {self.number}: {self.subject}"


class IssueItem(models.Model):
    """One edition of an issue, in its place. Fixed once the issue is approved (`guards`)."""

    issue = models.ForeignKey(Issue, models.CASCADE, related_name="items")
    edition = models.ForeignKey(Edition, models.PROTECT, related_name="issue_items", verbose_name="published version")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]
        constraints = [models.UniqueConstraint(fields=["issue", "edition"], name="issue_names_edition_once")]

    def __str__(self) -> str:
        return str(self.edition)


class UnsavedIssue(models.Model):
    """What somebody types into a draft, beside it and not in it, until they save."""

    issue = models.ForeignKey(Issue, models.CASCADE, related_name="unsaved")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    subject = models.TextField(blank=True)
    introduction = models.TextField(blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["issue", "user"], name="unsaved_issue_once_for_each_user")]

    def __str__(self) -> str:
        return f"{self.user}, {self.at:%H:%M}"


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def possibly_handed_over(self) -> Self:
        """Handed over, or in the hand of a sender when it died or now: everyone who may have read it."""
        return self.filter(
            Q(state__in=[Delivery.HANDED_OVER, Delivery.UNCERTAIN, Delivery.CLAIMED]) | Q(was_uncertain=True)
        )

    def showing(self, editions: models.QuerySet[Edition]) -> Self:
        """Those whose letter told of an edition: it stood in the issue, in a section that its reader wanted. A row for
        each of the editions.
        """
        slug = Concat(Value(","), "issue__items__edition__section__slug", Value(","))
        wanted = Q(sections="") | Q(sections__contains=slug)
        return self.filter(wanted, issue__items__edition__in=editions)

    def settled(self) -> Self:
        return self.filter(state__in=Delivery.SETTLED)

    def unsettled(self) -> Self:
        return self.exclude(state__in=Delivery.SETTLED)

    def due(self, at: datetime | None = None) -> Self:
        """Those that may be claimed at a moment (now), the longest waiting first."""
        return self.filter(state=Delivery.QUEUED, next_at__lte=at or timezone.now()).order_by("next_at", "id")


class Delivery(models.Model):
    """One issue to one subscription: the ledger. At most one row each, and handed over is for good (`guards`).

    queued → claimed (a lease) → handed over | refused | uncertain; withheld where its reader left meanwhile.
    """

    QUEUED, CLAIMED, HANDED_OVER, REFUSED = "queued", "claimed", "handed_over", "refused"
    UNCERTAIN, WITHHELD = "uncertain", "withheld"
    STATES = [
        (QUEUED, "Queued"),
        (CLAIMED, "Sending"),
        (HANDED_OVER, "Delivered to the mail server"),
        (REFUSED, "Refused by the mail server"),
        (UNCERTAIN, "Unknown"),
        (WITHHELD, "Not sent"),
    ]
    SETTLED = (HANDED_OVER, REFUSED, WITHHELD)

    issue = models.ForeignKey(Issue, models.PROTECT, related_name="deliveries")
    subscription = models.ForeignKey(
        Subscription,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="deliveries",
        help_text="Empty once the subscriber had their address erased.",
    )
    state = models.CharField(max_length=12, choices=STATES, default=QUEUED)
    message_id = models.CharField(max_length=200, unique=True, help_text="Message-ID. The same for every attempt.")
    attempts = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField(default=timezone.now, help_text="No attempt before this time.")
    first_tried_at = models.DateTimeField(null=True, blank=True)
    claimed_by = models.CharField(max_length=80, blank=True, help_text="The worker that is sending it.")
    lease_until = models.DateTimeField(null=True, blank=True)
    was_uncertain = models.BooleanField(default=False, help_text="A worker stopped while sending it. See the report.")
    sections = models.CharField(
        max_length=500,
        blank=True,
        help_text="Slugs of the sections in this copy, as “,conditions,news,”. Empty for all.",
    )
    answer = models.TextField(blank=True, help_text="The mail server’s last reply.")
    tried_at = models.DateTimeField(null=True, blank=True, help_text="When the last attempt ended.")
    settled_at = models.DateTimeField(null=True, blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "deliveries"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["issue", "subscription"], name="delivery_once"),
            models.CheckConstraint(
                condition=Q(state__in=["queued", "claimed", "handed_over", "refused", "uncertain", "withheld"]),
                name="delivery_state_known",
            ),
            models.CheckConstraint(
                condition=Q(state="claimed", lease_until__isnull=False) | ~Q(state="claimed"),
                name="delivery_claimed_has_lease",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["handed_over", "refused", "withheld"], settled_at__isnull=False)
                | ~Q(state__in=["handed_over", "refused", "withheld"]) & Q(settled_at__isnull=True),
                name="delivery_settled_has_its_time",
            ),
        ]
        indexes = [
            models.Index(fields=["issue", "state", "next_at", "id"], name="delivery_queue"),
            models.Index(fields=["tried_at"], name="delivery_tried"),
        ]

    def __str__(self) -> str:
        return f"Issue {self.issue_id}, {self.get_state_display().lower()}"


class Alarm(models.Model):
    """Something about the letter that a person must see to: on the desk until it is over, by mail once."""

    key = models.CharField(max_length=80, unique=True, help_text="What it is about, as “held:12”.")
    sentence = models.TextField()
    issue = models.ForeignKey(Issue, models.CASCADE, null=True, blank=True, related_name="alarms")
    raised_at = models.DateTimeField(default=timezone.now)
    told_at = models.DateTimeField(
        null=True, blank=True, help_text="When the newsletter editors were emailed about it."
    )
    over_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-raised_at", "-id"]

    def __str__(self) -> str:
        return self.sentence
