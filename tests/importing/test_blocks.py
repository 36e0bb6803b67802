"""Blocks as HTML: the order of headings and the nesting of lists."""

from articles.importing.blocks import HEADING, ITEM, Block, to_html


def heading(level: int) -> Block:
    return Block(HEADING, "x", "x", (1,), level=level)


def test_headings_begin_below_the_title_and_skip_no_level():
    assert to_html([heading(3), heading(5), heading(3), heading(6)]) == "<h2>x</h2>\n<h3>x</h3>\n<h2>x</h2>\n<h4>x</h4>"
    assert to_html([heading(level) for level in (1, 2, 3, 4)]) == "<h2>x</h2>\n<h3>x</h3>\n<h4>x</h4>\n<h4>x</h4>"


def test_a_list_that_begins_deep_begins_at_its_edge():
    items = [Block(ITEM, "a", "a", (1,), level=2), Block(ITEM, "b", "b", (2,), level=0)]
    assert to_html(items) == "<ul><li>a</li><li>b</li></ul>"


def test_lists_are_nested_six_deep_at_most():
    html = to_html([Block(ITEM, "a", "a", (level,), level=level) for level in range(900)])
    assert html.count("<ul>") == html.count("</ul>") == 6
    assert html.count("<li>") == html.count("</li>") == 900
