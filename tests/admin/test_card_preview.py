"""What search engines and shared addresses will show of an article, beside its text."""

import pytest
from django.urls import reverse

from articles.images import share_card
from articles.models import Article
from articles.publishing import desk, share_cards
from tests import factories
from tests.admin.conftest import change_url, errors_of, form_of
from tests.admin.pressing import signed_in

pytestmark = pytest.mark.django_db


def card(article):
    return reverse("admin:articles_article_card", args=[article.pk])


def test_the_card_is_drawn_with_the_title_that_is_typed(client, monkeypatch):
    drawn = []
    monkeypatch.setattr(share_card, "draw", lambda card: drawn.append(card) or b"PNG")
    edition = factories.print_edition()
    signed_in(client, "Author")
    answer = client.get(card(edition.article), {"title": "Another one"})
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/png")
    assert client.get(card(edition.article)).content == b"PNG"
    assert [each.title for each in drawn] == ["Another one", edition.title]
    assert drawn[1] == share_cards.card_of(edition)


@pytest.mark.parametrize("title", ["麻酔", "a\x00b" * 400])
def test_a_card_that_cannot_be_drawn_is_no_error(client, title):
    article = factories.publishable_article()
    desk.save(article, by=None)
    signed_in(client, "Author")
    assert client.get(card(article), {"title": title}).status_code in (200, 404)


def test_a_card_is_drawn_for_those_who_write(client):
    article = factories.publishable_article()
    signed_in(client, "Medical reviewer")
    assert client.get(card(article)).status_code == 403


def test_the_form_keeps_them_and_refuses_our_own_address_beside_its_field(client, settings):
    settings.HOST_NAME = "example.org"
    signed_in(client, "Author")
    url = change_url(article := factories.publishable_article())
    typed = {
        "search_title": "Pumps, in short",
        "search_description": "Brief.\r\nTwo lines.",
        "first_published_in": "The Journal",
        "first_published_url": "https://example.org/articles/pumps/",
    }
    answer = client.post(url, form_of(client, url, **typed))
    assert errors_of(answer) == [
        "This address is on our own site. “First published” is for articles that another site had first."
    ]
    assert answer.context["panels"]["open"] == "search"
    assert "Pumps, in short" in answer.content.decode()
    client.post(url, form_of(client, url, **typed | {"first_published_url": "https://journal.example.net/pumps"}))
    kept = Article.objects.values(*typed).get(pk=article.pk)
    assert kept == {
        **typed,
        "search_description": "Brief. Two lines.",
        "first_published_url": "https://journal.example.net/pumps",
    }
