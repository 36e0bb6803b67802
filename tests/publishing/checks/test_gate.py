"""The gate as a whole: it tells everything at once, errors first, and no text is too much for it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.models import Article, ImageCredit
from articles.publishing import checks, desk
from articles.richtext.render import page_html
from tests import factories
from tests.publishing.judging import found, in_text

pytestmark = pytest.mark.django_db


def test_a_complete_article_has_no_findings():
    assert checks.run(factories.publishable_article()) == []


def test_an_empty_draft_saves_and_is_told_everything_it_lacks():
    article = Article.objects.create(section=factories.section())
    desk.save(article, by=None)
    assert [id for id, _where in found(article)] == [
        "title.placeholder",
        "address.missing",
        "body.missing",
        "standfirst.missing",
        "byline.missing",
        "disclosure.missing",
        "structure.risks",
        "structure.risks",
        "review.missing",
        "reference.none",
    ]


def test_errors_come_before_advice():
    article = factories.publishable_article(disclosure="")
    ImageCredit.objects.create(found_in=article, raw="Photo by Ann Lee")
    assert [finding.level for finding in checks.run(article)] == ["error", "warning"]


def test_the_number_of_queries_does_not_grow_with_the_article(django_assert_num_queries):
    long_enough_for_a_grade = factories.BODY + f"<p>{'It may help. ' * 40}</p>"
    small = factories.publishable_article(body=long_enough_for_a_grade)
    images = [factories.CreditFactory().image for _number in range(5)]
    large = factories.publishable_article(body=long_enough_for_a_grade + "".join(in_text(image) for image in images))
    small, large = (Article.objects.select_related("section").get(pk=one.pk) for one in (small, large))
    with CaptureQueriesContext(connection) as queries:
        checks.run(small)
    with django_assert_num_queries(len(queries) + 1):  # the pictures
        checks.run(large)


@pytest.mark.parametrize("times", [1, pytest.param(5, marks=pytest.mark.campaign)])
@pytest.mark.parametrize(
    ("before", "words", "after"),
    [
        ("<p>", "word " * 20_000, "</p>"),
        ("<p>", "x" * 200_000, "</p>"),
        ("<p>", "שלום עולם כאב " * 2_000, "</p>"),
        ("", "<h2>a</h2>" * 600, ""),
        ("<p>", "[1]" * 4_000, "</p>"),
    ],
    ids=["20,000 words", "one long word", "right to left", "headings", "citations"],
)
def test_any_text_is_judged_and_none_is_an_error(before, words, after, times):
    body = before + words * times + after
    article = factories.publishable_article(in_section="news", signed=False, body=body)
    assert not [finding for finding in checks.run(article) if finding.is_error]
    assert page_html(article.body, figures={}, references=1).html
