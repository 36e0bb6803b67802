"""The same for several articles: what will happen to each is said first, and what can't is left as it is."""

import pytest
from django.urls import reverse

from articles.models import Article, Notice, Topic
from articles.models.page_type import PAGE
from articles.publishing import desk
from tests import factories
from tests.admin.pressing import said, signed_in

pytestmark = pytest.mark.django_db
LIST = reverse("admin:articles_article_changelist")


def chosen(client, action, *articles):
    """The page that asks."""
    return client.post(LIST, {"action": action, "_selected_action": [article.pk for article in articles], "index": 0})


def done(client, name, *articles, **fields):
    sent = {"article": [article.pk for article in articles], **fields}
    return client.post(reverse("admin:articles_article_bulk", args=[name]), sent, follow=True)


def asked(page):
    context = page.context
    able = sorted(str(article) for article, _state, _reasons in context["able"])
    return context["title"], able, {str(article): reasons for article, _state, reasons in context["unable"]}


def draft(title, **kwargs):
    return factories.publishable_article(title=title, signed=False, **kwargs)


def test_drafts_are_deleted_together_and_put_back_together(client):
    signed_in(client, "Editor")
    articles = draft("Heat"), draft("Cold"), factories.publishable_article(title="Signed")
    title, able, unable = asked(chosen(client, "delete", *articles))
    assert (title, able) == ("Delete 2 articles?", ["Cold", "Heat"])
    assert unable == {"Signed": ["A medical reviewer’s decision on it is on record, so it’s kept."]}
    page = done(client, "delete", *articles)
    assert "2 drafts were deleted." in page.content.decode()
    reason = "A medical reviewer’s decision on it is on record, so it’s kept."
    assert said(page) == [f"“Signed” can’t be deleted. {reason}"]
    page = client.post(
        reverse("admin:articles_article_put_back"), {"article": [row.pk for row in page.context["undo"]]}, follow=True
    )
    assert (said(page), Article.objects.count()) == (["2 drafts are back."], 3)


def test_articles_are_assigned_together(client):
    signed_in(client, "Editor")
    articles = draft("Heat"), draft("Cold")
    writer = factories.UserFactory(role="Author", first_name="Tom", last_name="Ward")
    page = chosen(client, "assign", *articles)
    assert "Tom Ward" in page.content.decode()
    assert asked(page) == ("Assign 2 articles?", ["Cold", "Heat"], {})
    page = done(client, "assign", *articles, to=writer.pk, due_on="2026-12-24")
    assert said(page) == ["2 articles assigned."]
    assert set(Article.objects.values_list("assigned_to", "due_on__day")) == {(writer.pk, 24)}
    page = done(client, "assign", *articles, to=writer.pk, due_on="Christmas")
    assert page.status_code == 422
    assert asked(page) == ("Assign 2 articles?", ["Cold", "Heat"], {})
    assert 'value="Christmas"' in page.content.decode()


def test_a_topic_is_added_to_those_that_can_have_one_as_a_revision_of_each(client):
    user = signed_in(client, "Editor")
    topic = Topic.objects.create(name="Warmth", slug="warmth")
    heat, cold, page = draft("Heat"), draft("Cold"), draft("Privacy", page_type=PAGE)
    heat.topics.add(topic)
    desk.save(heat, by=user)
    title, able, unable = asked(chosen(client, "topic", heat, cold, page))
    assert (title, able) == ("Add a topic to 2 articles?", ["Cold", "Heat"])
    assert unable == {"Privacy": ["It’s a site page, and those have none."]}
    assert done(client, "topic", heat, cold).status_code == 422
    answer = done(client, "topic", heat, cold, page, topic=topic.pk)
    assert sorted(said(answer)) == [
        "Topic added to 1 article.",
        "“Heat” has the topic “Warmth” already.",
        "“Privacy” gets no topic. It’s a site page, and those have none.",
    ]
    assert cold.revisions.first().content["topics"] == [{"name": "Warmth", "slug": "warmth"}]


def test_a_review_is_asked_for_again_but_of_what_waits_for_one(client):
    user = signed_in(client, "Author")
    factories.ReviewerFactory(user__email="ada@example.org")
    waiting, signed = draft("Waiting"), factories.publishable_article(title="Signed")
    desk.submit(waiting, by=user)
    title, able, unable = asked(chosen(client, "review", waiting, signed))
    assert (title, able) == ("Ask again for a medical review of 1 article?", ["Signed"])
    assert unable == {"Waiting": ["It’s waiting for a medical review already."]}
    assert said(done(client, "review", signed)) == ["Review asked for 1 article."]
    assert Notice.objects.get(user__email="ada@example.org").sentence == "“Signed” waits for a medical review."
    assert said(done(client, "review", signed)) == ["“Signed”: It’s waiting for a medical review already."]


def test_at_most_a_hundred_at_a_time_and_nothing_by_those_who_may_not(client, monkeypatch):
    signed_in(client, "Editor")
    articles = draft("Heat"), draft("Cold")
    monkeypatch.setattr("articles.admin.bulk.MOST", 1)
    client.post(LIST, {"action": "delete", "_selected_action": [each.pk for each in articles], "index": 0})
    assert said(client.get(LIST)) == ["Choose at most 1 articles at a time."]
    assert client.post(reverse("admin:articles_article_bulk", args=["burn"])).status_code == 404
    signed_in(client, "Medical reviewer")
    assert done(client, "delete", *articles).status_code == 403
    assert "_selected_action" not in client.get(LIST).content.decode()
