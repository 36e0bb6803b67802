"""How pictures come in: by the plain form, and by the door that drop and paste share. Each file has its sentence."""

import re
from io import BytesIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image as Pixels

from articles.images import intake
from articles.models import Image, ImageCredit
from articles.publishing import pictures
from tests import factories

pytestmark = pytest.mark.django_db
XMP = (
    b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    b'<rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:r="http://ns.adobe.com/xap/1.0/rights/">'
    b'<dc:title><rdf:Alt><rdf:li xml:lang="x-default">Fog</rdf:li></rdf:Alt></dc:title>'
    b"<dc:creator><rdf:Seq><rdf:li>Ada Doe</rdf:li></rdf:Seq></dc:creator>"
    b"<r:WebStatement>https://creativecommons.org/licenses/by/2.0/</r:WebStatement>"
    b"</rdf:Description></rdf:RDF></x:xmpmeta>"
)


@pytest.fixture
def editor(client):
    client.force_login(factories.editor())
    return client


def fog(size=(480, 320), format="JPEG", **kwargs):
    """A picture with a look of its own, the same at every size."""
    fields = Pixels.frombytes("L", (9, 8), bytes((37 * n * n + 11 * n) % 256 for n in range(72)))
    out = BytesIO()
    fields.convert("RGB").resize(size, Pixels.Resampling.BICUBIC).save(out, format, **kwargs)
    return out.getvalue()


def file(data, name="a.jpg"):
    return SimpleUploadedFile(name, data, "image/jpeg")


def send(client, data, name="a.jpg", **more):
    return client.post(reverse("admin:articles_image_upload"), {"file": file(data, name), **more}).json()


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("Knee brace, side view.jpg", "Knee brace, side view"),
        ("C:\\pictures\\knee.brace.JPEG", "knee.brace"),
        ("膝.png", "膝"),
        ("x" * 300 + ".jpg", "x" * 119 + "…"),
    ],
)
def test_the_library_calls_a_picture_by_its_files_name_until_it_has_a_title(name, title):
    image = pictures.store(fog(), name=name)
    assert str(image) == str(Image.objects.get()) == title
    image.alt = "A brace."
    assert str(image) == "A brace."
    factories.CreditFactory(image=image, title="Brace no. 2")
    assert str(image) == "Brace no. 2"


def test_an_upload_is_listed_under_its_files_name(editor):
    assert send(editor, fog(), "Knee brace.jpg")["picture"]["title"] == "Knee brace"
    page = editor.get(reverse("admin:articles_image_changelist"), {"q": "knee BRACE"}).content.decode()
    assert "Knee brace" in page


# The door -------------------------------------------------------------------------------------------------------------


def test_a_file_comes_in_under_its_senders_name(editor):
    answer = send(editor, fog())
    image = Image.objects.get()
    assert (answer["outcome"], answer["sentence"]) == ("stored", "“a.jpg” is in the library.")
    assert (answer["picture"]["id"], answer["picture"]["complete"]) == (image.pk, False)
    assert image.uploaded_by.groups.get().name == "Editor"


def test_what_a_file_says_of_itself_is_offered_and_not_believed(editor):
    answer = send(editor, fog(xmp=XMP))
    assert 'value="Fog"' in answer["form"]
    assert 'value="Ada Doe"' in answer["form"]
    assert re.search(r'value="cc-by-2.0" selected', answer["form"])
    assert "not legal advice" in answer["form"]
    assert "It needs a link to the work" in answer["form"]
    assert not ImageCredit.objects.exists()


@pytest.mark.parametrize("again", [{"data": fog()}, {"data": fog(), "anyway": "1"}])
def test_the_same_bytes_are_never_stored_twice(editor, again):
    send(editor, fog())
    answer = send(editor, name="b.jpg", **again)
    [twin] = answer["twins"]
    assert (answer["outcome"], twin["same"], twin["id"]) == ("twin", True, Image.objects.get().pk)
    assert "is already in the library" in answer["sentence"]


