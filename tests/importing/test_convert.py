"""HTML pages in, blocks and a list of what was taken out."""

import re
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.importing.blocks import Entry, to_html
from articles.importing.convert import Page, is_html, parse
from articles.richtext.sanitizer import clean
from tests.properties import examples


def html(page: str, **options) -> str:
    return to_html(parse(page, **options).blocks)


def title(page: str) -> tuple[str, str]:
    """The title that a page gives, and its text with it."""
    found = parse(page)
    return (found.head.text if found.head else ""), to_html(found.blocks)


def dropped(page: Page) -> list[tuple[tuple[int, ...], str, str]]:
    return [(entry.lines, entry.what, entry.text) for entry in page.dropped]


def test_html_is_told_by_its_name_or_its_beginning():
    assert is_html("post.HTM", "Pain")
    assert is_html("post.txt", "\n<!-- old --><!DOCTYPE html><p>")
    assert not is_html("post.txt", "<5 mg is little")


def test_paragraphs_headings_lists_and_quotations_become_ours():
    page = (
        "<h2 class=x>Before</h2><p style='color:red'>One <b>two</b> <i>three</i><br>four <span>five</span>"
        "<ol><li>a<ul><li>b</ul><li><p>c<p>d</ol><blockquote><p>e</p></blockquote><hr>f"
    )
    assert html(page) == (
        "<h2>Before</h2>\n<p>One <strong>two</strong> <em>three</em><br>four five</p>\n"
        "<ol><li>a<ul><li>b</li></ul></li><li>c<br>d</li></ol>\n<blockquote><p>e</p></blockquote>\n<hr>\n<p>f</p>"
    )


def test_blocks_know_their_lines():
    assert [block.lines for block in parse("<p>one\ntwo</p>\n\n<ul>\n<li>three\n</ul>four").blocks] == [
        (1, 2),
        (5,),
        (6,),
    ]


def test_words_in_another_language_stay_marked_as_such_and_english_is_not_marked():
    page = (
        '<html lang="de"><body lang="de"><p lang="EN-US">A <span lang="EN-US">so-called <span>loose</span></span> '
        '<i lang="LA">dolor</i> and <span lang="fr" dir="LTR">le <span>mal</span> de dos</span> it is</p>'
        '<div lang="fr"><p>Un<p>Deux <span lang="en">or two</span></div><ul><li lang="es">Tres<li>Four</ul>'
        '<h2 lang="it"><b>Cinque</b></h2><table><tr><td lang="pt">Seis</td></tr></table><p lang="nonsense!">Seven</p>'
    )
    assert clean(html(page)) == (
        '<p>A so-called loose <em lang="la">dolor</em> and <span lang="fr" dir="ltr">le mal de dos</span> it is</p>\n'
        '<p><span lang="fr">Un</span></p>\n<p><span lang="fr">Deux <span lang="en">or two</span></span></p>\n'
        '<ul><li><span lang="es">Tres</span></li><li>Four</li></ul>\n<h2><span lang="it">Cinque</span></h2>\n'
        '<table><tbody><tr><td lang="pt">Seis</td></tr></tbody></table>\n<p>Seven</p>'
    )


def test_emphasis_that_spans_paragraphs_is_closed_and_opened_again():
    assert html("<b>one<p>two</b> three") == "<p><strong>one</strong></p>\n<p><strong>two</strong> three</p>"


def test_two_line_breaks_part_paragraphs_and_so_does_a_line_that_stands_alone():
    alone = {"Photo: X"}.__contains__
    assert html("one<br>two<br><br>three<br><em>Photo: X</em><br>four", alone=alone) == (
        "<p>one<br>two</p>\n<p>three</p>\n<p><em>Photo: X</em></p>\n<p>four</p>"
    )


def test_a_bold_line_of_its_own_may_be_a_heading():
    assert [block.may_head for block in parse("<p><b>Before</b></p><p><b>Not</b> this</p><p>Nor this</p>").blocks] == [
        True,
        False,
        False,
    ]


def test_preformatted_lines_stay_lines():
    assert html("<pre>one\n  two</pre>") == "<p>one<br>two</p>"


def test_a_table_of_figures_stays_a_table_and_one_that_lays_out_a_page_goes():
    figures = "<table border=1><tr><th>Drug<td>Dose <b>mg</b></table>"
    assert html(figures) == "<table><tr><th>Drug<td>Dose <strong>mg</strong></table>"
    assert html("<table><tr><td>a<br>b</table>") == "<table><tr><td>a b</table>"
    assert html("<table><tr><td><p>One</p><td><img src=x>Two</table>") == "<p>One</p>\n<p>Two</p>"


