"""A raw picture in a text is brought in: from the person, or out of a `data:` address; never by asking an address."""

import base64

import pytest

from articles.models import Image
from articles.publishing import checks, pictures
from articles.publishing.pictures import PicturesRefused
from tests import factories

pytestmark = pytest.mark.django_db
SOURCE = "https://example.org/a.jpg?x=1&y=2"
RAW = '<p>Before <img src="https://example.org/a.jpg?x=1&amp;y=2" alt="x"> after</p>'


def article():
    return factories.ArticleFactory(body=factories.BODY + RAW)


def test_a_picture_of_the_library_takes_its_place_as_a_revision():
    draft, image, by = article(), factories.CreditFactory().image, factories.editor()
    revision = pictures.bring_in(draft, SOURCE, image, by=by)
    draft.refresh_from_db()
    figure = f'<figure data-picture="{image.pk}"><figcaption></figcaption></figure>'
    assert draft.body == factories.BODY + f"<p>Before </p>{figure}<p> after</p>"
    assert (revision.by, revision.content["body"]) == (by, draft.body)
    assert "credit.missing" not in {finding.id for finding in checks.run(draft)}


def test_two_who_bring_it_in_at_once_are_told():
    draft, image = article(), factories.CreditFactory().image
    pictures.bring_in(draft, SOURCE, image, by=factories.editor())
    with pytest.raises(PicturesRefused, match="no longer in the text"):
        pictures.bring_in(draft, SOURCE, image, by=factories.editor())


def test_a_withdrawn_picture_is_not_brought_in():
    draft, image = article(), factories.CreditFactory().image
    pictures.withdraw(image, by=factories.editor(), reason="A claim.")
    with pytest.raises(PicturesRefused, match="taken down or replaced"):
        pictures.bring_in(draft, SOURCE, image, by=factories.editor())
    draft.refresh_from_db()
    assert SOURCE.replace("&", "&amp;") in draft.body


def test_bytes_in_an_address_go_through_intake():
    data = base64.b64encode(factories.picture_bytes("PNG", (500, 300))).decode()
    html = f'<p>a</p><p><img src="data:image/png;base64,{data}"></p><img src="{SOURCE}">'
    brought, problems = pictures.bring_in_data(html, by=factories.editor())
    image = Image.objects.get()
    figure = f'<figure data-picture="{image.pk}"><figcaption></figcaption></figure>'
    assert (brought, problems) == (f'<p>a</p>{figure}<img src="{SOURCE}">', [])
    assert image.uploaded_by is not None


def test_bytes_that_are_no_picture_are_refused_with_a_sentence_and_the_text_stays():
    html = '<p><img src="data:image/png;base64,AQID"></p>'
    brought, [problem] = pictures.bring_in_data(html, by=None)
    assert brought == html
    assert "isn’t a supported picture" in problem
    assert not Image.objects.exists()