def test_one_that_looks_the_same_is_shown_before_it_is_stored(editor):
    send(editor, fog())
    answer = send(editor, fog((960, 640), "WEBP"), "b.webp")
    assert (answer["outcome"], [twin["same"] for twin in answer["twins"]]) == ("twin", [False])
    assert Image.objects.count() == 1
    assert send(editor, fog((960, 640), "WEBP"), "b.webp", anyway="1")["outcome"] == "stored"
    assert Image.objects.count() == 2


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "is empty"),
        (b"words", "isn’t a supported picture"),
        (b"<svg onload='alert(1)'/>", "isn’t a supported picture"),
        (fog()[:300], "isn’t a supported picture"),
        (b"\xff\xd8" + b"0" * (41 * 1024 * 1024), "larger than 40 MB"),
    ],
    ids=["empty", "text", "svg", "truncated", "41 MB"],
)
def test_what_is_no_picture_gets_one_sentence_and_leaves_nothing(editor, data, words):
    answer = send(editor, data, "x.jpg")
    assert answer["outcome"] == "refused"
    assert words in answer["sentence"]
    assert not Image.objects.exists()
    assert not [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


@pytest.mark.parametrize("name", ["猫.jpg", "صورة.jpg", "Ünïcödé – “x”.jpg", "🙂.jpg", "a" * 300 + ".jpg", "<b>.jpg"])
def test_a_name_may_be_in_any_script_and_is_never_used_for_the_file(editor, name):
    answer = send(editor, fog(), name)
    assert answer["outcome"] == "stored"
    assert re.fullmatch(r"pictures/[0-9a-f]{2}/[0-9a-f]{64}\.jpg", Image.objects.get().file.name)


def test_a_request_without_a_file_is_answered(editor):
    answer = editor.post(reverse("admin:articles_image_upload"), {}).json()
    assert answer == {"outcome": "refused", "sentence": "No picture was received. Try again."}


def test_the_door_is_for_those_who_may_add_pictures(client):
    url = reverse("admin:articles_image_upload")
    assert client.post(url, {"file": file(fog())}).status_code == 302
    client.force_login(factories.UserFactory(role="Medical reviewer"))
    assert client.post(url, {"file": file(fog())}).status_code == 403
    client.force_login(factories.editor())
    assert client.get(url).status_code == 405
    assert not Image.objects.exists()


def test_a_forged_request_brings_nothing_in():
    client = Client(enforce_csrf_checks=True)
    client.force_login(factories.editor())
    assert client.post(reverse("admin:articles_image_upload"), {"file": file(fog())}).status_code == 403
    assert not Image.objects.exists()


def test_the_browsers_limit_is_the_servers():
    from django.contrib.staticfiles import finders

    with open(finders.find("articles/pictures.js")) as script:
        [megabytes] = re.findall(r"MOST_BYTES = (\d+) \* 1024 \* 1024;", script.read())
    assert int(megabytes) * 1024 * 1024 == intake.MOST_BYTES


# Its words ------------------------------------------------------------------------------------------------------------


def describe(client, image, **said):
    return client.post(reverse("admin:articles_image_describe", args=[image.pk]), said)


def test_words_and_credit_are_kept_in_one_go(editor):
    send(editor, fog())
    image = Image.objects.get()
    said = {
        "alt": "Fog.",
        "title": "Fog",
        "creator": "Ada Doe",
        "license": "cc-by-4.0",
        "source_url": "https://x.org/1",
    }
    answer = describe(editor, image, **said).json()
    assert (answer["kept"], answer["lacks"]) == (True, [])
    image.refresh_from_db()
    assert (image.alt, image.credit.creator, image.credit.license) == ("Fog.", "Ada Doe", "cc-by-4.0")


def test_what_is_lacking_is_answered_without_keeping_anything(editor):
    image = factories.ImageFactory()
    answer = describe(editor, image, ask="1", alt="x", creator="Ada Doe", license="cc-by-4.0", title="Fog").json()
    assert [sentence.partition(":")[0] for sentence in answer["lacks"]] == ["It needs a link to the work"]
    assert not ImageCredit.objects.exists()


def test_what_is_wrong_comes_back_with_what_was_typed(editor):
    image = factories.ImageFactory()
    answer = describe(editor, image, alt="Fog.", creator="Ada Doe", source_url="javascript:alert(1)").json()
    assert answer["kept"] is False
    assert 'value="Ada Doe"' in answer["form"]
    assert "errorlist" in answer["form"]
    assert not ImageCredit.objects.exists()


def test_no_words_make_no_credit(editor):
    image = factories.ImageFactory(alt="")
    assert describe(editor, image, alt="").json()["kept"] is True
    assert not ImageCredit.objects.exists()


def test_words_are_for_those_who_may_change_pictures(client):
    client.force_login(factories.UserFactory(role="Medical reviewer"))
    assert describe(client, factories.ImageFactory(), alt="x").status_code == 403


# The plain form -------------------------------------------------------------------------------------------------------


def test_several_files_come_in_without_a_script_each_with_its_sentence(editor):
    files = [file(fog(xmp=XMP), "one.jpg"), file(b"words", "two.jpg"), file(fog((960, 640), "WEBP"), "three.webp")]
    html = editor.post(reverse("admin:articles_image_add"), {"file": files}).content.decode()
    assert "“one.jpg” is in the library." in html
    assert "“two.jpg” isn’t a supported picture" in html
    assert "“three.webp” looks like “" in html
    assert "creator=Ada+Doe" in html
    assert 'name="anyway"' in html
    assert Image.objects.count() == 1


def test_a_form_without_a_file_says_so(editor):
    assert "Choose a picture first." in editor.post(reverse("admin:articles_image_add"), {}).content.decode()
