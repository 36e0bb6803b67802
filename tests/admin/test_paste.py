"""Reading what is pasted, for the article's screen."""

import pytest
from django.urls import reverse

from articles.importing import pasting
from articles.models import Article, ImageCredit
from tests import factories
from tests.admin.conftest import change_url, form_of

pytestmark = pytest.mark.django_db
READ = "/admin/articles/article/read-paste/"


def signed_in(client, role="Author"):
    client.force_login(factories.UserFactory(role=role))


def test_a_paste_comes_back_as_text_with_an_account(client):
    assert reverse("admin:articles_read_paste") == READ
    signed_in(client)
    page = "<h1>Pumps</h1><p>A pump.</p><p>Image by A. Doe via Flickr</p><p>Share this</p>"
    answer = client.post(READ, {"html": page, "text": "Pumps", "whole": "1"}).json()
    assert (answer["html"], answer["title"]) == ("<p>A pump.</p>", "Pumps")
    assert answer["credits"] == ["Image by A. Doe via Flickr"]
    told = {each["what"]: each["kept"] for each in answer["told"]}
    assert told == {"title": True, "credit line": True, "share and print buttons": False}
    assert not Article.objects.exists()


def test_a_paste_that_is_too_long_is_refused_in_a_sentence(client, monkeypatch):
    monkeypatch.setattr(pasting, "LONGEST", 10)
    signed_in(client)
    answer = client.post(READ, {"html": "<p>More than ten.</p>"})
    assert (answer.status_code, answer.json()["problem"].split(",")[0]) == (413, "This is too long to be read")


def test_who_writes_no_articles_reads_no_pastes(client):
    signed_in(client, "Newsletter editor")
    assert client.post(READ, {"html": "<p>A pump.</p>"}).status_code == 403


def test_credit_lines_that_were_pasted_wait_once_the_article_is_saved(client):
    article = factories.publishable_article()
    signed_in(client, "Editor")
    form = {**form_of(client, change_url(article)), "pasted_credits": "Image by A. Doe via Flickr\r\n", "_continue": ""}
    client.post(change_url(article), form)
    assert ImageCredit.objects.get(found_in=article).creator == "A. Doe"
    assert "An old credit line has no picture" in client.get(change_url(article)).content.decode()


def test_a_refused_save_keeps_the_credit_lines_that_were_pasted(client):
    article = factories.publishable_article()
    signed_in(client, "Editor")
    sent = form_of(client, change_url(article), title="t" * 201, pasted_credits="Image by A. Doe via Flickr")
    page = client.post(change_url(article), sent).content.decode()
    assert "hidden>Image by A. Doe via Flickr</textarea>" in page
    assert not ImageCredit.objects.filter(found_in=article).exists()
