"""Labeled drawings as they come in: nothing in them acts, loads or links, and what cannot be shown is refused."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.richtext.drawings import LARGEST, DrawingRefused, taken_in
from articles.richtext.policy import DRAWING, DRAWING_CLASSES
from articles.richtext.render import Drawn, page_text
from articles.richtext.sanitizer import clean_drawing

PUMP = (
    '<svg viewBox="0 0 380 400" class="dg"><path class="flesh" d="M0 0h9v9z"/>'
    '<text class="b" x="4" y="9">Pump</text></svg>'
)


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "<style>@import url(https://evil.example/x.css)</style>",
        '<path d="M0 0" onload="alert(1)"/>',
        '<path d="M0 0" style="fill:url(https://evil.example/x)"/>',
        '<path d="M0 0" fill="url(https://evil.example/x)"/>',
        '<path d="M0 0" fill="url(data:image/svg+xml,x)"/>',
        '<a href="javascript:alert(1)"><path d="M0 0"/></a>',
        '<image href="https://evil.example/x.png" width="1" height="1"/>',
        '<use href="https://evil.example/x.svg#a"/>',
        "<foreignObject><iframe src='https://evil.example/'></iframe></foreignObject>",
        '<animate attributeName="href" values="javascript:alert(1)"/>',
        '<set attributeName="onclick" to="alert(1)"/>',
        "<title><![CDATA[</title><img src=x onerror=alert(1)>]]></title>",
        "<desc><b>https://evil.example/</b></desc>",
        '<path d="M0 0" class="join evil.example"/>',
        '<path d="M0 0" clip-path="url(evil.example/#a)"/>',
    ],
)
def test_nothing_in_a_drawing_acts_loads_or_links(hostile):
    kept = taken_in(PUMP.replace("<text", f"{hostile}<text"))
    assert not re.search(r"script|evil|alert|javascript|style|href|import|data:|\son|join|iframe", kept)
    assert ">Pump</text>" in kept


@pytest.mark.parametrize(
    ("svg", "sentence"),
    [
        ("<p>A pump</p>", "This isn’t an SVG drawing: it must begin with <svg> and end with </svg>."),
        ("<svg viewBox='0 0 1 1'><path>", "This isn’t an SVG drawing: it can’t be read as XML."),
        ("Pump", "This isn’t an SVG drawing: it must begin with <svg> and end with </svg>."),
        ("<svg><path d='M0 0'/></svg>", "The drawing has no viewBox, so it can’t fit a phone. Save it with one."),
        (
            '<svg viewBox="0 0 1 1"><image href="x.png"/></svg>',
            "Nothing of this drawing can be shown: it has no shapes and no words of its own.",
        ),
        (PUMP * 4, "A drawing has at most 3 parts beside each other."),
        (
            '<!DOCTYPE svg [<!ENTITY a "b">]>' + PUMP,
            "The drawing declares entities, which can’t be shown. Save it as plain SVG.",
        ),
        (
            '<svg viewBox="0 0 1 1">' + "<g>" * 30 + '<path d="M0 0"/>' + "</g>" * 30 + "</svg>",
            "The drawing’s groups are more than 20 deep. Ungroup them.",
        ),
        (
            '<svg viewBox="0 0 1 1">' + "<g/>" * 1001 + "</svg>",
            "The drawing has more than 1000 shapes. Simplify it.",
        ),
        (
            f'<svg viewBox="0 0 1 1"><path d="M{"0 " * (LARGEST // 2)}"/></svg>',
            "The drawing is larger than 40 KB. Simplify its paths and save it again.",
        ),
    ],
)
def test_what_cannot_be_shown_is_refused_with_one_sentence(svg, sentence):
    with pytest.raises(DrawingRefused) as refused:
        taken_in(svg)
    assert refused.value.problems == (sentence,)


def test_what_drawing_programs_write_around_a_drawing_is_left_out():
    written = (
        '<?xml version="1.0"?><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/a.dtd">'
        "<!-- A program -->"
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:i="urn:i" i:version="1" viewBox="0 0 9 9" width="9mm">'
        '<metadata>x</metadata><path d="M0 0" i:label="x"/></svg>'
    )
    assert taken_in(written) == '<svg viewBox="0 0 9 9"><path d="M0 0"></path></svg>'


def test_two_drawings_on_a_page_keep_their_parts_apart_and_one_stays_the_same():
    clipped = (
        '<svg viewBox="0 0 9 9"><clipPath id="a"><rect width="{}"/></clipPath>'
        '<g clip-path="url(#a)"><path d="M0 0"/></g></svg>'
    )
    first, second = (taken_in(clipped.format(width)) for width in (1, 2))
    ids = [re.findall(r'id="([^"]+)"|url\(#([^)]+)\)', svg) for svg in (first, second)]
    assert {one for pair in ids[0] for one in pair if one} == {ids[0][0][0]}
    assert ids[0][0][0] != ids[1][0][0]
    assert taken_in(first) == first


NAMES = st.sampled_from(["onload", "href", "xlink:href", "style", "fill", "d", "id", "class", "clip-path", "viewBox"])
VALUES = st.one_of(
    st.text(max_size=20),
    st.sampled_from(["javascript:alert(1)", "url(https://evil.example/)", "url(#a)", "M0 0h9", "dg evil"]),
)
TAGS = st.sampled_from([*sorted(DRAWING.tags), "script", "style", "use", "image", "foreignObject", "title", "a", "set"])
PIECES = st.one_of(
    st.text(max_size=8),
    st.builds("<{}>".format, TAGS),
    st.builds("</{}>".format, TAGS),
    st.builds(lambda tag, name, value: f'<{tag} {name}="{value}"/>', TAGS, NAMES, VALUES),
    st.sampled_from(["<!--", "-->", "<![CDATA[", "]]>", "&lt;script&gt;", '"', "<p>", "<table>", "<math>"]),
)


@given(st.lists(PIECES, max_size=14).map("".join))
def test_whatever_is_written_only_shapes_and_words_are_kept_and_cleaning_twice_changes_nothing(inside):
    kept = clean_drawing(f'<svg viewBox="0 0 9 9">{inside}</svg>', prefix="d0123abcd-")
    assert clean_drawing(kept) == kept
    assert set(re.findall(r"<([a-zA-Z]+)", kept)) <= DRAWING.tags
    for tag in re.findall(r"<[^>]+>", kept):
        for name, value in re.findall(r'([\w:-]+)="([^"]*)"', tag):
            assert name in frozenset().union(*DRAWING.attributes.values())
            if name == "class":
                assert {*value.split()} <= DRAWING_CLASSES
            elif name != "aria-label":
                assert re.fullmatch(r"url\(#d0123abcd-[\w-]+\)", value) or not re.search(r"url|:", value)


def test_a_drawing_stands_below_its_title_with_what_is_said_of_it():
    html = '<p>A</p><figure data-drawing="3"><figcaption>How a pump works</figcaption></figure><p>B</p>'
    page = page_text(html, references=0)
    shown = page.with_figures({}, {3: Drawn(taken_in(PUMP), "<details><summary>Words</summary></details>")}).html
    assert (page.pictures, page.drawings) == ([0], [3])
    assert shown == (
        '<p>A</p><figure class="figure"><figcaption>How a pump works</figcaption><div class="panels">'
        + taken_in(PUMP)
        + "</div><details><summary>Words</summary></details></figure><p>B</p>"
    )


def test_a_drawing_within_a_list_is_shown_in_words_alone():
    page = page_text('<ul><li><figure data-drawing="3"></figure></li></ul>', references=0)
    shown = page.with_figures({}, {3: Drawn(taken_in(PUMP), "<p>Words</p>")}).html
    assert "<svg" not in shown
    assert "<p>Words</p>" in shown


@pytest.mark.parametrize(
    "nested",
    [
        '<figure data-drawing="3"><figure data-picture="4"></figure></figure>',
        '<figure data-drawing="3"><figure data-drawing="4"></figure></figure>',
        '<figure data-picture="3"><figure data-drawing="4"></figure></figure>',
    ],
)
def test_figures_within_each_other_each_show_what_they_name(nested):
    page = page_text(nested, references=0)
    assert len(page.pieces) == len(page.drawings) + 1 == len(page.pictures) + 1
    assert {*page.pictures, *page.drawings} - {0} == {3, 4}
