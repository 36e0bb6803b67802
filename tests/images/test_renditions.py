"""Shapes, widths and formats: never larger than the original, cut around the focal point, with the credit inside."""

from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from articles.images import renditions
from articles.images.renditions import Look
from tests.factories import picture_bytes


def made(data, look, **kwargs):
    return {one.spec.file: one for one in renditions.make(data, look, packets=renditions.NO_CREDIT, **kwargs)}


@pytest.mark.parametrize(
    ("width", "expected"), [(100, [100]), (320, [320]), (700, [320, 640]), (5000, [320, 640, 960, 1280, 1920])]
)
def test_no_file_is_larger_than_its_picture(width, expected):
    specs = renditions.specs(Look(width, 400), "full")
    assert sorted({spec.width for spec in specs}) == expected
    assert {spec.format for spec in specs} == {"avif", "webp", "jpeg"}


@given(st.integers(1, 6000), st.integers(1, 6000), st.floats(0, 1), st.floats(0, 1), st.booleans())
def test_every_picture_has_every_shape_and_every_crop_lies_inside(width, height, x, y, crops):
    look = Look(width, height, x, y, crops)
    for wanted in ("full", "card"):
        shape = look.shape(wanted)
        left, top, right, bottom = look.box(shape)
        assert 0 <= left < right <= width
        assert 0 <= top < bottom <= height
        specs = renditions.specs(look, shape)
        assert specs
        assert all(1 <= spec.width <= right - left and spec.height >= 1 for spec in specs)
    assert len({spec.file for spec in renditions.plan(look)}) == len(renditions.plan(look))


@pytest.mark.parametrize(
    ("focal", "box"),
    [
        ((0.5, 0.5), (250, 0, 1750, 1000)),
        ((0, 0.5), (0, 0, 1500, 1000)),
        ((1, 1), (500, 0, 2000, 1000)),
        ((0.45, 0), (150, 0, 1650, 1000)),
    ],
)
def test_a_crop_lies_around_the_focal_point_as_far_as_the_picture_goes(focal, box):
    assert Look(2000, 1000, *focal).box("card") == box


def test_a_license_that_forbids_crops_gets_none():
    look = Look(2000, 1000, crops=False)
    assert {spec.shape for spec in renditions.plan(look)} == {"full"}
    assert look.shape("card") == "full"


def test_a_picture_that_has_the_shape_of_a_card_is_its_own_card():
    assert {spec.shape for spec in renditions.plan(Look(3000, 2000))} == {"full"}


def test_each_file_is_what_its_name_says():
    files = made(picture_bytes("JPEG", (700, 350)), Look(700, 350))
    sizes = {name: (one.spec.width, one.spec.height) for name, one in files.items()}
    assert sizes == {
        **{f"640.{extension}": (640, 320) for extension in ("avif", "webp", "jpg")},
        **{f"320.{extension}": (320, 160) for extension in ("avif", "webp", "jpg")},
        **{f"card-50-50-320.{extension}": (320, 213) for extension in ("avif", "webp", "jpg")},
    }
    for one in files.values():
        with Image.open(BytesIO(one.data)) as read:
            assert (read.size, read.format.lower()) == ((one.spec.width, one.spec.height), one.spec.format)
            assert not read.getexif()


def test_a_crop_shows_what_lies_at_its_focal_point():
    halves = Image.new("RGB", (1200, 400), "red")
    halves.paste("blue", (600, 0, 1200, 400))
    out = BytesIO()
    halves.save(out, "PNG")
    look = Look(1200, 400, 0.9, 0.5)
    [card] = [one for name, one in made(out.getvalue(), look).items() if name == "card-90-50-320.jpg"]
    with Image.open(BytesIO(card.data)) as read:
        red, _green, blue = read.getpixel((10, 100))
    assert blue > 200 > 50 > red


def test_what_is_transparent_lies_on_paper_where_a_format_has_no_transparency():
    out = BytesIO()
    Image.new("RGBA", (320, 213), (0, 0, 0, 0)).save(out, "PNG")
    files = made(out.getvalue(), Look(320, 213))
    with Image.open(BytesIO(files["320.jpg"].data)) as jpeg:
        assert min(jpeg.getpixel((5, 5))) > 235
    for better in ("320.webp", "320.avif"):
        with Image.open(BytesIO(files[better].data)) as read:
            assert read.mode == "RGBA"


def test_only_what_is_asked_for_is_made():
    look = Look(700, 350)
    wanted = [spec for spec in renditions.plan(look) if spec.format == "webp" and spec.width == 640]
    assert list(made(picture_bytes("JPEG", (700, 350)), look, only=wanted)) == ["640.webp"]
