"""A hazard counts as told where the text says it of the medicine or its class, and nowhere else."""

import tomllib
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.evidence import hazards
from articles.evidence.hazards import Section

DATA = tomllib.loads((Path(__file__).parents[2] / "articles/migrations/medicines.toml").read_text(encoding="utf-8"))
HAZARDS = {hazard["key"]: hazard for hazard in DATA["hazards"]}


def card(row, *, is_class=False):
    known = {"brands": [], "former_brands": [], "class_synonyms": [], "drug_class": row["name"], **row}
    known["hazards"] = [HAZARDS[name] for name in row.get("hazards", [])]
    return SimpleNamespace(is_class=is_class, **known)


CARDS = [*map(card, DATA["medicines"]), *(card(row, is_class=True) for row in DATA["classes"])]


def untold(text, *, heading=""):
    return [(gap.card.name, gap.sense) for gap in hazards.untold([Section(heading, text)], CARDS)]


TOLD = "Morphine can cause addiction, slow or stop breathing, and is dangerous with alcohol."
ADDICTION, BREATHING = "Addiction, abuse and misuse.", "Slowed or stopped breathing."
HEART, STOMACH = "Heart attack and stroke.", "Bleeding and ulcers of the stomach and bowel."
LIVER = "Liver injury from too much."
SPREAD = HAZARDS["toxin.spread"]["sense"]


@pytest.mark.parametrize(
    "text",
    [
        TOLD,
        "MS Contin can cause addiction, slow or stop breathing, and is dangerous with alcohol.",
        "Morphine is an opioid. Opioids can cause addiction and slow breathing. With opioids, avoid alcohol.",
        "Morphine helps after surgery. It can cause addiction. Its label warns of slowed breathing and of alcohol.",
        "Of morphine you should know:\nAddiction is possible.\nBreathing can slow down.\nAlcohol makes it worse.",
    ],
)
def test_what_is_said_of_the_medicine_or_its_class_is_told(text):
    assert untold(text) == []


def test_a_section_whose_heading_names_the_medicine_is_about_it():
    text = "Addiction is possible.\nBreathing can slow down.\nAlcohol makes it worse."
    assert untold(text, heading="Risks of morphine") == []
    assert untold(f"Morphine helps.\n{text}") != []


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("Morphine is given by pump. Drug overdoses or underdoses have happened.", ("morphine", BREATHING)),
        ("Morphine may help. Breathing exercises may help, too.", ("morphine", BREATHING)),
        ("Morphine does not cause addiction. Morphine can slow breathing; avoid alcohol.", ("morphine", ADDICTION)),
        ("Botox is injected. The aura spreads over minutes. Swallow a tablet early.", ("onabotulinumtoxinA", SPREAD)),
        ("Take ibuprofen with food. After a stroke, call at once.", ("ibuprofen", HEART)),
        ("Ibuprofen heals ulcers. Ibuprofen can cause a heart attack.", ("ibuprofen", STOMACH)),
        (TOLD.replace("Morphine", "Percocet"), ("acetaminophen", LIVER)),
        ("Fioricet is taken for headache.", ("butalbital", LIVER)),
        ("An epidural can hold morphine. " + TOLD, ("morphine", HAZARDS["morphine.spine"]["sense"])),
        ("An NSAID may help.", ("NSAID", HEART)),
        ("Botulinum toxin may help.", ("botulinum toxin", SPREAD)),
        ("Duragesic is a patch.", ("fentanyl", ADDICTION)),
        ("Vicodin is a tablet.", ("hydrocodone", ADDICTION)),
    ],
)  # fmt: skip
def test_a_word_elsewhere_a_denial_and_another_ingredient_do_not_count(text, missing):
    assert missing in untold(text)


@pytest.mark.parametrize(
    "text",
    [
        "Bupivacaine was measured in the laboratory.",
        "Baclofen is a tablet.",
        "Clonidine is a tablet.",
        "Lidocaine patches numb the skin.",
        "The dose is given in morphine milligram equivalents.",
        "Anti-inflammatories can cause a heart attack.",
        "Acupuncture may help.",
        "",
    ],
)
def test_a_hazard_of_another_use_is_not_asked_about(text):
    assert untold(text) == []


def test_a_class_is_asked_about_only_where_no_medicine_of_it_is_named():
    assert {name for name, _sense in untold("Opioids such as morphine are given.")} == {"morphine"}


def test_every_card_of_the_seed_has_hazards_if_it_has_a_box_and_each_is_told_by_its_own_words():
    for row in [*DATA["medicines"], *DATA["classes"]]:
        assert bool(row.get("hazards")) == bool(row["boxed_warning"]), row["name"]
    for row in DATA["medicines"]:
        for name in row.get("hazards", []):
            phrase = HAZARDS[name]["told_by"][0].replace("*", "").replace(" … ", " ")
            gaps = hazards.untold([Section(row["name"], f"{row['name']}: {phrase}.")], CARDS)
            assert HAZARDS[name]["sense"] not in [gap.sense for gap in gaps if gap.card.name == row["name"]], name


@given(st.lists(st.sampled_from(["morphine", "NSAIDs", "it", "not", "addiction", "breath", ".", ":", "\n", "…", "*"])))
def test_any_text_is_read(pieces):
    text = " ".join(pieces)
    senses = {hazard["sense"] for hazard in DATA["hazards"]}
    assert {gap.sense for gap in hazards.untold([Section(text, text)], CARDS)} <= senses