def test_the_first_heading_is_the_title_and_the_page_title_is_dropped():
    found = parse("<title>Nerve pain | Our Site</title>\n<h1>Nerve <em>pain</em></h1><p>Text.<h1>More</h1>")
    assert (found.head.text, found.head in found.blocks) == ("Nerve pain", True)
    assert found.dropped == [
        Entry((1,), False, "page title", "Nerve pain | Our Site", "the heading in the text is the title")
    ]


def test_a_first_heading_that_is_the_sites_name_is_not_the_title():
    assert title("<title>Nerve pain – Our Site</title><h1>Our Site</h1><h2>Nerve pain</h2><p>Text.") == (
        "Nerve pain",
        "<h2>Nerve pain</h2>\n<p>Text.</p>",
    )


def test_a_page_without_a_heading_takes_its_title_whole_and_says_so():
    found = parse("<title>Nerve pain | Our Site</title><p>Text.")
    assert (found.head.text, found.head.note) == ("Nerve pain | Our Site", "may end with the site’s name. Check it")
    assert found.head not in found.blocks


def test_scripts_handlers_and_their_links_are_taken_out_and_listed():
    page = parse(
        "<script>track()</script>\n<p onclick='go()'>One <a href='java\nscript:go()'>two</a>"
        '\n<a href="https://example.org/?a=1&amp;b=2" onmouseover=go()>three</a><style>p {}</style>'
    )
    assert to_html(page.blocks) == '<p>One two <a href="https://example.org/?a=1&amp;b=2">three</a></p>'
    assert dropped(page) == [
        ((1,), "script", "track()"),
        ((2,), "script", "onclick=go()"),
        ((2,), "link", "javascript:go()"),
        ((4,), "script", "onmouseover=go()"),
        ((4,), "<style>", "p {}"),
    ]


def test_pictures_comments_and_controls_are_listed():
    page = parse('<p><img src="a.jpg" alt="A tree">\nOne<!-- two\nlines --><button>Go</button><input value="Send">')
    assert to_html(page.blocks) == "<p>One</p>"
    assert dropped(page) == [
        ((1,), "picture", "a.jpg (“A tree”)"),
        ((2, 3), "comment", "two lines"),
        ((3,), "<button>", "Go"),
        ((3,), "<input>", "Send"),
    ]


def test_what_an_old_server_left_in_the_page_is_listed():
    page = parse("<?php echo 1 ?><p>One</p><script/><p>Two</p><![CDATA[three]]>")
    assert to_html(page.blocks) == "<p>One</p>\n<p>Two</p>"
    assert dropped(page) == [((1,), "comment", "php echo 1 ?"), ((1,), "comment", "CDATA[three")]


def test_an_element_that_is_never_closed_takes_no_text_with_it():
    assert html("<nav><p>One</p><p>Two</p>") == "<p>One</p>\n<p>Two</p>"


def test_links_within_the_old_site_are_kept_and_noted():
    [block] = parse('<p>See <a href="../2014/x.html">this</a> and <a href="mailto:a@example.org">me</a>').blocks
    assert block.html == 'See <a href="../2014/x.html">this</a> and <a href="mailto:a@example.org">me</a>'
    assert block.note == "links to ../2014/x.html on the old site. Check them"


@pytest.mark.parametrize("times", [3_000, pytest.param(30_000, marks=pytest.mark.campaign)])
def test_thousands_of_open_elements_do_no_harm(times):
    assert html("<div><b><span><blockquote>" * times + "x") == "<blockquote><p><strong>x</strong></p></blockquote>"


TAGS = st.sampled_from([
    "p", "div", "h1", "h3", "b", "i", "a", "ul", "ol", "li", "table", "tr", "td", "th", "blockquote", "br",
    "img", "pre", "span", "nav", "button", "dl", "dd", "title",
])  # fmt: skip
PIECES = st.one_of(
    TAGS.map("<{}>".format),
    TAGS.map("</{}>".format),
    st.text(st.sampled_from("ab1 \n.&\u00a0é"), max_size=6),
    st.sampled_from(["word ", "< ", "<span lang=fr>", "<p lang=fr>"]),
)


@settings(max_examples=examples(50))
@given(st.lists(PIECES, max_size=25).map("".join))
def test_no_word_of_a_page_is_lost_or_doubled(page: str):
    found = parse(page)
    shown = re.sub(r"</?[a-z][a-z0-9]*( lang=fr)?>", "", page)
    entries = [entry.text for entry in found.dropped if entry.what != "picture"]
    beside = [found.head.text] if found.head and found.head not in found.blocks else []
    kept = Counter(re.findall(r"\w", "".join([*(block.text for block in found.blocks), *entries, *beside])))
    assert kept == Counter(re.findall(r"\w", shown))
