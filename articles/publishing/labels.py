"""Official labels beside the cards of medicines: which version a card is held against, and where they differ.

A new version of that label reopens the check of the card; the label of another company does not.
"""

from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from articles.evidence import labels
from articles.evidence.label_files import Found
from articles.evidence.spl import SplLabel
from articles.models import Drug, Label

NEW, UNCHANGED, OLDER, NO_CARD, REFUSED = "new", "unchanged", "older", "no card", "refused"
COPIED = (
    *("set_id", "version", "effective_on", "document_id", "title", "products", "generics", "moieties", "routes"),
    *("boxed_warning", "indications", "sections"),
)


@dataclass(frozen=True)
class Outcome:
    """What came of one file."""

    file: str
    outcome: str
    problem: str = ""
    label: SplLabel | None = None
    card: str = ""
    differences: list[str] = field(default_factory=list)

    def as_dict(self) -> dict[str, Any]:
        known = self.label
        named = {"set_id": known.set_id, "version": known.version, "title": known.title} if known else {}
        about = {"card": self.card, "differences": self.differences} if self.card else {}
        refused = {"problem": self.problem} if self.problem else {}
        return {"file": self.file, "outcome": self.outcome, **named, **about, **refused}


class Import:
    """One run, file by file; each label is whole in the database or not at all."""

    def __init__(self) -> None:
        self.cards = list(Drug.objects.filter(is_class=False))

    def take(self, found: Found) -> Outcome:
        if found.label is None:
            return Outcome(found.file, REFUSED, problem=found.problem)
        card = labels.owner(found.label, self.cards)
        if card is None:
            return Outcome(found.file, NO_CARD, label=found.label)
        with transaction.atomic():
            drug = Drug.objects.select_for_update(of=("self",)).get(pk=card.pk)  # type: ignore[attr-defined]
            return self._kept(found.file, found.label, drug)

    def _kept(self, file: str, label: SplLabel, drug: Drug) -> Outcome:
        newest = Label.objects.filter(set_id=label.set_id).order_by("-version").first()
        if newest and newest.version > label.version:
            return Outcome(file, OLDER, label=label, card=drug.name)
        if newest and newest.version == label.version:
            if newest.sections != label.sections:
                problem = f"Version {label.version} of this label is here already, with other words. It was left alone."
                return Outcome(file, REFUSED, problem=problem, label=label)
            return Outcome(file, UNCHANGED, label=label, card=drug.name, differences=newest.differences)
        row = Label.objects.create(drug=drug, **{name: getattr(label, name) for name in COPIED})
        if _takes_its_place(row, drug):
            Drug.objects.filter(pk=drug.pk).update(label=row)
        compare(drug)
        row.refresh_from_db(fields=["differences"])
        return Outcome(file, NEW, label=label, card=drug.name, differences=row.differences)


def _takes_its_place(new: Label, drug: Drug) -> bool:
    """Whether a card is held against another label now: a later version, or, until somebody has checked it, a brand’s
    label in place of a generic’s and the newer one of two of a kind.
    """
    if drug.label is None or drug.label.set_id == new.set_id:
        return True
    if drug.checked_label_id is not None:
        return False
    return _rank(new, drug) > _rank(drug.label, drug)


def _rank(label: Label, drug: Drug) -> tuple[Any, ...]:
    return labels.is_of_a_brand(label, drug), label.effective_on


def compare(drug: Drug) -> None:
    """Writes where the card, as it was saved, differs from each of its labels."""
    for label in Label.objects.filter(drug=drug):
        if (found := labels.differences(drug, label)) != label.differences:
            Label.objects.filter(pk=label.pk).update(differences=found)
