"""A sign-off counts for exactly the text that was signed, by somebody who did not write it, until it is due."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from articles.models import Article, Byline, Contributor, Reference
from articles.publishing import checks, desk, overrides, press
from tests import factories
from tests.publishing.judging import found, refusals

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


# Sections that require no review --------------------------------------------------------------------------------------

GABAPENTIN = "<p>Gabapentin can help.</p>"


def moved(article, **change):
    """To News, saved there without a sign-off."""
    Article.objects.filter(pk=article.pk).update(section=factories.section("news"), **change)
    article.refresh_from_db()
    desk.save(article, by=None)
    return article


def agreed_by_two(article, finding):
    override = overrides.ask(
        article, finding=finding.id, message=finding.message, reason="It is news now.", by=factories.editor()
    )
    overrides.agree(override, by=factories.editor())


@pytest.mark.parametrize("before", ["published", "unpublished", "changes requested", "signed, then rewritten"])
def test_an_article_that_a_section_wanted_reviewed_is_not_published_by_moving_it(before):
    article = factories.publishable_article(signed=before != "changes requested")
    if before == "changes requested":
        factories.sign(article, decision="changes", comments="The dose is wrong.")
    elif before != "signed, then rewritten":
        press.publish(article, by=factories.editor())
    if before == "unpublished":
        press.withdraw(article, by=factories.editor(), note="It was wrong.")
    moved(article, standfirst="Not what was signed.")
    for at in (None, timezone.now() + timedelta(days=1)):
        assert refusals(lambda at=at: press.publish(article, by=factories.editor(), at=at)) == ["review.moved"]


def test_a_move_that_a_second_editor_agreed_to_is_published_and_not_asked_about_again():
    article = moved(factories.print_edition().article, standfirst="Not what was signed.")
    [finding] = checks.run(article)
    assert (finding.id, finding.message) == (
        "review.moved",
        "This article was in Treatments, which requires a medical review. "
        "Ask for one, or ask a second editor to agree to publish it without.",
    )
    agreed_by_two(article, finding)
    assert press.publish(article, by=factories.editor()).review is None
    assert found(moved(article, standfirst="Another.")) == []


def test_a_signed_text_moves_with_its_signature():
    article = moved(factories.print_edition().article)
    assert press.publish(article, by=factories.editor()).review is not None


def test_a_draft_about_a_medicine_that_was_begun_under_treatments_is_not_published_as_news():
    article = factories.publishable_article(signed=False, body=factories.BODY + GABAPENTIN)
    assert found(moved(article)) == [("review.moved", "section")]
    assert found(moved(factories.publishable_article(signed=False))) == []
    assert found(factories.publishable_article(in_section="news", signed=False, body=GABAPENTIN)) == []


@pytest.mark.parametrize(
    "dose",
    [
        "Many begin with 300 mg of gabapentin.",
        "Take Neurontin, two capsules at night.",
        "Gabapentin: 1,200 milligrams a day.",
        "A 600-mg tablet of gabapentin is enough.",
    ],
)
def test_a_dose_of_a_medicine_is_read_by_a_reviewer_in_every_section(dose):
    article = factories.publishable_article(in_section="news", signed=False, body=f"<p>{dose}</p>")
    [finding] = checks.run(article)
    assert finding.id == "review.dose"
    assert finding.message.startswith(f"“{dose}” gives a dose of gabapentin")
    factories.sign(article)
    assert found(article) == []


@pytest.mark.parametrize(
    "words", ["Gabapentin was studied in 300 people.", "A bag of 5 g of sugar.", "Gabapentin is sold in 30 countries."]
)
def test_other_numbers_in_news_need_no_reviewer(words):
    article = factories.publishable_article(in_section="news", signed=False, body=f"<p>{words}</p>")
    assert [id for id, _where in found(article) if id.startswith("review.")] == []
