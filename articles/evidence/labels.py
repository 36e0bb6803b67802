"""Cards and labels: whose label one is, in which words it differs from the card, and names that no card may have.

A difference is for a person to look at, so it is one only where the label says something that the card contradicts or
leaves out: a card covers all products of a medicine, a label is one product's.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Protocol

from articles.evidence.drug_classes import broader, key
from articles.evidence.hazards import HazardCard, is_in
from articles.evidence.mentions import Card, classes_in
from articles.evidence.route_words import APPROVED

# What a name in a label has beside the medicine's own: salts, and what the product is.
_SALT = (
    r"(?:hydro(?:chloride|bromide)|hcl|(?:di)?sodium|potassium|magnesium|calcium|sulfate|tartrate|succinate|maleate"
    r"|fumarate|citrate|phosphate|acetate|mesylate|besylate|bitartrate|tromethamine|diethylamine|epolamine|monohydrate"
    r"|dihydrate|anhydrous|acetonide|hexacetonide)"
)
_BESIDE = re.compile(rf"(?: (?:{_SALT}|tablets?|capsules?|injection|solution|usp|extended release))+$")
# The routes of labels (the FDA's "Route of Administration" data standard) by the names that cards give them.
ROUTES = {
    "oral": "by mouth",
    "buccal": "inside the cheek",
    "transmucosal": "inside the cheek",
    "sublingual": "under the tongue",
    "intravenous": "into a vein",
    "intramuscular": "into a muscle",
    "subcutaneous": "under the skin",
    "intradermal": "into the skin",
    "intra-articular": "into a joint",
    "intralesional": "into tissue",
    "soft tissue": "into tissue",
    "infiltration": "into tissue",
    "perineural": "beside a nerve",
    "epidural": "into the epidural space",
    "caudal block": "into the epidural space",
    "intrathecal": "into the spinal fluid",
    "subarachnoid": "into the spinal fluid",
    "transdermal": "on the skin",
    "topical": "on the skin",
    "cutaneous": "on the skin",
    "percutaneous": "on the skin",
    "nasal": "into the nose",
    "rectal": "rectal",
    "vaginal": "vaginal",
    "ophthalmic": "into the eye",
    "respiratory (inhalation)": "inhaled",
}


class Label(Protocol):
    """What a label says, as `spl` reads it or the database keeps it."""

    @property
    def has_box(self) -> bool: ...
    @property
    def products(self) -> Sequence[str]: ...
    @property
    def generics(self) -> Sequence[str]: ...
    @property
    def moieties(self) -> Sequence[str]: ...
    @property
    def routes(self) -> Sequence[str]: ...
    @property
    def boxed_warning(self) -> str: ...
    @property
    def indications(self) -> str: ...


def bare(name: str) -> str:
    """A medicine's name without its salt: “Morphine Sulfate” is morphine."""
    return _BESIDE.sub("", key(re.sub(r"[,()]", " ", name)))


def owner(label: Label, cards: Iterable[Card]) -> Card | None:
    """The card whose medicine is the only active ingredient of the label. A combination's label belongs to none."""
    moieties, generics = ({bare(name) for name in names} for names in (label.moieties, label.generics))
    if len(moieties) > 1 or len(generics) > 1:
        return None
    names = moieties | generics  # the moiety of onabotulinumtoxinA is “botulinum toxin type A”
    return next((card for card in cards if not getattr(card, "is_class", False) and bare(card.name) in names), None)


def is_of_a_brand(label: Label, card: Card) -> bool:
    """Whether the product is one of the card's brands, whose label the generics' follow."""
    brands = {key(brand) for brand in (*card.brands, *getattr(card, "former_brands", ()))}
    return any(key(product) in brands for product in label.products)


def differences(card: HazardCard, label: Label) -> list[str]:
    """Where the card and the label differ, each in a sentence."""
    return [*_box(card, label), *_class(card, label), *_routes(card, label)]


def _box(card: HazardCard, label: Label) -> Iterator[str]:
    if label.has_box and not card.boxed_warning:
        yield "The label has a boxed warning; the card has none."
    elif card.boxed_warning and not label.has_box:
        yield "The card has a boxed warning; this label has none."
    elif label.boxed_warning:
        for hazard in card.hazards:
            # What is asked about in one use only is often the box of other products, or stands outside of any box.
            if not hazard.get("only_if") and not is_in(label.boxed_warning, hazard):
                yield f"The label’s boxed warning doesn’t have these words of the card: “{hazard['sense']}”"


_IS_A = re.compile(
    r"\b(?:is|are) (?:an?|the) (.{3,160}?)(?:,| indicated| for | that | which | used |[.;:])", re.IGNORECASE
)


def label_class(label: Label) -> str:
    """What the label calls the medicine where it says what it is for: “X is an opioid agonist indicated for …”."""
    found = (match[1] for match in _IS_A.finditer(label.indications[:4000]))
    return next((words for words in found if next(classes_in(words), None)), "")


def _class(card: Card, label: Label) -> Iterator[str]:
    words = label_class(label)
    said = broader(mention.kind for mention in classes_in(words))
    own = broader(mention.kind for phrase in (card.drug_class, *card.class_synonyms) for mention in classes_in(phrase))
    if said and not said & own:
        yield f"The label calls it “{words}”; the card says “{card.drug_class}”."


def _routes(card: HazardCard, label: Label) -> Iterator[str]:
    """A card's routes are of all products; one without routes says nothing of them."""
    rows = getattr(card, "routes", ())
    approved = dict.fromkeys(name for row in rows if row["status"] == APPROVED for name in row["routes"])
    missing = [route for route in label.routes if ROUTES.get(route) not in approved]
    if missing and approved:
        yield f"The label’s route is {', '.join(missing)}; the card says “{', '.join(approved)}”."


def problems(card: Card, others: Iterable[Any]) -> list[str]:
    """Why no card can be like this: one without a class, or with a brand that leads to itself or to another card."""
    found = [] if card.drug_class.strip() else [f"The card of {card.name} needs the class of the medicine."]
    generics = {key(other.name) for other in others}
    for brand in dict.fromkeys((*card.brands, *getattr(card, "former_brands", ()))):
        if key(brand) == key(card.name):
            found.append(f"“{brand}” is the medicine’s own name, so it can’t be a brand of it.")
        elif key(brand) in generics:
            found.append(f"“{brand}” has a card of its own, so it can’t be a brand of {card.name}.")
    return found
