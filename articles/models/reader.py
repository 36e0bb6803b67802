"""What readers send back: answers to closing questions, of which only totals are kept, and reports of a sentence.

Verbs live in `readers`.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Count, ExpressionWrapper, F, Q
from django.utils import timezone

from articles.models.edition import Edition, EditionByline


class AnswerTally(models.Model):
    """How often yes, no and not sure were answered to one question of one article. A changed question starts anew."""

    YES, NO, UNSURE = "yes", "no", "unsure"
    ANSWERS = [(YES, "Yes"), (NO, "No"), (UNSURE, "Not sure")]

    article = models.ForeignKey("articles.Article", models.PROTECT, related_name="tallies")
    question = models.CharField(max_length=200)
    yes = models.PositiveIntegerField(default=0)
    no = models.PositiveIntegerField(default=0)
    unsure = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name_plural = "answer tallies"
        constraints = [models.UniqueConstraint(fields=["article", "question"], name="tally_of_a_question_once")]

    def __str__(self) -> str:
        return self.question

    @property
    def total(self) -> int:
        return self.yes + self.no + self.unsure


class TraceKey(models.Model):
    """The key of one day's traces, drawn at random and forgotten with the day: after that no trace says a thing."""

    day = models.DateField(unique=True)
    key = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"key of {self.day:%Y-%m-%d}"


class Trace(models.Model):
    """That something was done already today: two keyed hashes, of the whole (`digest`) and of its network alone."""

    digest = models.CharField(max_length=64, unique=True)
    network = models.CharField(max_length=64)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["network", "at"], name="trace_of_a_network")]

    def __str__(self) -> str:
        return f"trace of {self.at:%Y-%m-%d}"


@dataclass(frozen=True)
class ReportFigures:
    """What `/corrections/` says about reports; `median_days` is None until one is answered."""

    received: int
    answered: int
    median_days: int | None


class SentenceReportQuerySet(models.QuerySet["SentenceReport"]):
    def open(self) -> Self:
        """Those that wait for an answer, the gravest first, then the oldest."""
        grave = models.Case(*(models.When(severity=code, then=rank) for rank, code in enumerate(GRAVITY)), default=9)
        return self.filter(answered_at=None).alias(rank=grave).order_by("rank", "received_at", "id")

    def open_for_safety(self) -> Self:
        """Open ones that may be about harm: as the desk has judged them, else as their reader did.

        `.values("edition__article")` are the articles that they keep out of the newsletter.
        """
        return self.filter(answered_at=None, severity=SentenceReport.HARM)

    def for_desk(self) -> Self:
        return self.select_related("edition__article", "answered_by", "fixed_in")

    def on(self, article_id: int) -> Self:
        return self.filter(edition__article=article_id)

    def in_articles_of(self, user_id: int) -> Self:
        """Those about an edition that a person with this account wrote."""
        bylines = EditionByline.objects.filter(contributor__user=user_id).values("edition")
        return self.filter(Q(edition__article__created_by=user_id) | Q(edition__in=bylines))

    def figures(self) -> ReportFigures:
        """In two queries, whatever their number. What was advertising or abuse is not counted."""
        counted = self.exclude(outcome=SentenceReport.UNUSABLE)
        sums = counted.aggregate(received=Count("pk"), answered=Count("answered_at"))
        if not sums["answered"]:
            return ReportFigures(sums["received"], 0, None)
        waited = ExpressionWrapper(F("answered_at") - F("received_at"), output_field=models.DurationField())
        times = counted.exclude(answered_at=None).annotate(waited=waited).order_by("waited")
        middle, even = divmod(sums["answered"] - 1, 2)
        found = list(times.values_list("waited", flat=True)[middle : middle + 1 + even])
        median = sum(found, timedelta()) / len(found)
        return ReportFigures(sums["received"], sums["answered"], round(median / timedelta(days=1)))


class SentenceReport(models.Model):
    """What a reader finds wrong, bound to the words of one edition; open until the desk has answered.

    An address is kept for the answer alone, and forgotten (`readers.reports.forget`).
    """

    HARM, WRONG, UNCLEAR, TYPO = "harm", "wrong", "unclear", "typo"
    SEVERITIES = [
        (HARM, "It could harm someone"),
        (WRONG, "It is wrong"),
        (UNCLEAR, "It is hard to understand"),
        (TYPO, "It has a typo"),
    ]
    CORRECTED, UNCHANGED, UNUSABLE = "corrected", "unchanged", "unusable"
    OUTCOMES = [
        (CORRECTED, "It was corrected"),
        (UNCHANGED, "It stays as it is"),
        (UNUSABLE, "Not a report: advertising or abuse"),
    ]

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="reports")
    passage = models.PositiveIntegerField(default=0, help_text="Its number in the text. 0 is the whole article.")
    quoted = models.TextField(help_text="The words the report is about, as published.")
    wrong = models.TextField("what is wrong")
    reader_severity = models.CharField("the reader’s assessment", max_length=10, choices=SEVERITIES)
    severity = models.CharField("our assessment", max_length=10, choices=SEVERITIES, help_text="How severe it is.")
    email = models.EmailField("email for the answer", max_length=254, blank=True)
    received_at = models.DateTimeField(default=timezone.now)

    outcome = models.CharField(max_length=10, choices=OUTCOMES, blank=True)
    answer = models.TextField(blank=True)
    fixed_in = models.ForeignKey(Edition, models.PROTECT, null=True, blank=True, related_name="+")
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    mailed_at = models.DateTimeField(null=True, blank=True, help_text="When the reader was mailed the answer.")

    objects = SentenceReportQuerySet.as_manager()

    class Meta:
        verbose_name = "reader report"
        verbose_name_plural = "reader reports"
        ordering = ["-received_at", "-id"]
        permissions = [("answer_sentencereport", "Can answer reader reports")]
        indexes = [models.Index(fields=["answered_at", "severity"], name="report_open")]
        constraints = [
            models.CheckConstraint(
                condition=Q(severity__in=["harm", "wrong", "unclear", "typo"])
                & Q(reader_severity__in=["harm", "wrong", "unclear", "typo"]),
                name="report_severity_known",
            ),
            models.CheckConstraint(condition=~Q(wrong=""), name="report_says_what_is_wrong"),
            models.CheckConstraint(
                condition=Q(outcome="", answered_at__isnull=True, answered_by__isnull=True)
                | Q(outcome__in=["corrected", "unchanged"], answered_at__isnull=False, answered_by__isnull=False)
                & ~Q(answer="")
                | Q(outcome="unusable", answered_at__isnull=False, answered_by__isnull=False),
                name="report_open_or_answered",
            ),
            models.CheckConstraint(
                condition=Q(outcome="corrected", fixed_in__isnull=False)
                | ~Q(outcome="corrected") & Q(fixed_in__isnull=True),
                name="report_corrected_in_an_edition",
            ),
        ]

    def __str__(self) -> str:
        words = self.quoted or self.edition.title
        return words if len(words) <= 80 else words[:80].rsplit(" ", 1)[0] + "…"

    @property
    def is_grave(self) -> bool:
        return self.severity == self.HARM


GRAVITY = (SentenceReport.HARM, SentenceReport.WRONG, SentenceReport.UNCLEAR, SentenceReport.TYPO)
