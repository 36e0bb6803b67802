"""Every way of storing colors, brought to sRGB: palettes, grays of 16 bits, inks (CMYK), foreign ICC profiles."""

from io import BytesIO

from PIL import Image, ImageCms

SRGB = ImageCms.createProfile("sRGB")
MODES = {"RGB ": "RGB", "GRAY": "L", "CMYK": "CMYK"}  # color space of a profile (ICC.1) -> mode of its pixels


def plain(picture: Image.Image) -> Image.Image:
    """The picture as RGB, RGBA, L or CMYK, whatever it was; RGBA only if something shows through."""
    if picture.mode == "RGBA" and "transparency" not in picture.info and is_opaque(picture):
        return picture.convert("RGB")
    if picture.mode in ("RGB", "RGBA", "L", "CMYK") and "transparency" not in picture.info:
        return picture
    if picture.mode in ("LA", "PA", "La", "RGBa") or "transparency" in picture.info:
        return picture.convert("RGBA")
    if picture.mode.startswith("I"):
        return picture.point(lambda value: value / 256).convert("L")
    return picture.convert("L" if picture.mode == "1" else "RGB")


def is_opaque(picture: Image.Image) -> bool:
    return picture.getchannel("A").getextrema() == (255, 255)


def in_srgb(picture: Image.Image, profile: bytes | None) -> Image.Image:
    """A plain picture as RGB or RGBA in sRGB. A broken profile, or one of other colors, says nothing."""
    see_through = picture.mode == "RGBA"
    converted = _converted(picture, profile) if profile else None
    if converted is None:
        return picture if picture.mode in ("RGB", "RGBA") else picture.convert("RGB")
    if see_through:
        converted.putalpha(picture.getchannel("A"))
    return converted


def _converted(picture: Image.Image, profile: bytes) -> Image.Image | None:
    try:
        source = ImageCms.ImageCmsProfile(BytesIO(profile))
        mode = MODES.get(source.profile.xcolor_space + " " * (4 - len(source.profile.xcolor_space)))
        if mode is None or (mode == "CMYK") != (picture.mode == "CMYK"):
            return None
        pixels = picture if picture.mode == mode else picture.convert(mode)
        return ImageCms.profileToProfile(pixels, source, SRGB, outputMode="RGB")
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return None
