"""What an article rests on: its numbered references."""

from django.core.exceptions import ValidationError
from django.db import models

from articles.evidence import citations
from articles.models.article import Article
from articles.models.identifiers import DoiField, PmidField
from articles.models.links import LinkField


class Reference(models.Model):
    """One reference of an article; `[2]` in the text cites the second by `position`."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="references")
    position = models.PositiveSmallIntegerField(default=0)
    citation = models.TextField(help_text="AMA style: authors, title, journal, year, pages.")
    doi = DoiField("DOI", max_length=200, blank=True)
    pmid = PmidField("PubMed ID", max_length=100, blank=True)
    url = LinkField("official page", max_length=500, blank=True)
    # What an imported file said of it, as CSL-JSON; the words that readers see are the citation's.
    record = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.citation

    def clean(self) -> None:
        """Identifiers are kept bare ("10.1001/…", "26977696"), however they were pasted."""
        problems = {}
        for name, normalize in (("doi", citations.normalize_doi), ("pmid", citations.normalize_pmid)):
            given = getattr(self, name)
            try:
                setattr(self, name, normalize(given) if given else "")
            except ValueError as problem:
                problems[name] = str(problem)
        if problems:
            raise ValidationError(problems)
