"""The desk: saving loses nothing, and a sign-off is given by the right person to the text that they read."""

import pytest

from articles.models import Article, Contributor, Review
from articles.publishing import desk
from articles.publishing.desk import DeskRefused
from tests import factories

pytestmark = pytest.mark.django_db


def problems(deed) -> list[str]:
    with pytest.raises(DeskRefused) as refused:
        deed()
    return [*refused.value.problems]


def test_every_changed_save_keeps_a_revision_and_raises_the_version():
    article, by = factories.ArticleFactory(), factories.UserFactory()
    numbers = []
    for title in ("One", "Two", "Two", "One"):
        article.title = title
        numbers.append(desk.save(article, by=by).number)
    assert (numbers, article.version) == ([1, 2, 2, 3], 4)
    newest = article.revisions.order_by("-number").first()
    assert (newest.content["title"], newest.by) == ("One", by)


def test_a_draft_saves_however_incomplete_and_gets_an_address():
    article = Article(title="What is pain?")
    desk.save(article, by=None)
    again = Article(title="What is pain?")
    desk.save(again, by=None)
    assert (article.slug, again.slug) == ("what-is-pain", "what-is-pain-2")


@pytest.mark.parametrize("title", ["", "  ", "[Title wanted]", "?!"])
def test_a_draft_without_a_word_to_name_it_keeps_no_address(title):
    article = Article(title=title)
    desk.save(article, by=None)
    assert article.slug == ""
    article.title = "What is pain?"
    desk.save(article, by=None)
    assert article.slug == "what-is-pain"


def test_an_address_that_an_older_edition_had_is_not_given_to_another():
    edition = factories.print_edition(slug="pumps")
    Article.objects.filter(pk=edition.article_id).update(slug="moved")
    other = Article(title="Pumps")
    desk.save(other, by=None)
    assert other.slug == "pumps-2"


def test_a_sign_off_keeps_who_signed_as_they_were_that_day():
    article = factories.publishable_article(signed=False)
    reviewer = factories.ReviewerFactory(name="Ada Rey", credentials="MD", interests="Shares in Pump Co.")
    review = factories.sign(article, reviewer, comments="Fine.")
    factories.change(reviewer, name="A. Rey-Lund", credentials="")
    factories.rewrite(Contributor.objects.filter(pk=reviewer.pk), interests="None")
    review.refresh_from_db()
    assert (review.full_name, review.interests, review.decision) == ("Ada Rey, MD", "Shares in Pump Co.", "approved")
    assert review.due_on == review.decided_at.date().replace(year=review.decided_at.year + 2)


def test_asking_for_changes_sets_no_date_and_signs_nothing():
    article = factories.publishable_article(signed=False)
    desk.submit(article, by=factories.UserFactory(role="Author"))
    review = factories.sign(article, decision=Review.CHANGES, comments="The dose is wrong.")
    article.refresh_from_db()
    assert (review.due_on, article.submitted_at) == (None, None)
    assert not Review.objects.approving(article, review.signed_digest).exists()


def test_nobody_signs_what_they_wrote():
    article = factories.publishable_article(signed=False)
    author = article.authors.get()
    factories.change(author, user_id=factories.UserFactory(role="Medical reviewer").pk, is_medical_reviewer=True)
    said = problems(lambda: factories.sign(article, author))
    assert said == [f"{author} is an author of this article, and no one can sign off on their own work."]


def test_nobody_signs_what_they_edited():
    article = factories.publishable_article(signed=False)
    reviewer = factories.ReviewerFactory()
    article.title = "Edited by the reviewer"
    desk.save(article, by=reviewer.user)
    article.title = "Edited again by somebody else"
    desk.save(article, by=None)
    assert problems(lambda: factories.sign(article, reviewer)) == [
        f"{reviewer} edited this article, and no one can sign off on their own work."
    ]


def test_a_text_that_changed_since_it_was_opened_is_not_signed():
    article = factories.publishable_article(signed=False)
    opened = article.revisions.get()
    article.standfirst = "Changed while the reviewer read."
    desk.save(article, by=None)
    reviewer = factories.ReviewerFactory()
    said = problems(lambda: desk.sign_off(opened, by=reviewer.user))
    assert said == ["The text changed since you opened it. Please read the new version."]
    assert not Review.objects.exists()


def test_every_reason_not_to_sign_is_told_at_once():
    article = factories.publishable_article(signed=False)
    someone = factories.ContributorFactory(name="Ann Lee")
    said = problems(
        lambda: desk.sign_off(article.revisions.get(), by=factories.UserFactory(role="Author"), reviewer=someone)
    )
    assert said == [
        "You don’t have permission to sign off on articles.",
        "Only the reviewer can sign off, from their own account.",
        "Ann Lee isn’t a medical reviewer.",
    ]


def test_an_account_without_a_person_signs_nothing():
    article = factories.publishable_article(signed=False)
    by = factories.UserFactory(role="Medical reviewer")
    assert problems(lambda: desk.sign_off(article.revisions.get(), by=by)) == [
        "Your account isn’t linked to a contributor, so you can’t sign off."
    ]


def test_submitting_needs_leave():
    article = factories.publishable_article(signed=False)
    by = factories.UserFactory(role="Newsletter editor")
    assert problems(lambda: desk.submit(article, by=by)) == ["You don’t have permission to submit articles for review."]
