"""Passages mark every word that was asked for, and no other."""

import re

from hypothesis import given
from hypothesis import strategies as st

from articles.search.language import fold, stem
from articles.search.passages import Marker
from articles.search.questions import ask, synonyms

WORDS = ["pump", "Pumps", "pumping", "possibility", "possibly", "dying", "die", "lying", "flies", "relational", "élan"]
ODD = ["straße", "ﬁne", "fine", "Ångström", "İstanbul", "½", "e\u0301lan", "it's", "pump_station", "ΣΑΣ", "[1]", "–"]
texts = st.lists(st.sampled_from(WORDS + ODD) | st.text(max_size=4), max_size=30).map(" ".join)
asked = st.lists(st.sampled_from(WORDS + ODD) | st.text(min_size=1, max_size=4), min_size=1, max_size=4).map(" ".join)


def words_asked_for(text, question):
    """By the definition: each word is folded and stemmed by itself."""
    for word in re.findall(r"[^\W_]+", text):
        folded = fold(word)
        if stem(folded) in question.wanted() or folded.startswith(question.beginnings() or ("\0",)):
            yield word


@given(text=texts, typed=asked)
def test_every_word_that_was_asked_for_is_marked_and_no_other(text, typed):
    question = ask(typed)
    if question:
        pieces = Marker(question).marked(text)
        assert [piece.text for piece in pieces if piece.marked] == list(words_asked_for(text, question))
        assert "".join(piece.text for piece in pieces) == text


@given(st.text(alphabet="abcdefgilmnorstuvyz", min_size=1, max_size=8), st.sampled_from(WORDS))
def test_a_word_begins_as_its_stem_but_for_two_letters_of_that(beginning, ending):
    for word in (beginning, f"{beginning}{ending.lower()[-5:]}"):
        assert word.startswith(stem(word)[: max(1, len(stem(word)) - 2)]), word


def test_a_passage_shows_the_densest_group_of_hits():
    text = "A pump.\n" + "Nothing here. " * 40 + "The pump and another pump. " + "Nothing here. " * 40
    pieces = Marker(ask("pump")).passage(text)
    assert [piece.text for piece in pieces if piece.marked] == ["pump", "pump"]
    assert (pieces[0].text, pieces[-1].text) == ("… ", " …")


def test_other_names_are_marked_only_where_the_typed_words_are_missing():
    known = synonyms([["migraine", "headache of the half", "hemicrania"]])
    marker = Marker(ask("migraine", known))
    for text, marked in (
        ("A migraine is no other headache.", ["migraine"]),
        ("The hemicrania of half the head.", ["hemicrania", "half"]),
        ("Aches.", []),
    ):
        assert [piece.text for piece in marker.marked(text) if piece.marked] == marked
