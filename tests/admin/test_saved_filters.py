"""Filters that somebody named: above their own list, in their own words, until they delete them."""

import pytest
from django.urls import reverse

from articles.models import SavedFilter
from tests import factories
from tests.admin.pressing import said, signed_in

pytestmark = pytest.mark.django_db
LIST = reverse("admin:articles_article_changelist")


def save(client, name, query):
    sent = {"name": name, "query": query}
    return client.post(reverse("admin:articles_article_save_filter"), sent, follow=True)


def chips(page):
    return [(each.name, each == page.context["is_saved"]) for each in page.context["saved_filters"]]


def test_named_filters_are_offered_above_the_list_to_who_named_them_and_deleted_there(client):
    user = signed_in(client, "Editor")
    offered = client.get(LIST, {"state": "draft", "q": "heat", "p": "1"})
    assert offered.context["present_filter"] == "q=heat&state=draft"
    assert "Save these filters as" in offered.content.decode()
    page = save(client, " My  drafts ", "state=draft&q=heat")
    assert (said(page), chips(page)) == (["Saved as “My drafts”."], [("My drafts", True)])
    assert page.request["QUERY_STRING"] == "q=heat&state=draft"
    assert chips(save(client, "My drafts", "state=live")) == [("My drafts", True)]
    assert chips(client.get(LIST)) == [("My drafts", False)]
    kept = SavedFilter.objects.get()
    assert (kept.user, kept.query) == (user, "state=live")
    signed_in(client, "Editor")
    assert chips(client.get(LIST)) == []
    forget = reverse("admin:articles_article_delete_filter")
    client.post(forget, {"filter": kept.pk})
    client.force_login(user)
    assert chips(client.get(LIST)) == [("My drafts", False)]
    assert chips(client.post(forget, {"filter": kept.pk}, follow=True)) == []


def test_what_cannot_be_kept_is_said_in_a_sentence(client, monkeypatch):
    signed_in(client, "Editor")
    nothing = "Choose filters or search first, then give them a name."
    assert said(save(client, "", "state=draft")) == [nothing]
    assert said(save(client, "Mine", "p=2&state=")) == [nothing]
    assert said(save(client, "x" * 61, "state=draft")) == ["The name or the search is too long to keep."]
    monkeypatch.setattr("articles.admin.saved_filters.MOST", 0)
    assert said(save(client, "Mine", "state=draft")) == ["You have 0 saved filters. Delete one first."]
    assert not SavedFilter.objects.exists()


def test_who_may_not_see_articles_keeps_no_filters_of_them(client):
    client.force_login(factories.UserFactory())
    for name in ("save_filter", "delete_filter"):
        assert client.post(reverse(f"admin:articles_article_{name}")).status_code == 403
