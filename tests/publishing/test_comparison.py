"""What changed between two states, word by word: nothing is missed, and nothing is made up."""

import re
from html import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.models.found import COLUMNS
from articles.publishing import snapshot
from articles.publishing.comparison import ADDED, REMOVED, SAME, Piece, compare, pieces
from tests import factories


def content(**changes):
    empty = {"references": [], "pictures": [], "byline": [], "topics": [], "section": "treatments"}
    words = dict.fromkeys(("title", "slug", "standfirst", "body", "closing_question", "disclosure", *COLUMNS), "")
    return {**empty, **words, **changes}


def shown(old, new):
    return {each.field: [(piece.kind, piece.text) for piece in each.pieces] for each in compare(old, new)}


def test_equal_contents_have_no_difference():
    assert compare(content(title="A", body="<p>x</p>"), content(title="A", body="<p>x</p>")) == []


def test_one_word_is_told_apart_from_its_sentence():
    found = shown(content(body="<p>Pumps may help.</p>"), content(body="<p>Pumps will help.</p>"))
    assert found == {
        "body": [(SAME, "Pumps "), (REMOVED, "may"), (ADDED, "will"), (SAME, " help."), (SAME, "\n")],
    }


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("<p>Risks</p>", "<h2>Risks</h2>"),
        ("<h2>Risks</h2>", "<h3>Risks</h3>"),
        ('<p><a href="https://a.example">x</a></p>', '<p><a href="https://b.example">x</a></p>'),
        ("<p>not <strong>safe</strong></p>", "<p>not safe</p>"),
        ('<figure data-picture="1"></figure>', '<figure data-picture="2"></figure>'),
        ('<figure data-picture="1"></figure>', '<figure data-media="video" data-picture="1"></figure>'),
        ("<p>5 mg</p>", "<p>50 mg</p>"),
        ("<p>la douleur</p>", '<p><span lang="fr">la douleur</span></p>'),
        ('<h2 lang="es">Dolor</h2>', '<h2 lang="pt">Dolor</h2>'),
    ],
)
def test_what_a_reader_would_see_differently_is_shown(old, new):
    [difference] = compare(content(body=old), content(body=new))
    assert {piece.kind for piece in difference.pieces} > {SAME}


