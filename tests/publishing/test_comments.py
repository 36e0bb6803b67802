"""Comments on an article: kept with the words they are about, answered, resolved, and told to those it concerns."""

import pytest

from articles.models import Comment, Notice
from articles.publishing import comments, desk, links
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def article():
    article = factories.publishable_article(title="Heat")
    article.created_by = factories.UserFactory(role="Author", email="author@example.org", first_name="Mara")
    desk.save(article, by=article.created_by)
    return article


def newest(article):
    return article.revisions.order_by("-number").first()


def told(user):
    return list(Notice.objects.filter(user=user, kind=Notice.COMMENTED).values_list("sentence", flat=True))


def test_a_comment_is_kept_with_its_words_and_reaches_whose_article_it_is(article):
    editor = factories.UserFactory(role="Editor", first_name="Tom", email="tom@example.org")
    made = comments.comment(newest(article), " Which trial? ", quote="It  may\nhelp.", by=editor)
    assert (made.quote, made.text, made.who) == ("It may help.", "Which trial?", "Tom")
    assert told(article.created_by) == ["Tom commented on “Heat”: Which trial?"]
    assert told(editor) == []
    assert comments.is_in(made.quote, article)
    assert comments.is_in("Some words about it.", article)
    assert not comments.is_in("It never helps.", article)


def test_an_answer_reaches_everybody_in_the_thread(article):
    editor = factories.UserFactory(role="Editor", first_name="Tom", email="tom@example.org")
    made = comments.comment(newest(article), "Which trial?", by=editor)
    answered = comments.answer(made, "The one of 2019.", by=article.created_by)
    again = comments.answer(answered, "Thanks.", by=editor)
    assert again.parent == made
    assert told(editor) == ["Mara answered a comment on “Heat”: The one of 2019."]
    [thread] = Comment.objects.threads()
    assert [each.text for each in thread.answers.all()] == ["The one of 2019.", "Thanks."]


def test_a_comment_is_resolved_once_and_can_be_opened_again(article):
    editor, other = factories.editor(), factories.editor()
    made = comments.comment(newest(article), "Which trial?", by=editor)
    comments.resolve(made, by=editor)
    comments.resolve(made, by=other)
    made.refresh_from_db()
    assert (made.resolved_by, Comment.objects.open().count()) == (editor, 0)
    comments.reopen(made)
    assert Comment.objects.open().count() == 1


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (" \n", "Write a comment first."),
        ("x" * 2001, "A comment has room for 2,000 characters, and this has 2,001."),
    ],
)
def test_what_cannot_be_kept_is_said_in_a_sentence(article, text, sentence):
    with pytest.raises(comments.CommentRefused, match=sentence):
        comments.comment(newest(article), text, by=factories.editor())


def test_comments_on_one_article_have_an_end(article, monkeypatch):
    monkeypatch.setattr(comments, "MOST", 1)
    comments.comment(newest(article), "One.", by=factories.editor())
    with pytest.raises(comments.CommentRefused, match="This article has 1 comments already"):
        comments.comment(newest(article), "Two.", by=factories.editor())


def test_a_long_quote_is_cut_and_a_comment_never_makes_its_writer_an_author(article):
    reviewer = factories.ReviewerFactory()
    made = comments.comment(newest(article), "Hm.", quote="x" * 900, by=reviewer.user)
    assert len(made.quote) == Comment.LONGEST_QUOTE
    assert not article.revisions.filter(by=reviewer.user).exists()


def test_the_comments_of_a_deleted_account_stay_without_its_name(article):
    user = factories.UserFactory(first_name="Gone")
    made = comments.comment(newest(article), "Hm.", by=user)
    user.delete()
    made.refresh_from_db()
    assert made.who == "A former colleague"


# Reviewers without an account -----------------------------------------------------------------------------------------


@pytest.fixture
def reviewer():
    return factories.ContributorFactory(
        name="Ada Rey", credentials="MD", is_medical_reviewer=True, email="ada@example.org"
    )


def test_a_reviewer_comments_on_sentences_by_their_link_and_decides_later(client, article, reviewer):
    address = f"/review/{links.for_review(newest(article), reviewer)}/"
    data = {"decision": "comment", "comment-0": "Which words?", "comment": "Good so far."}
    page = client.post(address, data)
    assert page.status_code == 200
    assert "The newsroom has your comments" in page.content.decode()
    assert 'value="approved"' in page.content.decode()
    quoted, whole = Comment.objects.threads()
    assert (quoted.quote, quoted.text, quoted.reviewer) == ("Some words about it.", "Which words?", reviewer)
    assert comments.is_in(quoted.quote, article)
    assert (whole.quote, whole.text, whole.who) == ("", "Good so far.", "Ada Rey")
    assert told(article.created_by) == [
        "Ada Rey commented on “Heat”: Which words?",
        "Ada Rey commented on “Heat”: Good so far.",
    ]
    client.post(address, data)
    assert Comment.objects.count() == 2
    comments.answer(quoted, "These.", by=article.created_by)
    assert "These." in client.get(address).content.decode()


def test_a_link_takes_no_empty_comment_and_none_that_is_too_long(client, article, reviewer):
    address = f"/review/{links.for_review(newest(article), reviewer)}/"
    for sent, sentence in (("", "Write a comment first."), ("x" * 2001, "A comment has room for 2,000 characters")):
        page = client.post(address, {"decision": "comment", "comment": sent})
        assert page.status_code == 422
        assert sentence in page.content.decode()
    assert sent in page.content.decode()
    assert not Comment.objects.exists()


def test_what_a_reviewer_wrote_beside_sentences_is_listed_when_they_decide(client, article, reviewer):
    address = f"/review/{links.for_review(newest(article), reviewer)}/"
    client.post(address, {"decision": "changes", "comment-0": "Which words?", "comment": "Too short."})
    assert [each.text for each in Comment.objects.all()] == ["Which words?"]


def test_another_site_sends_no_comment(client, article, reviewer):
    address = f"/review/{links.for_review(newest(article), reviewer)}/"
    page = client.post(address, {"decision": "comment", "comment": "Hm."}, headers={"sec-fetch-site": "cross-site"})
    assert page.status_code == 403
    assert not Comment.objects.exists()
