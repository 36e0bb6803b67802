"""A card beside a label: whose it is, where they differ, and names that no card may have."""

from dataclasses import dataclass, field, replace
from datetime import date

import pytest

from articles.evidence import labels, route_words
from articles.evidence.spl import SplLabel


def given(*routes):
    return [{"status": "approved", "routes": list(routes), "source": "label"}]


@dataclass
class Card:
    name: str
    drug_class: str = "NSAID"
    class_synonyms: list = field(default_factory=lambda: ["anti-inflammatory"])
    brands: list = field(default_factory=list)
    former_brands: list = field(default_factory=list)
    boxed_warning: str = "Heart attack and stroke."
    hazards: list = field(default_factory=list)
    route: str = "oral"
    routes: list = field(default_factory=lambda: given("by mouth"))
    source: str = "label"
    is_class: bool = False


HEART = {"sense": "Heart attack and stroke.", "told_by": ["heart attack*", "stroke*"]}
SPINE = {"sense": "Not into the spine.", "told_by": ["not … epidural*"], "only_if": ["epidural*"]}
NAPROXEN = Card("naproxen", brands=["Specimol"], hazards=[HEART, SPINE])
LABEL = SplLabel(
    document_id="d",
    set_id="s",
    version=1,
    kind="prescription",
    effective_on=date(2025, 1, 1),
    title="",
    products=("Specimol",),
    generics=("Naproxen Sodium",),
    moieties=("NAPROXEN",),
    routes=("oral",),
    boxed_warning="NSAIDs increase the risk of myocardial infarction and stroke.",
    indications="Specimol is a nonsteroidal anti-inflammatory drug indicated for osteoarthritis.",
    sections={"boxed warning": "x"},
)


def test_a_label_that_says_what_the_card_says_differs_in_nothing():
    assert labels.differences(NAPROXEN, LABEL) == []


@pytest.mark.parametrize(
    ("card", "label", "sentence"),
    [
        ({"boxed_warning": "", "hazards": []}, {}, "The label has a boxed warning; the card has none."),
        ({}, {"boxed_warning": "", "sections": {}}, "The card has a boxed warning; this label has none."),
        (
            {},
            {"boxed_warning": "It causes bleeding."},
            "The label’s boxed warning doesn’t have these words of the card: “Heart attack and stroke.”",
        ),
        (
            {},
            {"indications": "Specimol is an opioid agonist indicated for severe pain."},
            "The label calls it “opioid agonist”; the card says “NSAID”.",
        ),
        ({}, {"routes": ("oral", "intrathecal")}, "The label’s route is intrathecal; the card says “by mouth”."),
        (
            {},
            {"routes": ("by a route unheard of",)},
            "The label’s route is by a route unheard of; the card says “by mouth”.",
        ),
    ],
)
def test_a_difference_is_a_sentence(card, label, sentence):
    assert labels.differences(replace(NAPROXEN, **card), replace(LABEL, **label)) == [sentence]


@pytest.mark.parametrize(
    ("card", "label"),
    [
        ({}, {"boxed_warning": ""}),  # a picture
        ({}, {"indications": "Specimol is a treatment for pain."}),
        ({}, {"indications": "Naproxen sodium tablets are indicated in patients who take an opioid."}),
        ({"routes": given("under the skin", "into a vein")}, {"routes": ("subcutaneous",)}),
        ({"routes": given("on the skin")}, {"routes": ("topical", "transdermal")}),
        ({"routes": []}, {}),
        ({"routes": given("by mouth", "into a muscle")}, {}),  # the card is of all products
        ({"drug_class": "anti-inflammatory", "class_synonyms": []}, {}),
    ],
)
def test_what_a_label_leaves_open_is_no_difference(card, label):
    assert labels.differences(replace(NAPROXEN, **card), replace(LABEL, **label)) == []


CARDS = [NAPROXEN, Card("oxycodone"), Card("onabotulinumtoxinA"), Card("opioid", is_class=True)]


@pytest.mark.parametrize(
    ("moieties", "generics", "owner"),
    [
        (["NAPROXEN"], ["Naproxen Sodium"], "naproxen"),
        ([], ["Naproxen Sodium tablets, USP"], "naproxen"),
        (["BOTULINUM TOXIN TYPE A"], ["onabotulinumtoxinA"], "onabotulinumtoxinA"),
        (["OXYCODONE", "ACETAMINOPHEN"], ["oxycodone and acetaminophen"], None),
        ([], ["oxycodone and acetaminophen"], None),
        (["OXYCODONE"], ["oxycodone", "naproxen"], None),
        (["OPIOID"], ["opioid"], None),
        (["NAPROXENE"], ["naproxene"], None),
        ([], [], None),
    ],
)
def test_a_label_belongs_to_the_card_of_its_only_active_ingredient(moieties, generics, owner):
    card = labels.owner(replace(LABEL, moieties=tuple(moieties), generics=tuple(generics)), CARDS)
    assert (card and card.name) == owner


def test_a_brand_s_label_is_known_by_the_product():
    assert labels.is_of_a_brand(LABEL, NAPROXEN)
    assert not labels.is_of_a_brand(replace(LABEL, products=("Naproxen",)), NAPROXEN)


@pytest.mark.parametrize(
    ("card", "sentences"),
    [
        (NAPROXEN, []),
        (replace(NAPROXEN, drug_class=" "), ["The card of naproxen needs the class of the medicine."]),
        (
            replace(NAPROXEN, brands=["Naproxen"]),
            ["“Naproxen” is the medicine’s own name, so it can’t be a brand of it."],
        ),
        (
            replace(NAPROXEN, former_brands=["OXYCODONE"]),
            ["“OXYCODONE” has a card of its own, so it can’t be a brand of naproxen."],
        ),
        (replace(NAPROXEN, brands=["opioid"]), ["“opioid” has a card of its own, so it can’t be a brand of naproxen."]),
    ],
)
def test_a_card_without_a_class_or_with_a_brand_in_a_circle_is_refused(card, sentences):
    assert labels.problems(card, CARDS[1:]) == sentences


def test_every_route_of_a_label_is_one_that_a_card_may_name():
    assert set(labels.ROUTES.values()) <= set(route_words.NAMES)
