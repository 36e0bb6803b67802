"""RetractionNotice, what others found out about papers that we cite; and what editors decided about each of them."""

from collections.abc import Iterable
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from articles.models.identifiers import DoiField, PmidField


class RetractionNoticeQuerySet(models.QuerySet["RetractionNotice"]):
    def about(self, dois: Iterable[str], pmids: Iterable[str]) -> Self:
        """Every notice about papers known by one of these identifiers, or known by one itself; oldest first."""
        papers, numbers = [*dois], [*pmids]
        about = Q(doi__in=papers) | Q(pmid__in=numbers)
        found = self.filter(about | Q(notice_doi__in=papers) | Q(notice_pmid__in=numbers))
        return found.order_by(models.F("noticed_on").asc(nulls_first=True), "record_id")


class RetractionNotice(models.Model):
    """One notice about one paper, as the Crossref / Retraction Watch file has it (`import_retractions`)."""

    RETRACTED, DOUBTED, CORRECTED, REINSTATED = "retracted", "doubted", "corrected", "reinstated"
    NATURES = [
        (RETRACTED, "Retraction"),
        (DOUBTED, "Expression of concern"),
        (CORRECTED, "Correction"),
        (REINSTATED, "Reinstatement"),
    ]

    record_id = models.PositiveIntegerField(unique=True, help_text="Its number in the file.")
    nature = models.CharField(max_length=10, choices=NATURES)
    title = models.TextField(blank=True)
    journal = models.CharField(max_length=300, blank=True)
    noticed_on = models.DateField(null=True, blank=True)
    doi = DoiField("DOI of the paper", max_length=300, blank=True, db_index=True)
    pmid = PmidField("PubMed ID of the paper", max_length=10, blank=True, db_index=True)
    notice_doi = DoiField("DOI of the notice", max_length=300, blank=True, db_index=True)
    notice_pmid = PmidField("PubMed ID of the notice", max_length=10, blank=True, db_index=True)
    reasons = models.JSONField(default=list, blank=True)

    objects = RetractionNoticeQuerySet.as_manager()

    class Meta:
        verbose_name = "retraction notice"
        ordering = ["-noticed_on", "-record_id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(nature__in=["retracted", "doubted", "corrected", "reinstated"]),
                name="retraction_nature_known",
            ),
            models.CheckConstraint(condition=~Q(doi="") | ~Q(pmid=""), name="retraction_of_a_known_paper"),
        ]

    def __str__(self) -> str:
        return f"{self.get_nature_display()} of “{self.title}”"


class Acknowledgement(models.Model):
    """An editor's reason for keeping a reference that a notice is about, in one article; reviewers read it."""

    article = models.ForeignKey("articles.Article", models.CASCADE, related_name="acknowledgements")
    notice = models.ForeignKey(RetractionNotice, models.PROTECT, related_name="acknowledgements")
    reason = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["article", "notice"], name="acknowledged_once_per_article"),
            models.CheckConstraint(condition=~Q(reason=""), name="acknowledgement_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.notice}: {self.reason}"
