"""The one way in for a picture: its real type decides, its size is known before decoding, it is always re-encoded."""

import hashlib
import warnings
from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageCms, ImageOps

FORMATS = ["JPEG", "PNG", "GIF", "WEBP", "AVIF"]
MOST_BYTES = 40 * 1024 * 1024
MOST_PIXELS = 50_000_000


class RefusedPicture(ValueError):
    """A file that does not become a picture; the message is one sentence for the person who chose it."""


@dataclass(frozen=True)
class Accepted:
    """A picture as it is stored: re-encoded, upright, in sRGB, without metadata; `digest` is the SHA-256 of `data`."""

    data: bytes
    format: str
    extension: str
    width: int
    height: int
    digest: str


def accept(data: bytes, *, name: str = "") -> Accepted:
    """The picture in `data`, made safe to keep. The same picture gives the same bytes. Raises RefusedPicture."""
    called = f"“{name}”" if name else "This file"
    if not data:
        raise RefusedPicture(f"{called} is empty.")
    if len(data) > MOST_BYTES:
        raise RefusedPicture(f"{called} is larger than {MOST_BYTES // 1024 // 1024} MB; a smaller one will do.")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(BytesIO(data), formats=FORMATS) as picture:
                if picture.width * picture.height > MOST_PIXELS:
                    megapixels = picture.width * picture.height // 1_000_000
                    raise RefusedPicture(f"{called} has {megapixels} megapixels, and 50 are the most we can take.")
                picture.load()
                upright = ImageOps.exif_transpose(picture)
                return _encoded(_in_srgb(upright))
    except RefusedPicture:
        raise
    except Image.DecompressionBombError as problem:
        raise RefusedPicture(f"{called} has more pixels than we can take; 50 megapixels are the most.") from problem
    except MemoryError as problem:
        raise RefusedPicture(f"{called} needs more memory than there is.") from problem
    except Exception as problem:  # decoders raise many kinds of error on hostile bytes, and all mean the same here
        raise RefusedPicture(
            f"{called} is not a picture that we can read: JPEG, PNG, GIF, WebP and AVIF are."
        ) from problem


def _in_srgb(picture: Image.Image) -> Image.Image:
    has_alpha = picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info
    wanted = "RGBA" if has_alpha else "RGB"
    profile = picture.info.get("icc_profile")
    if profile and picture.mode in ("RGB", "CMYK", "L"):
        try:
            source = ImageCms.ImageCmsProfile(BytesIO(profile))
            converted = ImageCms.profileToProfile(picture, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
            if converted is not None:
                return converted
        except (ImageCms.PyCMSError, OSError, ValueError):
            pass  # a broken profile says nothing about the colours: take them as they are
    if picture.mode.startswith("I;16"):
        return picture.point(lambda value: value / 256).convert("L").convert("RGB")
    return picture.convert(wanted)


def _encoded(picture: Image.Image) -> Accepted:
    out = BytesIO()
    bare = Image.new(picture.mode, picture.size)
    bare.paste(picture)
    if picture.mode == "RGBA" and picture.getchannel("A").getextrema() != (255, 255):
        format, extension = "PNG", "png"
        bare.save(out, format, optimize=True)
    else:
        format, extension = "JPEG", "jpg"
        bare.convert("RGB").save(out, format, quality=92, subsampling=0)
    data = out.getvalue()
    return Accepted(data, format, extension, bare.width, bare.height, hashlib.sha256(data).hexdigest())
