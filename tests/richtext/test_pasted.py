"""What was pasted as raw `<img>` makes room for a picture of the library, and nothing else of the text changes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.richtext import pasted
from articles.richtext.sanitizer import clean

FIGURE = '<figure data-picture="7"><figcaption></figcaption></figure>'


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('<p>a</p><img src="u"><p>b</p>', f"<p>a</p>{FIGURE}<p>b</p>"),
        ('<p>a <img src="u" alt="x"> b</p>', f"<p>a </p>{FIGURE}<p> b</p>"),
        ('<p><img src="u"></p>', FIGURE),
        ('<p><a href="/x"><img src="u"></a></p>', FIGURE),
        (
            '<p>a <strong>b <img src="u"> c</strong></p>',
            f"<p>a <strong>b </strong></p>{FIGURE}<p><strong> c</strong></p>",
        ),
        ('<ul><li>a <img src="u"></li></ul>', f"<ul><li>a {FIGURE}</li></ul>"),
        (
            '<table><tbody><tr><td><img src="u"></td><td></td></tr></tbody></table>',
            f"<table><tbody><tr><td>{FIGURE}</td><td></td></tr></tbody></table>",
        ),
        ('<h2>a <img src="u"></h2>', f"<h2>a </h2>{FIGURE}"),
        (
            '<figure><img src="u"><figcaption>Words</figcaption></figure>',
            '<figure data-picture="7"><figcaption>Words</figcaption></figure>',
        ),
        ('<p>&lt;a&gt; &amp; <img src="u"></p>', f"<p>&lt;a&gt; &amp; </p>{FIGURE}"),
        (f'<p></p>{FIGURE}<p><img src="u"></p>', f"<p></p>{FIGURE}{FIGURE}"),
        ('<p><img src="other"></p>', '<p><img src="other"></p>'),
        ('<p><img src="u"> and <img src="u"></p>', f"{FIGURE}<p> and </p>{FIGURE}"),
        ('<p><img src="u?a=1&amp;b=2"></p>', '<p><img src="u?a=1&amp;b=2"></p>'),
    ],
)
def test_a_figure_stands_where_the_picture_stood(before, after):
    assert pasted.in_place_of(before, "u", 7) == after
    assert clean(after) == after


def test_an_address_is_compared_as_it_was_meant():
    assert pasted.in_place_of('<p><img src="u?a=1&amp;b=2"></p>', "u?a=1&b=2", 7) == FIGURE


PIECES = [*'ab&<>/" ', "<p>", "</p>", "<em>", "</em>", '<img src="x">', "<li>", "&amp;", "<table>", "<td>", "<br>"]


@given(st.lists(st.sampled_from(PIECES)).map("".join))
def test_a_text_without_it_stays_as_it_is(html):
    html = clean(html)
    assert clean(pasted.in_place_of(html, "nowhere", 7)) == html


@pytest.mark.parametrize(
    ("source", "data"),
    [
        ("data:image/png;base64,AQID", b"\x01\x02\x03"),
        ("DATA:image/png;BASE64,AQ\nID", b"\x01\x02\x03"),
        ("data:,a%20b", b"a b"),
        ("data:image/png;base64,???", None),
        ("data:image/png", None),
        ("https://example.org/a.png", None),
        ("", None),
    ],
)
def test_what_a_data_address_holds(source, data):
    assert pasted.data_of(source) == data