LIST = "<{0}><li>Stop</li><li>Call</li></{0}>"
TABLE = "<table><tr><th>Drug</th><th>Day</th><th>Night</th></tr>{}</table>"
STRUCTURE = [
    (
        '<aside class="note"><p>Slowly</p></aside>',
        '<aside class="caution"><p>Slowly</p></aside>',
        "“Slowly”: paragraph in a box “Note” → “Caution”.",
    ),
    ("<p>Dura</p>", "<dl><dt>Dura</dt></dl>", "“Dura”: paragraph → defined term."),
    ("<dl><dt>Dura</dt></dl>", "<dl><dd>Dura</dd></dl>", "“Dura”: defined term → definition."),
    (
        "<p>Round</p>",
        '<aside class="question"><p>Round</p></aside>',
        "“Round”: paragraph → paragraph in a box “Question and answer”.",
    ),
    ("<p>10<sup>3</sup> cells</p>", "<p>103 cells</p>", "“3”: superscript → plain."),
    ("<p>H2O</p>", "<p>H<sub>2</sub>O</p>", "“2”: plain → subscript."),
    ("<p><strong>Never</strong> stop</p>", "<p>Never stop</p>", "“Never”: bold → plain."),
    ("<p><em>Never</em> stop</p>", "<p><strong>Never</strong> stop</p>", "“Never”: italic → bold."),
    ("<p>Do <s>not</s> stop</p>", "<p>Do not stop</p>", "“not”: struck out → plain."),
    ("<h2>Risks</h2>", "<h3>Risks</h3>", "“Risks”: heading level 2 → 3."),
    ("<p>Risks</p>", "<h2>Risks</h2>", "“Risks”: paragraph → heading level 2."),
    ("<p>Rest</p>", "<blockquote><p>Rest</p></blockquote>", "“Rest”: paragraph → paragraph in a quotation."),
    ("<p>Stop</p>", "<ul><li>Stop</li></ul>", "“Stop”: paragraph → item of a bulleted list, level 1."),
    (
        LIST.format("ul"),
        LIST.format("ol"),
        "“Stop”, “Call”: item of a bulleted list, level 1 → item of a numbered list, level 1.",
    ),
    (
        LIST.format("ul"),
        "<ul><li>Stop<ul><li>Call</li></ul></li></ul>",
        "“Call”: item of a bulleted list, level 1 → 2.",
    ),
    (
        LIST.format("ol"),
        LIST.format("ol").replace("<ol>", '<ol start="3">'),
        "“Stop”: item of a numbered list, level 1 → from 3.",
    ),
    (
        LIST.format("ol"),
        LIST.format("ol").replace("<li>Call", '<li value="5">Call'),
        "“Call”: item of a numbered list, level 1 → number 5.",
    ),
    (
        TABLE.format("<tr><td>Gabapentin</td><td>300 mg</td><td></td></tr>"),
        TABLE.format("<tr><td>Gabapentin</td><td></td><td>300 mg</td></tr>"),
        "“300 mg”: moved from table 1, row 2, column 2 to column 3.",
    ),
    (
        TABLE.format("<tr><td>A</td><td>300 mg</td></tr><tr><td>B</td><td></td></tr>"),
        TABLE.format("<tr><td>A</td><td></td></tr><tr><td>B</td><td>300 mg</td></tr>"),
        "“300 mg”: moved from table 1, row 2, column 2 to table 1, row 3, column 2.",
    ),
    (TABLE.format(""), TABLE.format("").replace("th>", "td>"), "“Drug”, “Day” and 1 more: header cell → cell."),
    (
        TABLE.format(""),
        TABLE.format("").replace("<th>Day", '<th colspan="2">Day'),
        "“Day”: header cell → header cell [colspan 2].",
    ),
    (
        TABLE.format(""),
        TABLE.format("").replace("<th>Day", '<th scope="col">Day'),
        "“Day”: header cell → header cell of the column.",
    ),
    (
        "<table><tr><td>a</td></tr></table>",
        "<table><thead><tr><td>a</td></tr></thead></table>",
        "“a”: row of table 1 → head of table 1.",
    ),
    (
        "<table><tr><td>10<sup>3</sup></td><td>b</td></tr></table>",
        "<table><tr><td>103</td><td>b</td></tr></table>",
        "“3”: superscript → plain.",
    ),
    (
        '<p>See <a href="https://a.example/">the label</a></p>',
        '<p>See <a href="https://b.example/">the label</a></p>',
        "“the label”: link to https://a.example/ → https://b.example/.",
    ),
    (
        '<p>See <a href="https://a.example/">the label</a></p>',
        "<p>See the label</p>",
        "“the label”: link to https://a.example/ → plain.",
    ),
    (
        "<p>la douleur</p>",
        '<p><span lang="fr">la douleur</span></p>',
        "“la douleur”: plain → fr.",
    ),
    (
        '<figure data-picture="1"><figcaption>A pump</figcaption></figure>',
        '<figure data-picture="2"><figcaption>A pump</figcaption></figure>',
        "Picture 1 → 2.",
    ),
    (
        '<p>One.</p><figure data-picture="1"></figure><p>Two.</p>',
        '<p>One.</p><p>Two.</p><figure data-picture="1"></figure>',
        "Picture 1 moved.",
    ),
    ("<p>One.</p><p>Two.</p><p>Three.</p>", "<p>Three.</p><p>One.</p><p>Two.</p>", "“Three.”: moved."),
]


@pytest.mark.parametrize(("one", "other", "sentence"), STRUCTURE)
def test_what_changed_besides_words_is_marked_and_said_in_a_sentence_both_ways_round(one, other, sentence):
    [difference] = compare(content(body=one), content(body=other))
    assert {piece.kind for piece in difference.pieces} & {ADDED, REMOVED}
    assert sentence in difference.notes
    [back] = compare(content(body=other), content(body=one))
    assert {piece.kind for piece in back.pieces} & {ADDED, REMOVED}
    assert back.notes


