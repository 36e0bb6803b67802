"""The credit inside a file: read from EXIF, IPTC and XMP, and written as one XMP packet. No other metadata is kept.

Property names follow the IPTC Photo Metadata Standard, packets the XMP Specification, Part 1 (ISO 16684-1), whose
padding lets a packet be exchanged in place, in any format, without touching a pixel.
"""

import hashlib
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from typing import Any, Protocol, cast
from xml.etree.ElementTree import Element
from xml.sax.saxutils import escape

from defusedxml import ElementTree
from PIL import Image, IptcImagePlugin
from PIL.ImageFile import ImageFile

FORMATS = ["JPEG", "PNG", "GIF", "WEBP", "AVIF"]
LONGEST = 1000  # characters of one field, read or written
LARGEST_PNG = 25_000_000  # pixels
LARGEST_PACKET = 512 * 1024  # bytes of XMP that are looked into
ROOM = 1536  # bytes that every packet takes at least, so that another credit will mostly fit in its place
STEP = 512  # a longer one is padded to a multiple of these

NAMESPACES = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "xmpRights": "http://ns.adobe.com/xap/1.0/rights/",
    "photoshop": "http://ns.adobe.com/photoshop/1.0/",
    "cc": "http://creativecommons.org/ns#",
}


class Embedded(Protocol):
    """What is written into a file; `licenses.metadata(credit)` gives it. Strings, empty where there is nothing."""

    @property
    def creator(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def rights(self) -> str: ...
    @property
    def usage_terms(self) -> str: ...
    @property
    def web_statement(self) -> str: ...
    @property
    def credit_line(self) -> str: ...


@dataclass(frozen=True)
class FoundCredit:
    """What a file says about itself, to be offered and never believed; empty strings where it says nothing."""

    title: str = ""
    creator: str = ""
    rights: str = ""
    usage_terms: str = ""
    license_url: str = ""
    credit_line: str = ""
    source: str = ""
    source_url: str = ""
    description: str = ""


# Reading --------------------------------------------------------------------------------------------------------------


def read(data: bytes) -> FoundCredit:
    """What the file in `data` says; nothing where it cannot be read. Never raises."""
    with suppress(Exception), Image.open(BytesIO(data), formats=FORMATS) as picture:
        if picture.format == "PNG" and picture.width * picture.height <= LARGEST_PNG:
            picture.load()  # what it says may stand behind its pixels
        return found_in(picture)
    return FoundCredit()


def found_in(picture: Image.Image) -> FoundCredit:
    """What an open picture says. XMP comes before IPTC, and IPTC before EXIF, which has the fewest words for it."""
    facts: dict[str, str] = {}
    for reader in (_xmp, _iptc, _exif):
        with suppress(Exception):  # these are other people's bytes, and a credit can be typed
            for name, value in reader(picture):
                if words := _tidy(value):
                    facts.setdefault(name, words)
    return FoundCredit(**facts)


_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff]+")


def _tidy(value: Any) -> str:
    return " ".join(_UNSEEN.sub(" ", str(value or "")).split())[:LONGEST]


def _xmp(picture: Image.Image) -> Iterator[tuple[str, str]]:
    packet = picture.info.get("xmp") or picture.info.get("XML:com.adobe.xmp") or b""
    packet = packet.encode() if isinstance(packet, str) else packet
    if not packet or len(packet) > LARGEST_PACKET:
        return
    tree = ElementTree.fromstring(packet.strip(b"\0 \r\n\t"))
    for description in tree.iter(_tag("rdf:Description")):
        for name, place in XMP.items():
            yield name, _value(description, _tag(place))


XMP = {
    "title": "dc:title",
    "creator": "dc:creator",
    "rights": "dc:rights",
    "usage_terms": "xmpRights:UsageTerms",
    "license_url": "xmpRights:WebStatement",
    "credit_line": "photoshop:Credit",
    "source": "photoshop:Source",
    "source_url": "dc:source",
    "description": "dc:description",
}


def _value(description: Element, tag: str) -> str:
    """A property as attribute, plain element or list; of alternatives, the one in the default language counts."""
    element = description.find(tag)
    if element is None:
        return description.get(tag, "")
    items = list(element.iter(_tag("rdf:li")))
    if not items:
        return str(element.text or element.get(_tag("rdf:resource"), ""))
    if element.find(_tag("rdf:Alt")) is not None:
        language = "{http://www.w3.org/XML/1998/namespace}lang"
        return next((item.text or "" for item in items if item.get(language) == "x-default"), items[0].text or "")
    return ", ".join(item.text for item in items if item.text)


