"""SourceNote: what the desk knows of a source wherever it is cited: a later one, or why it is still the best."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone

from articles.evidence import citations
from articles.models.identifiers import DoiField, PmidField
from articles.models.links import LinkField


class SourceNote(models.Model):
    """It is about every reference with its DOI, its PubMed id or, where there is neither, exactly its citation."""

    citation = models.TextField("source", help_text="As the articles cite it.")
    doi = DoiField("DOI", max_length=200, blank=True, db_index=True)
    pmid = PmidField("PubMed ID", max_length=100, blank=True, db_index=True)
    successor = models.TextField("later version", blank=True, help_text="Its citation, if the source is superseded.")
    successor_doi = DoiField("DOI of the later version", max_length=200, blank=True)
    successor_pmid = PmidField("PubMed ID of the later version", max_length=100, blank=True)
    successor_url = LinkField("page of the later version", max_length=500, blank=True)
    classic = models.TextField(
        "still the best source, because",
        blank=True,
        help_text="With a reason here, reviewers are not asked about the age of this source.",
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "note on a source"
        verbose_name_plural = "notes on sources"
        ordering = ["-at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["doi"],
                condition=~Q(doi=""),
                name="source_noted_once",
                violation_error_message="There is a note on a source with this DOI. Change that one.",
            ),
            models.CheckConstraint(
                condition=~Q(successor="") | ~Q(classic=""),
                name="source_note_says_something",
                violation_error_message="Enter the later version, or why this is still the best source.",
            ),
            models.CheckConstraint(
                condition=Q(successor="") | ~Q(successor_doi="") | ~Q(successor_pmid="") | ~Q(successor_url=""),
                name="source_successor_can_be_found",
                violation_error_message="Add the later version’s DOI, PubMed ID or page, so that reviewers find it.",
            ),
        ]

    def __str__(self) -> str:
        return self.citation

    def clean(self) -> None:
        """Identifiers are kept bare, and the words as they are compared."""
        problems = {}
        for name in ("doi", "pmid", "successor_doi", "successor_pmid"):
            normalize = citations.normalize_doi if name.endswith("doi") else citations.normalize_pmid
            try:
                setattr(self, name, normalize(given) if (given := getattr(self, name)) else "")
            except ValueError as problem:
                problems[name] = str(problem)
        if problems:
            raise ValidationError(problems)
        for name in ("citation", "successor", "classic"):
            setattr(self, name, " ".join(getattr(self, name).split()))

    @property
    def successor_address(self) -> str:
        """Where the later version is found; "" where there is none."""
        if self.successor_doi:
            return citations.doi_url(self.successor_doi)
        return citations.pmid_url(self.successor_pmid) if self.successor_pmid else self.successor_url
