"""What search knows: which editions are in its index and when they are live, the words it can correct to, and what
readers searched for in vain.

The index itself is the table `articles_search`, made for each database by its migration; `articles.search` writes all.
"""

from datetime import date

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


class SearchMissQuerySet(models.QuerySet["SearchMiss"]):
    def frequent(self, since: date) -> list[tuple[str, int]]:
        """What was asked in vain at least `SHOWN_FROM` times since a day, with how often; the most frequent first."""
        asked = self.filter(on__gte=since).order_by().values_list("question").annotate(times=models.Sum("count"))
        return list(asked.filter(times__gte=SearchMiss.SHOWN_FROM).order_by("-times", "question"))


class SearchMiss(models.Model):
    """How often a question found nothing on one day. Nothing is kept of who asked."""

    SHOWN_FROM = 3  # times: what fewer asked could lead to one of them

    question = models.CharField(max_length=60, help_text="Its words, in small letters.")
    on = models.DateField()
    count = models.PositiveIntegerField(default=1)

    objects = SearchMissQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "search misses"
        constraints = [models.UniqueConstraint(fields=["on", "question"], name="search_miss_once_a_day")]

    def __str__(self) -> str:
        return f"{self.question}, {self.count}"
