"""The one way in: what a picture really is decides, hostile bytes are refused, nothing hidden survives."""

import zipfile
import zlib
from contextlib import suppress
from io import BytesIO
from itertools import combinations
from struct import pack

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageCms, PngImagePlugin

from articles.images import drawing, fingerprints, intake
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
        (b"just words", "isn’t a supported picture"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "isn’t a supported picture"),
        (b"GIF89a<script>alert(1)</script>", "isn’t a supported picture"),
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 40, "isn’t a supported picture"),
        (b"%PDF-1.4", "isn’t a supported picture"),
        (b"PK\x03\x04", "isn’t a supported picture"),
        (picture_bytes("JPEG", (60, 40))[:200], "isn’t a supported picture"),
        (b"<!doctype html><img src=x onerror=alert(1)>", "isn’t a supported picture"),
        (b"GIF89a/*<svg onload=alert(1)>*/=1;", "isn’t a supported picture"),
        (png_that_claims(10_000, 10_000), "pixels"),
        (png_that_claims(30_000, 30_000), "pixels"),
        (png_that_claims(6_000, 5_000), "The limit is 25 for a PNG, or 50 as a plain JPEG"),
        (png_that_claims(2**31 - 1, 1), "pixels"),
        (png_that_claims(0, 40), "isn’t a supported picture"),
    ],
    ids=[
        *("empty", "words", "svg", "script", "broken", "pdf", "zip", "cut", "html", "gif that is script"),
        *("100 megapixels", "900 megapixels", "30 megapixels", "a line", "no pixels"),
    ],
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


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_a_picture_stands_upright_however_it_was_held(format, orientation):
    """Red at the top left, green beside it, blue below, once it is turned as EXIF 2.32 says for each orientation."""
    upright = Image.new("RGB", (64, 48), "white")
    for color, place in (("red", (0, 0)), ("lime", (32, 0)), ("blue", (0, 24))):
        upright.paste(color, (*place, place[0] + 32, place[1] + 24))
    held = upright.transpose(AS_HELD[orientation]) if orientation in AS_HELD else upright
    exif = Image.Exif()
    exif[0x0112] = orientation
    out = BytesIO()
    held.save(out, format, exif=exif, quality=95)
    accepted = intake.accept(out.getvalue(), name="x")
    with Image.open(BytesIO(accepted.data)) as read:
        assert read.size == (64, 48)
        corners = [read.convert("RGB").getpixel(place) for place in ((8, 8), (56, 8), (8, 40), (56, 40))]
    assert [[value > 128 for value in corner] for corner in corners] == [
        *([True, False, False], [False, True, False], [False, False, True], [True, True, True]),
    ]
    assert b"Exif" not in accepted.data


AS_HELD = {  # what a camera does to an upright picture before it writes the orientation
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}


def test_an_animation_becomes_its_first_frame():
    out = BytesIO()
    frames = [Image.new("RGB", (30, 20), color) for color in ("red", "blue")]
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


# Polyglots, bombs and films -------------------------------------------------------------------------------------------


def test_a_file_that_is_two_things_is_kept_as_the_picture_alone():
    script = b"<html><script>alert(1)</script></html>"
    gif, jpeg = picture_bytes("GIF", (30, 20)), picture_bytes("JPEG", (30, 20))
    archive = BytesIO()
    with zipfile.ZipFile(archive, "w") as packed:
        packed.writestr("evil.html", script)
    for data in (gif + script, jpeg + archive.getvalue(), jpeg[:2] + b"\xff\xfe" + pack(">H", 40) + script + jpeg[2:]):
        accepted = intake.accept(data, name="x.html")
        assert accepted.format == "JPEG"
        assert b"script" not in accepted.data
        assert b"PK\x03\x04" not in accepted.data
        with Image.open(BytesIO(accepted.data)) as read:
            assert read.size == (30, 20)


@pytest.mark.parametrize("format", ["JPEG", "PNG", "GIF", "WEBP", "AVIF"])
@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.99])
def test_a_file_that_was_cut_off_is_a_sentence_or_a_picture(format, share):
    noise = Image.effect_noise((120, 80), 90).convert("RGB")
    out = BytesIO()
    noise.save(out, format)
    whole = out.getvalue()
    with suppress(RefusedPicture):
        accepted = intake.accept(whole[: int(len(whole) * share)], name="x")
        assert (accepted.width, accepted.height) == (120, 80)


