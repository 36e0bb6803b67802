"""Several people on one article's page: they comment, assign, take back, and choose what they are mailed."""

import pytest
from django.urls import reverse

from articles.models import Comment, Notice, ReviewTask
from articles.publishing import comments
from tests import factories
from tests.admin.conftest import change_url

pytestmark = pytest.mark.django_db


@pytest.fixture
def article():
    return factories.publishable_article(title="Heat", signed=False)


def signed_in(client, role="Editor", **kwargs):
    user = factories.UserFactory(role=role, **kwargs)
    client.force_login(user)
    return user


def url(name, article):
    return reverse(f"admin:articles_article_{name}", args=[article.pk])


@pytest.mark.parametrize("role", ["Author", "Medical reviewer", "Editor"])
def test_everybody_who_reads_the_article_can_comment_and_it_stays_in_the_history(client, article, role):
    user = signed_in(client, role, first_name="Tom")
    sent = {"text": "Which trial?", "quote": "It may help."}
    answer = client.post(url("comment", article), sent)
    assert answer["Location"] == change_url(article) + "#comments"
    made = Comment.objects.get()
    assert (made.by, made.quote, made.revision) == (user, "It may help.", article.revisions.get())
    client.post(url("answer_comment", article), {"comment": made.pk, "text": "The one of 2019."})
    assert "The one of 2019." in client.get(change_url(article)).content.decode()
    client.post(url("resolve_comment", article), {"comment": made.pk})
    history = client.get(url("history", article)).content.decode()
    for words in ("Which trial?", "It may help.", "The one of 2019.", "Resolved"):
        assert words in history
    client.post(url("resolve_comment", article), {"comment": made.pk, "open": 1})
    assert Comment.objects.open().count() == 1


def test_a_script_gets_the_list_alone_with_what_was_refused(client, article):
    signed_in(client)
    part = {"headers": {"x-part": "comments"}}
    page = client.post(url("comment", article), {"text": "Which trial?"}, **part)
    assert page.status_code == 200
    assert "Which trial?" in page.content.decode()
    assert "<html" not in page.content.decode()
    assert page.content.decode().count("Which trial?") == 1
    page = client.post(url("comment", article), {"text": "x" * 2001}, **part)
    assert page.status_code == 422
    assert "A comment has room for 2,000 characters" in page.content.decode()
    assert "x" * 2001 in page.content.decode()


def test_signs_that_no_database_keeps_are_left_out_of_a_comment(client, article):
    signed_in(client)
    client.post(url("comment", article), {"text": "Which\x00 trial?\r\n", "quote": "It\x00 may"})
    assert list(Comment.objects.values_list("text", "quote")) == [("Which trial?", "It may")]


def test_words_that_were_changed_since_are_said_to_be_gone(client, article):
    signed_in(client)
    client.post(url("comment", article), {"text": "Hm.", "quote": "No such words"})
    assert "These words are no longer in the text." in client.get(change_url(article)).content.decode()


@pytest.mark.parametrize("name", ["comment", "answer_comment", "resolve_comment", "assign", "take_back"])
def test_who_may_not_see_articles_does_nothing_with_them(client, article, name):
    client.force_login(factories.UserFactory())
    assert client.post(url(name, article), {"text": "x"}).status_code == 403
    signed_in(client)
    assert client.get(url(name, article)).status_code == 405


@pytest.mark.parametrize("sent", ["", "0", "x", "9" * 30, "²"])
def test_a_comment_that_is_not_there_is_not_found(client, article, sent):
    signed_in(client)
    other = factories.publishable_article()
    made = comments.comment(other.revisions.get(), "Hm.", by=factories.editor())
    for comment in (sent, made.pk):
        assert client.post(url("answer_comment", article), {"comment": comment, "text": "x"}).status_code == 404
        assert client.post(url("resolve_comment", article), {"comment": comment}).status_code == 404


def test_an_article_is_assigned_with_a_day(client, article):
    signed_in(client)
    writer = factories.UserFactory(role="Author", first_name="Mara", last_name="Lind")
    client.post(url("assign", article), {"assigned_to": writer.pk, "due_on": "2030-05-01"})
    page = client.get(change_url(article)).content.decode()
    assert "Assigned to Mara Lind, due" in page
    assert "May 1, 2030" in page
    client.post(url("assign", article), {"assigned_to": ""})
    article.refresh_from_db()
    assert (article.assigned_to, article.due_on) == (None, None)


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"due_on": "2030-02-31"}, "That isn’t a date. Choose a day, or leave it empty."),
        ({"due_on": "soon"}, "That isn’t a date. Choose a day, or leave it empty."),
        ({"assigned_to": "9999999"}, "Choose somebody who may write articles."),
    ],
)
def test_an_odd_assignment_changes_nothing_and_says_why(client, article, sent, sentence):
    signed_in(client)
    answer = client.post(url("assign", article), sent, follow=True)
    assert sentence in answer.content.decode()
    article.refresh_from_db()
    assert (article.assigned_to, article.due_on) == (None, None)


def test_a_review_is_asked_for_by_a_day_and_taken_back(client, article):
    signed_in(client)
    reviewer = factories.ReviewerFactory(name="Ada Rey", email="ada@example.org")
    client.post(url("ask_reviewer", article), {"reviewer": reviewer.pk, "due_on": "2030-05-01"})
    page = client.get(change_url(article)).content.decode()
    assert "Asked: Ada Rey, MD, due May 1, 2030." in " ".join(page.split())
    client.post(url("take_back", article))
    article.refresh_from_db()
    assert (article.submitted_at, ReviewTask.objects.open().count()) == (None, 0)


def test_each_person_chooses_what_they_are_mailed(client):
    user = signed_in(client, "Author")
    page = reverse("admin:notifications")
    assert client.get(page).content.decode().count(" checked") == len(Notice.KINDS)
    assert client.post(page, {"kinds": ["signed", "changes"]}).status_code == 302
    muted = set(user.muted_notices.values_list("kind", flat=True))
    assert muted == {kind for kind, _label in Notice.KINDS} - {"signed", "changes"}
    client.post(page, {"kinds": ["signed", "commented"]})
    assert not user.muted_notices.filter(kind="commented").exists()
    assert user.muted_notices.filter(kind="changes").exists()
    assert client.post(page, {"kinds": ["all of it"]}).status_code == 200
    assert "/admin/notifications/" in client.get(reverse("admin:index")).content.decode()
