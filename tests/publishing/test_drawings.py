"""Labeled drawings in articles: what was signed stays what is shown, and readers of any kind get it in words."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from articles.models import Drawing
from articles.publishing import checks, drawings, links, snapshot, typos
from tests import factories

SVG = '<svg viewBox="0 0 9 9" class="dg"><path class="cord" d="M0 0h9v9z"/></svg>'


def drawing(*, checked=True, **kwargs):
    texts = {"title": "How a pump works", "svg": SVG, "words": "A round pump.", "creator": "Inside Pain Medicine"}
    row = Drawing(**{**texts, "license": "cc-by-4.0", **kwargs})
    by = factories.ContributorFactory(name="Tomas Reyk", credentials="MD") if checked else None
    return drawings.keep(row, checked_by=by, checked_on=date(2026, 11, 16) if checked else None)


def with_drawing(row):
    return factories.publishable_article(body=factories.BODY + figure(row))


def figure(row):
    return f'<figure data-drawing="{row.pk}"><figcaption>How a pump works</figcaption></figure>'


def published(row):
    return factories.print_edition(body=factories.BODY + figure(row))


def test_the_page_shows_the_drawing_its_words_its_license_and_who_checked_it(client, db):
    edition = published(drawing())
    html = client.get(edition.get_absolute_url()).content.decode()
    assert 'class="cord"' in html
    assert "<summary>The drawing in words</summary>" in html
    assert "A round pump." in html
    assert "Checked by Tomas Reyk, MD." in html
    assert 'href="https://creativecommons.org/licenses/by/4.0/">CC BY 4.0</a>' in html
    assert "articles/drawing.css" in html


def test_who_is_asked_to_sign_sees_the_drawing(client, db):
    article, reviewer = with_drawing(drawing()), factories.ReviewerFactory()
    revision = article.revisions.latest("number")
    made = {"review": links.for_review(revision, reviewer), "preview": links.for_preview(revision)}
    for kind, token in made.items():
        html = client.get(f"/{kind}/{token}/").content.decode()
        assert 'class="cord"' in html
        assert "articles/drawing" in html


def test_a_feed_has_its_title_and_its_words_with_a_link_and_no_svg(client, db):
    edition = published(drawing())
    feed = client.get("/feed/").content.decode()
    assert "How a pump works" in feed
    assert "A round pump." in feed
    assert f'{edition.get_absolute_url()}"&gt;The drawing is on the article’s page' in feed
    assert "svg" not in feed


def test_a_search_finds_the_title_of_a_drawing(db):
    assert "How a pump works" in published(drawing()).search_text


@pytest.mark.django_db
@pytest.mark.parametrize(
    "change", [{"svg": SVG.replace("9 9", "8 8")}, {"words": "x"}, {"title": "x"}, {"license": "x"}]
)
def test_no_row_changes_so_the_id_in_a_signed_text_says_which_drawing_it_is(change):
    row = drawing()
    with pytest.raises(IntegrityError, match="A drawing cannot be changed"), transaction.atomic():
        Drawing.objects.filter(pk=row.pk).update(**change)


def test_another_drawing_is_another_text_to_sign(db):
    first, second = drawing(), drawing(svg=SVG.replace("9 9", "8 8"))
    article = with_drawing(first)
    signed = snapshot.digest(snapshot.content_of(article))
    article.body = article.body.replace(f'data-drawing="{first.pk}"', f'data-drawing="{second.pk}"')
    assert snapshot.digest(snapshot.content_of(article)) != signed


def test_a_published_drawing_keeps_who_checked_it_and_is_not_deleted(db):
    row = drawing()
    published(row)
    with pytest.raises(drawings.DrawingsRefused):
        drawings.note_check(row, checked_by=None, checked_on=None)
    with pytest.raises(IntegrityError, match="A published drawing cannot be changed"), transaction.atomic():
        Drawing.objects.filter(pk=row.pk).update(checked_by=None, checked_on=None, checker="")
    with pytest.raises(IntegrityError, match="A published drawing cannot be deleted"), transaction.atomic():
        row.delete()


def test_who_checked_a_drawing_is_noted_until_it_is_published(db):
    row = drawing(checked=False)
    drawings.note_check(row, checked_by=factories.ContributorFactory(name="Ann Lee"), checked_on=date(2026, 11, 1))
    row.refresh_from_db()
    assert row.checker == "Ann Lee"


def test_a_drawing_is_followed_by_one_other_and_texts_keep_the_old_one(client, db):
    old = drawing()
    edition = published(old)
    new = drawings.keep(
        Drawing(title="t", svg=SVG.replace("cord", "bone"), words="w", creator="c", license="cc0-1.0"),
        checked_by=None,
        checked_on=None,
        following=old,
    )
    assert new.replaces == old
    assert 'class="cord"' in client.get(edition.get_absolute_url()).content.decode()
    with pytest.raises(drawings.DrawingsRefused, match="was replaced already"):
        drawings.keep(Drawing(title="t", svg=SVG, words="w"), checked_by=None, checked_on=None, following=old)


def findings(article):
    return {finding.id for finding in checks.examine(checks.Draft.of(article)) if finding.is_error}


def test_a_drawing_that_nobody_checked_or_that_does_not_exist_stands_in_the_way(db):
    row = drawing(checked=False)
    assert "drawing.unchecked" in findings(with_drawing(row))
    row.pk += 100
    assert "drawing.missing" in findings(with_drawing(row))
    assert not {"drawing.unchecked", "drawing.missing"} & findings(with_drawing(drawing()))


def test_a_drawing_takes_one_query_when_its_page_is_made_and_none_when_it_is_found_again(client, db):
    plain, drawn = factories.print_edition(), published(drawing())
    client.get(factories.print_edition().get_absolute_url())  # what every article's page needs is read

    def queries(edition):
        with CaptureQueriesContext(connection) as captured:
            client.get(edition.get_absolute_url())
        return len(captured)

    assert queries(drawn) == queries(plain) + 1
    assert queries(drawn) == queries(plain)


def test_another_drawing_is_no_typo(db):
    """What a fix of a typo may change is words; a drawing in the place of another wants a new sign-off."""
    first, second = drawing(), drawing(svg=SVG.replace("9 9", "8 8"))
    old, new = (
        {**snapshot.content_of(with_drawing(first)), "body": f"<p>A</p>{figure(row)}"} for row in (first, second)
    )
    assert typos.problems(old, {**new, **{key: old[key] for key in old if key != "body"}}, names=[], terms=[])
