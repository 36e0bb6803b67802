"""The Crossref / Retraction Watch file, row by row, and what holds of a paper after all that happened to it."""

from datetime import date

import pytest

from articles.evidence import retractions
from articles.evidence.retractions import BadRow, Notice, NotTheFile, identifiers, read, standing

COLUMNS = (
    "Record ID,Title,Subject,Institution,Journal,Publisher,Country,Author,URLS,ArticleType,RetractionDate,"
    "RetractionDOI,RetractionPubMedID,OriginalPaperDate,OriginalPaperDOI,OriginalPaperPubMedID,RetractionNature,"
    "Reason,Paywalled,Notes"
)
WHOLE = {
    "Record ID": "56001",
    "Title": '"Pumps, and why"',
    "Journal": "J Pain",
    "RetractionDate": "1/31/2024 0:00",
    "RetractionDOI": "10.1000/Notice",
    "RetractionPubMedID": "0",
    "OriginalPaperDOI": "https://doi.org/10.1000/PUMPS",
    "OriginalPaperPubMedID": "01234567",
    "RetractionNature": "Retraction",
    "Reason": "+Error in Data;+Investigation by Journal/Publisher;",
}


def row(**changes):
    given = {**WHOLE, **{name.replace("_", " "): value for name, value in changes.items()}}
    return ",".join(given.get(name, "") for name in COLUMNS.split(","))


def only(**changes):
    [found] = read([COLUMNS + "\n", row(**changes) + "\n"])
    return found


def test_a_row_becomes_a_notice():
    assert only() == Notice(
        record_id=56001,
        nature="retracted",
        title="Pumps, and why",
        journal="J Pain",
        on=date(2024, 1, 31),
        doi="10.1000/pumps",
        pmid="1234567",
        notice_doi="10.1000/notice",
        notice_pmid="",
        reasons=("Error in Data", "Investigation by Journal/Publisher"),
    )


@pytest.mark.parametrize("none", ["", "0", "unavailable", "Unavailable", " UNAVAILABLE ", "n/a", "see notes"])
def test_what_is_no_identifier_matches_nothing(none):
    notice = only(OriginalPaperDOI=none, OriginalPaperPubMedID=none)
    assert (notice.doi, notice.pmid, notice.can_be_matched) == ("", "", False)


@pytest.mark.parametrize(
    ("said", "nature"),
    [
        ("Retraction", "retracted"),
        ("Expression of concern", "doubted"),
        ("EXPRESSION OF CONCERN", "doubted"),
        ("Correction", "corrected"),
        ("Reinstatement", "reinstated"),
    ],
)
def test_every_nature_is_known(said, nature):
    assert only(RetractionNature=said).nature == nature


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"Record_ID": "x"}, "its Record ID is “x”, and not a number"),
        ({"Record_ID": ""}, "its Record ID is “”, and not a number"),
        ({"Record_ID": "9" * 30}, f"its Record ID is “{'9' * 30}”, and not a number"),
        ({"RetractionNature": "Vanished"}, "nobody knows the nature “Vanished”"),
        ({"Reason": "a,b,c"}, "it has not as many columns as the first line"),
    ],
)
def test_a_bad_row_is_named_with_its_line(changes, why):
    assert only(**changes) == BadRow(2, why)


def test_a_row_that_is_cut_off_does_not_take_the_others_with_it():
    found = list(read([COLUMNS + "\n", "1,Cut\n", row() + "\n"]))
    assert [type(one) for one in found] == [BadRow, Notice]


@pytest.mark.parametrize("given", ["", "a,b,c\n1,2,3\n", "\x00\x01\x02", "<html></html>"])
def test_another_file_is_told_apart(given):
    with pytest.raises(NotTheFile, match="no column Record ID"):
        list(read(given.splitlines(keepends=True)))


def test_a_field_of_a_megabyte_ends_in_a_sentence():
    with pytest.raises(NotTheFile, match="cannot be read any further than line"):
        list(read([COLUMNS + "\n", row(Title="x" * 1_000_000) + "\n"]))


@pytest.mark.parametrize("day", ["31/31/2024", "soon", "", "2024"])
def test_a_day_that_is_none_is_left_out(day):
    assert only(RetractionDate=day).on is None


@pytest.mark.parametrize(
    ("reference", "expected"),
    [
        ({"doi": "10.1000/A", "pmid": "12"}, ({"10.1000/a"}, {"12"})),
        ({"citation": "Doe J. Pumps. doi:10.1000/b."}, ({"10.1000/b"}, set())),
        ({"citation": "Doe J. Pumps (https://doi.org/10.1000/c). PMID: 34"}, ({"10.1000/c"}, {"34"})),
        ({"citation": "Roe R. doi:10.1016/S0140-6736(05)6748)"}, ({"10.1016/s0140-6736(05)6748"}, set())),
        ({"url": "https://pubmed.ncbi.nlm.nih.gov/56/"}, (set(), {"56"})),
        ({"url": "https://www.ncbi.nlm.nih.gov/pubmed/78"}, (set(), {"78"})),
        ({"url": "https://doi.org/10.1000/d/"}, ({"10.1000/d"}, set())),
        ({"url": "https://journal.example/doi/full/10.1000/e?needAccess=true#s2"}, ({"10.1000/e"}, set())),
        ({"url": "https://journal.example/articles/10.1000/f.2020.1/full"}, ({"10.1000/f.2020.1"}, set())),
        ({"url": "https://journal.example/doi/10.1000/g(05)1.pdf"}, ({"10.1000/g(05)1"}, set())),
        ({"url": "https://journal.example/?id=10.1000%2Fh%281%29&type=print"}, ({"10.1000/h(1)"}, set())),
        ({"citation": "Doe J. Pumps. J Pain. 2020;10.1-2.", "doi": "", "pmid": "0"}, (set(), set())),
    ],
)
def test_a_reference_is_found_by_its_own_identifiers_and_by_those_in_its_words(reference, expected):
    assert identifiers(reference) == expected


@pytest.mark.parametrize(
    ("history", "expected"),
    [
        ([], ""),
        ([(1, "corrected")], "corrected"),
        ([(1, "corrected"), (2, "doubted")], "doubted"),
        ([(2, "corrected"), (1, "doubted")], "doubted"),
        ([(1, "doubted"), (2, "retracted"), (3, "corrected")], "retracted"),
        ([(1, "retracted"), (2, "reinstated")], ""),
        ([(1, "retracted"), (1, "reinstated")], ""),
        ([(1, "retracted"), (2, "reinstated"), (3, "doubted")], "doubted"),
        ([(None, "retracted"), (2, "reinstated")], ""),
        ([(2, "retracted"), (1, "reinstated")], "retracted"),
    ],
)
def test_what_holds_in_the_end(history, expected):
    days = [(date(2024, 1, day) if day else None, nature) for day, nature in history]
    assert standing(days) == expected
    assert {retractions.RETRACTED, retractions.DOUBTED, retractions.CORRECTED} >= {expected} - {""}
