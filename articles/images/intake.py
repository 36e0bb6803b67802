"""The one way in for a picture: its real type decides, its size is known before decoding, it is always re-encoded."""

import hashlib
import warnings
from dataclasses import dataclass, field
from io import BytesIO

from PIL import Image

from articles.images import colors, fingerprints, metadata, turns
from articles.images.metadata import FoundCredit
from articles.refusal import Refused

FORMATS = metadata.FORMATS
MOST_BYTES = 40 * 1024 * 1024
# Pixels: as many as can be decoded in 256 MB. A plain JPEG is decoded at the size that is kept; a progressive one, and
# every WebP and AVIF, takes several times its pixels.
MOST_PIXELS = {"JPEG": 50_000_000, "PNG": 25_000_000, "GIF": 25_000_000, "WEBP": 12_500_000, "AVIF": 12_500_000}
MOST_PIXELS_PROGRESSIVE = 25_000_000
SIDE_OF_PROGRESSIVE = 1920  # decoded at half its size down to here
MOST_FRAMES = 500
MOST_STRETCHED = 20  # times as long as wide
MOST_PIXELS_OF_ALL_FRAMES = 1_000_000_000
MOST_WORK = 600  # megapixels times scans of a progressive JPEG; ten scans are usual
LONGEST_SIDE = 3840  # pixels that are kept: twice the widest rendition
LONGEST_SEE_THROUGH = 2560  # of what is kept as a PNG, which takes long to write
KEPT = {"JPEG": "jpg", "PNG": "png"}


class RefusedPicture(Refused):
    """A file that does not become a picture."""


@dataclass(frozen=True)
class Accepted:
    """A picture as it is stored: re-encoded, upright, in sRGB, at most 3840 pixels long, without metadata.

    `digest` is the SHA-256 of `data` and `original` that of the file as it was given, both in hex; `fingerprint` is the
    64-bit hash of its look in hex (`fingerprints`), and `credit` is what the file said of itself.
    """

    data: bytes = field(repr=False)
    format: str
    extension: str
    width: int
    height: int
    digest: str
    original: str = ""
    fingerprint: str = ""
    credit: FoundCredit = field(default_factory=FoundCredit)


def accept(data: bytes, *, name: str = "") -> Accepted:
    """The picture in `data`, made safe to keep. The same picture gives the same bytes. Raises RefusedPicture."""
    called = f"“{name}”" if name else "This file"
    if not data:
        raise RefusedPicture(f"{called} is empty.")
    if len(data) > MOST_BYTES:
        raise RefusedPicture(f"{called} is larger than {MOST_BYTES // 1024 // 1024} MB. Choose a smaller file.")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(BytesIO(data), formats=FORMATS) as picture:
                _refuse_excess(picture, data, called)
                with turns.turn(picture.width * picture.height):
                    return _accepted(picture, data)
    except RefusedPicture:
        raise
    except turns.Busy as problem:
        raise RefusedPicture(str(problem)) from problem
    except Image.DecompressionBombError as problem:
        raise RefusedPicture(f"{called} has too many pixels. The limit is 50 megapixels.") from problem
    except MemoryError as problem:
        raise RefusedPicture(f"{called} needs more memory than the server has.") from problem
    except Exception as problem:  # decoders raise many kinds of error on hostile bytes, and all mean the same here
        raise RefusedPicture(f"{called} isn’t a supported picture. Use JPEG, PNG, GIF, WebP or AVIF.") from problem


