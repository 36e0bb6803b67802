"""What the checks say of words that nobody has saved."""

import pytest
from django.urls import reverse

from articles.models import Article, Revision
from tests import factories

pytestmark = pytest.mark.django_db
WRONG = "<p>Ziconotide, an NSAID, can cause confusion.</p>"


def signed_in(client, role="Editor"):
    client.force_login(factories.UserFactory(role=role))


def findings(client, article, **typed):
    return client.post(reverse("admin:articles_article_findings", args=[article.pk]), typed)


@pytest.fixture
def article():
    return factories.publishable_article()


def test_what_is_typed_is_checked_and_nothing_is_kept(client, article):
    signed_in(client)
    before = list(Article.objects.values()), Revision.objects.count()
    answer = findings(client, article, title="Typed", body=article.body + WRONG).json()
    assert "Ziconotide is not an NSAID" in answer["list"]
    assert 'data-mend="replace" data-words="an N-type calcium channel blocker" data-of="an NSAID"' in answer["list"]
    assert answer["errors"] == answer["list"].count('id="finding-') - answer["list"].count('class="advice"')
    assert (list(Article.objects.values()), Revision.objects.count()) == before


def test_a_picture_that_was_just_put_in_is_checked_too(client, article):
    signed_in(client)
    image = factories.ImageFactory()
    answer = findings(client, article, body=f'{article.body}<figure data-picture="{image.pk}"></figure>').json()
    assert "in the text has no credit." in answer["list"]


def test_an_unsaved_text_cannot_be_set_aside_by_its_message(client, article):
    signed_in(client)
    page = findings(client, article, body=article.body + WRONG).json()["list"]
    assert "To override this check, save first." in page
    assert reverse("admin:articles_article_request_override", args=[article.pk]) not in page


def test_words_that_do_no_harm_find_nothing_and_bad_input_is_a_text_like_any_other(client, article):
    signed_in(client)
    assert findings(client, article).status_code == 200  # nothing typed: what is saved
    for body in ("", "\x00<p>\ud800".encode("utf-8", "replace").decode(), "<ul><li>" * 3000, "<p>" + "x" * 200_000):
        assert findings(client, article, body=body).status_code == 200


@pytest.mark.parametrize("role", ["Medical reviewer", "Newsletter editor"])
def test_who_may_not_change_an_article_is_refused(client, article, role):
    signed_in(client, role)
    assert findings(client, article, body="<p>Mine.</p>").status_code == 403


def test_the_preview_beside_the_text_shows_what_was_typed_since_to_who_typed_it(client, article):
    signed_in(client)
    client.post(
        reverse("admin:articles_article_autosave", args=[article.pk]), {"title": "Typed", "body": "<p>New.</p>"}
    )
    preview = reverse("admin:articles_article_preview", args=[article.pk])
    assert "<p>New.</p>" in client.get(f"{preview}?typed").content.decode()
    assert "<p>New.</p>" not in client.get(preview).content.decode()
    signed_in(client)
    assert "<p>New.</p>" not in client.get(f"{preview}?typed").content.decode()


def test_the_preview_beside_the_text_shows_the_lead_picture_that_the_form_has_now(client):
    saved, chosen = (factories.CreditFactory(title=title).image for title in ("Saved picture", "Chosen picture"))
    article = factories.publishable_article(lead_image=saved, lead_caption="Its caption.")
    signed_in(client)
    preview = reverse("admin:articles_article_preview", args=[article.pk])

    def shown(**asked):
        page = client.get(preview, asked).content.decode()
        return [words for words in ("Saved picture", "Chosen picture", "Its caption.") if words in page]

    assert shown() == ["Saved picture", "Its caption."]
    assert shown(typed="", lead=chosen.pk) == ["Chosen picture", "Its caption."]
    assert shown(lead="") == shown(lead="9999999") == []
