"""What the newsroom knows for sure: cards of medicines, which the gate holds articles against, and the glossary."""

from datetime import date

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone

from articles.models.links import LinkField
from articles.models.people import Contributor


class Drug(models.Model):
    """A medicine's card, after its label. `articles.evidence.drugs` reads it beside a text."""

    name = models.CharField(max_length=80, help_text="The generic name, in small letters.")
    brands = models.JSONField(default=list, blank=True, help_text="Brand names and other names, one a line.")
    drug_class = models.CharField("class", max_length=120, help_text="As the label’s section 12.1 has it.")
    class_synonyms = models.JSONField(
        "other words for its class", default=list, blank=True, help_text="Broader, narrower or lay words, one a line."
    )
    boxed_warning = models.TextField(
        blank=True, help_text="What the label’s boxed warning is about, in our words; empty if it has none."
    )
    warning_words = models.JSONField(
        "words that mention it",
        default=list,
        blank=True,
        help_text="Beginnings of words, one a line; one of them in an article counts as telling of the hazard.",
    )
    warning_when = models.JSONField(
        "only where the text says",
        default=list,
        blank=True,
        help_text="Where the box is about one use only, as “intrathecal”: words that tell of that use, one a line.",
    )
    route = models.CharField(max_length=200, blank=True, help_text="How it is given.")
    source = models.CharField(max_length=300, help_text="The label and its sections, with the address of its page.")
    checked_by = models.ForeignKey(
        Contributor, models.SET_NULL, null=True, blank=True, related_name="+", help_text="Who read the label for it."
    )
    checked_on = models.DateField(null=True, blank=True)
    changed_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = "medicine"
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                Lower("name"), name="drug_named_once", violation_error_message="There is a card of this name."
            ),
            models.CheckConstraint(condition=~Q(name="") & ~Q(drug_class="") & ~Q(source=""), name="drug_card_whole"),
            models.CheckConstraint(
                condition=Q(checked_by__isnull=True) | Q(checked_on__isnull=False), name="drug_checked_on_a_day"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_checked(self) -> bool:
        """Whether somebody held it against its label after its last change: only then do readers see it."""
        return self.checked_by_id is not None and self.checked_on is not None and self.checked_on >= self.changed_on

    @property
    def changed_on(self) -> date:
        return timezone.localdate(self.changed_at)

    @property
    def names(self) -> list[str]:
        """Every name by which a text may mention it."""
        return [name for name in (self.name, *self.brands) if name.strip()]


class Term(models.Model):
    """An entry of the glossary. Its names are no words that anybody should be advised to simplify."""

    name = models.CharField(max_length=80, help_text="As it stands in a sentence: “allodynia”, “CGRP”.")
    slug = models.SlugField("address", max_length=80, unique=True)
    synonyms = models.JSONField(
        "other names", default=list, blank=True, help_text="Other forms, abbreviations and lay words, one a line."
    )
    definition = models.TextField(max_length=600, help_text="In plain words of our own; a sentence or two.")
    source = models.CharField(max_length=200, blank=True, help_text="What the definition follows, if anything.")
    source_url = LinkField("its page", max_length=500, blank=True)

    class Meta:
        verbose_name = "glossary term"
        ordering = [Lower("name")]
        constraints = [
            models.UniqueConstraint(
                Lower("name"), name="term_named_once", violation_error_message="The glossary has this term."
            ),
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(definition=""),
                name="term_says_something",
                violation_error_message="A term has a name and a definition.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return f"{reverse('glossary')}#{self.slug}"

    @property
    def names(self) -> list[str]:
        """Every form in which a text may use it."""
        return [name for name in (self.name, *self.synonyms) if name.strip()]
