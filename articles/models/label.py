"""Label: what one version of a medicine's official label says, as far as its card is held against it."""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from articles.models.knowledge import Drug


class LabelQuerySet(models.QuerySet["Label"]):
    def to_check(self) -> Self:
        """Those that cards are held against now, and that nobody has checked the cards against."""
        unchecked = Drug.objects.exclude(label=None).exclude(checked_label=F("label"))
        return self.filter(pk__in=unchecked.values("label"))

    def differing(self) -> Self:
        return self.to_check().exclude(differences=[])


class Label(models.Model):
    """One version of a label (`import_labels`). Only `differences` changes: it follows the card."""

    set_id = models.CharField("set id", max_length=36, help_text="By which all versions of one label are known.")
    version = models.PositiveIntegerField()
    kind = models.CharField(max_length=16, choices=[(kind, kind) for kind in ("prescription", "over the counter")])
    effective_on = models.DateField("effective")
    document_id = models.CharField(max_length=100, blank=True)
    title = models.TextField(blank=True)
    drug = models.ForeignKey(Drug, models.CASCADE, related_name="labels", verbose_name="medicine")
    products = models.JSONField(default=list)
    generics = models.JSONField("generic names", default=list)
    moieties = models.JSONField("active ingredients", default=list)
    routes = models.JSONField(default=list)
    boxed_warning = models.TextField(blank=True)
    indications = models.TextField(blank=True)
    sections = models.JSONField(default=dict, help_text="A digest of each section’s words.")
    differences = models.JSONField(default=list, help_text="Where the card differs, each in a sentence.")
    imported_at = models.DateTimeField(default=timezone.now)

    objects = LabelQuerySet.as_manager()

    class Meta:
        ordering = ["-effective_on", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["set_id", "version"], name="label_version_once"),
            models.CheckConstraint(condition=~Q(set_id="") & Q(version__gt=0), name="label_known_by_its_version"),
        ]

    def __str__(self) -> str:
        return f"{', '.join(self.products[:2]) or self.drug}, version {self.version}"

    @property
    def has_box(self) -> bool:
        return "boxed warning" in self.sections

    @property
    def page(self) -> str:
        """Where DailyMed shows it."""
        return f"https://dailymed.nlm.nih.gov/dailymed/drugInfo.cfm?setid={self.set_id}"
