"""Where an article belongs: its section (Conditions, Treatments, News) and its topics."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse


class Section(models.Model):
    """A part of the publication, and what its articles must bring before they can be printed."""

    REVIEW_MONTHS = 24

    name = models.CharField(max_length=60, unique=True)
    slug = models.SlugField(unique=True)
    position = models.PositiveSmallIntegerField(default=0, help_text="Order in the menu and on the home page.")
    summary = models.CharField(max_length=200, blank=True, help_text="One sentence under the section's name.")
    requires_review = models.BooleanField("needs a medical review", default=True)
    requires_references = models.BooleanField("needs references", default=True)
    review_months = models.PositiveSmallIntegerField(
        "months until the next review",
        default=REVIEW_MONTHS,
        validators=[MinValueValidator(1), MaxValueValidator(120)],
        help_text="After so many months a sign-off is overdue, and the page says so.",
    )
    requires_risks = models.BooleanField("needs headings on benefits and risks", default=False)

    class Meta:
        ordering = ["position", "name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("section", args=[self.slug])


class Topic(models.Model):
    """What an article is about, across sections."""

    name = models.CharField(max_length=80, unique=True)
    slug = models.SlugField(unique=True)
    definition = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
