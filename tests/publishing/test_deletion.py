"""An upload that was never used is deleted with everything of it; any other picture is kept, and why is said."""

import pytest
from django.core.files.storage import default_storage

from articles.models import Image, ImageCredit
from articles.publishing import desk, evidence, pictures
from tests import factories

pytestmark = pytest.mark.django_db
USED = "An article uses it or used it, and its history keeps what it showed."


def figure(image):
    return f'<figure data-picture="{image.pk}"><figcaption></figcaption></figure>'


def test_an_upload_that_was_never_used_goes_with_its_credit_and_its_files(django_capture_on_commit_callbacks):
    author = factories.UserFactory(role="Author")
    image = pictures.store(factories.picture_bytes(), name="a.png", by=author)
    ImageCredit.objects.create(image=image, creator="Jane Doe")
    file = str(image.file.name)
    assert default_storage.exists(file)
    with django_capture_on_commit_callbacks(execute=True):
        pictures.delete(image, by=author)
    assert not Image.objects.exists()
    assert not ImageCredit.objects.exists()
    assert not default_storage.exists(file)


@pytest.mark.parametrize("where", ["lead", "text", "printed", "history"])
def test_a_picture_that_an_article_uses_or_used_is_kept(where):
    editor, image = factories.editor(), factories.CreditFactory().image
    if where == "printed":
        factories.print_edition(lead_image=image)
    elif where == "lead":
        factories.ArticleFactory(lead_image=image)
    else:
        article = factories.ArticleFactory(body=figure(image))
        if where == "history":
            desk.save(article, by=editor)
            article.body = "<p>Without it.</p>"
            article.save()
            desk.save(article, by=editor)
    with pytest.raises(pictures.PicturesRefused) as refusal:
        pictures.delete(image, by=editor)
    assert refusal.value.problems == (USED,)
    assert Image.objects.filter(pk=image.pk).exists()


def test_an_author_deletes_their_own_uploads_only():
    author, image = factories.UserFactory(role="Author"), factories.ImageFactory()
    assert pictures.why_kept(image, by=author) == ["Only an editor or the person who uploaded it can delete it."]
    assert pictures.why_kept(image, by=factories.editor()) == []


def test_what_is_on_record_about_a_picture_is_kept():
    editor = factories.editor()
    proven, taken_down = factories.CreditFactory(), factories.CreditFactory()
    evidence.record(proven, by=editor, page="https://example.org/work")
    pictures.withdraw(taken_down.image, by=editor, reason="A claim.")
    assert pictures.why_kept(proven.image, by=editor) == [
        "Its credit has an old credit line or evidence, which is kept."
    ]
    assert pictures.why_kept(taken_down.image, by=editor) == [
        "It was replaced or taken down, and the record of that is kept."
    ]
