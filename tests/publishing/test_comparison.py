"""What changed between two states, word by word: nothing is missed, and nothing is made up."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.publishing import snapshot
from articles.publishing.comparison import ADDED, REMOVED, SAME, Piece, compare, pieces
from tests import factories


def content(**changes):
    empty = {"references": [], "pictures": [], "byline": [], "topics": [], "section": "treatments"}
    words = dict.fromkeys(("title", "slug", "standfirst", "body", "closing_question", "disclosure"), "")
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
        ("<p>5 mg</p>", "<p>50 mg</p>"),
        ("<p>la douleur</p>", '<p><span lang="fr">la douleur</span></p>'),
        ('<h2 lang="es">Dolor</h2>', '<h2 lang="pt">Dolor</h2>'),
    ],
)
def test_what_a_reader_would_see_differently_is_shown(old, new):
    [difference] = compare(content(body=old), content(body=new))
    assert {piece.kind for piece in difference.pieces} > {SAME}


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
