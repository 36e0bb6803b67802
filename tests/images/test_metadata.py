"""What a file says of itself is read from three places; what we write is one packet, the same in every format."""

import shutil
import subprocess
from dataclasses import astuple, dataclass, replace
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, PngImagePlugin

from articles.images import metadata
from articles.images.metadata import FoundCredit
from tests.factories import picture_bytes


@dataclass(frozen=True)
class Said:
    creator: str = "Jane Doe"
    title: str = "Nerve <&> “bundle” 神経"
    rights: str = "© Jane Doe, CC BY 4.0"
    usage_terms: str = "CC BY 4.0"
    web_statement: str = "https://creativecommons.org/licenses/by/4.0/"
    credit_line: str = "“Nerve” by Jane Doe via Flickr"


def with_packet(format, packet=None):
    return picture_bytes(format, (60, 40), xmp=metadata.padded(packet or metadata.packet(Said())))


def as_said(found):
    return Said(found.creator, found.title, found.rights, found.usage_terms, found.license_url, found.credit_line)


@pytest.mark.parametrize("format", ["JPEG", "WEBP", "AVIF"])
def test_a_packet_comes_back_out_of_every_format_word_for_word(format):
    assert as_said(metadata.read(with_packet(format))) == Said()


def test_a_packet_behind_the_pixels_of_a_png_is_read():
    info = PngImagePlugin.PngInfo()
    info.add_itxt("XML:com.adobe.xmp", metadata.packet(Said()).decode())
    png = picture_bytes("PNG", pnginfo=info)
    start, pixels = png.index(b"iTXt") - 4, png.index(b"IDAT") - 4
    end = start + 12 + int.from_bytes(png[start : start + 4], "big")
    assert end <= pixels
    moved = png[:start] + png[end:-12] + png[start:end] + png[-12:]
    assert as_said(metadata.read(moved)) == as_said(metadata.read(png)) == Said()


@given(st.builds(Said, *[st.text(max_size=60)] * 6))
def test_whatever_a_credit_says_its_packet_can_be_read(said):
    found = metadata.read(with_packet("JPEG", metadata.packet(said)))
    assert as_said(found) == Said(*(metadata._tidy(value) for value in astuple(said)))


@pytest.mark.parametrize("format", ["JPEG", "WEBP", "AVIF"])
def test_a_credit_is_exchanged_in_place_and_no_pixel_changes(format):
    before = with_packet(format)
    other = replace(Said(), creator="Somebody Else", title="Another, longer title than it had before")
    after = metadata.exchanged(before, metadata.packet(other))
    assert len(after) == len(before)
    assert as_said(metadata.read(after)) == other
    with Image.open(BytesIO(before)) as old, Image.open(BytesIO(after)) as new:
        assert old.tobytes() == new.tobytes()


def test_a_credit_that_does_not_fit_in_its_place_is_not_squeezed_in():
    long = metadata.packet(replace(Said(), title="x" * 999, rights="y" * 999))
    assert metadata.exchanged(with_packet("JPEG"), long) is None
    assert metadata.exchanged(picture_bytes("JPEG"), long) is None
    assert metadata.exchanged(with_packet("JPEG") * 2, metadata.packet(Said())) is None


def test_a_stamp_names_one_credit():
    assert metadata.stamp(metadata.packet(Said())) == metadata.stamp(metadata.packet(Said()))
    assert metadata.stamp(metadata.packet(Said())) != metadata.stamp(metadata.packet(replace(Said(), title="x")))


# Reading what others wrote --------------------------------------------------------------------------------------------


def exif(**tags):
    written = Image.Exif()
    for tag, value in tags.items():
        written[int(tag[1:], 16)] = value
    return written


def test_exif_is_read():
    data = picture_bytes(
        "JPEG",
        exif=exif(x013B="Jørgen".encode(), x8298="© J".encode(), x010E="A pump", x9C9B="Titel ✓".encode("utf-16-le")),
    )
    found = metadata.read(data)
    assert (found.creator, found.rights, found.description, found.title) == ("Jørgen", "© J", "A pump", "Titel ✓")


IPTC_FIELDS = {5: "Title", 80: "Jane Doe", 110: "Jane / Agency", 115: "Flickr", 116: "© Jane", 120: "A pump"}