def test_a_dose_in_another_column_is_struck_in_one_and_new_in_the_other():
    rows = ("<tr><td>300 mg</td><td></td></tr>", "<tr><td></td><td>300 mg</td></tr>")
    [difference] = compare(*(content(body=f"<table>{row}</table>") for row in rows))
    marked = [(piece.kind, piece.text.strip()) for piece in difference.pieces if piece.kind != SAME]
    assert [pair for pair in marked if pair[1]] == [(REMOVED, "300 mg"), (ADDED, "300 mg")]


def test_words_that_were_put_in_before_a_picture_do_not_move_it():
    picture = '<figure data-picture="1"><figcaption>A pump</figcaption></figure>'
    old, new = f"<p>One.</p>{picture}<p>Two.</p>", f"<p>One.</p><p>New.</p>{picture}<p>Two.</p>"
    assert compare(content(body=old), content(body=new))[0].notes == []


def test_words_alone_are_told_in_no_sentence():
    old, new = "<h2>Risks</h2><ul><li>It may harm</li></ul>", "<h2>Risk</h2><ul><li>It can harm</li></ul>"
    [difference] = compare(content(body=old), content(body=new))
    assert difference.notes == []


def test_a_row_that_was_put_in_is_one_line_and_moves_no_cell():
    rows = "<tr><td>A</td><td>1</td></tr>", "<tr><td>B</td><td>2</td></tr>", "<tr><td>C</td><td>3</td></tr>"
    old, new = (f"<table>{''.join(each)}</table>" for each in (rows[::2], rows))
    [difference] = compare(content(body=old), content(body=new))
    assert ([piece.text for piece in difference.pieces if piece.kind != SAME], difference.notes) == (["| B | 2 |"], [])


def test_what_became_of_pictures_is_said():
    def picture(id, **facts):
        return {"id": id, "place": "text", "caption": "", "digest": "0", "alt": "Lines.", **facts}

    old = [picture(1), picture(2, caption="A pump"), picture(3), picture(4)]
    new = [picture(3, digest="1"), picture(1, alt="Curves."), picture(2, caption="Two pumps"), picture(5)]
    [difference] = compare(content(pictures=old), content(pictures=new))
    assert difference.notes == [
        "Picture 3: its file was replaced.",
        "Picture 1: alt text “Lines.” → “Curves.”.",
        "Picture 2: caption “A pump” → “Two pumps”.",
        "Picture 5 was added.",
        "Picture 4 was removed.",
        "The order of pictures: 1, 2, 3 → 3, 1, 2.",
    ]


def test_what_cannot_be_seen_is_said():
    [difference] = compare(content(body="<p>a</p><p>b</p>"), content(body="<p>a</p>\n<p>b</p>"))
    assert {piece.kind for piece in difference.pieces} == {SAME}
    assert difference.notes == ["Something changed that can’t be seen, such as a space."]