def film(format, frames, size=(16, 16)):
    out = BytesIO()
    first, *others = (Image.new("RGB", size, (number % 256, number // 256, 90)) for number in range(frames))
    first.save(out, format, save_all=True, append_images=others, duration=20, lossless=True)
    return out.getvalue()


@pytest.mark.parametrize("format", ["GIF", "WEBP", "PNG"])
def test_a_film_of_too_many_frames_is_refused(format):
    with pytest.raises(RefusedPicture, match="is an animation of 501 frames"):
        intake.accept(film(format, intake.MOST_FRAMES + 1), name="x")


def test_a_film_whose_frames_are_large_is_refused_before_one_is_decoded(monkeypatch):
    monkeypatch.setattr(intake, "MOST_PIXELS_OF_ALL_FRAMES", 16 * 16 * 10)
    monkeypatch.setattr(intake, "_accepted", None)
    with pytest.raises(RefusedPicture, match="is an animation of 11 frames"):
        intake.accept(film("WEBP", 11), name="x")


def test_a_jpeg_of_thousands_of_passes_is_refused():
    large = picture_bytes("JPEG", (4000, 3000))
    with pytest.raises(RefusedPicture, match="too many scans"):
        intake.accept(large[:-2] + b"\xff\xda\x00\x0c" * 60 + large[-2:], name="x")


def test_what_takes_more_memory_may_have_fewer_pixels(monkeypatch):
    monkeypatch.setattr(intake, "MOST_PIXELS_PROGRESSIVE", 2_000_000)
    monkeypatch.setitem(intake.MOST_PIXELS, "PNG", 4_000_000)
    with pytest.raises(RefusedPicture, match=r"has 3 megapixels. The limit is 2 for a progressive JPEG"):
        intake.accept(picture_bytes("JPEG", (2000, 1600), progressive=True), name="x")
    assert intake.accept(picture_bytes("JPEG", (2000, 1600)), name="x").width == 2000
    with pytest.raises(RefusedPicture, match="The limit is 3 for a PNG with transparency"):
        intake.accept(saved(Image.new("RGBA", (2000, 1600)), "PNG"), name="x")
    assert intake.accept(picture_bytes("PNG", (2000, 1600)), name="x").width == 2000


def test_a_picture_larger_than_a_page_needs_is_kept_smaller_in_its_own_shape():
    accepted = intake.accept(picture_bytes("JPEG", (6000, 3000)), name="x")
    assert (accepted.width, accepted.height) == (3840, 1920)
    line = intake.accept(picture_bytes("PNG", (9000, 450)), name="x")
    assert (line.width, line.height) == (3840, 192)


# Colors --------------------------------------------------------------------------------------------------------------


def color_of(data):
    with Image.open(BytesIO(intake.accept(data, name="x").data)) as read:
        assert not read.info.get("icc_profile")
        return read.convert("RGB").getpixel((5, 5))


def close(one, other, by=12):
    return all(abs(a - b) <= by for a, b in zip(one, other, strict=True))


def saved(picture, format, **kwargs):
    out = BytesIO()
    picture.save(out, format, **kwargs)
    return out.getvalue()


def test_inks_become_the_colors_that_they_print():
    assert close(color_of(saved(Image.new("CMYK", (20, 20), (0, 255, 255, 0)), "JPEG", quality=95)), (255, 0, 0))
    assert close(color_of(saved(Image.new("CMYK", (20, 20), (0, 0, 0, 0)), "JPEG", quality=95)), (255, 255, 255))


def test_a_profile_of_other_primaries_is_told_in_srgb():
    """The same numbers mean another color under another profile; LittleCMS, asked directly, says which."""
    wide = swapped_primaries()
    picture = Image.new("RGB", (20, 20), (200, 60, 30))
    expected = ImageCms.profileToProfile(
        picture, ImageCms.ImageCmsProfile(BytesIO(wide)), ImageCms.createProfile("sRGB"), outputMode="RGB"
    ).getpixel((5, 5))
    assert not close(expected, (200, 60, 30), by=60)
    for format in ("JPEG", "PNG", "WEBP", "AVIF"):
        assert close(color_of(saved(picture, format, icc_profile=wide, quality=95)), expected), format


def test_what_shows_through_keeps_its_colors_and_its_transparency():
    picture = Image.new("RGBA", (20, 20), (200, 60, 30, 128))
    kept = intake.accept(saved(picture, "PNG", icc_profile=swapped_primaries()), name="x")
    with Image.open(BytesIO(kept.data)) as read:
        *color, alpha = read.getpixel((5, 5))
    assert alpha == 128
    assert not close(color, (200, 60, 30), by=60)


def swapped_primaries():
    """An RGB profile whose red is sRGB's green and the other way round: nobody can mistake whether it was heeded."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    red, green = profile.index(b"rXYZ"), profile.index(b"gXYZ")
    profile[red : red + 4], profile[green : green + 4] = b"gXYZ", b"rXYZ"
    return bytes(profile)


@pytest.mark.parametrize(
    "profile",
    [b"", b"x" * 200, ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()],
    ids=["none", "noise", "lab"],
)
def test_a_profile_that_says_nothing_useful_changes_no_color(profile):
    picture = Image.new("RGB", (20, 20), (200, 60, 30))
    assert close(color_of(saved(picture, "PNG", icc_profile=profile)), (200, 60, 30))


@pytest.mark.parametrize(
    ("picture", "expected"),
    [
        (Image.new("L", (20, 20), 128), (128, 128, 128)),
        (Image.new("LA", (20, 20), (128, 255)), (128, 128, 128)),
        (Image.new("1", (20, 20), 1), (255, 255, 255)),
        (Image.new("I;16", (20, 20), 128 * 256), (128, 128, 128)),
        (Image.new("RGB", (20, 20), (200, 60, 30)).quantize(4), (200, 60, 30)),
    ],
    ids=["gray", "gray with alpha", "bits", "16 bits", "palette"],
)
def test_every_way_of_storing_colors_comes_out_right(picture, expected):
    assert close(color_of(saved(picture, "PNG")), expected)


# What else a file is known by -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name", ["写真.jpg", "صورة.png", "фото", "../../etc/passwd", "a\0b", "<b>.jpg", "x" * 5000, ""]
)
def test_a_name_in_any_script_is_only_ever_said(name):
    accepted = intake.accept(picture_bytes("PNG"), name=name)
    assert (accepted.extension, accepted.digest) == ("jpg", intake.accept(picture_bytes("PNG")).digest)


def test_what_the_file_said_of_itself_comes_along():
    exif = Image.Exif()
    exif[0x013B] = "Jane Doe"
    accepted = intake.accept(picture_bytes("JPEG", exif=exif), name="x")
    assert accepted.credit.creator == "Jane Doe"
    assert b"Jane" not in accepted.data


def test_a_look_outlives_scaling_and_another_format_and_differs_between_pictures():
    kinds = sorted(set(drawing.KINDS) - {"pulses"})  # a few thin lines on an even ground: too little to compare
    drawn = [Image.open(BytesIO(drawing.draw(kind, seed=9))).convert("RGB") for kind in kinds]
    looks = [intake.accept(saved(picture, "PNG")).fingerprint for picture in drawn]
    for picture, look in zip(drawn, looks, strict=True):
        for format, size in (("JPEG", (800, 450)), ("WEBP", (500, 281)), ("AVIF", (640, 360))):
            again = intake.accept(saved(picture.resize(size), format, quality=60, speed=10)).fingerprint  # AVIF’s
            assert fingerprints.are_alike(look, again), fingerprints.distance(look, again)
    assert not any(fingerprints.are_alike(a, b) for a, b in combinations(looks, 2))


def test_a_picture_without_edges_looks_like_none():
    gray, green = intake.accept(picture_bytes("PNG")).fingerprint, intake.accept(picture_bytes("JPEG")).fingerprint
    assert not fingerprints.are_alike(gray, green)


@pytest.mark.parametrize("size", [(1, 20_000), (20_000, 1), (2, 41)])
def test_a_strip_that_no_page_can_show_is_refused_before_it_is_decoded(size, monkeypatch):
    monkeypatch.setattr(intake, "_accepted", None)
    with pytest.raises(RefusedPicture, match=f"is {size[0]} × {size[1]} pixels, a strip that no page can show"):
        intake.accept(picture_bytes("PNG", size), name="x")
