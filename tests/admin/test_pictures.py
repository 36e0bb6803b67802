"""The picture library on the desk: uploads, credits, the chooser of the editor, and where a picture is used."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from articles.models import Image
from tests import factories
from tests.admin.conftest import errors_of, form_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client):
    client.force_login(factories.editor())
    return client


def upload(client, data, name="a.png", **changes):
    url = reverse("admin:articles_image_add")
    file = SimpleUploadedFile(name, data, "image/png")
    return client.post(url, form_of(client, url, file_to_store=file, **changes), follow=True)


def test_a_picture_comes_in_with_its_credit(editor):
    answer = upload(
        editor,
        factories.picture_bytes("PNG", (500, 300)),
        alt="A pump.",
        **{"credit-0-title": "Channel", "credit-0-creator": "Jane Doe", "credit-0-licence": "own-work"},
    )
    assert answer.redirect_chain, errors_of(answer)
    image = Image.objects.get()
    assert (image.alt, image.credit.creator, image.is_shown) == ("A pump.", "Jane Doe", True)
    assert image.uploaded_by is not None


def test_a_picture_without_its_facts_is_kept_and_listed_as_lacking(editor):
    upload(editor, factories.picture_bytes("PNG", (500, 300)))
    url = reverse("admin:articles_image_changelist")
    assert len(editor.get(url, {"credit": "lacking"}).context["cl"].result_list) == 1
    assert len(editor.get(url, {"credit": "complete"}).context["cl"].result_list) == 0


def test_a_twin_is_pointed_out(editor):
    data = factories.picture_bytes("PNG", (500, 300))
    upload(editor, data, alt="A pump.")
    assert errors_of(upload(editor, data)) == ["This picture is in the library already, as “A pump.”."]


@pytest.mark.parametrize("data", [b"", b"words", b"<svg onload='alert(1)'/>"])
def test_what_is_no_picture_is_refused(editor, data):
    answer = upload(editor, data, name="x.png")
    assert len(errors_of(answer)) == 1
    assert not Image.objects.exists()


def test_the_chooser_finds_pictures_and_says_what_their_credit_is(editor):
    credit = factories.CreditFactory(title="Harbour at dusk")
    factories.ImageFactory()
    url = reverse("admin:articles_image_library")
    assert len(editor.get(url).json()["pictures"]) == 2
    [found] = editor.get(url, {"q": "harbour"}).json()["pictures"]
    assert found["id"] == credit.image.pk
    assert editor.get(url, {"id": str(credit.image.pk)}).json()["pictures"] == [found]


@pytest.mark.parametrize("id", ["x", "-1", "9" * 40, "٣"])
def test_the_chooser_takes_any_question(editor, id):
    assert editor.get(reverse("admin:articles_image_library"), {"id": id}).json() == {"pictures": []}


def test_the_chooser_is_for_those_who_see_pictures(client):
    assert client.get(reverse("admin:articles_image_library")).status_code == 302
    client.force_login(factories.UserFactory())
    assert client.get(reverse("admin:articles_image_library")).status_code == 403


def test_a_picture_says_where_it_is_used(editor):
    image = factories.CreditFactory().image
    factories.print_edition(lead_image=image, title="With a lead")
    page = editor.get(reverse("admin:articles_image_change", args=[image.pk])).content.decode()
    assert "Live in “With a lead”" in page
