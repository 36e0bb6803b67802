"""How much of what is wrong about routes of medicines is asked about, and how much of what is right is left alone."""

import csv
import tomllib
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace

import pytest

from articles.evidence import wording
from articles.evidence.route_words import FORBIDDEN, NAMES, STATUSES, UNAPPROVED
from articles.evidence.routes import UNKNOWN, find_route_conflicts
from articles.richtext import text
from articles.richtext.sanitizer import clean

DEMONSTRATION = Path(__file__).parents[2] / "articles/demonstration/content"
LINES = (Path(__file__).parent / "route_sentences.tsv").read_text(encoding="utf-8").splitlines()
SENTENCES = list(csv.DictReader((line for line in LINES if not line.startswith("#")), delimiter="\t"))
BARE = {"brands": [], "former_brands": [], "class_synonyms": [], "is_class": False}
CARDS = [SimpleNamespace(**{**BARE, **row}) for row in import_module("articles.migrations.0002_seed").cards()]


def asked(text: str) -> set[str]:
    return {conflict.card.name for conflict in find_route_conflicts(text, CARDS)}


@pytest.mark.parametrize("written", ["with", "after"], ids=["written with the rules", "written after the rules"])
def test_wrong_routes_are_asked_about_and_right_ones_left_alone(written):
    rows = [
        (row["sentence"], set(filter(None, row["asks"].split(",")))) for row in SENTENCES if row["written"] == written
    ]
    wrong = [(sentence, names) for sentence, names in rows if names]
    right = [sentence for sentence, names in rows if not names]
    assert len(wrong) >= 12 <= len(right)
    assert sum(not names <= asked(sentence) for sentence, names in wrong) <= 0.15 * len(wrong)
    assert sum(bool(asked(sentence) - names) for sentence, names in rows) <= 0.03 * len(rows)
    assert sum(bool(asked(sentence)) for sentence in right) <= 0.03 * len(right)


def test_every_row_of_a_card_has_a_status_routes_that_texts_can_name_and_a_source():
    for card in CARDS:
        assert card.routes[0]["status"] == "approved", card.name
        for row in card.routes:
            assert row["status"] in STATUSES, card.name
            assert row["routes"], card.name
            assert set(row["routes"]) <= set(NAMES), card.name
            assert row["source"], card.name
            assert set(row.get("brands", [])) <= {*card.brands, *card.former_brands}, card.name


@pytest.mark.parametrize(
    ("text", "status", "words"),
    [
        ("Fentanyl is put in the pump.", UNAPPROVED, "FDA Safety Communication, November 14, 2018"),
        ("Epidural steroid injections help.", UNAPPROVED, "FDA Drug Safety Communication, April 23, 2014"),
        ("Ketorolac goes into the spinal fluid.", FORBIDDEN, "boxed warning and contraindications"),
        ("Ketorolac goes into the spine.", FORBIDDEN, "boxed warning and contraindications"),
        ("Ketorolac in a pump acts fast.", FORBIDDEN, "boxed warning and contraindications"),
        ("Exparel is placed into the epidural space.", UNAPPROVED, "Exparel’s label"),
        (
            "Duragesic is injected into a muscle.",
            UNKNOWN,
            "The entry for fentanyl has these routes only for Duragesic: on the skin.",
        ),
        ("An NSAID in a pump helps.", UNAPPROVED, "No NSAID is approved for the spine"),
    ],
)
def test_a_question_says_why_it_is_asked(text, status, words):
    [conflict] = find_route_conflicts(text, CARDS)
    assert conflict.status == status
    assert words in wording.why_route_asked(conflict)


def test_a_class_that_the_medicine_does_not_have_is_asked_about_by_itself():
    text = "Prialt, an NSAID, is given through a pump. Morphine, an opioid, is given through a pump."
    assert asked(text) == {"NSAID"}


def test_what_is_in_use_without_approval_is_asked_about_once_a_text():
    text = "Fentanyl is used in pumps. Later, fentanyl was given in a pump. An epidural steroid injection may help."
    assert [conflict.card.name for conflict in find_route_conflicts(text, CARDS)] == ["fentanyl", "corticosteroid"]


@pytest.mark.parametrize(
    "text",
    [
        "Fentanyl is used in pumps. It is not approved for this use.",
        "Fentanyl and morphine are used. Fentanyl is not approved for it.\nSome people have fentanyl in a pump.",
        "No steroid is approved for the spine. Methylprednisolone is injected into the epidural space.",
    ],
)
def test_a_text_that_says_that_a_use_is_not_approved_is_not_asked_about_it(text):
    assert asked(text) == set()


def test_a_sentence_that_goes_on_about_one_medicine_is_shown_with_the_one_before_it():
    text = "Rest helps. Ibuprofen is old. It is delivered through a pump. Ask your doctor."
    [conflict] = find_route_conflicts(text, CARDS)
    assert conflict.sentence == "Ibuprofen is old. It is delivered through a pump."
    assert asked("Take ibuprofen or morphine. It is delivered through a pump.") == set()  # nobody knows which


def test_a_card_without_approved_routes_asks_about_what_it_forbids_alone():
    card = SimpleNamespace(**{**BARE, "name": "examplin", "drug_class": "example", "routes": []})
    text = "Examplin is injected into a vein. Examplin is taken by mouth."
    assert find_route_conflicts(text, [card]) == []
    card.routes = [{"status": FORBIDDEN, "routes": ["by mouth"], "source": "Label."}]
    assert [conflict.route for conflict in find_route_conflicts(text, [card])] == ["by mouth"]


def test_a_card_without_routes_asks_nothing_beside_one_that_has_some():
    card = SimpleNamespace(**{**BARE, "name": "examplin", "drug_class": "example", "routes": []})
    assert find_route_conflicts("Examplin is injected into a vein.", [card, *CARDS]) == []


def test_a_combination_is_given_as_one_of_its_medicines_is():
    assert asked("Zynrelef is placed into the wound.") == set()
    assert asked("Suboxone dissolves under the tongue.") == set()


@pytest.mark.parametrize("path", sorted(DEMONSTRATION.glob("**/*.toml")), ids=lambda path: path.stem)
def test_the_articles_of_the_demonstration_are_asked_nothing(path):
    article = tomllib.loads(path.read_text(encoding="utf-8"))
    words = [article["title"], article["standfirst"], text.plain_text(clean(article["body"]))]
    assert asked("\n".join(words)) == set()
