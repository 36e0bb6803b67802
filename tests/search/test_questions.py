"""What somebody types becomes a question: no syntax of a database in it, whatever was typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.search.engines import Postgresql, Sqlite
from articles.search.questions import Alternative, ask, synonyms

KNOWN = synonyms([["ziconotide", "Prialt"], ["spinal cord stimulation", "SCS"]])


def test_words_must_all_be_there_and_the_last_may_be_unfinished():
    question = ask("intrathecal pump")
    assert question.clauses == (
        (Alternative(("intrathec",)),),
        (Alternative(("pump",), beginning="pump"),),
    )


def test_quotation_marks_ask_for_words_side_by_side():
    assert ask("“spinal fluid” leak").clauses[0] == (Alternative(("spinal", "fluid"), is_phrase=True),)
    assert ask('"spinal fluid').clauses == ask("spinal fluid").clauses


def test_a_brand_is_asked_for_under_its_medicine_too():
    assert ask("prialt", KNOWN).clauses == (
        (Alternative(("prialt",), beginning="prialt"), Alternative(("ziconotid",), is_phrase=True)),
    )


def test_a_name_of_several_words_is_one_clause_with_its_short_form():
    [name, trial] = ask("spinal cord stimulation trial", KNOWN).clauses
    assert name == (Alternative(("spinal", "cord", "stimul")), Alternative(("scs",), is_phrase=True))
    assert trial == (Alternative(("trial",), beginning="trial"),)


def test_a_name_is_known_with_its_frequent_words_and_without_them():
    known = synonyms([["paresthesia", "pins and needles"]])
    for typed in ("pins and needles", "pins needles", "“pins and needles”"):
        [clause] = ask(typed, known).clauses
        assert clause[1:] == (Alternative(("paresthesia",), is_phrase=True),), typed
    assert Alternative(("pin", "and", "needl"), is_phrase=True) in ask("paresthesia", known).clauses[0]


def test_what_names_two_things_is_asked_for_under_the_names_of_both_each_once():
    known = synonyms([["nerve pain", "neuralgia"], ["neuropathic pain", "nerve pain"], ["neuralgia", "nerve pain"]])
    assert [other.stems for other in ask("nerve pain", known).clauses[0][1:]] == [
        ("neuralgia",),
        ("neuropath", "pain"),
    ]


def test_a_wider_thing_is_also_asked_for_by_what_stands_beneath_it_and_is_filed_so():
    known = synonyms([["back pain", "lumbago"], ["sciatica"]], beneath={"back pain": ["sciatica"]})
    filed = Alternative(("sciatica",), is_phrase=True, is_filed=True)
    assert ask("lumbago", known).clauses[0][1:] == (Alternative(("back", "pain"), is_phrase=True), filed)
    assert ask("back pain", known).clauses[0][1:] == (Alternative(("lumbago",), is_phrase=True), filed)
    assert ask("sciatica", known).clauses == ask("sciatica").clauses


def test_frequent_words_are_left_out_unless_there_are_no_others():
    assert ask("what is the pump").wanted() == {"pump"}
    assert ask("who").wanted() == {"who"}


def test_accents_and_case_make_no_difference():
    assert ask("GABAPENTÍNE").clauses == ask("gabapentine").clauses


def test_a_question_of_many_words_is_cut_and_says_so():
    question = ask(" ".join(f"word{number}" for number in range(500)))
    assert len(question.clauses) == 12
    assert question.cut


@pytest.mark.parametrize("typed", ["", "   ", "!!! ???", "\x00", "🙂🙂", '""', "\"'()*", "­"])
def test_where_there_is_no_word_there_is_no_question(typed):
    assert not ask(typed, KNOWN)


@given(st.text(max_size=1000))
def test_nothing_but_letters_and_digits_reaches_a_database(typed):
    question = ask(typed, KNOWN)
    said = [one for clause in question.clauses for alternative in clause for one in alternative.stems]
    said += [alternative.beginning for clause in question.clauses for alternative in clause]
    assert all(one.isalnum() or one == "" for one in said)
    assert Sqlite().match(question).count('"') % 2 == 0
    assert Postgresql().match(question).count("'") % 2 == 0
