"""The library takes a picture once, with every rendition, or not at all."""

import pytest
from django.core.files.storage import default_storage

from articles.images import renditions
from articles.images.intake import RefusedPicture
from articles.models import Image
from articles.publishing import pictures
from tests import factories

pytestmark = pytest.mark.django_db


def test_a_stored_picture_has_its_renditions():
    image = pictures.store(factories.picture_bytes("JPEG", (1300, 700)), name="pump.jpg", alt="A pump.")
    assert (image.width, image.height, image.format, image.alt) == (1300, 700, "JPEG", "A pump.")
    names = [
        renditions.name_for(image.digest, width, format)
        for width in (320, 640, 960, 1280)
        for format in ("webp", "jpeg")
    ]
    assert all(default_storage.exists(name) for name in [*names, image.file.name])


def test_the_same_bytes_are_stored_once():
    data = factories.picture_bytes("PNG", (50, 40))
    assert pictures.store(data, name="a.png") == pictures.store(data, name="b.png")
    assert Image.objects.count() == 1


def test_what_is_refused_leaves_nothing_behind(settings):
    with pytest.raises(RefusedPicture):
        pictures.store(b"GIF89a<script>alert(1)</script>", name="x.gif")
    assert not Image.objects.exists()
    assert not settings.MEDIA_ROOT.exists()
