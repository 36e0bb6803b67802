"""Cards of procedures and devices, which the gate holds articles against. Readers do not see them."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from articles.models.people import Contributor


class Procedure(models.Model):
    """The card of a procedure or device, after a guideline or review. `articles.evidence` reads it beside a text.

    `parts` are dictionaries: `names` of a part, where it `lies`, and phrases for places `elsewhere`. `hazards` and
    `signs` have a `sense` and phrases (`told_by`), as the hazards of a medicine.
    """

    IMPLANTED, SURGERY, INJECTION, NEITHER = "implanted", "surgery", "injection", "none"
    KINDS = [
        (IMPLANTED, "Implanted in surgery"),
        (SURGERY, "Surgery"),
        (INJECTION, "Injection or needle"),
        (NEITHER, "Neither surgery nor injection"),
    ]

    name = models.CharField(max_length=80, help_text="In lower case and in the singular: “nerve block”.")
    other_names = models.JSONField(
        default=list, blank=True, help_text="Other names and abbreviations, one per line. Abbreviations in capitals."
    )
    is_surgery = models.CharField("is it surgery?", max_length=9, choices=KINDS, default=NEITHER)
    parts = models.JSONField(
        "what lies where",
        default=list,
        blank=True,
        help_text="One part per line: its names with semicolons, then “|” and where it lies, then “|” and the places "
        "where it does not lie, with semicolons, as “spinal cord” or “in the spinal cord”.",
    )
    hazards = models.JSONField(
        "risks",
        default=list,
        blank=True,
        help_text="What an article about it must tell, one risk per line: the risk, then “|” and the phrases that tell "
        "it, with semicolons. “slow*” is the beginning of a word, “…” up to five words between.",
    )
    signs = models.JSONField(
        "signs for help",
        default=list,
        blank=True,
        help_text="Signs with which a reader should get help, written like the risks. A sign counts where the text "
        "says to get help.",
    )
    accurate = models.JSONField(
        "claims that are true of it",
        default=list,
        blank=True,
        help_text="Claims that need no evidence here, one per line, by the name that the question gives: “reversible”.",
    )
    source = models.CharField(max_length=300, help_text="A label, guideline or review, with its DOI or page.")
    checked_by = models.ForeignKey(
        Contributor, models.SET_NULL, null=True, blank=True, related_name="+", help_text="Who checked the source."
    )
    checked_on = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = "procedure or device"
        verbose_name_plural = "procedures and devices"
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                Lower("name"),
                name="procedure_named_once",
                violation_error_message="A procedure with this name already exists.",
            ),
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(source="") & Q(is_surgery__in=["implanted", "surgery", "injection", "none"]),
                name="procedure_card_whole",
            ),
            models.CheckConstraint(
                condition=Q(checked_by__isnull=True) | Q(checked_on__isnull=False), name="procedure_checked_on_a_day"
            ),
        ]

    def __str__(self) -> str:
        return self.name
