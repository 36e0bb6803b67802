"""Nothing that could act stays in stored or shown HTML, on any write path; and what is kept is kept whole."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.models import Article
from articles.richtext import languages
from articles.richtext.policy import SPEAKING, STORED
from articles.richtext.sanitizer import clean, clean_page
from articles.richtext.text import plain_text

HOSTILE = [
    "<script>alert(1)</script>",
    "<p onclick='alert(1)'>x</p>",
    "<a href='javascript:alert(1)'>x</a>",
    "<a href='JaVaScRiPt&#58;alert(1)'>x</a>",
    "<a href='java\tscript:alert(1)'>x</a>",
    "<a href='data:text/html,<script>alert(1)</script>'>x</a>",
    "<a href='vbscript:x'>x</a>",
    "<p style='background:url(//evil.example)'>x</p>",
    "<svg><script>alert(1)</script></svg>",
    "<math><mtext></mtext><mglyph><style><img src=x onerror=alert(1)></style></mglyph></math>",
    "<img src=x onerror=alert(1)>",
    "<iframe src='//evil.example'></iframe>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>",
    "<form action='//evil.example'><input name=q></form>",
    "<object data='x'></object><embed src='x'><base href='//evil.example'>",
    "<meta http-equiv=refresh content='0;url=//evil.example'>",
    "<link rel=stylesheet href='//evil.example'>",
    "<style>@import '//evil.example'</style>",
    "<!--[if IE]><script>alert(1)</script><![endif]-->",
    "<p id='x' class='y' name='z'>x</p>",
    "<textarea><p>x</textarea><img src=x onerror=alert(1)>",
    "<p>\x00<scr\x00ipt>alert(1)</script></p>",
    "<a href='//evil.example' target='_blank' ping='//evil.example'>x</a>",
]
ACTS = re.compile(
    r"<(script|style|iframe|svg|math|object|embed|base|meta|link|form|input)|\son\w+\s*=|javascript:|style=", re.I
)


def test_a_callout_keeps_its_kind_and_no_other_class():
    html = '<aside class="caution"><p class="x">a</p></aside><aside class="box big"><p>b</p></aside>'
    assert clean(html) == '<aside class="caution"><p>a</p></aside><aside><p>b</p></aside>'


def test_a_figure_stands_for_a_video_or_audio_and_nothing_else():
    assert clean('<figure data-media="video" data-picture="7"></figure>') == (
        '<figure data-media="video" data-picture="7"></figure>'
    )
    assert clean('<figure data-media="game" data-picture="7"></figure>') == '<figure data-picture="7"></figure>'


BASE = "https://example.org/articles/pumps/"


@pytest.mark.parametrize(
    ("address", "whole"),
    [
        ("/topics/?page=2", "https://example.org/topics/?page=2"),
        ("#ref-1", f"{BASE}#ref-1"),
        ("../other/", "https://example.org/articles/other/"),
        ("//example.com/a", "https://example.com/a"),
        ("https://example.com/a b", "https://example.com/a b"),
        ("mailto:a@example.org", "mailto:a@example.org"),
    ],
)
def test_with_a_base_an_address_is_whole_wherever_the_text_is_read(address, whole):
    assert clean_page(f'<a href="{address}">href="/</a>', base=BASE) == f'<a href="{whole}">href="/</a>'
    picture = f'<img src="{address}" alt="src=&quot;/">'
    assert clean_page(picture, base=BASE) == picture.replace(address, whole)


@pytest.mark.parametrize("html", HOSTILE)
@pytest.mark.parametrize("cleaner", [clean, clean_page])
def test_nothing_that_acts_is_kept(html, cleaner):
    assert not ACTS.search(cleaner(html))


@pytest.mark.django_db
@pytest.mark.parametrize("html", HOSTILE)
def test_every_way_of_writing_an_article_cleans(html):
    article = Article.objects.create(title="A", body=html)
    saved = article.body
    Article.objects.bulk_create([Article(title="B", body=html)])
    Article.objects.filter(title="A").update(body=html)
    article.body = html
    Article.objects.bulk_update([article], ["body"])
    stored = list(Article.objects.values_list("body", flat=True))
    assert [*stored, saved] == [clean(html)] * 3
    assert not ACTS.search(saved)


def test_what_an_article_may_hold_is_kept_as_it_is():
    html = (
        "<h2>Risks</h2><p>A <strong>pump</strong> &amp; <em>more</em>.<sup>2</sup> H<sub>2</sub>O</p>"
        "<ul><li>one<ul><li>two</li></ul></li></ul><ol><li>three</li></ol><blockquote><p>said</p></blockquote>"
        '<table><caption>Doses</caption><thead><tr><th scope="col">a</th></tr></thead>'
        "<tbody><tr><td>1</td></tr></tbody></table>"
        '<p><a href="https://example.org/?a=1&amp;b=2" title="There">link</a><br>x</p>'
        '<figure data-picture="3"><figcaption>A pump.</figcaption></figure><hr>'
    )
    assert clean(html) == html


@pytest.mark.parametrize(
    "html", ["<H2><B><H2>", "<p><div><p>", "<a href='https://a.example'><b><a href='https://b.example'>x"]
)
def test_a_tag_that_is_taken_out_leaves_nothing_to_be_read_otherwise(html):
    assert clean(clean(html)) == clean(html)


TAGS = st.sampled_from([*sorted(STORED.tags), "script", "style", "svg", "div", "iframe", "title", "math", "noscript"])
PIECES = st.one_of(
    st.text(max_size=12),
    st.builds("<{}>".format, TAGS),
    st.builds("</{}>".format, TAGS),
    st.builds(
        "<{} {}={!r}>".format,
        TAGS,
        st.sampled_from(["href", "onclick", "src", "style", "data-picture"]),
        st.text(max_size=20),
    ),
    st.sampled_from(["<!--", "-->", "<![CDATA[", "]]>", "&lt;", "&#x3c;script&#x3e;", "<", ">", '"', "javascript:"]),
)


@given(st.lists(PIECES, max_size=20).map("".join))
def test_whatever_is_written_nothing_acts_and_cleaning_twice_changes_nothing(html):
    once = clean(html)
    assert clean(once) == once
    assert set(re.findall(r"<([a-z0-9]+)", once)) <= STORED.tags
    assert not re.search(r"<[^>]*\s(on\w+|style|class|id)=", once)
    for href in re.findall(r'<a [^>]*href="([^"]*)"', once):
        scheme = re.match(r"\s*([a-z][a-z0-9+.-]*):", href, re.IGNORECASE)
        assert scheme is None or scheme[1].lower() in STORED.schemes


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), max_size=60))
def test_plain_words_come_through_whole(words):
    from html import escape

    assert plain_text(clean(f"<p>{escape(words)}</p>")) == " ".join(words.split())


@pytest.mark.parametrize("tag", sorted(SPEAKING - {"caption", "td", "th", "figcaption", "li"}))
def test_words_in_another_language_say_so(tag):
    html = f'<{tag} lang="fr" dir="ltr">la douleur</{tag}>'
    assert clean(html) == html
    assert clean_page(html) == html


def test_items_cells_and_captions_say_their_language_too():
    html = '<ul><li lang="la">primum</li></ul><table><caption lang="es">Dolor</caption><tbody><tr>'
    html += '<th lang="de">Schmerz</th><td dir="rtl" lang="he">כאב</td></tr></tbody></table>'
    html += '<figure data-picture="3"><figcaption lang="it">Una pompa</figcaption></figure>'
    assert clean(html) == html


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("fr", "fr"),
        ("FR", "fr"),
        ("pt-br", "pt-BR"),
        ("ZH-hANT-tw", "zh-Hant-TW"),
        ("es-419", "es-419"),
        ("haw", "haw"),
        ("", None),
        ("f", None),
        ("french", None),
        ("fr_FR", None),
        ("fr-", None),
        (" fr", None),
        ("fr\n", None),
        ("fr-FR-x-private", None),
        ("x-klingon", None),
        ("ſr", None),
        ("fr-٤٥٦", None),
    ],
)
def test_a_language_tag_is_written_one_way_or_not_kept(written, kept):
    words = f'<span lang="{kept}">x</span>' if kept else "x"
    assert clean(f'<p><span lang="{written}">x</span></p>') == f"<p>{words}</p>"


@pytest.mark.parametrize(
    ("html", "cleaned"),
    [
        ("<p><span>x</span></p>", "<p>x</p>"),
        ('<p><span dir="rtl">x</span></p>', "<p>x</p>"),
        ('<p dir="ltr">x</p>', "<p>x</p>"),
        ('<p lang="en-US"><span lang="en-GB">x</span></p>', "<p>x</p>"),
        ('<p lang="fr"><span lang="fr">x</span></p>', '<p lang="fr">x</p>'),
        ('<p lang="fr">x <span lang="en">y</span></p>', '<p lang="fr">x <span lang="en">y</span></p>'),
        ('<p><span lang="fr" dir="up">x</span></p>', '<p><span lang="fr">x</span></p>'),
        ('<p><span><span lang="la">x</span> y</span></p>', '<p><span lang="la">x</span> y</p>'),
        ('<p><a title="lang=&quot;fr&quot;>" lang="xx1">x</a></p>', '<p><a title="lang=&quot;fr&quot;&gt;">x</a></p>'),
        ('<ul lang="fr"><li>x</li></ul>', "<ul><li>x</li></ul>"),
    ],
)
def test_a_language_is_kept_only_where_it_changes(html, cleaned):
    assert clean(html) == cleaned


SPOKEN = st.builds(
    "<{} {}={}>".format,
    st.sampled_from([*sorted(SPEAKING), "ul", "figure", "br"]),
    st.sampled_from(["lang", "dir", "LANG", "xml:lang"]),
    st.one_of(
        st.sampled_from(["fr", "EN-gb", "'zh-hant'", "'rtl'", "en", "'fr fr'", '"<span lang=la>"']),
        st.text(max_size=8).map(repr),
    ),
)


@given(st.lists(st.one_of(SPOKEN, PIECES), max_size=20).map("".join))
def test_no_malformed_language_comes_through_and_no_span_without_one(html):
    once = clean(html)
    assert clean(once) == once
    tags = languages.named(once)
    assert [languages.normal(tag) for tag in tags] == tags
    spans = re.findall(r'<span((?:"[^"]*"|[^">])*)>', once)
    assert all(" lang=" in span for span in spans)
    assert len(spans) == once.count("</span>")
    assert languages.named(clean_page(once)) == tags


# Texts that nobody wrote by hand --------------------------------------------------------------------------------------


def test_what_a_person_writes_is_never_too_deep():
    sloppy = "<ul>" + "<li>one" * 500 + "</ul>" + "<p>two" * 500 + "<table>" + "<tr><td>three" * 500 + "</table>"
    assert clean(sloppy).count("<li>") == clean(sloppy).count("<p>") == clean(sloppy).count("<td>") == 500
    deep = "<blockquote>" * 90 + "<p>x</p>" + "</blockquote>" * 90
    assert clean(deep) == deep


@pytest.mark.parametrize("entity", ["&#1;", "&#x1f;", "&#8;", "&#127;"])
def test_a_control_character_is_none_however_it_is_written(entity):
    assert clean(f"<p>a{entity}b</p>") == "<p>ab</p>"


@given(st.lists(st.one_of(PIECES, st.sampled_from(["&#1;", "&#0;", "&#x0b;", "&amp;#1;"])), max_size=20).map("".join))
def test_cleaning_twice_changes_nothing_more_whatever_entities_stand_for(html):
    assert clean(clean(html)) == clean(html)
