"""What stored HTML says as text."""

import pytest

from articles.richtext import text


def test_blocks_are_lines_and_entities_are_characters():
    html = "<h2>Risks</h2><p>A &amp; b<br>c</p><ul><li>one</li><li>two <em>too</em></li></ul>"
    assert text.plain_text(html) == "Risks\nA & b\nc\none\ntwo too"


def test_callouts_definitions_and_long_descriptions_are_read_line_by_line():
    html = (
        '<aside class="caution"><p>Slowly.</p></aside><dl><dt>Dura</dt><dd>A skin.</dd></dl>'
        '<figure data-picture="7"><figcaption>A pump.</figcaption><details><p>It is round.</p></details></figure>'
    )
    assert text.plain_text(html) == "Slowly.\nDura\nA skin.\nA pump.\nIt is round."
    assert text.passages(html) == ["Slowly.", "Dura", "A skin.", "A pump.", "It is round."]
    assert text.captions(html) == {7: "A pump."}


@pytest.mark.parametrize(("words", "minutes"), [(0, 1), (1, 1), (200, 1), (500, 2), (1000, 5)])
def test_reading_time_is_whole_minutes(words, minutes):
    assert text.reading_minutes("word " * words) == minutes


def test_citations_are_numbers_and_ranges():
    html = "<p>a[1] b[2, 4] c[6-8] d[10–11] e[x] f[12345]</p>"
    assert text.Text(html).citations == {1, 2, 4, 6, 7, 8, 10, 11}


def test_pictures_links_and_headings_are_found_in_order():
    html = (
        '<h2>A <em>b</em></h2><figure data-picture="2"></figure><figure data-picture="1"></figure>'
        '<figure data-picture="2"></figure><img src="x.jpg"><h3>C</h3>'
        '<a href="https://example.org">there <b>now</b></a>'
    )
    assert text.headings(html) == [(2, "A b"), (3, "C")]
    assert text.picture_ids(html) == [2, 1]
    assert text.raw_images(html) == ["x.jpg"]
    assert text.links(html) == [("https://example.org", "there now")]


@pytest.mark.parametrize(
    ("heading", "risks", "benefits"),
    [
        ("Risks", True, False),
        ("Side effects and warnings", True, False),
        ("Benefits and risks", True, True),
        ("Advantages", False, True),
        ("What it can do for you", False, True),
        ("How it works", False, False),
        ("Asterisks", False, False),
    ],
)
def test_headings_on_risks_and_benefits_are_known(heading, risks, benefits):
    assert (text.is_about_risks(heading), text.is_about_benefits(heading)) == (risks, benefits)


@pytest.mark.parametrize("number", ["²", "٣", "9223372036854775808", "1" * 30, "-1", "1.5", " 1", "", "x"])
def test_what_is_no_number_of_a_picture_is_none(number):
    html = f'<figure data-picture="{number}"></figure>'
    assert text.picture_ids(html) == []


@pytest.mark.parametrize("marked", ["<![ if !IE]>", "<![>", "<![CDATA[x]]>", "<![endif]-->", "<!["])
def test_a_marked_section_is_no_error(marked):
    assert "after" in text.plain_text(f"<p>before</p>{marked}<p>after</p>")
