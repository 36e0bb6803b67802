"""A slip is corrected to what was meant: a word of the site, and never one of another meaning."""

import pytest

from articles.models import SearchWord
from articles.search.spelling import corrected

pytestmark = pytest.mark.django_db
NAMES = ["ziconotide", "fibro", "prednisone", "prednisolone", "nerve pain", "Lodine", "headache", "dysphagia", "Soma"]


@pytest.fixture(autouse=True)
def words_of_texts():
    found = ["migraine", "pump", "block", "meta", "fire", "gray", "hard", "perineal", "back", "pain", "stimulation"]
    SearchWord.objects.bulk_create(SearchWord(word=word, length=len(word)) for word in found)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("zikonotide", "ziconotide"),
        ("Migrane", "migraine"),
        ("imgraine", "migraine"),
        ("nerve pane stimulaton", "nerve pane stimulation"),
        ("headake", "headache"),
        ("nervepain", "nerve pain"),
        ("backpain", "back pain"),
    ],
)
def test_a_slip_is_corrected(typed, meant):
    assert corrected(typed, NAMES) == meant


@pytest.mark.parametrize(
    "typed",
    [
        "beta blocker",  # not “meta block”
        "nerve fibre",  # not “fire” and not “fibro”
        "xray",
        "hand",  # not “hard”
        "peroneal",  # not “perineal”
        "dysphasia",  # not “dysphagia”
        "iodine",  # not “Lodine”
        "coma",
        "prednisolne",  # as near to one steroid as to the other
        "hydroxyzine",
        "migraines",
        "headaches",
        "gr8",
        "qqqqqqqqq",
        "",
    ],
)
def test_what_is_a_word_or_could_be_two_is_left_as_it_is(typed):
    assert corrected(typed, NAMES) == ""
