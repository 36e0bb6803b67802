"""Official labels beside the cards of medicines: which version a card is held against, and where they differ.

A new version of that label reopens the check of the card; the label of another company does not.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils.formats import date_format

from articles.evidence import labels
from articles.evidence.label_files import Found
from articles.evidence.spl import PRESCRIPTION, SplLabel
from articles.models import Drug, Label

NEW, UNCHANGED, OLDER, NO_CARD, REFUSED = "new", "unchanged", "older", "no card", "refused"
COPIED = (
    *("set_id", "version", "kind", "effective_on", "document_id", "title", "products", "generics", "moieties"),
    *("routes", "boxed_warning", "indications", "sections"),
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
        card = labels.owner(found.label, self.cards) if found.label.kind else None
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
        compare(drug, [row])
        return Outcome(file, NEW, label=label, card=drug.name, differences=row.differences)


def _takes_its_place(new: Label, drug: Drug) -> bool:
    """Whether a card is held against another label now: a later version, or, until somebody has checked it, the one
    that says more of the medicine.
    """
    if drug.label is None or drug.label.set_id == new.set_id:
        return True
    if drug.checked_label_id is not None:
        return False
    return _rank(new, drug) > _rank(drug.label, drug)


def _rank(label: Label, drug: Drug) -> tuple[Any, ...]:
    """A prescription label, which alone has a box, before one of a medicine sold without; a brand's, which the
    generics' follow, before theirs; then the newer one.
    """
    return label.kind == PRESCRIPTION, labels.is_of_a_brand(label, drug), label.effective_on


def compare(drug: Drug, among: Iterable[Label] | None = None) -> None:
    """Writes where the card, as it was saved, differs from its labels, or from those given."""
    for label in Label.objects.filter(drug=drug) if among is None else among:
        differences = [*_versions(drug, label), *labels.differences(drug, label)]
        if differences != label.differences:
            label.differences = differences
            label.save(update_fields=["differences"])


def _versions(drug: Drug, label: Label) -> list[str]:
    """What became of the label since somebody checked the card, if anything did."""
    before, day = drug.checked_label, date_format(label.effective_on, "F j, Y")
    if before is None:
        if drug.checked_by_id is None or drug.checked_on is None or drug.checked_on >= label.effective_on:
            return []
        checked = date_format(drug.checked_on, "F j, Y")
        return [f"The card was checked on {checked}; this label is effective since {day}."]
    if before.set_id != label.set_id or before.version >= label.version:
        return []
    names = dict.fromkeys([*before.sections, *label.sections])
    changed = [name for name in names if before.sections.get(name) != label.sections.get(name)]
    return [
        f"The card was checked against version {before.version}; this is version {label.version}, effective {day}. "
        + (f"Changed: {', '.join(changed)}." if changed else "No section that we read changed.")
    ]
