"""What is known about the addresses that articles link to: whether they answered, and since when they do not."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F


class LinkHealthQuerySet(models.QuerySet["LinkHealth"]):
    def broken(self) -> Self:
        """Those that failed on two different days or more, with no answer in between: one bad day is no news."""
        return self.filter(failing_since__isnull=False, failed_on__gt=F("failing_since"))


class LinkHealth(models.Model):
    url = models.URLField("address", max_length=2000, unique=True)
    checked_on = models.DateField()
    failing_since = models.DateField(null=True, blank=True)
    failed_on = models.DateField(null=True, blank=True, help_text="The last day it failed.")
    said = models.CharField(max_length=200, blank=True, help_text="Its last reply.")

    objects = LinkHealthQuerySet.as_manager()

    class Meta:
        verbose_name = "link"
        ordering = ["url"]

    def __str__(self) -> str:
        return self.url

    def note(self, *, failed: bool, said: str, on: date) -> None:
        """Keeps one answer."""
        self.checked_on, self.said = on, said[:200]
        if failed:
            self.failing_since, self.failed_on = self.failing_since or on, on
        else:
            self.failing_since = self.failed_on = None
        self.save()
