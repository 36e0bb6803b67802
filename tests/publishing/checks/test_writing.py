"""What a text itself lacks is found at its place, and what only resembles it is let through."""

from datetime import timedelta
from itertools import chain

import pytest
from django.utils import timezone

from articles.models import Article, Byline, Term
from articles.publishing import checks, desk, press
from articles.richtext import readability
from tests import factories
from tests.publishing.judging import about, found

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("change", "finding"),
    [
        ({"title": ""}, ("title.placeholder", "title")),
        ({"title": "Untitled"}, ("title.placeholder", "title")),
        ({"title": f"{Article.PLACEHOLDER} For people whose back hurts"}, ("title.placeholder", "title")),
        ({"slug": ""}, ("address.missing", "slug")),
        ({"section": None}, ("section.missing", "section")),
        ({"standfirst": " \n"}, ("standfirst.missing", "standfirst")),
        ({"disclosure": ""}, ("disclosure.missing", "disclosure")),
    ],
)
def test_a_field_that_is_missing_is_found_at_its_place(change, finding):
    article = factories.publishable_article(in_section="news")
    Article.objects.filter(pk=article.pk).update(**change)
    article.refresh_from_db()
    assert found(article) == [finding]


@pytest.mark.parametrize("title", ["Titles in medicine", "Drafting a plan", "What a test can tell", "X-rays"])
def test_a_title_that_only_resembles_a_placeholder_is_let_through(title):
    assert found(factories.publishable_article(in_section="news", title=title)) == []


def test_nobody_named_as_author_is_found():
    article = factories.publishable_article()
    Byline.objects.all().delete()
    assert found(article) == [("byline.missing", "byline")]


def test_an_address_that_is_live_elsewhere_is_taken():
    edition = factories.print_edition(in_section="news", slug="pumps")
    Article.objects.filter(pk=edition.article_id).update(slug="moved")
    article = factories.publishable_article(in_section="news", slug="pumps")
    assert found(article) == [("address.taken", "slug")]


def test_an_address_that_ever_was_public_is_taken_and_the_finding_names_its_article():
    edition = factories.print_edition(in_section="news", slug="pumps", title="Pumps")
    moved = edition.article
    moved.slug, moved.title = "moved", "Pumps, moved"
    desk.save(moved, by=None)
    press.publish(moved, by=factories.editor())
    press.withdraw(moved, by=factories.editor(), note="Wrong.")
    article = factories.publishable_article(in_section="news", slug="pumps")
    message = "“pumps” is an address of “Pumps”, and links lead there. Choose a different address."
    assert [finding.message for finding in checks.run(article) if finding.is_error] == [message]


def test_an_address_that_an_article_had_before_is_its_own():
    edition = factories.print_edition(in_section="news", signed=False, slug="pumps")
    for slug in ("moved", "pumps"):
        article = edition.article
        article.slug = slug
        desk.save(article, by=None)
        assert press.publish(article, by=factories.editor()).slug == slug


def test_an_address_that_was_only_scheduled_and_taken_off_is_free():
    later = timezone.now() + timedelta(days=1)
    edition = factories.print_edition(in_section="news", signed=False, slug="pumps", at=later)
    article = factories.publishable_article(in_section="news", signed=False, slug="other")
    Article.objects.filter(pk=edition.article_id).update(slug="moved")
    Article.objects.filter(pk=article.pk).update(slug="pumps")
    article.refresh_from_db()
    assert found(article) == [("address.taken", "slug")]
    press.unschedule(edition, by=edition.by)
    assert found(article) == []


@pytest.mark.parametrize(
    ("slug", "lacking", "expected"),
    [("treatments", "Risks", 1), ("treatments", "Benefits", 1), ("conditions", "Risks", 0), ("news", "Risks", 0)],
)
def test_treatments_name_benefits_and_risks_in_headings(slug, lacking, expected):
    article = factories.publishable_article(in_section=slug, body=factories.BODY.replace(lacking, "Something else"))
    assert found(article) == [("structure.risks", "body")] * expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<h2>A</h2><h3>B</h3><h2>C</h2>", 0),
        ("<h3>A</h3>", 1),
        ("<h2>A</h2><h4>B</h4>", 1),
        ("<h2></h2><p>x</p>", 1),
        ("<h2>A</h2><h3>B</h3><h4>C</h4><h2>D</h2>", 0),
    ],
)
def test_headings_go_down_one_rank_at_a_time(body, expected):
    article = factories.publishable_article(in_section="news", signed=False, body=f"<p>Words.</p>{body}")
    assert found(article) == [("heading.order", "body")] * expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("the label of gabapentin", 0),
        ("Here is the guideline", 0),
        ("click here", 1),
        ("Read more…", 1),
        ("here", 1),
        ("https://example.org/x", 1),
        ("", 1),
    ],
)
def test_a_link_says_where_it_leads(words, expected):
    body = f'<p>Words. <a href="https://example.org/">{words}</a></p>'
    article = factories.publishable_article(in_section="news", signed=False, body=body)
    assert found(article) == [("link.text", "body")] * expected


def test_a_hard_text_is_only_advised_on():
    hard = "Notwithstanding considerable heterogeneity, multidisciplinary rehabilitation demonstrated statistically "
    hard += "significant improvements across predominantly self-reported functional outcomes internationally."
    [finding] = checks.run(about(hard * 8))
    assert (finding.id, finding.level) == ("reading.level", "warning")


def test_terms_of_the_glossary_and_their_synonyms_are_nobodys_fault():
    """With the glossary's words counted as easy ones, the same text reads at a lower grade."""
    sentence = "Allodynia and dysesthesia may follow radiculopathy, and transcutaneous stimulation may help. "
    body = f"<p>{sentence * 20}</p>"
    article = factories.publishable_article(body=body)
    draft = checks.Draft.of(article)
    assert {"allodynia", "tic douloureux", "ziconotide"} <= set(chain(*draft.terms()))
    with_terms = readability.measure_text(draft.text.plain, *draft.terms())
    Term.objects.all().delete()
    without = readability.measure_text(draft.text.plain, *checks.Draft.of(article).terms())
    assert with_terms.grade == without.grade
    assert with_terms.grade_without_terms < without.grade_without_terms - 2
