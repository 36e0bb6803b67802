"""Stored text as page text: headings with anchors, pictures with credits, references as links, risks that stand out."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.richtext import text
from articles.richtext.render import PLACEHOLDER, Heading, page_html, page_text
from articles.richtext.sanitizer import clean, clean_page


def shown(html, figures=None, references=0):
    return str(page_html(html, figures=figures or {}, references=references).html)


def test_headings_get_anchors_that_are_unique():
    body = page_html("<h2>Risks</h2><h3>Who & when</h3><h2>Risks</h2><h2>痛み</h2>", figures={}, references=0)
    assert body.headings == [
        Heading("s-risks", 2, "Risks"),
        Heading("s-who-when", 3, "Who & when"),
        Heading("s-risks-2", 2, "Risks"),
        Heading("s-part", 2, "痛み"),
    ]
    assert [f'id="{heading.id}"' in body.html for heading in body.headings] == [True] * 4


def test_a_picture_is_shown_with_its_credit_or_as_a_labeled_place():
    html = '<figure data-picture="3"><figcaption>A pump.</figcaption></figure>'
    with_credit = shown(html, {3: '<img src="/media/x.jpg" alt="Lines"><p class="credit">by Jane</p>'})
    assert '<img src="/media/x.jpg" alt="Lines">' in with_credit
    assert "A pump." in with_credit
    assert PLACEHOLDER in shown(html)
    assert shown('<p>x<img src="https://evil.example/x.jpg"></p>').count("<img") == 0


def test_citations_become_links_to_their_references():
    assert shown("<p>So.[1] And [2,3–4].</p>", references=4) == (
        '<p>So.<sup><a href="#ref-1" title="Reference 1">1</a></sup> And '
        '<sup><a href="#ref-2" title="Reference 2">2</a>, <a href="#ref-3" title="Reference 3">3</a>, '
        '<a href="#ref-4" title="Reference 4">4</a></sup>.</p>'
    )


def test_what_is_no_citation_stays_words():
    html = '<p>[9] [0] [x] <a href="https://example.org">[1]</a> <code>a[1]</code></p><h2>List[1]</h2>'
    assert "<sup>" not in shown(html, references=1)


def test_risks_stand_out_until_the_next_heading_of_their_rank():
    html = "<p>a</p><h2>Risks</h2><p>b</p><h3>Who should not</h3><p>c</p><h2>After</h2><p>d</p>"
    assert re.sub(r' id="[^"]+"', "", shown(html)) == (
        '<p>a</p><section class="box risk"><h2>Risks</h2><p>b</p><h3>Who should not</h3><p>c</p></section>'
        "<h2>After</h2><p>d</p>"
    )
    assert shown("<h2>Side effects</h2><p>x</p>").endswith("</section>")


def test_a_wide_table_scrolls_by_itself_and_by_keyboard():
    assert shown("<table><tbody><tr><td>1</td></tr></tbody></table>").startswith(
        '<div class="table" tabindex="0" role="region" aria-label="Table"><table>'
    )


PIECES = st.one_of(
    st.text(max_size=10),
    st.sampled_from(["<h2>Risks</h2>", "<h2>", "</h2>", "<h3>Harms", "<p>", "</p>", "<ul><li>", "</li></ul>"]),
    st.sampled_from(["<table>", "</table>", "<td>", "<hr>", "<br>"]),
    st.sampled_from(
        ["[1]", "[2-9]", '<figure data-picture="1">', '<figure data-picture="x">', "</figure>", "</a>", "<script>"]
    ),
    st.sampled_from(['<a href="https://example.org">', "</script>", "<blockquote>", "</blockquote>"]),
    st.sampled_from(['<aside class="emergency">', '<aside class="question">', "<aside>", "</aside>", "<details>"]),
    st.sampled_from(["</details>", "<dl><dt>", "<dd>", "</dl>"]),
)


@given(st.lists(PIECES, max_size=20).map("".join))
def test_whatever_is_stored_the_page_is_clean_and_balanced(html):
    figure = '<img src="/media/x.jpg" alt=""><p class="credit"><a href="https://example.org/jane">Jane</a></p>'
    page = shown(clean(html), {1: figure}, references=2)
    assert clean_page(page) == page
    for tag in ("section", "aside", "details", "dl", "div", "figure", "table", "h2", "ul"):
        assert len(re.findall(rf"<{tag}\b", page)) == page.count(f"</{tag}>")


def html_of(html, **kwargs):
    return page_html(html, **{"figures": {}, "references": 0, **kwargs})


def test_key_points_and_questions_stand_in_boxes_that_end_with_their_list():
    keys = html_of("<h2>Key points</h2><ul><li>One.</li></ul><p>And then.</p>").html
    assert keys == (
        '<section class="box key"><h2 id="s-key-points">Key points</h2><ul><li>One.</li></ul></section><p>And then.</p>'
    )
    asks = html_of("<h2>What to ask your doctor</h2><ul><li>Why?</li></ul>").html
    assert asks.startswith('<section class="box ask">')
    assert asks.endswith("</ul></section>")


@pytest.mark.parametrize(
    "written",
    [
        "<p>Before.</p><ul><li>One.</li></ul>|<p>More.</p><p>Else.</p>",
        "<ul><li>One.</li></ul><p>And.</p><ol><li>Two.</li></ol>|<p>More.</p>",
        "<ul><li>One.<ul><li>A.</li></ul></li></ul>|<p>More.</p>",
        "<table><tbody><tr><td>1</td></tr></tbody></table>|<p>More.</p>",
        '<ul><li>One.</li></ul><p class="now">Get help at once if it bleeds.</p>|<p>More.</p>',
        '<p class="now">Get help at once if it bleeds.</p><p>More.</p>|',
        "<ul><li>One.</li></ul><h3>For whom</h3><p>More.</p>|",
        "<ul><li>One.</li></ul><h3>For whom</h3><ul><li>Two.</li></ul>|<p>More.</p>",
        "<p>One.</p><p>More.</p>|",
    ],
)
def test_a_box_of_risks_ends_with_its_last_list_and_what_follows_is_text_again(written):
    stored = written.replace("|", "").replace(' class="now"', "")
    page = html_of(f"<h2>Risks</h2>{stored}<h2>Then</h2><p>End.</p>").html
    bare = re.sub(r'<a id="signs"></a>| id="[^"]+"|<div class="table"[^>]*>|</div>', "", page)
    boxed = written.replace("|", "</section>")
    assert bare == f'<section class="box risk"><h2>Risks</h2>{boxed}<h2>Then</h2><p>End.</p>'


@pytest.mark.parametrize(
    ("written", "has_blocks"),
    [
        ('<aside class="caution"><p>Slowly.</p></aside>', True),
        ('<aside class="question"><h3>How long?</h3><p>A week.</p></aside>', True),
        ("<dl><dt>Dura</dt><dd>A skin.</dd></dl>", True),
        ("<h2>Risks</h2><ul><li>It may harm.</li></ul><blockquote><p>So.</p></blockquote>", False),
    ],
)
def test_a_text_says_whether_it_needs_the_style_of_the_rarer_blocks(written, has_blocks):
    assert page_text(clean(written), references=0).has_blocks is has_blocks


@pytest.mark.parametrize(
    ("written", "page"),
    [
        (
            '<aside class="caution"><p>Slowly.</p></aside>',
            '<aside class="box caution-box" role="note"><p class="label">Caution</p><p>Slowly.</p></aside>',
        ),
        (
            "<aside><p>So.</p></aside>",
            '<aside class="box note-box" role="note"><p class="label">Note</p><p>So.</p></aside>',
        ),
        (
            '<aside class="question"><h3>How long?</h3><p>A week.</p></aside>',
            '<section class="question"><h3 id="s-how-long">How long?</h3><p>A week.</p></section>',
        ),
        ("<dl><dt>Dura</dt><dd>A skin.</dd></dl>", "<dl><dt>Dura</dt><dd>A skin.</dd></dl>"),
        (
            '<figure data-picture="7"><figcaption>A pump.</figcaption><details><p>It is round.</p></details></figure>',
            '<figure class="picture">PUMP<figcaption>A pump.</figcaption>'
            "<details><summary>The picture in words</summary><p>It is round.</p></details></figure>",
        ),
        (
            '<figure data-media="video" data-picture="7"><figcaption>Film</figcaption><details>Hi.</details></figure>',
            '<figure class="picture">PUMP<figcaption>Film</figcaption>'
            "<details><summary>Transcript</summary>Hi.</details></figure>",
        ),
        ("<details><p>Nothing is hidden.</p></details>", "<div><p>Nothing is hidden.</p></div>"),
    ],
)
def test_a_block_says_in_words_what_it_is(written, page):
    assert shown(written, {7: "PUMP"}) == page


def test_an_emergency_is_where_a_page_sends_readers_for_help():
    body = html_of(
        '<p>x</p><aside class="emergency"><p>You stop breathing.</p></aside><p>Call your emergency number.</p>'
    )
    assert body.has_signs
    assert '<p class="label">Emergency: get help at once<a id="signs"></a></p>' in body.html
    assert body.html.count('id="signs"') == 1


def test_a_callout_within_risks_keeps_its_heading_and_the_box_its_extent():
    html = '<h2>Risks</h2><aside class="caution"><h2>Slowly</h2></aside><ul><li>One.</li></ul><p>More.</p>'
    assert re.sub(r' (id|role)="[^"]+"', "", html_of(html).html) == (
        '<section class="box risk"><h2>Risks</h2><aside class="box caution-box"><p class="label">Caution</p>'
        "<h2>Slowly</h2></aside><ul><li>One.</li></ul></section><p>More.</p>"
    )


def test_the_first_mention_of_a_term_opens_its_meaning_and_no_other_does():
    body = html_of(
        "<h2>Allodynia</h2><p>Allodynia, or <a href='/x/'>allodynia</a>. More allodynia.</p>",
        terms={"allodynia": "allodynia"},
    )
    assert body.terms == ["allodynia"]
    assert body.html.count("popovertarget") == 1
    assert (
        '<p><span class="term">Allodynia<button popovertarget="term-allodynia" aria-label="What “Allodynia” means">'
        "</button></span>, or "
    ) in body.html


def test_a_term_is_a_whole_word_and_the_longest_name_wins():
    body = html_of("<p>A painless pain threshold.</p>", terms={"pain": "pain", "pain threshold": "threshold"})
    assert body.terms == ["threshold"]


def test_an_abbreviation_is_one_in_capitals_only():
    body = html_of("<p>Tens of thousands try TENS; OPIOIDS too.</p>", terms={"TENS": "tens", "opioids": "opioid"})
    assert body.terms == ["tens", "opioid"]
    assert body.html.startswith('<p>Tens of thousands try <span class="term">TENS<')
    assert body.html.count("popovertarget") == 2


def test_a_reference_opens_in_place_where_the_page_opens_things_in_place():
    body = html_of("<p>So it is.[1, 3]</p>", references=3, in_place=True)
    assert body.html == (
        "<p>So it is.<sup>"
        '<button id="r1a" popovertarget="cite-1" aria-label="Reference 1">1</button>, '
        '<button id="r3a" popovertarget="cite-3" aria-label="Reference 3">3</button></sup></p>'
    )


def test_each_mention_of_a_reference_has_an_anchor_and_is_counted():
    made = page_text("<p>So.[1][2] And so.[1]</p>", references=3, in_place=True)
    assert re.findall(r'id="(r\w+)"', made.pieces[0]) == ["r1a", "r2a", "r1b"]
    assert made.cited == [2, 1, 0]


def test_more_mentions_than_letters_are_counted_and_have_no_anchor():
    made = page_text(f"<p>{'So.[1] ' * 28}</p>", references=1, in_place=True)
    assert made.cited == [28]
    assert made.pieces[0].count(' id="r1') == 26


def test_key_points_come_first_wherever_they_were_written():
    html = '<p>First.</p><figure data-picture="7"></figure><h2>Why</h2><p>So.</p>'
    keys = '<h2>Key points</h2><ul><li>One.</li></ul><figure data-picture="8"></figure>'
    body = page_html(html + keys, figures={7: "seven", 8: "eight"}, references=0)
    assert body.html.startswith('<section class="box key"><h2 id="s-key-points">Key points</h2><ul><li>One.</li></ul>')
    assert body.html.endswith('<p>So.</p><figure class="picture">eight</figure>')
    assert body.html.index("First.") < body.html.index("seven")


@pytest.mark.parametrize(
    ("html", "shown"),
    [
        ("<p>One.</p><p>Two.</p>", "<p>One.</p>LEAD<p>Two.</p>"),
        (
            "<h2>Key points</h2><p>Short.</p><h2>Why</h2><p>One.</p>",
            "<p>Short.</p></section><h2>Why</h2><p>One.</p>LEAD",
        ),
        ("<blockquote><p>Said.</p></blockquote>", "LEAD<blockquote><p>Said.</p></blockquote>"),
    ],
)
def test_the_lead_picture_stands_behind_the_first_paragraph(html, shown):
    made = page_text(html, references=0, in_place=True).with_figures({}, lead='<figure class="lead">x</figure>')
    plain = re.sub(r' id="[^"]+"', "", made.html)
    assert shown.replace("LEAD", '<figure class="lead">x</figure>') in plain


def test_help_among_the_risks_has_a_frame_of_its_own():
    help_at_once = "<p>Get help at once for fever.</p>"
    body = html_of(f"<h2>Risks</h2><ul><li>Fever</li></ul>{help_at_once}<h2>After</h2>{help_at_once}").html
    assert '<p class="now"><a id="signs"></a>Get help at once' in body
    assert body.count('class="now"') == 1


@pytest.mark.parametrize(
    "html",
    [
        '<p>Before.</p><p><a id="signs"></a>Get help at once for fever.</p>',
        '<p>Before.</p><h2 id="signs">When to get help</h2><p>Call the emergency number.</p>',
        '<p>Before.</p><p><a id="signs"></a><strong>Call for help at once</strong> if it is sudden.</p>',
    ],
)
def test_the_first_words_that_send_a_reader_to_get_help_have_an_anchor(html):
    body = html_of(html.replace('<a id="signs"></a>', "").replace(' id="signs"', ""))
    assert body.has_signs
    assert body.html == html


def test_a_text_without_such_words_has_none():
    assert not html_of("<p>Nothing of the kind.</p>").has_signs


def test_a_reader_mode_that_leaves_out_buttons_and_what_they_hold_has_every_word():
    html = "<h2>Doses</h2><p>One dose[1]</p><ul><li>Two doses</li></ul>"
    page = page_html(html, figures={}, references=1, terms={"dose": "dose", "two": "two"}, in_place=True).html
    assert page.count("<button") == 3
    assert text.plain_text(re.sub("<button.*?</button>", "", page)) == text.plain_text(html.replace("[1]", ""))


def test_the_language_of_a_part_stands_on_the_page():
    html = (
        '<h2 lang="la">Risus</h2><p lang="fr">Un <span lang="de">Schmerz</span>.</p><ul><li lang="es">Dolor</li></ul>'
    )
    assert html_of(html).html == html.replace('<h2 lang="la">', '<h2 id="s-risus" lang="la">')


def test_a_term_is_not_found_among_foreign_words():
    found = page_html(
        '<p><span lang="fr">le pain</span> and pain</p>', figures={}, references=0, terms={"pain": "pain"}
    ).html
    assert found.startswith('<p><span lang="fr">le pain</span> and <span class="term">pain<')
