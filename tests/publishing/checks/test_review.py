"""A sign-off counts for exactly the text that was signed, by somebody who did not write it, until it is due."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from articles.models import Article, Byline, Contributor, Reference
from tests import factories
from tests.publishing.judging import found

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("slug", "expected"), [("conditions", 1), ("treatments", 1), ("news", 0)])
def test_sections_that_ask_for_a_review_get_one(slug, expected):
    article = factories.publishable_article(in_section=slug, signed=False)
    assert found(article) == [("review.missing", "review")] * expected


@pytest.mark.parametrize(
    "change",
    [
        lambda article: Article.objects.filter(pk=article.pk).update(title="Intrathecal pumps, again"),
        lambda article: Article.objects.filter(pk=article.pk).update(standfirst="Another."),
        lambda article: Article.objects.filter(pk=article.pk).update(body=factories.BODY.replace("may", "will")),
        lambda article: Reference.objects.filter(article=article).update(citation="Roe R. Pumps. 2021."),
        lambda article: Article.objects.filter(pk=article.pk).update(lead_image=factories.CreditFactory().image),
    ],
)
def test_a_sign_off_does_not_outlive_a_change_of_what_was_signed(change):
    article = factories.publishable_article()
    change(article)
    article.refresh_from_db()
    assert found(article) == [("review.missing", "review"), ("review.stale", "review")]


def test_a_sign_off_outlives_a_change_of_what_a_reviewer_does_not_vouch_for():
    article = factories.publishable_article()
    Article.objects.filter(pk=article.pk).update(
        slug="elsewhere", closing_question="Would you?", disclosure="None at all."
    )
    article.refresh_from_db()
    assert found(article) == []


def test_a_request_for_changes_is_no_approval():
    article = factories.publishable_article(signed=False)
    factories.sign(article, decision="changes", comments="The dose is wrong.")
    assert found(article) == [("review.missing", "review")]


def test_a_reviewer_who_is_made_an_author_later_does_not_count_any_more():
    article = factories.publishable_article()
    Byline.objects.create(article=article, contributor=Contributor.objects.get(is_medical_reviewer=True), position=2)
    assert found(article) == [("review.missing", "review"), ("review.stale", "review")]


def test_a_review_that_is_overdue_is_asked_for_again():
    article = factories.publishable_article()
    with time_machine.travel(timezone.now() + timedelta(days=732), tick=False):
        assert found(article) == [("review.expired", "review")]
