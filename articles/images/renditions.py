"""The widths and formats in which a picture is served, made once when it is stored."""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

from PIL import Image

WIDTHS = (320, 640, 960, 1280, 1920)
FORMATS = {"webp": "webp", "jpeg": "jpg"}  # format -> extension
PAPER = (250, 248, 244)  # behind transparent pixels where a format has none


@dataclass(frozen=True)
class Rendition:
    """One file to serve: its name under the media folder, its size in pixels, its bytes."""

    name: str
    width: int
    height: int
    format: str
    data: bytes


def widths_for(width: int) -> list[int]:
    """The widths made of a picture so wide: never larger than it is, and its own where it is smaller than all."""
    return [made for made in WIDTHS if made <= width] or [width]


def name_for(digest: str, width: int, format: str) -> str:
    return f"renditions/{digest[:2]}/{digest}-{width}.{FORMATS[format]}"


def make(data: bytes, *, digest: str, xmp: bytes = b"") -> Iterator[Rendition]:
    """Every rendition of an accepted picture, with the given XMP packet and no other metadata in each."""
    with Image.open(BytesIO(data), formats=["JPEG", "PNG"]) as source:
        source.load()
        full = source.convert("RGBA" if source.mode in ("RGBA", "LA", "PA") else "RGB")
    for width in reversed(widths_for(full.width)):
        height = max(1, round(full.height * width / full.width))
        scaled = full if width == full.width else full.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=3)
        for format in FORMATS:
            yield Rendition(name_for(digest, width, format), width, height, format, _encode(scaled, format, xmp))


def _encode(picture: Image.Image, format: str, xmp: bytes) -> bytes:
    out = BytesIO()
    extra = {"xmp": xmp} if xmp else {}
    if format == "webp":
        picture.save(out, "WEBP", quality=80, method=4, **extra)
    else:
        _opaque(picture).save(out, "JPEG", quality=82, progressive=True, optimize=True, **extra)
    return out.getvalue()


def _opaque(picture: Image.Image) -> Image.Image:
    if picture.mode == "RGB":
        return picture
    ground = Image.new("RGB", picture.size, PAPER)
    ground.paste(picture, mask=picture.getchannel("A"))
    return ground
