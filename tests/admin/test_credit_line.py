"""A credit line that is pasted as it was found: what is read in it, and what is left alone."""

import pytest
from django.urls import reverse

from articles.models import ImageCredit
from tests import factories
from tests.admin.conftest import change_url, errors_of, form_of

pytestmark = pytest.mark.django_db
LINE = "Image by Jane Doe via Flickr (CC BY 2.0)"


@pytest.fixture
def editor(client):
    client.force_login(factories.editor())
    return client


def read(client, **pasted):
    return client.post(reverse("admin:articles_image_read_credit"), pasted)


def save(client, url, **changes):
    answer = client.post(url, form_of(client, url, **changes), follow=True)
    return errors_of(answer) if not answer.redirect_chain else []


def picture_url(image):
    return reverse("admin:articles_image_change", args=[image.pk])


def said(credit):
    return {
        name: getattr(credit, name)
        for name in ("creator", "source", "title", "source_url", "license")
        if getattr(credit, name)
    }


def test_a_line_is_read_into_fields_and_what_it_does_not_state_is_named(editor):
    assert read(editor, text=LINE).json() == {
        "fields": {"creator": "Jane Doe", "source": "Flickr", "license": "cc-by-2.0", "license_port": ""},
        "said": [
            {"what": "Creator", "words": "Jane Doe"},
            {"what": "Source", "words": "Flickr"},
            {"what": "Title of the work", "words": ""},
            {"what": "Link to the work", "words": ""},
            {"what": "License", "words": "CC BY 2.0"},
        ],
    }


def test_the_links_of_a_copied_line_are_read_too(editor):
    html = '<p>Image by <a href="https://www.flickr.com/photos/jane/12">Jane Doe</a> via Flickr</p>'
    assert read(editor, html=html, text="Image by Jane Doe via Flickr").json()["fields"] == {
        "creator": "Jane Doe",
        "source": "Flickr",
        "source_url": "https://www.flickr.com/photos/jane/12",
    }


def test_what_is_no_credit_line_is_said_to_be_none(editor):
    assert read(editor, text="The pump is in the abdomen.").json() == {
        "fields": {},
        "said": [],
        "sentence": "This doesn’t read like a credit line. Fill in the fields below instead, and clear this one.",
    }


@pytest.mark.parametrize("name", ["Jane Doe", "Getty Images", "Wikimedia Commons", "Blausen Medical, Inc."])
def test_a_name_that_is_pasted_into_its_field_is_no_line(editor, name):
    assert read(editor, text=name, html=f"<b>{name}</b>", elsewhere="1").json()["fields"] == {}


def test_a_line_is_read_for_those_who_may_change_pictures(client):
    client.force_login(factories.UserFactory(role="Medical reviewer"))
    assert read(client, text=LINE).status_code == 403
    client.force_login(factories.UserFactory(role="Author"))
    assert read(client, text=LINE).status_code == 200
    assert client.get(reverse("admin:articles_image_read_credit")).status_code == 405


@pytest.mark.parametrize("field", ["line", "creator"])
@pytest.mark.parametrize("where", ["picture", "article", "dialog"])
def test_without_a_script_the_save_reads_the_line(editor, where, field):
    image = factories.ImageFactory()
    if where == "picture":
        assert save(editor, picture_url(image), **{f"credit-0-{field}": LINE}) == []
    elif where == "article":
        article = factories.publishable_article(lead_image=image)
        assert save(editor, change_url(article), **{f"credit_{field}": LINE}) == []
    else:
        address = reverse("admin:articles_image_describe", args=[image.pk])
        assert editor.post(address, {field: LINE, "alt": "A pump."}).json()["kept"] is True
    expected = {"creator": "Jane Doe", "source": "Flickr", "license": "cc-by-2.0"}
    assert said(ImageCredit.objects.get(image=image)) == expected


def test_what_was_typed_beside_a_line_stays(editor):
    credit = factories.CreditFactory(creator="Somebody", source="Elsewhere", title="Pump", license="")
    changes = {"credit-0-line": LINE, "credit-0-creator": "Jane A. Doe", "credit-0-title": "A pump"}
    assert save(editor, picture_url(credit.image), **changes) == []
    credit.refresh_from_db()
    assert (credit.creator, credit.source, credit.title, credit.license) == (
        "Jane A. Doe", "Flickr", "A pump", "cc-by-2.0"
    )  # fmt: skip


def test_a_line_that_names_no_creator_leaves_that_field_empty(editor):
    image = factories.ImageFactory()
    assert save(editor, picture_url(image), **{"credit-0-creator": "Image via Flickr"}) == []
    assert said(ImageCredit.objects.get(image=image)) == {"source": "Flickr"}


def test_a_line_that_cannot_be_read_is_refused_and_nothing_is_lost(editor):
    image = factories.ImageFactory()
    url = picture_url(image)
    changes = {"credit-0-line": "The pump is in the abdomen.", "credit-0-title": "Pump"}
    answer = editor.post(url, form_of(editor, url, **changes))
    assert errors_of(answer) == [
        "This doesn’t read like a credit line. Fill in the fields below instead, and clear this one."
    ]
    page = answer.content.decode()
    assert 'value="The pump is in the abdomen."' in page
    assert 'value="Pump"' in page
    assert not ImageCredit.objects.exists()
