"""Files of reference managers become citations in AMA style, and broken ones one sentence."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.bibliography import reading, records, style

RIS = """TY  - JOUR
AU  - Dowell, Deborah
AU  - Haegerich, Tamara M.
AU  - Chou, Roger
TI  - CDC guideline for prescribing opioids for chronic pain
JO  - JAMA
PY  - 2016/04/19/
VL  - 315
IS  - 15
SP  - 1624
EP  - 1645
DO  - 10.1001/jama.2016.1464
ER  -
TY  - BOOK
AU  - World Health Organization
TI  - A handbook
PB  - WHO
PY  - 2020
"""
NBIB = """PMID- 26977696
OWN - NLM
DP  - 2016 Apr 19
TI  - CDC guideline for prescribing opioids for chronic
      pain.
PG  - 1624-45
LID - 10.1001/jama.2016.1464 [doi]
FAU - Dowell, Deborah
AU  - Dowell D
CN  - A Study Group
TA  - JAMA
JT  - The Journal of the American Medical Association
VI  - 315
IP  - 15
"""
BIBTEX = r"""@comment{nothing}
@article{first, author={M{\"u}ller, Hans and {World Health Organization} and Jane Q. Doe},
  title={The {CDC} guideline \& more}, journal={Pain}, year=2019, volume={3}, number={2}, pages={12--19}}
@article{second, title={never closed
@book{third, title="A book", author="Doe, J", publisher="Springer", year="2001"}
"""
CSL = """[{"type": "article-journal", "title": "<i>S. aureus</i> &amp; pain",
"author": [{"family": "Roe", "given": "Y Z"}], "issued": {"date-parts": [["2020", "1"]]}, "volume": 21, "page": "3-9",
"container-title": "The Journal of Pain", "container-title-short": "J Pain", "DOI": "10.1016/x"}, 5, {"title": []}]"""


@pytest.mark.parametrize(
    ("written", "expected", "problems"),
    [
        (
            RIS,
            [
                "Dowell D, Haegerich TM, Chou R. CDC guideline for prescribing opioids for chronic pain. JAMA. "
                "2016;315(15):1624-1645.",
                "World Health Organization. A Handbook. WHO; 2020.",
            ],
            [],
        ),
        (
            NBIB,
            [
                "Dowell D, A Study Group. CDC guideline for prescribing opioids for chronic pain. JAMA. "
                "2016;315(15):1624-45."
            ],
            [],
        ),
        (
            BIBTEX,
            [
                "Müller H, World Health Organization, Doe JQ. The CDC guideline & more. Pain. 2019;3(2):12-19.",
                "Doe J. A Book. Springer; 2001.",
            ],
            ["1 reference couldn’t be read."],
        ),
        (CSL, ["Roe YZ. S. aureus & pain. J Pain. 2020;21:3-9."], ["2 references couldn’t be read."]),
    ],
    ids=["RIS", "nbib", "BibTeX", "CSL-JSON"],
)
def test_each_format_is_written_in_ama_style_and_a_bad_record_takes_no_other_with_it(written, expected, problems):
    found = reading.read(written)
    assert [style.citation(record) for record in found.records] == expected
    assert found.problems == problems


def test_a_title_without_authors_is_said_once():
    assert style.citation(records.trimmed({"title": "Prialt label", "publisher": "FDA"})).count("Prialt label") == 1


@pytest.mark.parametrize(
    "written",
    [
        '[{"a":' * 100_000,
        "@article{" * 2_000,
        "@article{" * 200_000,
        "@a{x\n" * 200_000,
        "@article{a, title={" + "{" * 19_000,
        "@article{a,title={" + "\\textbf{" * 2_000 + "}" * 2_000 + "}}",
        "TY  -" * 300_000,
        "\n" * 1_000_000 + "x",
        "PMID- 1\n" * 100_000,
    ],
    ids=range(9),
)
def test_a_hostile_file_costs_little_and_gets_a_sentence(written):
    before = time.process_time()
    found = reading.read(written)
    assert found.records == []
    assert all(problem.endswith(".") for problem in found.problems)
    assert found.problems
    assert time.process_time() - before < 2


@given(st.binary(max_size=300), st.sampled_from(["TY  - JOUR\n", "PMID- 1\n", "@article{a,\n", '[{"title": ', ""]))
def test_no_bytes_make_reading_or_writing_fail(data, opening):
    for record in reading.read(opening + reading.decoded(data)).records:
        assert style.citation(record).strip()


KEYS = ["title", "author", "family", "given", "issued", "date-parts", "raw", "type", "volume", "page", "edition"]
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=6),
    max_leaves=12,
)


@given(st.dictionaries(st.sampled_from(KEYS), VALUES, max_size=8))
def test_whatever_a_record_holds_it_is_trimmed_once_and_can_be_written(given_record):
    record = records.trimmed({"title": "A", **given_record})
    assert records.trimmed(record) == record
    if record:
        assert "\x00" not in style.citation(record)
