"""How much of what leans on nothing, is about something else or is told too calmly is found, and what is left alone."""

import csv
import tomllib
from collections import Counter
from pathlib import Path
from types import SimpleNamespace

import pytest

from articles.evidence import attributions, red_flags, subjects
from articles.evidence.attributions import Part
from articles.richtext import sentences

LINES = (Path(__file__).parent / "statements.tsv").read_text(encoding="utf-8").splitlines()
STATEMENTS = list(csv.DictReader((line for line in LINES if not line.startswith("#")), delimiter="\t", quoting=3))
DATA = tomllib.loads((Path(__file__).parents[2] / "articles/migrations/medicines.toml").read_text(encoding="utf-8"))
CARDS = [SimpleNamespace(**medicine) for medicine in DATA["medicines"]]


def unreferenced(about, text):
    return attributions.find_gaps([Part(sentences.blocks(text))]).unreferenced


def transfers(about, text):
    return subjects.find_transfers([("", text)], CARDS, about=[about])


def conflicts(about, text):
    return red_flags.find_urgency_conflicts([("", text)], about=about)


READERS = {"attribution": unreferenced, "subject": transfers, "urgency": conflicts}


def is_found(row):
    return bool(READERS[row["reader"]](row["about"], row["text"].replace(" / ", "\n")))


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("written", ["with", "after"], ids=["written with the rules", "written after the rules"])
def test_wrong_statements_are_found_and_right_ones_left_alone(reader, written):
    rows = [row for row in STATEMENTS if row["reader"] == reader and row["written"] == written]
    found = Counter((row["is"], is_found(row)) for row in rows)
    assert found["wrong", True] + found["wrong", False] >= 5 <= found["right", True] + found["right", False]
    assert found["right", True] == 0
    assert found["wrong", False] <= 0.15 * (found["wrong", True] + found["wrong", False])
