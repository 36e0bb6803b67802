"""A picture pasted raw into an article: the finding offers to bring it in, and a figure takes its place."""

import base64

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from articles.models import Image, Revision
from tests import factories
from tests.admin.conftest import change_url, form_of

pytestmark = pytest.mark.django_db
SOURCE = "https://example.org/a.jpg?x=1&y=2"
RAW = '<p><img src="https://example.org/a.jpg?x=1&amp;y=2"></p>'


@pytest.fixture
def editor(client):
    client.force_login(factories.editor())
    return client


@pytest.fixture
def article():
    return factories.publishable_article(body=factories.BODY + RAW)


def page(article):
    return reverse("admin:articles_article_import_picture", args=[article.pk])


def file(data):
    return SimpleUploadedFile("a.png", data, "image/png")


def test_the_finding_leads_there(editor, article):
    html = editor.get(change_url(article)).content.decode()
    assert f"{page(article)}?source=https%3A%2F%2Fexample.org%2Fa.jpg%3Fx%3D1%26y%3D2" in html
    assert "Add it…" in html
    assert SOURCE.replace("&", "&amp;") in editor.get(page(article), {"source": SOURCE}).content.decode()


def test_a_file_takes_its_place_as_a_revision(editor, article):
    before = Revision.objects.count()
    sent = {"source": SOURCE, "file": file(factories.picture_bytes("PNG", (500, 300)))}
    answer = editor.post(page(article), sent, follow=True)
    image = Image.objects.get()
    assert answer.redirect_chain == [(reverse("admin:articles_image_change", args=[image.pk]), 302)]
    article.refresh_from_db()
    assert article.body == f'{factories.BODY}<figure data-picture="{image.pk}"><figcaption></figcaption></figure>'
    assert Revision.objects.count() == before + 1


def test_a_picture_of_the_library_takes_its_place(editor, article):
    image = factories.CreditFactory().image
    editor.post(page(article), {"source": SOURCE, "by": image.pk})
    article.refresh_from_db()
    assert f'<figure data-picture="{image.pk}">' in article.body


@pytest.mark.parametrize("sent", [{}, {"by": "x"}, {"file": b"words"}, {"by": "7", "source": "elsewhere"}])
def test_what_cannot_be_done_is_said_and_changes_nothing(editor, article, sent):
    if "file" in sent:
        sent = {"file": file(sent["file"])}
    answer = editor.post(page(article), {"source": SOURCE, **sent})
    assert answer.status_code == 200
    assert [*answer.context["messages"], answer.context["outcome"]] != [None]
    article.refresh_from_db()
    assert "<img" in article.body


def test_it_is_for_those_who_may_change_the_article(client, article):
    client.force_login(factories.UserFactory(role="Medical reviewer"))
    assert client.get(page(article), {"source": SOURCE}).status_code == 403
    assert client.post(page(article), {"source": SOURCE, "by": factories.CreditFactory().image.pk}).status_code == 403


def test_bytes_in_the_text_come_into_the_library_when_it_is_saved(editor, article):
    data = base64.b64encode(factories.picture_bytes("PNG", (500, 300))).decode()
    broken = '<p><img src="data:image/png;base64,AQID"></p>'
    body = f'{factories.BODY}<p><img src="data:image/png;base64,{data}"></p>{broken}'
    answer = editor.post(change_url(article), form_of(editor, change_url(article), body=body), follow=True)
    article.refresh_from_db()
    image = Image.objects.get()
    figure = f'<figure data-picture="{image.pk}"><figcaption></figcaption></figure>'
    assert article.body == f"{factories.BODY}{figure}<p><img></p>"
    assert image.uploaded_by is not None
    assert any("isn’t a supported picture" in str(message) for message in answer.context["messages"])
