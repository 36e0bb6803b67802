"""A picture's page: what it shows, where its middle is, whose it is, where it is and was; and its private preview."""

import pytest
from django.urls import reverse

from articles.models import ImageCredit
from articles.publishing import pictures
from tests import factories
from tests.admin.conftest import errors_of, form_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client):
    client.force_login(factories.editor())
    return client


def page_of(image):
    return reverse("admin:articles_image_change", args=[image.pk])


def stored(**kwargs):
    return pictures.store(factories.picture_bytes("PNG", (400, 240)), name="a.png", **kwargs)


def test_text_middle_and_credit_are_kept(editor):
    image = stored()
    said = {"credit-0-title": "Channel", "credit-0-creator": "Jane Doe", "credit-0-license": "own-work"}
    url = page_of(image)
    answer = editor.post(url, form_of(editor, url, alt="A pump.", focal_x="0.2", focal_y="1", **said), follow=True)
    assert answer.redirect_chain, errors_of(answer)
    image.refresh_from_db()
    assert (image.alt, image.focal_x, image.focal_y, image.credit.creator) == ("A pump.", 0.2, 1.0, "Jane Doe")


@pytest.mark.parametrize("outside", ["1.01", "-0.1", "nan", "words", ""])
def test_a_middle_outside_the_picture_is_refused(editor, outside):
    image = stored(alt="A pump.")
    url = page_of(image)
    answer = editor.post(url, form_of(editor, url, focal_x=outside), follow=True)
    assert len(errors_of(answer)) == 1
    image.refresh_from_db()
    assert image.focal_x == 0.5


def test_the_page_says_what_the_credit_lacks_and_that_this_is_no_legal_advice(editor):
    image = stored()
    ImageCredit.objects.create(image=image, creator="quiet-harbor", source="Flickr")
    html = editor.get(page_of(image)).content.decode()
    assert "It needs a title or a description, a link to the work and a license: “Flickr” is not a license." in html
    assert "not legal advice" in html


def test_the_page_says_where_a_picture_is_and_was(editor):
    image = factories.CreditFactory().image
    factories.print_edition(lead_image=image, title="With a lead")
    factories.ArticleFactory(title="In its text", body=f'<figure data-picture="{image.pk}"></figure>')
    html = editor.get(page_of(image)).content.decode()
    assert "With a lead" in html
    assert "In its text" in html


def test_what_the_file_said_of_itself_is_offered_and_kept_only_when_it_is_saved(editor):
    image = stored()
    url = page_of(image) + "?creator=Ada+Doe&license=cc-by-2.0"
    data = form_of(editor, url)
    assert (data["credit-0-creator"], ImageCredit.objects.count()) == ("Ada Doe", 0)
    answer = editor.post(url, data, follow=True)
    assert answer.redirect_chain, errors_of(answer)
    assert (image.credit.creator, image.credit.license) == ("Ada Doe", "cc-by-2.0")


def test_staff_see_a_picture_that_readers_do_not(editor, client):
    image = stored()
    answer = editor.get(reverse("admin:articles_image_preview", args=[image.pk]), {"width": "320"})
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/jpeg")
    assert answer["Cache-Control"].startswith("private")
    pictures.withdraw(image, by=factories.editor(), reason="A claim.")
    assert editor.get(reverse("admin:articles_image_preview", args=[image.pk])).status_code == 200


def test_a_preview_is_for_those_who_see_the_library(client):
    address = reverse("admin:articles_image_preview", args=[stored().pk])
    assert client.get(address).status_code == 302
    client.force_login(factories.UserFactory())
    assert client.get(address).status_code == 403


def test_a_picture_whose_file_is_gone_has_no_preview(editor):
    image = factories.ImageFactory()
    assert editor.get(reverse("admin:articles_image_preview", args=[image.pk])).status_code == 404


def test_no_picture_is_deleted(editor):
    assert editor.get(reverse("admin:articles_image_delete", args=[stored().pk])).status_code == 403
