"""How often an article's page was opened: by hour while that is news, then by day. Nothing of who opened it."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Sum

from articles.models.article import Article


class OpensQuerySet(models.QuerySet["HourOfOpens"]):
    def since(self, at: datetime) -> Self:
        return self.filter(at__gte=at)

    def most_read(self, most: int) -> list[tuple[int, str, int]]:
        """Articles by id and title, and how often each was opened; the most read first."""
        counted = self.order_by().values_list("article", "article__title").annotate(times=Sum("count"))
        return list(counted.order_by("-times", "article")[:most])


class HourOfOpens(models.Model):
    article = models.ForeignKey(Article, models.CASCADE, related_name="hours_of_opens", db_index=False)
    at = models.DateTimeField(db_index=True, help_text="When the hour began.")
    count = models.PositiveIntegerField()

    objects = OpensQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "hours of opens"
        constraints = [models.UniqueConstraint(fields=["article", "at"], name="opens_once_an_hour")]

    def __str__(self) -> str:
        return f"{self.article_id}, {self.at:%Y-%m-%d %H:%M}: {self.count}"


class DayOfOpens(models.Model):
    article = models.ForeignKey(Article, models.CASCADE, related_name="days_of_opens", db_index=False)
    on = models.DateField()
    count = models.PositiveIntegerField()

    class Meta:
        verbose_name_plural = "days of opens"
        constraints = [models.UniqueConstraint(fields=["article", "on"], name="opens_once_a_day")]

    def __str__(self) -> str:
        return f"{self.article_id}, {self.on}: {self.count}"