def _tag(name: str) -> str:
    prefix, _colon, local = name.partition(":")
    return f"{{{NAMESPACES[prefix]}}}{local}"


IPTC = {  # dataset of record 2 (IPTC-IIM 4.2) -> field
    5: "title",
    80: "creator",
    116: "rights",
    110: "credit_line",
    115: "source",
    120: "description",
}


def _iptc(picture: Image.Image) -> Iterator[tuple[str, str]]:
    record = IptcImagePlugin.getiptcinfo(cast(ImageFile, picture)) or {}
    is_utf8 = record.get((1, 90)) == b"\x1b%G"
    for dataset, name in IPTC.items():
        values = record.get((2, dataset)) or []
        for value in values if isinstance(values, list) else [values]:
            yield name, _decoded(value, is_utf8)


def _decoded(value: bytes, is_utf8: bool) -> str:
    try:
        return value.decode()
    except UnicodeDecodeError:
        return value.decode("utf-8" if is_utf8 else "latin-1", errors="replace")


EXIF = {0x9C9B: "title", 0x013B: "creator", 0x9C9D: "creator", 0x8298: "rights", 0x010E: "description"}
WINDOWS = (0x9C9B, 0x9C9D)  # tags in UTF-16


def _exif(picture: Image.Image) -> Iterator[tuple[str, str]]:
    exif = picture.getexif()
    for tag, name in EXIF.items():
        value = exif.get(tag)
        if isinstance(value, bytes):
            value = value.decode("utf-16-le" if tag in WINDOWS else "utf-8", errors="replace")
        elif isinstance(value, str) and tag not in WINDOWS:
            value = _as_utf8(value)
        yield name, value or ""


def _as_utf8(value: str) -> str:
    """Pillow reads EXIF as Latin-1, which most writers of today do not write."""
    try:
        return value.encode("latin-1").decode()
    except UnicodeError:
        return value


# Writing --------------------------------------------------------------------------------------------------------------

BEGIN = b'<?xpacket begin="\xef\xbb\xbf" id="W5M0MpCehiHzreSzNTczkc9d"?>'
END = b'<?xpacket end="w"?>'


@lru_cache(maxsize=256)  # a page asks for each of its pictures several times
def packet(credit: Embedded | None) -> bytes:
    """The XMP packet of a credit, without padding; of no credit, an empty one. Equal credits give equal bytes."""
    fields = [
        ("dc:creator", "Seq", credit.creator if credit else ""),
        ("dc:title", "Alt", credit.title if credit else ""),
        ("dc:rights", "Alt", credit.rights if credit else ""),
        ("xmpRights:UsageTerms", "Alt", credit.usage_terms if credit else ""),
        ("xmpRights:WebStatement", "", credit.web_statement if credit else ""),
        ("photoshop:Credit", "", credit.credit_line if credit else ""),
    ]
    inner = "".join(_written(name, kind, words) for name, kind, value in fields if (words := _tidy(value)))
    spaces = "".join(f' xmlns:{name}="{NAMESPACES[name]}"' for name in ("dc", "xmpRights", "photoshop"))
    body = (
        f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="{NAMESPACES["rdf"]}">'
        f'<rdf:Description rdf:about=""{spaces}>{inner}</rdf:Description></rdf:RDF></x:xmpmeta>'
    )
    return BEGIN + body.encode() + END


def _written(name: str, kind: str, words: str) -> str:
    text = escape(words)
    language = ' xml:lang="x-default"' if kind == "Alt" else ""
    inner = f"<rdf:{kind}><rdf:li{language}>{text}</rdf:li></rdf:{kind}>" if kind else text
    return f"<{name}>{inner}</{name}>"


def stamp(packet: bytes) -> str:
    """A short name of a packet: 12 hexadecimal digits."""
    return hashlib.sha256(packet).hexdigest()[:12]


def padded(packet: bytes, size: int = 0) -> bytes:
    """The packet with spaces before its end, `size` bytes long, or as long as leaves room for another credit."""
    size = size or max(ROOM, -(-(len(packet) + STEP // 4) // STEP) * STEP)
    return packet.removesuffix(END) + b" " * (size - len(packet)) + END


def exchanged(data: bytes, packet: bytes) -> bytes | None:
    """The file with this packet in the place of its own; None where it does not fit there, or there are none or two."""
    start = data.find(BEGIN)
    end = data.find(END, start) + len(END)
    if start < 0 or end < len(END) or data.count(BEGIN) > 1 or len(packet) > end - start:
        return None
    return data[:start] + padded(packet, end - start) + data[end:]
