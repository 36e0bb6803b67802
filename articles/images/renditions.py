"""The shapes, widths and formats in which a picture is served; made when it is stored, never in a reader's request."""

import os
from collections.abc import Collection
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from io import BytesIO

from PIL import Image

from articles.images import metadata, turns

WIDTHS = (320, 640, 960, 1280, 1920)
CARD_WIDTHS = (320, 640, 960, 1280)
RATIOS = {"card": 3 / 2}
FORMATS = {"avif": "avif", "webp": "webp", "jpeg": "jpg"}  # format -> extension, the best first
TYPES = {"avif": "image/avif", "webp": "image/webp", "jpg": "image/jpeg"}
ALMOST = 0.01  # a crop that takes off less is not worth its files
PAPER = (250, 248, 244)  # behind transparent pixels where a format has none
RECIPE = "1"  # raised when the same picture is to be made anew


@dataclass(frozen=True)
class Look:
    """What decides which files are made of a picture.

    Its size in pixels; the point that every crop keeps in sight, from 0 to 1 from left and top; whether its license
    lets it be cropped at all.
    """

    width: int
    height: int
    focal_x: float = 0.5
    focal_y: float = 0.5
    crops: bool = True

    def shape(self, wanted: str) -> str:
        """The shape that stands in for a wanted one: `full` where nothing may or need be cropped."""
        if wanted == "full" or not self.crops:
            return "full"
        ratio = self.width / self.height
        return "full" if abs(ratio / RATIOS[wanted] - 1) < ALMOST else wanted

    def box(self, shape: str) -> tuple[int, int, int, int]:
        """Left, top, right, bottom of the largest part in a shape, around the focal point."""
        if shape == "full":
            return 0, 0, self.width, self.height
        width = min(self.width, max(1, round(self.height * RATIOS[shape])))
        height = min(self.height, max(1, round(self.width / RATIOS[shape])))
        left = min(max(0, round(self.width * self.focal_x - width / 2)), self.width - width)
        top = min(max(0, round(self.height * self.focal_y - height / 2)), self.height - height)
        return left, top, left + width, top + height


@dataclass(frozen=True)
class Packets:
    """A credit as XMP for the files of one picture: for the whole, and for its crops, which say that they are crops."""

    whole: bytes
    crop: bytes

    @property
    def stamp(self) -> str:
        """The short name under which files with this credit lie."""
        return metadata.stamp(self.whole + self.crop + RECIPE.encode())

    def of(self, shape: str) -> bytes:
        return self.whole if shape == "full" else self.crop


NO_CREDIT = Packets(metadata.packet(None), metadata.packet(None))


@dataclass(frozen=True)
class Spec:
    """One file to make: which part of the picture, how large in pixels, in which format; `file` is its short name."""

    file: str
    shape: str
    width: int
    height: int
    format: str


@dataclass(frozen=True)
class Rendition:
    """One file to serve."""

    spec: Spec
    data: bytes = field(repr=False)


def specs(look: Look, shape: str) -> list[Spec]:
    """The files of one shape, format by format and the widest first; never wider than the picture."""
    left, top, right, bottom = look.box(shape)
    whole, high = right - left, bottom - top
    wanted = {"full": WIDTHS, "card": CARD_WIDTHS}[shape]
    widths = [width for width in wanted if width <= whole] or [whole]
    start = "" if shape == "full" else f"{shape}-{round(100 * look.focal_x)}-{round(100 * look.focal_y)}-"
    return [
        Spec(f"{start}{width}.{FORMATS[format]}", shape, width, max(1, round(high * width / whole)), format)
        for format in FORMATS
        for width in reversed(widths)
    ]


def plan(look: Look) -> list[Spec]:
    """Every file that is served of a picture."""
    shapes = dict.fromkeys(look.shape(wanted) for wanted in ("full", *RATIOS))
    return [spec for shape in shapes for spec in specs(look, shape)]


def folder_for(digest: str, stamp: str = "") -> str:
    """Where a picture's files are under the media folder: those with the credit that has this stamp, or all."""
    return f"renditions/{digest[:24]}" + (f"/{stamp}" if stamp else "")


def make(data: bytes, look: Look, *, packets: Packets, only: Collection[Spec] | None = None) -> list[Rendition]:
    """The planned files of an accepted picture (all, or those in `only`), each with its XMP packet and nothing else.

    Raises turns.Busy.
    """
    with turns.turn(look.width * look.height):
        return _made(data, look, packets, plan(look) if only is None else list(only))


def _made(data: bytes, look: Look, packets: Packets, wanted: list[Spec]) -> list[Rendition]:
    with Image.open(BytesIO(data), formats=["JPEG", "PNG"]) as source:
        source.load()
        whole = source.convert("RGBA" if source.mode in ("RGBA", "LA", "PA") else "RGB")
    scaled = {
        (shape, width): _scaled(whole, (width, height), look.box(shape))
        for shape, width, height in dict.fromkeys((spec.shape, spec.width, spec.height) for spec in wanted)
    }
    with ThreadPoolExecutor(os.cpu_count()) as pool:  # encoders work outside of Python's lock
        encoded = pool.map(lambda spec: _encode(scaled[spec.shape, spec.width], spec, packets), wanted)
        return [Rendition(spec, data) for spec, data in zip(wanted, encoded, strict=True)]


def _scaled(whole: Image.Image, size: tuple[int, int], box: tuple[int, int, int, int]) -> Image.Image:
    picture = whole.resize(size, Image.Resampling.LANCZOS, box=box, reducing_gap=2)
    picture.info = {}
    return picture


def _encode(picture: Image.Image, spec: Spec, packets: Packets) -> bytes:
    out, xmp = BytesIO(), metadata.padded(packets.of(spec.shape))
    if spec.format == "avif":
        picture.save(out, "AVIF", quality=60, speed=8, xmp=xmp)
    elif spec.format == "webp":
        picture.save(out, "WEBP", quality=80, method=2, xmp=xmp)  # half the work of 4, 4% more bytes
    else:
        _opaque(picture).save(out, "JPEG", quality=82, progressive=True, optimize=True, xmp=xmp)
    return out.getvalue()


def _opaque(picture: Image.Image) -> Image.Image:
    if picture.mode == "RGB":
        return picture
    ground = Image.new("RGB", picture.size, PAPER)
    ground.paste(picture, mask=picture.getchannel("A"))
    return ground
