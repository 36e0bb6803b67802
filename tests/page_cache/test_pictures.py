"""Pictures of which it is known that Django would send them: the file is read each time, and goes at once."""

import pytest
from django.core.files.storage import default_storage

from articles import page_cache
from articles.models import Image
from articles.publishing import pictures
from tests import factories
from tests.page_cache.client import differing

pytestmark = pytest.mark.django_db


@pytest.fixture
def picture():
    """One that a live article shows, with its file of 320 pixels and where that lies."""
    stored = pictures.store(factories.picture_bytes("JPEG", (400, 230)), name="a.jpg", alt="Lines.")
    factories.CreditFactory(image=stored)
    image = Image.objects.with_credit().get(pk=stored.pk)
    factories.print_edition(lead_image=image, in_section="news", signed=False)
    return image


def test_a_pictures_row_is_asked_once_and_its_file_each_time(site, picture, django_assert_num_queries):
    address = picture.rendition_url(320, "webp")
    first = site.ask(address)
    with django_assert_num_queries(0):
        again = site.ask(address, accept_encoding="gzip")
    assert (again.status, again.body) == (200, site.uncached(address).body)
    assert differing(first, again) == {"X-Request-ID"}
    assert (again.headers["Cache-Control"], "Vary" in again.headers) == ("public, no-cache", False)
    known = site.ask(address, if_none_match=again.headers["ETag"])
    assert (known.status, known.body) == (304, b"")
    assert sum(len(page.content) for page, _size in site.kept.pages.pages.values()) == 0
    assert len(site.made) == 1


def test_a_picture_that_is_taken_down_is_gone_at_the_next_request(site, state, picture):
    address = picture.rendition_url(320, "webp")
    site.ask(address)
    pictures.withdraw(picture, by=factories.editor(), reason="Asked to.")
    state.number = 2
    assert site.ask(address).status == site.uncached(address).status == 410


def test_a_file_that_is_not_what_it_was_is_looked_at_anew(site, picture):
    address = picture.rendition_url(320, "webp")
    tag = site.ask(address).headers["ETag"]
    name = address.removeprefix("/media/")
    for content, status in ((b"another length", 200), (None, 404), (b"", 200)):
        if default_storage.exists(name):
            default_storage.delete(name)
        if content is not None:
            default_storage.put(name, content)
        for headers in ({}, {"if_none_match": tag}):
            answer, plain = site.ask(address, **headers), site.uncached(address, **headers)
            assert (answer.status, answer.body) == (plain.status, plain.body)
            assert answer.headers.get("Content-Length") == plain.headers.get("Content-Length")
            assert answer.status == status


def test_parts_of_a_picture_its_head_and_passes_are_for_django(site, picture):
    address = picture.rendition_url(320, "webp")
    site.ask(address)
    for asked in [{"method": "HEAD"}, {"range": "bytes=0-9"}, {"address": "?pass=x"}]:
        asked = {**asked, "address": address + asked.get("address", "")}
        assert site.ask(**asked).status == site.uncached(**asked).status
    assert len(site.made) == 4


def test_pictures_in_a_bucket_are_asked_about_each_time(site, picture, monkeypatch):
    class Bucket:
        """All that Django asks of it."""

        open = default_storage.open

    monkeypatch.setattr(page_cache, "default_storage", Bucket())
    address = picture.rendition_url(320, "webp")
    for _time in range(2):
        assert site.ask(address).status == 200
    assert len(site.made) == 2
