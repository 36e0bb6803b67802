"""What word processors put on the clipboard, as the page that it means."""

import pytest

from articles.importing.blocks import to_html
from articles.importing.convert import parse
from articles.richtext.sanitizer import clean

WORD_ITEM = (
    "<p class=MsoListParagraph style='text-indent:-.25in;mso-list:l0 level{0} lfo1'><![if !supportLists]><span>{1}"
    "<span>&nbsp;&nbsp; </span></span><![endif]>{2}<o:p></o:p></p>"
)


def stored(page: str) -> str:
    return clean(to_html(parse(page).blocks)).replace("\n", "")


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ('<b style="font-weight:normal"><p><span>Take </span><span>one</span></p></b>', "<p>Take one</p>"),
        ('<p><span style="font-weight:700">Take</span> one</p>', "<p><strong>Take</strong> one</p>"),
        ('<p><span style="font-style: italic">Take</span> one</p>', "<p><em>Take</em> one</p>"),
        ('<p>Do <span style="text-decoration:line-through">not</span> stop</p>', "<p>Do <s>not</s> stop</p>"),
        ('<p>10<span style="vertical-align:super">3</span></p>', "<p>10<sup>3</sup></p>"),
        ("<p>• One<br>• Two</p>", "<ul><li>One</li><li>Two</li></ul>"),
        ("<p>\uf0b7 One</p><p>\uf0b7 Two</p>", "<ul><li>One</li><li>Two</li></ul>"),
        (
            WORD_ITEM.format(1, "·", "Tablets")
            + WORD_ITEM.format(2, "o", "Of the shop")
            + WORD_ITEM.format(1, "·", "A friend"),
            "<ul><li>Tablets<ul><li>Of the shop</li></ul></li><li>A friend</li></ul>",
        ),
        (WORD_ITEM.format(1, "1.", "Wash") + WORD_ITEM.format(1, "2.", "Dry"), "<ol><li>Wash</li><li>Dry</li></ol>"),
        ('<ol start="3"><li>Pour</li><li>Close</li></ol>', '<ol start="3"><li>Pour</li><li>Close</li></ol>'),
        ('<ol><li value="4">Pour</li></ol>', '<ol start="4"><li>Pour</li></ol>'),
        (
            '<table><tr><th rowspan="2" scope="col">A</th><td colspan="2">B</td></tr><tr><td>C</td></tr></table>',
            '<table><tbody><tr><th rowspan="2" scope="col">A</th><td colspan="2">B</td></tr>'
            "<tr><td>C</td></tr></tbody></table>",
        ),
    ],
)
def test_styles_and_marks_become_tags(page, expected):
    assert stored(page) == expected


@pytest.mark.parametrize(
    ("page", "words"),
    [
        ('<p>Eases<a class=msocomanchor href="#c">[LK1]</a> it.</p>', "[LK1]"),
        (
            "<p>Eases it.</p><div style='mso-element:comment-list'><p>Where is the proof?</p></div>",
            "Where is the proof?",
        ),
        ('<p>Eases <span style="display:none">nobody</span>it.</p>', "nobody"),
        ('<p>Eases <span style="mso-hide:all">nobody</span>it.</p>', "nobody"),
    ],
)
def test_comments_and_hidden_words_are_left_out_and_told(page, words):
    assert words not in stored(page)
    assert words in [entry.text for entry in parse(page).dropped]


def test_what_a_style_hides_and_never_ends_is_text():
    assert "<p>and all that follows</p>" in stored('<div style="display:none">Hidden <p>and all that follows</p>')


@pytest.mark.parametrize("mark", ["o ", "- ", "1. ", "a) "])
def test_a_letter_or_number_begins_an_item_only_where_the_style_says_so(mark):
    assert stored(f"<p>{mark}word and more of it.</p>") == f"<p>{mark}word and more of it.</p>"


def test_merged_cells_and_beginnings_are_numbers_of_a_table_that_can_be():
    assert clean('<ol start="-3"><li>One</li></ol><ol start="99999"><li>One</li></ol>').count("start") == 0
    kept = clean('<table><tr><td colspan="x" rowspan="99999">A</td><td colspan="3">B</td></tr></table>')
    assert (kept.count("colspan"), kept.count("rowspan")) == (1, 0)
