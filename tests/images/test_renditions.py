"""Widths and formats: never larger than the original, named by hash, with nothing hidden in them."""

from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from articles.images import renditions
from tests.factories import picture_bytes


@pytest.mark.parametrize(
    ("width", "expected"), [(100, [100]), (320, [320]), (700, [320, 640]), (5000, [320, 640, 960, 1280, 1920])]
)
def test_no_rendition_is_larger_than_its_picture(width, expected):
    assert renditions.widths_for(width) == expected


@given(st.integers(1, 10_000))
def test_there_is_always_one(width):
    widths = renditions.widths_for(width)
    assert widths
    assert widths == sorted(set(widths))
    assert widths[-1] <= width


def test_each_file_is_what_its_name_says():
    made = list(renditions.make(picture_bytes("JPEG", (700, 350)), digest="a" * 64))
    assert [(one.width, one.height, one.format) for one in made] == [
        (640, 320, "webp"),
        (640, 320, "jpeg"),
        (320, 160, "webp"),
        (320, 160, "jpeg"),
    ]
    for one in made:
        with Image.open(BytesIO(one.data)) as read:
            assert (read.size, read.format.lower()) == ((one.width, one.height), one.format)
            assert not read.getexif()
        assert one.name == renditions.name_for("a" * 64, one.width, one.format)


def test_what_is_transparent_lies_on_paper_where_a_format_has_no_transparency():
    out = BytesIO()
    Image.new("RGBA", (320, 20), (0, 0, 0, 0)).save(out, "PNG")
    made = {one.format: one.data for one in renditions.make(out.getvalue(), digest="a" * 64)}
    with Image.open(BytesIO(made["jpeg"])) as jpeg, Image.open(BytesIO(made["webp"])) as webp:
        assert min(jpeg.getpixel((5, 5))) > 235
        assert webp.mode == "RGBA"
