"""Deleting a draft on the desk: one question, an undo, and the list of what was deleted."""

import pytest
from django.urls import reverse

from articles.models import Article, Comment
from articles.publishing import deletions
from articles.publishing.desk import DELETED
from tests import factories
from tests.admin.conftest import change_url, form_of
from tests.admin.pressing import said, signed_in

pytestmark = pytest.mark.django_db
LIST = reverse("admin:articles_article_changelist")


def url(name, *args):
    return reverse(f"admin:articles_article_{name}", args=args)


@pytest.fixture
def article():
    return factories.publishable_article(title="Heat", slug="heat", signed=False)


def rows(page):
    return [str(row) for row in page.context["cl"].result_list]


def test_one_question_then_undo(client, article):
    signed_in(client, "Editor")
    assert "Delete this draft" in client.get(change_url(article)).content.decode()
    assert "Delete the draft" in client.get(url("confirm", article.pk, "delete_draft")).content.decode()
    page = client.post(url("delete_draft", article.pk), follow=True)
    assert (rows(page), list(page.context["undo"])) == ([], [article])
    assert "“Heat” was deleted." in page.content.decode()
    page = client.post(url("put_back"), {"article": article.pk}, follow=True)
    assert (rows(page), said(page), page.context["undo"]) == (["Heat"], ["“Heat” is back."], [])
    page = client.post(url("put_back"), {"article": ["x", article.pk]}, follow=True)
    assert said(page) == ["“Heat” isn’t deleted."]
    assert said(client.post(url("put_back"), {"article": 0}, follow=True)) == ["This draft is gone for good."]


def test_the_list_of_deleted_drafts_says_until_when_they_can_be_put_back(client, article, time_machine):
    time_machine.move_to("2026-11-20T10:00:00Z", tick=False)
    user = signed_in(client, "Editor")
    deletions.delete(article, by=user)
    page = client.get(f"{LIST}?state=deleted")
    html = page.content.decode()
    assert rows(page) == ["Heat"]
    assert f"November 20, 2026 by {user}" in html
    assert "Goes for good on December 20, 2026" in html
    assert f'name="article" value="{article.pk}"' in html
    assert rows(client.get(LIST)) == []
    groups = client.get(reverse("admin:search"), {"q": "Heat"}).context["groups"]
    assert "Articles" not in [group.name for group in groups]


def test_an_author_is_offered_to_delete_their_own_drafts_alone(client, article):
    user = signed_in(client, "Author")
    assert "Delete this draft" not in client.get(change_url(article)).content.decode()
    page = client.get(url("confirm", article.pk, "delete_draft")).content.decode()
    assert "You don’t have permission to delete it." in page
    page = client.post(url("delete_draft", article.pk), follow=True)
    assert said(page) == ["“Heat” can’t be deleted. You don’t have permission to delete it."]
    article.authors.add(factories.ContributorFactory(user=user))
    assert "Delete this draft" in client.get(change_url(article)).content.decode()


def test_what_is_on_record_says_why_it_stays(client):
    signed_in(client, "Editor")
    signed = factories.publishable_article()
    assert "Delete this draft" not in client.get(change_url(signed)).content.decode()
    page = client.get(url("confirm", signed.pk, "delete_draft")).content.decode()
    assert "A medical reviewer’s decision on it is on record, so it’s kept." in page


def test_what_somebody_types_while_the_draft_is_deleted_is_kept_with_it(client, article):
    user = signed_in(client, "Editor")
    sent = form_of(client, change_url(article), title="Heat and cold")
    deletions.delete(article, by=factories.editor())
    typed = {"title": "Heat, typed", "body": article.body, "based_on": sent["based_on"]}
    assert client.post(url("autosave", article.pk), typed).json()["saved_since"] == DELETED
    page = client.post(change_url(article), sent, follow=True)
    sentence = "“Heat” was deleted. What you typed is kept with it. Put it back to go on with it."
    assert (said(page), rows(page)) == ([sentence], ["Heat"])
    newest = article.revisions.get(number=3)
    assert (newest.by, newest.is_autosave, newest.content["title"]) == (user, True, "Heat and cold")
    assert Article.everything.get().title == "Heat"


def test_buttons_of_a_page_that_was_open_do_nothing_to_a_deleted_draft(client, article):
    signed_in(client, "Editor")
    deletions.delete(article, by=factories.editor())
    assert DELETED in said(client.post(url("submit", article.pk), follow=True))
    assert DELETED in said(client.post(url("restore", article.pk), {"revision": 1}, follow=True))
    assert DELETED in said(client.post(url("comment", article.pk), {"text": "Which trial?"}, follow=True))
    assert not Comment.objects.exists()
    assert client.get(url("confirm", article.pk, "publish")).status_code == 404


def test_who_may_not_see_articles_neither_deletes_nor_puts_back(client, article):
    client.force_login(factories.UserFactory())
    assert client.post(url("delete_draft", article.pk)).status_code == 403
    assert Article.objects.get() == article
    deletions.delete(article, by=factories.editor())
    assert client.post(url("put_back"), {"article": article.pk}).status_code == 403
    assert not Article.objects.exists()
