"""Lines to blocks."""

import re
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.importing.blocks import is_blank, to_html
from articles.importing.plain_text import is_title_like, parse
from tests.properties import examples


def html(text: str, **options) -> str:
    return to_html(parse(text, **options))


def kinds(text: str) -> list[tuple[str, str, tuple[int, ...]]]:
    return [(block.kind, block.text, block.lines) for block in parse(text)]


def test_blank_lines_part_paragraphs_and_wrapped_lines_are_joined():
    text = "Pain is a message\nthat the brain\nmakes.\n\n\nIt is real.\n"
    assert kinds(text) == [
        ("paragraph", "Pain is a message that the brain makes.", (1, 2, 3)),
        ("paragraph", "It is real.", (6,)),
    ]


def test_long_lines_without_blank_lines_between_are_paragraphs():
    first, second = "Rest is a skill. " * 9, "Pacing is another one. " * 7
    assert [block.lines for block in parse(f"{first}\n{second}\n")] == [(1,), (2,)]


def test_a_word_divided_at_the_lines_end_gets_no_space():
    assert html("A self-\nmanaged day, short-\nand long-term") == "<p>A self-managed day, short- and long-term</p>"


@pytest.mark.parametrize("mark", ["•", "-", "*", "·", "–", "◦", "‣"])
def test_bullets_make_lists_nested_by_indentation(mark: str):
    text = f"Ask:\n  {mark} one\n  {mark} two\n      {mark} two and a half\n\n  {mark} three\nThen go."
    assert html(text) == (
        "<p>Ask:</p>\n<ul><li>one</li><li>two<ul><li>two and a half</li></ul></li><li>three</li></ul>\n<p>Then go.</p>"
    )


def test_an_item_goes_on_in_indented_and_small_lines():
    text = "- sleep, meals and medicines\n  of the day\nbefore\n- weather\nNot an item."
    assert (
        html(text)
        == "<ul><li>sleep, meals and medicines of the day before</li><li>weather</li></ul>\n<p>Not an item.</p>"
    )


def test_a_bullet_alone_on_its_line_belongs_to_the_next_line():
    assert html("•\nOne\n•\nTwo") == "<ul><li>One</li><li>Two</li></ul>"


def test_a_wrapped_line_that_begins_with_a_dash_or_a_number_begins_no_list():
    assert html("Rest before you need it\n- not after, and not on the\n3. of May.") == (
        "<p>Rest before you need it - not after, and not on the 3. of May.</p>"
    )


@pytest.mark.parametrize(("first", "second"), [("1.", "2."), ("1)", "2)"), ("(1)", "(2)")])
def test_numbers_that_count_make_a_numbered_list(first: str, second: str):
    assert html(f"{first} Pick one.\n\n{second} Rest.") == "<ol><li>Pick one.</li><li>Rest.</li></ol>"


def test_numbers_that_do_not_count_from_one_stay_words():
    assert html("2. Rest.\n4. Move.") == "<p>2. Rest.</p>\n<p>4. Move.</p>"
    assert html("1. Only this.") == "<p>1. Only this.</p>"
    assert html("- a\n  3. b") == "<ul><li>a<ul><li>3. b</li></ul></li></ul>"


def test_bullets_under_numbers_keep_the_count():
    assert html("1. a\n   - b\n2. c") == "<ol><li>a<ul><li>b</li></ul></li><li>c</li></ol>"


def test_a_list_that_changes_its_kind_is_a_new_list():
    assert html("- a\n1. b\n2. c") == "<ul><li>a</li></ul><ol><li>b</li><li>c</li></ol>"


def test_quoted_lines_are_a_quotation_and_a_dose_is_none():
    assert html("> I slept\n> 8 hours.\n\n> 50 mg a day is too much.\n\n>50 mg too") == (
        "<blockquote><p>I slept 8 hours.</p></blockquote>\n<p>&gt; 50 mg a day is too much.</p>\n<p>&gt;50 mg too</p>"
    )


