"""Which sentences state a figure, on labeled sentences: what is missed, and what is taken for one."""

import csv
from pathlib import Path

import pytest

from articles.evidence.figures import states_figure

LINES = (Path(__file__).parent / "figure_sentences.tsv").read_text(encoding="utf-8").splitlines()
SENTENCES = list(csv.DictReader((line for line in LINES if not line.startswith("#")), delimiter="\t"))


@pytest.mark.parametrize("written", ["with", "after"], ids=["written with the rules", "written after the rules"])
def test_figures_are_found_and_other_numbers_left_alone(written):
    rows = [row for row in SENTENCES if row["written"] == written]
    wanted = {row["sentence"] for row in rows if row["is"] == "figure"}
    found = {row["sentence"] for row in rows if states_figure(row["sentence"])}
    assert len(wanted) >= 10 <= len(rows) - len(wanted)
    assert len(wanted - found) <= 0.1 * len(wanted), wanted - found
    assert found - wanted == set()


def test_a_fifth_of_the_sentences_was_written_after_the_rules():
    assert sum(row["written"] == "after" for row in SENTENCES) >= 0.2 * len(SENTENCES) >= 16


def test_a_question_states_no_figure():
    assert states_figure("One in four stops.")
    assert not states_figure("Does one in four stop?”")
