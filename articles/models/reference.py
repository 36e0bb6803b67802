"""What an article rests on: its numbered references."""

from django.core.exceptions import ValidationError
from django.db import models

from articles.evidence import citations
from articles.models.article import Article


def validate_doi(value: str) -> None:
    try:
        citations.normalise_doi(value)
    except ValueError as problem:
        raise ValidationError(str(problem)) from problem


def validate_pmid(value: str) -> None:
    try:
        citations.normalise_pmid(value)
    except ValueError as problem:
        raise ValidationError(str(problem)) from problem


class Reference(models.Model):
    """One reference of an article; `[2]` in the text cites the second by `position`."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="references")
    position = models.PositiveSmallIntegerField(default=0)
    citation = models.TextField(help_text="As in the AMA Manual of Style: authors, title, journal, year, pages.")
    doi = models.CharField("DOI", max_length=200, blank=True, validators=[validate_doi])
    pmid = models.CharField("PubMed id", max_length=20, blank=True, validators=[validate_pmid])
    url = models.URLField("official page", max_length=500, blank=True)

    class Meta:
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.citation

    def clean(self) -> None:
        """Identifiers are kept bare: "10.1001/…" and "123", however they were pasted."""
        self.doi = citations.normalise_doi(self.doi) if self.doi else ""
        self.pmid = citations.normalise_pmid(self.pmid) if self.pmid else ""
