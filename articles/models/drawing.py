"""Labeled drawings, which explain something inside a text. A row is never changed, only followed by another, so that a
text that names one by its id says exactly what was signed (`guards`).
"""

from datetime import date

from django.db import models
from django.db.models import Q

from articles.images import licenses
from articles.models.credit import LicenseField
from articles.models.links import LinkField
from articles.models.people import Contributor


class Drawing(models.Model):
    """SVG as `richtext.drawings` took it in, and its description in words. Who checked it may be added until it is
    published.
    """

    title = models.CharField(max_length=120, help_text="What it explains: “How an intrathecal pump works”.")
    svg = models.TextField(
        "drawing", help_text="SVG with a viewBox, at most 40 KB; up to three parts, one after another."
    )
    words = models.TextField(
        "the drawing in words",
        help_text="Everything that the drawing shows, for people who can’t see it: what lies where, and what happens.",
    )
    creator = models.CharField(max_length=200)
    source_url = LinkField("link to the work", max_length=500, blank=True)
    license = LicenseField(max_length=40)
    checked_by = models.ForeignKey(
        Contributor, models.PROTECT, null=True, blank=True, related_name="+", help_text="Who checked that it is right."
    )
    checked_on = models.DateField(null=True, blank=True)
    checker = models.CharField(max_length=200, blank=True, editable=False, help_text="Their name as of that day.")
    replaces = models.OneToOneField("self", models.PROTECT, null=True, blank=True, editable=False)
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "labeled drawing"
        ordering = ["title", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(title="") & ~Q(svg="") & ~Q(words="") & ~Q(creator="") & ~Q(license=""),
                name="drawing_whole",
            ),
            models.CheckConstraint(
                condition=Q(checked_by__isnull=True, checked_on__isnull=True, checker="")
                | Q(checked_by__isnull=False, checked_on__isnull=False) & ~Q(checker=""),
                name="drawing_checked_by_somebody_on_a_day",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def license_name(self) -> str:
        return licenses.LICENSES[self.license].name

    @property
    def license_url(self) -> str:
        return licenses.LICENSES[self.license].url

    def check_by(self, contributor: Contributor | None, on: date | None) -> None:
        """Notes who checked it, by the name they have now; nobody without a day."""
        self.checked_by, self.checked_on = (contributor, on) if contributor and on else (None, None)
        self.checker = contributor.full_name[:200] if contributor and on else ""