def test_marked_and_underlined_headings_and_separators():
    text = "Pacing\n======\n\n## Before ##\n\n### In the morning\n\n#1 reason\n\n* * *\nEnd."
    assert html(text) == (
        "<h2>Pacing</h2>\n<h2>Before</h2>\n<h3>In the morning</h3>\n<p>#1 reason</p>\n<hr>\n<p>End.</p>"
    )


def test_a_non_breaking_space_stays_only_between_a_number_and_its_unit():
    assert html("Rest\u00a0– take 10\u00a0mg,\u00a0 5\u202f% or 7\u00a0– or none") == (
        "<p>Rest – take 10\u00a0mg, 5\u202f% or 7 – or none</p>"
    )


def test_quotes_citations_and_markup_characters_stay_as_they_are():
    assert (
        html("“Pain” isn’t <b>weak</b> & it’s < 5 [3].")
        == "<p>“Pain” isn’t &lt;b&gt;weak&lt;/b&gt; &amp; it’s &lt; 5 [3].</p>"
    )


def test_lines_that_stand_alone_are_cut_out_of_their_paragraph():
    text = "Has it helped?\nImage by quiet-hill via Flickr\nSubscribe\n"
    blocks = parse(text, alone=lambda words: words.startswith(("Image", "Subscribe")))
    assert [block.text for block in blocks] == ["Has it helped?", "Image by quiet-hill via Flickr", "Subscribe"]


def test_a_wrapped_line_that_stands_alone_only_as_a_whole_is_one_block():
    alone = {"Photo: M. Fern /", "Photo: M. Fern / Flickr"}
    assert [block.lines for block in parse("Photo: M. Fern /\nFlickr", alone=alone.__contains__)] == [(1, 2)]


@pytest.mark.parametrize(
    "words", ["Before the visit", "PACING YOUR DAY", "What are the risks?", "2. Rest before you need it", "“Good” days"]
)
def test_short_lines_with_a_capital_and_no_sentence_end_are_like_titles(words: str):
    assert is_title_like(words)


@pytest.mark.parametrize(
    "words",
    [
        "Questions to bring:",
        "Rest helps.",
        "before the visit",
        "So why bother?",
        "By Jane Doe",
        "March 3, 2014",
        "Write to me@example.org",
        "It hurts. Rest",
        "One two three four five six seven eight nine ten eleven",
        "1999",
        "",
    ],
)
def test_other_lines_are_not(words: str):
    assert not is_title_like(words)


MARKS = st.sampled_from(
    [
        "",
        "",
        "",
        "- ",
        "• ",
        "* ",
        "  - ",
        "\t◦ ",
        "1. ",
        "2. ",
        "3) ",
        "> ",
        "## ",
        "- - -",
        "===",
        "    ",
        "– ",
        "\u00a0",
    ]
)
WORDS = st.text(st.sampled_from("aB9.?-– ,[3]\u00a0\u200b\u2028\x0cé中#>*"), max_size=12)
LINES = st.lists(st.one_of(st.builds("{}{}".format, MARKS, WORDS), st.just("")), max_size=12)


def words_of(text: str) -> Counter[str]:
    """The letters and digits of a text; words are joined and parted on purpose, never dropped."""
    return Counter(re.findall(r"\w", text))


@settings(max_examples=examples(50))
@given(LINES)
def test_every_line_is_in_exactly_one_block_with_all_its_words(lines: list[str]):
    blocks = parse("\n".join(lines))
    numbers = [number for block in blocks for number in block.lines]
    assert numbers == [number for number, line in enumerate(lines, 1) if not is_blank(line)]
    marks = Counter("".join(re.findall(r"\d", "".join(block.mark for block in blocks))))
    assert words_of("".join(block.text for block in blocks)) + marks == words_of("".join(lines))
