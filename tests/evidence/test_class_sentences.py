"""How much of what is wrong about medicines and their classes is found, and how much of what is right is left alone."""

import csv
import tomllib
from collections import Counter
from pathlib import Path
from types import SimpleNamespace

import pytest

from articles.evidence import drugs

ROOT = Path(__file__).parents[2]
LINES = (Path(__file__).parent / "class_sentences.tsv").read_text(encoding="utf-8").splitlines()
SENTENCES = list(csv.DictReader((line for line in LINES if not line.startswith("#")), delimiter="\t"))
KNOWN = tomllib.loads((ROOT / "articles/migrations/medicines.toml").read_text(encoding="utf-8"))
CARDS = [SimpleNamespace(**medicine) for medicine in KNOWN["medicines"]]
CLASSES = [SimpleNamespace(**row, is_class=True, brands=[]) for row in KNOWN["classes"]]


def verdict(sentence: str) -> str:
    certainties = {conflict.certainty for conflict in drugs.find_conflicts(sentence, CARDS)}
    return drugs.CLAIM if drugs.CLAIM in certainties else drugs.QUESTION if certainties else "nothing"


@pytest.mark.parametrize("written", ["with", "after"], ids=["written with the rules", "written after the rules"])
def test_wrong_statements_are_found_and_right_ones_left_alone(written):
    found = Counter((row["is"], verdict(row["sentence"])) for row in SENTENCES if row["written"] == written)
    wrong = sum(number for (label, _), number in found.items() if label == "wrong")
    right = sum(number for (label, _), number in found.items() if label == "right")
    assert wrong >= 30 <= right
    assert found["wrong", "nothing"] <= 0.03 * wrong
    assert found["right", drugs.CLAIM] <= 0.01 * right
    assert found["right", drugs.QUESTION] <= 0.20 * right


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hydrocodone is not an opioid.", ("hydrocodone", drugs.CLAIM, True)),
        ("Opioid-free options such as oxymorphone are preferred.", ("oxymorphone", drugs.CLAIM, False)),
        ("Gabapentin acts on opioid receptors.", ("gabapentin", drugs.QUESTION, False)),
        ("Pregabalin is a cousin of fentanyl.", ("pregabalin", drugs.QUESTION, False)),
        ("Take gabapentin at night. It is an opioid.", ("gabapentin", drugs.CLAIM, False)),
    ],
)
def test_a_conflict_says_how_sure_it_is_and_whether_it_denies(text, expected):
    [conflict] = drugs.find_conflicts(text, CARDS)
    assert (conflict.drug, conflict.certainty, conflict.denied) == expected


def test_a_sentence_that_begins_with_it_is_shown_with_the_one_before_it():
    text = "Pumps are small. Ziconotide comes from a snail. It is an opioid. Rest helps."
    [conflict] = drugs.find_conflicts(text, CARDS)
    assert conflict.sentence == "Ziconotide comes from a snail. It is an opioid."


@pytest.mark.parametrize(
    ("text", "way"),
    [
        ("Naloxone blocks opioid receptors.", ""),
        ("Naloxone activates opioid receptors.", drugs.QUESTION),
        ("Morphine activates opioid receptors.", ""),
        ("Morphine blocks opioid receptors.", drugs.QUESTION),
        ("Buprenorphine activates some opioid receptors and blocks others.", ""),
        ("Naloxone blocks the opioid receptors that morphine activates.", ""),
        ("Sodium channels are opened by lidocaine.", drugs.QUESTION),
        ("Ziconotide opens calcium channels.", drugs.QUESTION),
    ],
)
def test_a_drug_is_asked_about_that_is_said_to_act_the_other_way(text, way):
    assert [conflict.certainty for conflict in drugs.find_conflicts(text, CARDS)] == [way] * bool(way)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("NSAIDs are a kind of steroid.", [("NSAID", "steroid", drugs.QUESTION)]),
        ("Botulinum toxin is an opioid.", [("botulinum toxin", "opioid", drugs.QUESTION)]),
        ("NSAIDs are anti-inflammatory drugs.", []),
        ("NSAIDs are not opioids.", []),
        ("Are NSAIDs opioids?", []),
    ],
)
def test_a_class_is_asked_about_that_is_said_to_be_another(text, expected):
    conflicts = drugs.find_conflicts(text, [*CARDS, *CLASSES])
    assert [(conflict.drug, conflict.claimed, conflict.certainty) for conflict in conflicts] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Is acetaminophen an NSAID? Yes.", [(drugs.CLAIM, False)]),
        ("Is acetaminophen an NSAID? No.", []),
        ("Is tramadol an opioid? No, it is not.", [(drugs.CLAIM, True)]),
        ("Is tramadol an opioid? Ask your doctor.", []),
    ],
)
def test_a_question_says_what_its_answer_says(text, expected):
    assert [(conflict.certainty, conflict.denied) for conflict in drugs.find_conflicts(text, CARDS)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "Take gabapentin or morphine. It is an NSAID.",  # nobody knows which
        "Take gabapentin. The pump is small. It is an opioid.",
        "Aspirin is a blood thinner.",
        "Tramadol is a serotonin and norepinephrine reuptake inhibitor.",
    ],
)
def test_what_is_about_no_drug_or_true_is_no_claim(text):
    assert verdict(text) != drugs.CLAIM
