"""Texts are compared as words: ways of writing the same are the same, and what says something else is not."""

from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.publishing.wording import Passage, Wording
from tests.properties import examples


def card(name, *brands):
    return SimpleNamespace(name=name, brands=list(brands))


WORDING = Wording(
    [card("ziconotide", "Prialt"), card("morphine", "MS Contin"), card("codeine", "Tylenol with Codeine")]
)
ERROR = "Take 500 mg of ziconotide twice a day, not more."


def says(html, wrong=ERROR, right=""):
    return WORDING.of_html(html).count(WORDING.of(wrong), WORDING.of(right))


def nearly(html, wrong=ERROR, right="", **room):
    return WORDING.of_html(html).count_near(WORDING.of(wrong), WORDING.of(right), **room)


@pytest.mark.parametrize(
    "html",
    [
        "<p>Take <strong>500</strong> mg of <em>zico</em>notide twice a day, not more.</p>",
        "<p>Take 500 mg of ziconotide[1] twice a day[2, 3], not more.[4-6]</p>",
        "<p>Take&nbsp;500&nbsp;mg of ziconotide twice&#8239;a day, not more.</p>",
        "<p>Take 500 mg<br>of ziconotide<br/>twice a\n day,   not more.</p>",
        "<ul><li>Take 500 mg of ziconotide</li><li>twice a day, not more.</li></ul>",
        "<p>“Take ‘500 mg’ of «ziconotide» twice a day”, not more.</p>",
        "<p>TAKE 500 MG OF ZICONOTIDE TWICE A DAY, NOT MORE!</p>",
        "<p>Take 500 mg of Prialt® twice a day, not more.</p>",
        "<p>Take 500 mg of Prialt (ziconotide) twice a day, not more.</p>",
        "<p>Take five hundred milligrams of ziconotide two times a day, not more.</p>",
        "<p>Take 500mg of zicono\u00adtide twice a d\u200bay – not more.</p>",
        "<p>Take 500.0 mg of zicónotide twice a day; not more.</p>",
        "<p>Take 500 mg. of ziconotide twice a day, not more.</p>",
        "<p>Take 500 mg of Prialt™ twice daily, not more.</p>",
        "<p>Take 500 mg of ziconotide two times per day, not more.</p>",
        "<p>Take 500 mg of ziconotide 2x a day, not more.</p>",
        "<p>Take 500 mg of ziconotide 2 × every day, not more.</p>",
        "<p>Take 500 mg ziconotide 2×/day, not more.</p>",
        "<p>Before. Take 500 mg of ziconotide twice a day, not more. After.</p>",
    ],
)
def test_what_is_written_another_way_says_the_same(html):
    assert says(html) == 1


@pytest.mark.parametrize(
    "html",
    [
        "<p>Take 500 mg of ziconotide twice a day, more.</p>",
        "<p>Take 50 mg of ziconotide twice a day, not more.</p>",
        "<p>Take 0.500 mg of ziconotide twice a day, not more.</p>",
        "<p>Take .500 mg of ziconotide twice a day, not more.</p>",
        "<p>Take 500 mcg of ziconotide twice a day, not more.</p>",
        "<p>Take 500 mg of morphine twice a day, not more.</p>",
        "<p>Take 500 mg of ziconotide once a day, not more.</p>",
        "<p>Take 500 mg of ziconotide twice a day, not moreover.</p>",
        "<p>Never take 500 mg of ziconotide twice a day, not more.</p>",
        "",
    ],
)
def test_what_says_something_else_is_another_text(html):
    assert says(html) == 0


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("twenty-five", "25"),
        ("one hundred and five", "105"),
        ("a hundred", "100"),
        ("two thousand five hundred", "2,500"),
        ("one in ten", "1 in 10"),
        ("5–10 mg", "5 to 10 mg"),
        ("5 per cent", "5%"),
        ("½", "1/2"),
        ("½ a tablet", "half a tablet"),
        ("10 mcg/h", "10 µg an hour"),
        ("nightly", "every night"),
        ("the 3rd day", "the third day"),
        ("µg", "micrograms"),
        ("it isn’t", "it is not"),
        ("you can't", "you cannot"),
        ("MS-Contin", "morphine"),
        ("Tylenol with codeine’s risk", "codeine risk"),
        ("a non-opioid", "a non opioid"),
    ],
)
def test_two_ways_of_writing(one, other):
    assert WORDING.of(one).words == WORDING.of(other).words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("< 5", "> 5"),
        ("five, six", "11"),
        ("is", "is not"),
        ("5", "0.5"),
        ("1,5", "15"),
        ("every day", "every other day"),
        ("daily", "weekly"),
        ("2x a day", "2 a day"),
        ("3/2", "half"),
        ("one hundred and you", "100"),
    ],
)
def test_two_things_to_say(one, other):
    assert WORDING.of(one).words != WORDING.of(other).words


