"""The one way in: what a picture really is decides, hostile bytes are refused, nothing hidden survives."""

import zlib
from contextlib import suppress
from io import BytesIO
from struct import pack

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, PngImagePlugin

from articles.images import intake
from articles.images.intake import RefusedPicture
from tests.factories import picture_bytes


@pytest.mark.parametrize("format", ["JPEG", "PNG", "GIF", "WEBP", "AVIF"])
def test_every_format_of_the_list_comes_in_whatever_it_is_called(format):
    accepted = intake.accept(picture_bytes(format, (60, 40)), name="called.exe")
    assert (accepted.width, accepted.height, accepted.format) == (60, 40, "JPEG")
    with Image.open(BytesIO(accepted.data)) as read:
        assert read.format == "JPEG"


@pytest.mark.parametrize("format", ["BMP", "TIFF", "ICO", "PPM", "PDF"])
def test_other_formats_are_refused(format):
    with pytest.raises(RefusedPicture):
        intake.accept(picture_bytes(format, (60, 40)), name="picture")


def png_that_claims(width, height):
    """A PNG of a few bytes whose header promises so many pixels."""

    def chunk(kind, data):
        return pack(">I", len(data)) + kind + data + pack(">I", zlib.crc32(kind + data))

    header = pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "is empty"),
        (b"just words", "is not a picture"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "is not a picture"),
        (b"GIF89a<script>alert(1)</script>", "is not a picture"),
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 40, "is not a picture"),
        (b"%PDF-1.4", "is not a picture"),
        (b"PK\x03\x04", "is not a picture"),
        (picture_bytes("JPEG", (60, 40))[:200], "is not a picture"),
        (png_that_claims(10_000, 10_000), "pixels"),
        (png_that_claims(2**31 - 1, 1), "pixels"),
    ],
    ids=["empty", "words", "svg", "script", "broken", "pdf", "zip", "cut", "100 megapixels", "a line"],
)
def test_what_is_no_picture_or_too_large_is_refused_in_one_sentence(data, words):
    with pytest.raises(RefusedPicture) as refused:
        intake.accept(data, name="clinic.jpg")
    sentence = str(refused.value)
    assert "clinic.jpg" in sentence
    assert words in sentence
    assert sentence.endswith(".")


def test_a_file_of_too_many_bytes_is_refused_before_it_is_read():
    with pytest.raises(RefusedPicture) as refused:
        intake.accept(b"\xff\xd8\xff" + bytes(intake.MOST_BYTES), name="x.jpg")
    assert "MB" in str(refused.value)


def test_what_is_hidden_in_a_file_does_not_survive():
    exif = Image.Exif()
    exif[0x0110] = "SECRET camera"
    exif.get_ifd(0x8825)[2] = (52.0, 30.0, 0.0)
    info = PngImagePlugin.PngInfo()
    info.add_text("comment", "SECRET comment <script>")
    files = [
        picture_bytes("JPEG", (60, 40), exif=exif, comment=b"SECRET comment"),
        picture_bytes("PNG", (60, 40), pnginfo=info) + b"SECRET tail <script>alert(1)</script>",
        picture_bytes("WEBP", (60, 40), exif=exif, xmp=b"<x>SECRET</x>"),
    ]
    for data in files:
        kept = intake.accept(data, name="x").data
        assert b"SECRET" not in kept
        assert b"script" not in kept
        assert b"Exif" not in kept


def test_a_picture_taken_sideways_stands_upright():
    exif = Image.Exif()
    exif[0x0112] = 6
    accepted = intake.accept(picture_bytes("JPEG", (60, 40), exif=exif), name="x")
    assert (accepted.width, accepted.height) == (40, 60)


def test_an_animation_becomes_its_first_frame():
    out = BytesIO()
    frames = [Image.new("RGB", (30, 20), colour) for colour in ("red", "blue")]
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:])
    with Image.open(BytesIO(intake.accept(out.getvalue(), name="x").data)) as read:
        assert getattr(read, "n_frames", 1) == 1
        red, _green, blue = read.convert("RGB").getpixel((5, 5))
    assert red > blue


def test_transparency_is_kept():
    out = BytesIO()
    Image.new("RGBA", (30, 20), (10, 20, 30, 0)).save(out, "PNG")
    assert intake.accept(out.getvalue(), name="x").format == "PNG"


def test_the_same_picture_has_the_same_hash():
    data = picture_bytes("PNG", (60, 40))
    assert intake.accept(data, name="a").digest == intake.accept(data, name="b").digest


@settings(deadline=None)
@given(
    st.sampled_from(["JPEG", "PNG", "GIF", "WEBP"]),
    st.lists(st.tuples(st.floats(0, 0.999), st.integers(0, 255)), min_size=1, max_size=8),
)
def test_damaged_files_are_read_or_refused_and_nothing_else(format, damage):
    data = bytearray(picture_bytes(format, (40, 30)))
    for place, value in damage:
        data[int(place * len(data))] = value
    with suppress(RefusedPicture):
        assert intake.accept(bytes(data), name="x").width > 0
