"""Numbers from outside: digits of other scripts and numbers that no database counts to are no numbers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles import numbers
from articles.richtext import text
from articles.richtext.render import PLACEHOLDER, page_html

NO_NUMBERS = ["", "²", "٣", "-1", "+1", "1.0", " 1", "1_0", "9223372036854775808", "9" * 5000]


@pytest.mark.parametrize("words", NO_NUMBERS)
def test_what_is_no_number_of_a_row_is_none(words):
    assert numbers.positive(words) == 0


@given(st.text())
def test_every_text_is_read_as_a_number_that_a_database_takes(words):
    assert 0 <= numbers.positive(words) < 2**63


@given(st.integers(min_value=0, max_value=10**18 - 1))
def test_plain_digits_are_read_as_they_are(number):
    assert numbers.positive(str(number)) == number


@pytest.mark.parametrize("words", NO_NUMBERS)
def test_a_figure_whose_picture_is_no_number_names_no_picture_and_is_shown_as_missing(words):
    html = f'<figure data-picture="{words}"></figure>'
    assert text.picture_ids(html) == []
    assert PLACEHOLDER in page_html(html, figures={}, references=0).html
