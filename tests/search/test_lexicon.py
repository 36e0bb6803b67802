"""Lay words, other spellings and what they lead to: sound as data, and found after what has the very words."""

import pytest

from articles.models import Drug, Topic
from articles.search.finding import find
from articles.search.language import STOP_WORDS, stem, words
from articles.search.lexicon import lexicon, pairs
from articles.search.questions import Alternative, ask, key, synonyms
from tests.factories import print_edition

END = "<h2>Benefits</h2><p>It may help.</p><h2>Risks</h2><p>It may harm.</p>"


def test_there_are_enough_pairs_each_once_and_none_leads_to_itself():
    table = lexicon()
    assert len(table.same) + len(table.leads_to) >= 250
    assert len({asked for asked, _found in table.leads_to}) == len(table.leads_to)
    assert all(stem(other) == stem(own) and other != own for other, own in table.spellings)
    assert not [(asked, found) for asked, found in pairs() if asked == found]


def test_no_name_is_only_a_frequent_word():
    """The key of a name leaves those out: of “after surgery” only “surgery” would be left."""
    short = [name for pair in pairs() for name in pair if len(words(name)) == 2 and len(key(words(name))) == 1]
    assert [name for name in short if STOP_WORDS & set(words(name))] == ["ME/CFS"] * len(short)


def test_a_medicine_leads_to_no_brand_and_a_class_to_no_other_class():
    to_generic = {found for _asked, others in lexicon().leads_to for found in others}
    assert not to_generic & {"Valium", "Xanax", "Vicodin", "Panadol", "Nurofen", "Elavil", "Ultram"}


@pytest.mark.django_db
def test_no_brand_of_a_card_is_given_to_another_medicine():
    owners = {}
    for card in Drug.objects.filter(is_class=False):
        for name in card.names:
            owners.setdefault(name.lower(), set()).add(card.name)
    wrong = [(asked, found) for asked, found in pairs() if found not in owners.get(asked.lower(), {found})]
    assert not [pair for pair in wrong if pair[1] in owners]


KNOWN = synonyms([["ziconotide", "Prialt"]], weaker=[("sciatica", "nerve pain"), ("Prialt", "ziconotide")])


def test_what_a_word_leads_to_is_a_weaker_alternative_and_a_name_of_the_same_is_not():
    [clause] = ask("sciatica ", KNOWN).clauses
    assert clause[1:] == (Alternative(("nerv", "pain"), is_phrase=True, is_weaker=True),)
    assert ask("sciatica", KNOWN).narrowed().clauses == ask("sciatica").clauses
    assert ask("Prialt", KNOWN).narrowed() == ask("Prialt", KNOWN)
    assert ask("nerve pain", KNOWN).clauses == ask("nerve pain").clauses


def test_words_in_quotation_marks_stand_for_themselves():
    assert ask("“sciatica”", KNOWN).clauses == ask("“sciatica”").clauses


def found(typed):
    return [hit.edition.title for hit in find(typed).hits]


@pytest.mark.django_db
def test_what_has_the_very_word_comes_before_what_it_leads_to():
    print_edition(title="Nerve pain, nerve pain", body="<p>Nerve pain.[1]</p>" + END)
    print_edition(title="Of quokkas", body="<p>And of sciatica.[1]</p>" + END)
    assert found("sciatica") == ["Of quokkas", "Nerve pain, nerve pain"]
    assert found("nerve pain") == ["Nerve pain, nerve pain"]


SPELLED = [
    ("behaviour", "Behavior"),
    ("centre", "The center"),
    ("anaesthesia", "Anesthesia"),
    ("Anaesthetics", "An anesthetic"),
    ("xray", "An x-ray"),
    ("x-rays", "An xray"),
    ("beta-blocker", "A beta blocker"),
    ("nerve fibres", "A nerve fiber"),
    ("long-term", "Longterm"),
    ("longterm", "Long-term"),
    ("post-operative", "Postoperative"),
    ("postoperative", "Post-operative"),
    ("break-through", "Breakthrough"),
    ("nonopioid", "Non-opioid"),
    ("slipped disk", "The herniated disc"),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("typed", "title"), SPELLED)
def test_another_spelling_finds_the_same(typed, title):
    print_edition(title=title)
    assert (find(typed).corrected, found(typed)) == ("", [title])


@pytest.mark.django_db
def test_a_british_spelling_in_a_text_is_found_and_marked_too():
    print_edition(title="Of anaesthesia")
    [hit] = find("anesthesia").hits
    assert [piece.text for piece in hit.title if piece.marked] == ["anaesthesia"]


@pytest.mark.django_db
def test_a_topic_found_by_another_name_is_no_weaker_than_by_its_own():
    Topic.objects.create(name="Aching back", slug="back", synonyms=["dorsodynia"])
    print_edition(title="An aching back")
    assert found("dorsodynia") == ["An aching back"]