def with_iptc(fields, encoding="utf-8"):
    """A JPEG with an IPTC block (IIM 4.2) in Photoshop's segment."""
    records = b"\x1c\x01\x5a\x00\x03\x1b%G" if encoding == "utf-8" else b""
    for dataset, value in fields.items():
        said = value.encode(encoding)
        records += b"\x1c\x02" + bytes([dataset]) + len(said).to_bytes(2, "big") + said
    block = b"8BIM\x04\x04\x00\x00" + len(records).to_bytes(4, "big") + records + b"\x00" * (len(records) % 2)
    segment = b"Photoshop 3.0\x00" + block
    jpeg = picture_bytes("JPEG")
    return jpeg[:2] + b"\xff\xed" + (len(segment) + 2).to_bytes(2, "big") + segment + jpeg[2:]


def test_iptc_is_read():
    assert metadata.read(with_iptc(IPTC_FIELDS)) == FoundCredit(
        title="Title",
        creator="Jane Doe",
        rights="© Jane",
        credit_line="Jane / Agency",
        source="Flickr",
        description="A pump",
    )


def test_iptc_of_before_unicode_is_read():
    assert metadata.read(with_iptc({80: "Jörg Müller"}, "latin-1")).creator == "Jörg Müller"


@pytest.mark.parametrize(
    "inner",
    [
        '<rdf:Description rdf:about="" photoshop:Credit="Jane" xmpRights:WebStatement="https://example.org/l"/>',
        "<rdf:Description><photoshop:Credit>Jane</photoshop:Credit></rdf:Description>"
        '<rdf:Description><xmpRights:WebStatement rdf:resource="https://example.org/l"/></rdf:Description>',
    ],
    ids=["attributes", "elements"],
)
def test_xmp_is_read_as_attributes_and_as_elements(inner):
    spaces = "".join(f' xmlns:{name}="{url}"' for name, url in metadata.NAMESPACES.items())
    xmp = f'<x:xmpmeta xmlns:x="adobe:ns:meta/"{spaces}><rdf:RDF>{inner}</rdf:RDF></x:xmpmeta>'.encode()
    found = metadata.read(picture_bytes("JPEG", xmp=xmp))
    assert (found.credit_line, found.license_url) == ("Jane", "https://example.org/l")


def test_several_authors_and_several_languages():
    spaces = "".join(f' xmlns:{name}="{url}"' for name, url in metadata.NAMESPACES.items())
    xmp = (
        f"<rdf:RDF{spaces}><rdf:Description><dc:creator><rdf:Seq><rdf:li>Jane</rdf:li><rdf:li>Joe</rdf:li></rdf:Seq>"
        '</dc:creator><dc:title><rdf:Alt><rdf:li xml:lang="de">Pumpe</rdf:li><rdf:li xml:lang="x-default">Pump</rdf:li>'
        "</rdf:Alt></dc:title></rdf:Description></rdf:RDF>"
    ).encode()
    found = metadata.read(picture_bytes("WEBP", xmp=xmp))
    assert (found.creator, found.title) == ("Jane, Joe", "Pump")


def test_xmp_comes_before_iptc_and_iptc_before_exif():
    data = with_iptc({80: "By IPTC", 5: "Title by IPTC"})
    with Image.open(BytesIO(data)) as picture:
        picture.info["xmp"] = metadata.packet(replace(Said(), title="", creator="By XMP"))
        found = metadata.found_in(picture)
    assert (found.creator, found.title) == ("By XMP", "Title by IPTC")


LAUGHS = b'<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><rdf:RDF>&b;</rdf:RDF>'


@pytest.mark.parametrize("xmp", [b"<", b"\x00\xff", b"<rdf:RDF>", LAUGHS, b"<a/>" * 200_000], ids=range(5))
def test_a_broken_or_hostile_packet_says_nothing(xmp):
    info = PngImagePlugin.PngInfo()
    info.add_itxt("XML:com.adobe.xmp", xmp.decode("latin-1"), zip=True)
    assert metadata.read(picture_bytes("PNG", pnginfo=info)) == FoundCredit()


@pytest.mark.parametrize("data", [b"", b"words", picture_bytes("JPEG")[:30]])
def test_what_cannot_be_read_says_nothing(data):
    assert metadata.read(data) == FoundCredit()


@pytest.mark.parametrize("format", ["JPEG", "WEBP", "AVIF"])
def test_a_second_reader_reads_the_same(format, tmp_path, needs_exiftool):
    path = tmp_path / "picture"
    path.write_bytes(with_packet(format))
    tags = ["-XMP-dc:Creator", "-XMP-dc:Title", "-XMP-dc:Rights", "-XMP-xmpRights:UsageTerms"]
    tags += ["-XMP-xmpRights:WebStatement", "-XMP-photoshop:Credit"]
    command = [shutil.which("exiftool"), "-s3", "-charset", "utf8", *tags, str(path)]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()
    assert said == list(astuple(Said()))