def test_wrong_words_within_the_right_ones_are_right():
    assert says("<p>It may help a few.</p>", "It may help", "It may help a few.") == 0
    assert says("<p>It may help a few. It may help.</p>", "It may help", "It may help a few.") == 1
    assert says("<p>It may help a few.</p>", "It may help", "It rarely helps.") == 1


@pytest.mark.parametrize(
    "html",
    [
        "<p>Twice a day, take 500 mg of ziconotide, not more.</p>",
        "<p>Not more: of Prialt, take <b>500</b> mg two times a day.</p>",
        "<p>Twice a day, with or after a meal, take 500 mg of ziconotide but not more.</p>",
    ],
)
def test_another_order_of_words_in_one_sentence_is_nearly_the_same(html):
    assert (says(html), nearly(html)) == (0, 1)


@pytest.mark.parametrize(
    "html",
    [
        "<p>Twice a day. Take 500 mg of ziconotide, not more.</p>",
        "<p>Twice a day, never take 500 mg of ziconotide, not more.</p>",
        "<p>Take 500 mg of ziconotide twice a day, not more.</p>",
        "<p>Twice a day take 500 mg of ziconotide not more</p>".replace(
            "take",
            "and for as long as it helps you and "
            "your doctor finds that it does no harm and that nothing else would do as well, you may take",
        ),
    ],
)
def test_what_is_not_nearly_the_same(html):
    assert nearly(html) == 0


def test_where_the_order_was_the_error_the_right_order_is_not_nearly_wrong():
    wrong, right = "Aspirin is safer than heparin.", "Heparin is safer than aspirin."
    assert nearly(f"<p>{right}</p>", wrong, right) == 0
    assert nearly("<p>We know that heparin is safer than aspirin.</p>", wrong, right) == 0
    assert nearly(f"<p>{right}</p>", wrong, "Nobody knows.") == 1


def test_a_statement_may_be_made_in_other_words():
    warning = WORDING.of("Ziconotide can cause severe psychiatric symptoms.")
    assert WORDING.of_html("<p>Severe psychiatric symptoms may follow Prialt.</p>").states(warning)
    assert not WORDING.of_html("<p>Ziconotide can cause nausea.</p>").states(warning)
    assert Passage().states(Passage())


SENTENCE = st.lists(
    st.sampled_from(
        [
            "take",
            "500",
            "five",
            "hundred",
            "and",
            "mg",
            "Prialt",
            "ziconotide",
            "MS",
            "Contin",
            "not",
            "don’t",
            "0.5",
            "twice",
            "é",
            "word",
            "%",
            "<",
            "a",
        ]
    ),
    min_size=1,
    max_size=12,
)
BETWEEN = st.sampled_from([" ", "  ", "\n", "\u00a0", " \u200b", "<br>", " <b></b>", "[1] ", " <em> </em>"])


@given(SENTENCE)
@settings(max_examples=examples(100), deadline=None)
def test_every_text_says_itself(words):
    passage = WORDING.of(" ".join(words))
    assert passage.count(passage) == 1
    assert passage.count(passage, passage) == 0
    assert passage.count_near(passage) == 0
    assert passage.states(passage)


@given(SENTENCE, st.data())
@settings(max_examples=examples(100), deadline=None)
def test_markup_spaces_and_case_change_nothing(words, data):
    plain = " ".join(words).replace("<", "&lt;")
    written = "".join(
        data.draw(st.sampled_from([word, word.upper(), f"<strong>{word}</strong>", f"{word[0]}<i>{word[1:]}</i>"]))
        + data.draw(BETWEEN)
        for word in plain.split()
        if word != "&lt;"
    )
    plain = plain.replace("&lt; ", "").removesuffix("&lt;")
    assert WORDING.of_html(f"<p>{written}</p>").words == WORDING.of(plain).words
