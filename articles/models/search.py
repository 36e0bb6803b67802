"""What search knows: which editions are in its index and when they are live, and the words it can suggest.

The index itself is the table `articles_search`, made for each database by its migration; `articles.search` writes all.
"""

from django.db import models

from articles.models.edition import Edition
from articles.models.taxonomy import Section


class SearchEntry(models.Model):
    """One edition in the index, with what a search can be narrowed to."""

    edition = models.OneToOneField(Edition, models.CASCADE, primary_key=True, related_name="search_entry")
    article_id = models.BigIntegerField(db_index=True)
    live_from = models.DateTimeField(db_index=True)
    live_until = models.DateTimeField(null=True, db_index=True)
    first_live_from = models.DateTimeField()
    section = models.ForeignKey(Section, models.CASCADE, related_name="+")
    topics = models.CharField(max_length=500, help_text="Slugs between bars: “|nerve-pain|safety|”.")

    class Meta:
        verbose_name_plural = "search entries"

    def __str__(self) -> str:
        return str(self.edition)


class SearchWord(models.Model):
    """A word of some text in the index, to suggest where somebody mistyped it."""

    word = models.CharField(max_length=60, unique=True)
    length = models.PositiveSmallIntegerField(db_index=True)

    def __str__(self) -> str:
        return self.word
