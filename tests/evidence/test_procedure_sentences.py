"""How much of what is wrong about procedures and devices is found, and how much of what is right is left alone."""

import csv
import tomllib
from pathlib import Path
from types import SimpleNamespace

import pytest

from articles.evidence import procedures, promises
from articles.evidence.hazards import Section

SEED = Path(__file__).parents[2] / "articles/migrations"
DATA = {name: tomllib.loads((SEED / f"{name}.toml").read_text("utf-8")) for name in ("medicines", "procedures")}
PHRASES = {phrase["key"]: phrase for phrase in (*DATA["medicines"]["hazards"], *DATA["procedures"]["phrases"])}
LINES = (Path(__file__).parent / "procedure_sentences.tsv").read_text(encoding="utf-8").splitlines()
SENTENCES = list(csv.DictReader((line for line in LINES if not line.startswith("#")), delimiter="\t"))


def card(row):
    told = {name: [PHRASES[key] for key in row[name]] for name in ("hazards", "signs")}
    return SimpleNamespace(**{"accurate": [], **row, **told})


CARDS = [card(row) for row in DATA["procedures"]["procedures"]]


def is_asked(name, sentence):
    """Whether anything is asked about a sentence in an article about the procedure, which goes on about it."""
    text = f"Here is what {name} is.\nHow {name} works.\n{sentence}"
    subjects = procedures.subjects([Section(name, ""), Section("", text)], [], CARDS)
    [subject] = [subject for subject in subjects if subject.card.name == name]
    return any([*procedures.misplaced(subject), *promises.promises(subject)])


@pytest.mark.parametrize("written", ["with", "after"], ids=["written with the rules", "written after the rules"])
def test_wrong_sentences_are_asked_about_and_right_ones_are_not(written):
    rows = [row for row in SENTENCES if row["written"] == written]
    missed = [
        row["sentence"] for row in rows if row["is"] == "wrong" and not is_asked(row["procedure"], row["sentence"])
    ]
    asked = [row["sentence"] for row in rows if row["is"] == "right" and is_asked(row["procedure"], row["sentence"])]
    wrong = sum(row["is"] == "wrong" for row in rows)
    assert wrong >= 12 <= len(rows) - wrong
    assert len(missed) <= 0.15 * wrong, missed
    assert len(asked) <= 0.05 * (len(rows) - wrong), asked
