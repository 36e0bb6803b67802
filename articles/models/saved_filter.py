"""SavedFilter: filters and a search of the list of articles that one person named."""

from django.conf import settings
from django.db import models


class SavedFilter(models.Model):
    LONGEST_NAME, LONGEST_QUERY = 60, 500

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved_filters")
    name = models.CharField(max_length=LONGEST_NAME)
    query = models.CharField(max_length=LONGEST_QUERY, help_text="Of the list’s address.")

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["user", "name"], name="saved_filter_once")]

    def __str__(self) -> str:
        return self.name
