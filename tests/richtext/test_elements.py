"""Stored HTML in its outermost elements."""

from hypothesis import given, settings
from hypothesis import strategies as st

from articles.richtext.elements import opened, outermost, squeezed
from articles.richtext.sanitizer import clean
from tests.properties import examples

PIECES = st.sampled_from(
    ["<p>", "</p>", "<ul>", "<li>", "</li>", "</ul>", "<b>", "<em>", "</em>", "<br>", "<hr>", "words ", "a < b ", "\n"]
) | st.sampled_from(
    ['<a href="/x" title="a > b">', "</a>", "<h2>", "</h2>", "<table>", "<tr>", "<td>", "</table>", "[1]"]
)


@settings(max_examples=examples(200))
@given(st.lists(PIECES, max_size=20))
def test_the_outermost_elements_are_the_whole(pieces):
    html = clean("".join(pieces))
    assert "".join("".join(outermost(html)).split()) == "".join(html.split())


def test_elements_are_cut_apart_where_blocks_begin_and_end():
    html = '<p>One <em>two</em></p>\n\n<ul><li>a</li><li>b</li></ul>loose <em>words</em><hr><p title="&lt;p>">x</p>'
    assert [part.strip() for part in outermost(html)] == [
        "<p>One <em>two</em></p>",
        "<ul><li>a</li><li>b</li></ul>",
        "loose <em>words</em>",
        "<hr>",
        '<p title="&lt;p>">x</p>',
    ]
    assert opened("<ul><li>a</li></ul>") == ("<ul>", "<li>a</li>", "</ul>")
    assert opened("loose") is opened("<hr>") is None


def test_how_an_editor_lays_out_a_list_makes_no_difference():
    assert squeezed("<ul>\n\t<li>a <em>b</em> <em>c</em></li>\n</ul>") == "<ul><li>a <em>b</em> <em>c</em></li></ul>"
