"""Correction: what an edition said wrongly, what is right, why, and how severe it was. ReachChoice: whose readers are
not sent it. Both append-only (`guards`). PossibleRepeat: where else it may be said, until somebody has looked.
"""

from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from articles.models.edition import Edition


class CorrectionQuerySet(models.QuerySet["Correction"]):
    def public(self, at: datetime | None = None) -> Self:
        """Those whose correcting edition is or was live by a moment (now), newest first."""
        printed = self.filter(edition__live_from__lte=at or timezone.now())
        taken_back = Q(edition__live_until__isnull=False, edition__live_until=F("edition__live_from"))
        return printed.exclude(taken_back).select_related("edition", "corrected").order_by("-edition__live_from", "-id")


class Correction(models.Model):
    """Printed with the edition that mends it; `corrected` is the edition whose readers got the error."""

    SAFETY, FACTUAL, MINOR = "safety", "factual", "minor"
    SEVERITIES = [
        (SAFETY, "Safety: the error could have harmed someone"),
        (FACTUAL, "Factual: the text was wrong"),
        (MINOR, "Minor: a typo that changes nothing for readers"),
    ]

    key = models.UUIDField(unique=True, editable=False)  # known before the row is: its edition names it
    edition = models.OneToOneField(Edition, models.PROTECT, related_name="correction")
    corrected = models.ForeignKey(Edition, models.PROTECT, related_name="corrected_by")
    was = models.TextField(blank=True, help_text="What it said. Empty if something was missing.")
    now = models.TextField(help_text="What it should say.")
    why = models.TextField(help_text="How the error happened, or what the correction is based on.")
    severity = models.CharField(max_length=10, choices=SEVERITIES)

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(severity__in=["safety", "factual", "minor"]), name="correction_severity_known"
            ),
            models.CheckConstraint(condition=~Q(now="") & ~Q(why=""), name="correction_says_what_and_why"),
        ]

    def __str__(self) -> str:
        return f"{self.get_severity_display().partition(':')[0]} correction of {self.corrected}"


class ReachChoice(models.Model):
    """Leaves the readers of one earlier version out of a correction's mail, or takes them in again; the last counts."""

    correction = models.ForeignKey(Correction, models.PROTECT, related_name="reach_choices")
    edition = models.ForeignKey(Edition, models.PROTECT, related_name="+", verbose_name="published version")
    leaves_out = models.BooleanField()
    reason = models.TextField(blank=True, help_text="Why its readers don’t need the correction.")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=Q(leaves_out=False) | ~Q(reason=""), name="reach_left_out_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.edition} {'left out' if self.leaves_out else 'taken in'}"


class PossibleRepeat(models.Model):
    """Another place that may say what was corrected: decided once, by somebody."""

    CORRECTED, OTHER = "corrected", "other"
    DECISIONS = [(CORRECTED, "Corrected here"), (OTHER, "Not the same")]

    correction = models.ForeignKey(Correction, models.PROTECT, related_name="possible_repeats")
    place = models.TextField(help_text="In words.")
    kind = models.CharField(max_length=20, blank=True, help_text="What has a page on the desk: article, image, term …")
    row = models.PositiveBigIntegerField(null=True, blank=True, help_text="Its number; none for “more articles”.")
    decision = models.CharField(max_length=10, choices=DECISIONS, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "possible repeat of an error"
        verbose_name_plural = "possible repeats of errors"
        ordering = ["decision", "-correction", "id"]
        constraints = [
            models.UniqueConstraint(fields=["correction", "place"], name="repeat_named_once"),
            models.CheckConstraint(
                condition=Q(decision="", decided_by__isnull=True, decided_at__isnull=True)
                | Q(decision__in=["corrected", "other"], decided_by__isnull=False, decided_at__isnull=False),
                name="repeat_decided_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.place
