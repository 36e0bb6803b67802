"""What the newsroom knows for sure: cards of medicines, which the gate holds articles against, and the glossary."""

import re
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone

from articles.models.links import LinkField
from articles.models.people import Contributor

if TYPE_CHECKING:
    from articles.models.label import Label

# A search for labels, or one label after the words that introduce it: "…; Prialt (TerSera): https://…".
LABEL_IN_SOURCE = re.compile(
    r"(?:; (?:(?P<words>[^;]*): )?)?(?P<address>https://dailymed\.nlm\.nih\.gov/dailymed/(?:search|drugInfo)\.cfm\S*)$"
)


def capitalized(name: str) -> str:
    """A name as it begins a line; what else is written large in it stays."""
    return name[:1].upper() + name[1:]


class DrugQuerySet(models.QuerySet["Drug"]):
    def public(self) -> "list[Drug]":
        """The cards that readers may see: those that somebody held against the label, and a demonstration's."""
        cards = self.filter(is_class=False).select_related("checked_by", "checked_label", "label")
        return [card for card in cards if card.is_shown]


class Drug(models.Model):
    """The card of a medicine, after its label, or of a class. `articles.evidence` reads it beside a text.

    `hazards` are dictionaries: `sense` in the label's sense, `told_by` (phrases), maybe `only_if` (words).
    `routes` are dictionaries: `status` ("approved", "forbidden", "not approved"), `routes` (names), `source`, and maybe
    `brands`, if it is true of those alone.
    """

    name = models.CharField(max_length=80, help_text="The generic name, in lower case.")
    slug = models.SlugField("address", max_length=80, unique=True)
    is_class = models.BooleanField(
        "a class of medicines",
        default=False,
        help_text="The card of a class, such as opioids, for articles that name no medicine of it.",
    )
    brands = models.JSONField(
        default=list,
        blank=True,
        help_text="Brand names and other names, one per line. A combination’s brand is on the card of each ingredient.",
    )
    former_brands = models.JSONField(
        "brands no longer sold", default=list, blank=True, help_text="Readers still say them. One per line."
    )
    drug_class = models.CharField("class", max_length=120, help_text="As in the label’s Highlights.")
    class_synonyms = models.JSONField(
        "other names for its class", default=list, blank=True, help_text="Broader, narrower or lay terms, one per line."
    )
    what_it_is = models.TextField(
        blank=True, max_length=1200, help_text="What it is and what it is used for, in plain words and without doses."
    )
    boxed_warning = models.TextField(
        blank=True, help_text="What the label’s boxed warning is about, in our words. Empty if it has none."
    )
    hazards = models.JSONField(
        default=list,
        blank=True,
        help_text="What an article must tell, one hazard per line: in the label’s sense, then “|” and the phrases that "
        "tell it, with semicolons. “slow*” is the beginning of a word, “…” up to five words between. If it is about "
        "one use only, add “|” and words for that use.",
    )
    route = models.CharField(max_length=200, blank=True, help_text="How it is given.")
    how_it_is_given = models.TextField(
        blank=True, max_length=1200, help_text="The same in plain words, for its page, without doses."
    )
    routes = models.JSONField(
        default=list,
        blank=True,
        help_text="One line for each source: “approved”, “forbidden” or “not approved” (in use without approval), then "
        "“|” and the routes, with semicolons, then “|” and the source. If it is true of some brands only, add “|” and "
        "the brands.",
    )
    source = models.CharField(max_length=300, help_text="The label and its sections, with the page’s address.")
    checked_by = models.ForeignKey(
        Contributor, models.SET_NULL, null=True, blank=True, related_name="+", help_text="Who checked the label."
    )
    checked_on = models.DateField(null=True, blank=True)
    label = models.ForeignKey(
        "articles.Label",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="held_against",
        editable=False,
        help_text="The newest version of the label that the card is held against.",
    )
    checked_label = models.ForeignKey(
        "articles.Label",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
        help_text="The version that somebody checked it against.",
    )
    is_demonstration = models.BooleanField(
        default=False, editable=False, help_text="Shown to readers unchecked, and marked so: only in the demonstration."
    )
    changed_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = DrugQuerySet.as_manager()

    class Meta:
        verbose_name = "medicine"
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                Lower("name"),
                name="drug_named_once",
                violation_error_message="A medicine with this name already exists.",
            ),
            models.CheckConstraint(condition=~Q(name="") & ~Q(drug_class="") & ~Q(source=""), name="drug_card_whole"),
            models.CheckConstraint(
                condition=Q(checked_by__isnull=True) | Q(checked_on__isnull=False), name="drug_checked_on_a_day"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("medicine", args=[self.slug])

    @property
    def capitalized(self) -> str:
        """Its name as it begins a line."""
        return capitalized(self.name)

    @property
    def is_checked(self) -> bool:
        """Whether somebody held it against its label after its last change, and no newer label came since: only then
        do readers see it (but for a demonstration).
        """
        if self.checked_by_id is None or self.checked_on is None or self.checked_on < self.changed_on:
            return False
        if self.label is None or self.checked_label_id == self.label_id:
            return True
        # Checked by hand, before labels were imported.
        return self.checked_label_id is None and self.label.effective_on <= self.checked_on

    @property
    def is_shown(self) -> bool:
        """Whether readers see the card. Not of a class, which no page shows."""
        return not self.is_class and (self.is_checked or self.is_demonstration)

    @property
    def sections(self) -> str:
        """What of the labels it rests on: its source without an address of DailyMed."""
        return LABEL_IN_SOURCE.sub("", self.source)

    @property
    def known_label(self) -> "Label | None":
        """The version of its label that it was checked against; before that, the one that it is held against."""
        return self.checked_label or self.label

    def given(self) -> dict[str, list[dict[str, Any]]]:
        """Its routes by what they are: those of the label, those that it forbids, and those in use without approval."""
        kinds = ("approved", "forbidden", "not approved")
        return {kind.replace(" ", "_"): [row for row in self.routes if row["status"] == kind] for kind in kinds}

    @property
    def label_page(self) -> tuple[str, str] | None:
        """What to call the page of its label, and its address: the imported label, or the one that the source names."""
        if label := self.known_label:
            return "label on DailyMed", label.page
        match = LABEL_IN_SOURCE.search(self.source)
        return (match["words"] or "labels on DailyMed", match["address"]) if match else None

    @property
    def changed_on(self) -> date:
        return timezone.localdate(self.changed_at)

    @property
    def names(self) -> list[str]:
        """Every name by which a text may mention it."""
        return [name for name in (self.name, *self.brands, *self.former_brands) if name.strip()]


class Term(models.Model):
    """An entry of the glossary. Its names are no words that anybody should be advised to simplify."""

    name = models.CharField(max_length=80, help_text="As used in a sentence: “allodynia”, “CGRP”.")
    slug = models.SlugField("address", max_length=80, unique=True)
    synonyms = models.JSONField(
        "other names", default=list, blank=True, help_text="Other forms, abbreviations and lay terms, one per line."
    )
    definition = models.TextField(max_length=600, help_text="In our own plain words, a sentence or two.")
    source = models.CharField(max_length=200, blank=True, help_text="What the definition is based on, if anything.")
    source_url = LinkField("its page", max_length=500, blank=True)

    class Meta:
        verbose_name = "glossary term"
        ordering = [Lower("name")]
        constraints = [
            models.UniqueConstraint(
                Lower("name"), name="term_named_once", violation_error_message="This term is already in the glossary."
            ),
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(definition=""),
                name="term_says_something",
                violation_error_message="A term needs a name and a definition.",
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
