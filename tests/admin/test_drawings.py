"""The desk's page of labeled drawings: bad SVG gets one sentence, and a changed drawing is a new one."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from articles.models import Drawing
from tests.factories import ContributorFactory
from tests.publishing.test_drawings import SVG, drawing

pytestmark = pytest.mark.django_db
ADD = "/admin/articles/drawing/add/"
FORM = {"title": "How a pump works", "svg": SVG, "words": "A round pump.", "creator": "Inside Pain Medicine"}
FORM |= {"license": "cc-by-4.0", "source_url": "https://example.org/", "checked_by": "", "checked_on": ""}


def test_pasted_svg_is_kept_clean(admin_client):
    admin_client.post(ADD, {**FORM, "svg": SVG.replace("<path", "<script>alert(1)</script><path")})
    row = Drawing.objects.get()
    assert "alert" not in row.svg
    assert 'class="cord"' in row.svg


def test_a_file_takes_the_place_of_what_was_pasted(admin_client):
    file = SimpleUploadedFile("pump.svg", SVG.replace("cord", "bone").encode(), "image/svg+xml")
    admin_client.post(ADD, {**FORM, "file": file})
    assert 'class="bone"' in Drawing.objects.get().svg


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"svg": "<p>x</p>"}, "This isn’t an SVG drawing"),
        ({"svg": ""}, "Upload an SVG file, or paste the SVG here."),
        ({"words": ""}, "This field is required."),
        ({"checked_on": "2026-11-01"}, "Enter who checked it and on which day, or neither."),
        ({"creator": "Jane Doe", "source_url": ""}, "This license asks for a link to the work."),
    ],
)
def test_what_is_wrong_is_said_in_one_sentence_and_what_was_typed_stays(admin_client, changed, sentence):
    html = admin_client.post(ADD, {**FORM, **changed}).content.decode()
    assert sentence in html
    assert 'value="How a pump works"' in html
    assert not Drawing.objects.exists()


def test_what_is_saved_of_a_drawing_that_is_there_is_a_new_one_that_nobody_checked(admin_client):
    old = drawing()
    checked = {"checked_by": str(old.checked_by_id), "checked_on": "2026-11-16"}
    response = admin_client.post(
        f"/admin/articles/drawing/{old.pk}/change/", {**FORM, **checked, "words": "Another.", "_continue": "1"}
    )
    new = Drawing.objects.get(replaces=old)
    assert response["Location"] == f"/admin/articles/drawing/{new.pk}/change/"
    assert (new.words, new.checker) == ("Another.", "")
    old.refresh_from_db()
    assert (old.words, old.checker) == ("A round pump.", "Tomas Reyk, MD")


def test_only_a_check_is_noted_on_the_same_row(admin_client):
    row = drawing(checked=False, source_url="https://example.org/")
    person = ContributorFactory(name="Ann Lee")
    admin_client.post(
        f"/admin/articles/drawing/{row.pk}/change/",
        {**FORM, "svg": row.svg, "checked_by": person.pk, "checked_on": "2026-11-16"},
    )
    assert Drawing.objects.get().checker == "Ann Lee"


def test_the_page_shows_the_drawing_by_day_and_by_night(admin_client):
    html = admin_client.get(f"/admin/articles/drawing/{drawing().pk}/change/").content.decode()
    assert html.count('<path class="cord"') == 2


def test_the_editor_chooses_among_the_newest(admin_client, client):
    row = drawing()
    listed = admin_client.get("/admin/articles/drawing/library/?q=pump").json()
    assert listed == {"drawings": [{"id": row.pk, "title": "How a pump works", "checked": True}]}
    assert admin_client.get("/admin/articles/drawing/library/?q=nerve").json() == {"drawings": []}