def _refuse_excess(picture: Image.Image, data: bytes, called: str) -> None:
    """What a header promises is weighed before anything is decoded."""
    pixels = picture.width * picture.height
    is_jpeg = picture.format in ("JPEG", "MPO")
    most, kind = _most_pixels(picture)
    if pixels > most:
        other = "" if most == MOST_PIXELS["JPEG"] else f" for a {kind}, or 50 as a plain JPEG"
        raise RefusedPicture(f"{called} has {pixels // 1_000_000} megapixels. The limit is {most // 1_000_000}{other}.")
    if is_jpeg and pixels / 1_000_000 * data.count(b"\xff\xda") > MOST_WORK:
        raise RefusedPicture(f"{called} has too many scans. Save it as a plain JPEG.")
    if max(picture.size) > MOST_STRETCHED * min(picture.size):
        raise RefusedPicture(
            f"{called} is {picture.width} × {picture.height} pixels, a strip that no page can show. Crop it first."
        )
    frames = _frames(picture, data)
    if frames > MOST_FRAMES or frames * pixels > MOST_PIXELS_OF_ALL_FRAMES:
        raise RefusedPicture(f"{called} is an animation of {frames} frames. Upload a single frame.")


def _most_pixels(picture: Image.Image) -> tuple[int, str]:
    """The limit for a picture of this kind, and what the kind is called."""
    format = "JPEG" if picture.format == "MPO" else str(picture.format)
    if picture.info.get("progressive"):
        return MOST_PIXELS_PROGRESSIVE, "progressive JPEG"
    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        return MOST_PIXELS[format] * 3 // 4, f"{format} with transparency"
    return MOST_PIXELS[format], format


def _frames(picture: Image.Image, data: bytes) -> int:
    """How many frames the file has, or about so many: a GIF does not say, so the heads of its frames are counted."""
    if picture.format == "GIF":
        return max(1, data.count(b"\x21\xf9\x04"))
    return int(getattr(picture, "n_frames", 1))


def _accepted(picture: Image.Image, data: bytes) -> Accepted:
    turn = TURNS.get(_orientation(picture))
    size = picture.size
    enough = SIDE_OF_PROGRESSIVE if picture.info.get("progressive") else LONGEST_SIDE
    picture.draft(None, _fitting(size, enough))  # a JPEG is decoded no larger than it will be kept
    picture.load()
    credit, profile = metadata.found_in(picture), picture.info.get("icc_profile")
    plain = colors.plain(picture)
    fits = _fitting(size, LONGEST_SEE_THROUGH if plain.mode == "RGBA" else LONGEST_SIDE)
    if plain.width > fits[0]:
        plain = plain.resize(fits, Image.Resampling.LANCZOS, reducing_gap=2)
    if plain is not picture:
        picture.close()  # its pixels would stay in memory while these are written
    upright = plain.transpose(turn) if turn is not None else plain
    kept = colors.in_srgb(upright, profile)
    encoded, format = _encoded(kept)
    return Accepted(
        data=encoded,
        format=format,
        extension=KEPT[format],
        width=kept.width,
        height=kept.height,
        digest=hashlib.sha256(encoded).hexdigest(),
        original=hashlib.sha256(data).hexdigest(),
        fingerprint=fingerprints.of(kept),
        credit=credit,
    )


def _fitting(size: tuple[int, int], most: int) -> tuple[int, int]:
    longest = max(size)
    if longest <= most:
        return size
    width, height = (max(1, round(side * most / longest)) for side in size)
    return width, height


TURNS = {  # EXIF 2.32, tag 0x0112 -> what makes it upright
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


def _orientation(picture: Image.Image) -> int:
    try:
        return int(picture.getexif().get(0x0112, 1))
    except Exception:  # broken EXIF says nothing about how the picture was held
        return 1


def _encoded(picture: Image.Image) -> tuple[bytes, str]:
    """Pixels alone, copied so that nothing else comes along; a JPEG unless something shows through."""
    see_through = picture.mode == "RGBA" and not colors.is_opaque(picture)
    bare = Image.new("RGBA" if see_through else "RGB", picture.size)
    bare.paste(picture if see_through else picture.convert("RGB"))
    out = BytesIO()
    if see_through:
        bare.save(out, "PNG", compress_level=1)
        return out.getvalue(), "PNG"
    bare.save(out, "JPEG", quality=92, subsampling=0)
    return out.getvalue(), "JPEG"