WORDS = st.text(alphabet="ab 1<", min_size=1, max_size=6).map(lambda words: escape(f"w{words}".strip()))
INLINE = st.one_of(
    WORDS,
    st.tuples(st.sampled_from(["strong", "em", "sup", "sub", "s", "code"]), WORDS).map(
        "<{0[0]}>{0[1]}</{0[0]}>".format
    ),
    st.tuples(st.sampled_from("abc"), WORDS).map('<a href="https://{0[0]}.example/">{0[1]}</a>'.format),
    st.tuples(st.sampled_from(["fr", "es"]), WORDS).map('<span lang="{0[0]}">{0[1]}</span>'.format),
)
LINE = st.lists(INLINE, min_size=1, max_size=3).map(" ".join)
ITEMS = st.lists(LINE.map("<li>{}</li>".format), min_size=1, max_size=3).map("".join)
ROWS = st.lists(
    st.lists(
        st.tuples(st.sampled_from(["td", "th"]), st.one_of(LINE, st.just(""))).map("<{0[0]}>{0[1]}</{0[0]}>".format),
        min_size=1,
        max_size=3,
    ).map(lambda cells: f"<tr>{''.join(cells)}</tr>"),
    min_size=1,
    max_size=3,
).map("".join)
BLOCK = st.one_of(
    st.tuples(st.sampled_from(["p", "h2", "h3", "h4"]), LINE).map("<{0[0]}>{0[1]}</{0[0]}>".format),
    st.tuples(st.sampled_from(["ul", "ol", 'ol start="3"']), ITEMS).map(
        lambda each: f"<{each[0]}>{each[1]}</{each[0][:2]}>"
    ),
    LINE.map("<blockquote><p>{}</p></blockquote>".format),
    ROWS.map("<table>{}</table>".format),
    st.tuples(st.sampled_from(["picture", "drawing"]), st.sampled_from("12"), LINE).map(
        '<figure data-{0[0]}="{0[1]}"><figcaption>{0[2]}</figcaption></figure>'.format
    ),
)
BODY = st.lists(BLOCK, min_size=1, max_size=4).map("".join)
EXCHANGES = [
    ("<(/?)h2>", r"<\1h3>"),
    ("<(/?)p>", r"<\1h4>"),
    ("<(/?)ul>", r"<\1ol>"),
    ('<ol start="3">', "<ol>"),
    ("<ol>", '<ol start="2">'),
    ("<li>", '<li value="9">'),
    ("<(/?)td>", r"<\1th>"),
    ("<(/?)th>", r"<\1td>"),
    ("</?blockquote>", ""),
    ("</?(sup|sub|strong|em|s|code)>", ""),
    ("<(/?)sup>", r"<\1sub>"),
    ("https://a", "https://z"),
    ("</?a[^>]*>", ""),
    ('lang="fr"', 'lang="de"'),
    ('data-picture="1"', 'data-picture="8"'),
    ('data-drawing="1"', 'data-drawing="8"'),
    ("data-drawing", "data-picture"),
    ("<td>(w.*?)</td><td></td>", r"<td></td><td>\1</td>"),
    ("<td>(?=w)", "<td></td><td>"),
    ("<table>", "<table><tr><td></td></tr>"),
]


@given(BODY)
def test_equal_texts_show_nothing(body):
    assert compare(content(body=body), content(body=body)) == []


@given(BODY, st.sampled_from(EXCHANGES))
def test_no_change_of_structure_goes_without_a_mark(body, exchange):
    other = re.sub(*exchange, body)
    for old, new in ((body, other), (other, body)):
        for difference in compare(content(body=old), content(body=new)):
            assert {piece.kind for piece in difference.pieces} & {ADDED, REMOVED}


@given(BODY, BODY)
def test_two_texts_that_differ_in_anything_are_never_shown_as_equal(body, other):
    for difference in compare(content(body=body), content(body=other)):
        assert difference.notes or {piece.kind for piece in difference.pieces} & {ADDED, REMOVED}


def test_references_and_pictures_are_compared_whole():
    reference = {"citation": "Doe J. Pumps. 2020.", "doi": "10.1/a", "pmid": "", "url": ""}
    picture = {"id": 3, "place": "lead", "caption": "A pump.", "digest": "0", "alt": "Lines."}
    found = shown(
        content(references=[reference], pictures=[picture]),
        content(references=[{**reference, "doi": "10.1/b"}], pictures=[{**picture, "alt": "Curves."}]),
    )
    assert [kind for kind, _text in found["references"]] == [SAME, REMOVED, ADDED, SAME]
    assert (REMOVED, "Lines") in found["pictures"]


LINES = st.lists(st.text(alphabet="ab c", max_size=8).filter(lambda line: "\n" not in line), max_size=8)


@given(LINES, LINES)
def test_both_texts_can_be_read_out_of_the_pieces(old, new):
    found = list(pieces(old, new))
    assert words(found, REMOVED) == "".join("".join(old).split())
    assert words(found, ADDED) == "".join("".join(new).split())


def words(found: list[Piece], kind: str) -> str:
    return "".join("".join(piece.text for piece in found if piece.kind in (kind, SAME)).split())


@pytest.mark.parametrize(
    "body", ["<p>" + "word " * 100_000 + "</p>", "<p>" + "x" * 1_000_000 + "</p>", "<p>שלום עולם</p>"]
)
def test_long_and_foreign_texts_are_compared(body):
    [difference] = compare(content(body=body), content(body=body.replace("</p>", " end</p>")))
    assert any(piece.kind == ADDED for piece in difference.pieces)


@pytest.mark.django_db
def test_a_real_article_compares_with_itself_as_equal():
    article = factories.publishable_article()
    stored = article.revisions.get().content
    assert compare(stored, snapshot.content_of(article)) == []
