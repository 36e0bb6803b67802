"""A label out of its SPL file, streamed; what isn't one, is broken or hostile is refused in one sentence."""

import io
import re
import tracemalloc
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as tries
from hypothesis import strategies as st

from articles.evidence import spl
from articles.evidence.spl import NotALabel
from tests.properties import examples

LABELS = Path(__file__).parent / "labels"
ZICONOTIDE = (LABELS / "ziconotide.xml").read_text()
FIVE = "See the subsections."


def read(words):
    return spl.read(io.BytesIO(words if isinstance(words, bytes) else words.encode()))


def refusal(words):
    with pytest.raises(NotALabel) as refused:
        read(words)
    [sentence] = refused.value.problems
    return sentence


def test_a_label_is_read_by_the_codes_of_its_sections():
    label = read(ZICONOTIDE)
    assert (label.set_id, label.version, label.effective_on, label.document_id) == (
        "00000000-0000-4000-8000-000000000001",
        3,
        date(2025, 3, 1),
        "00000000-0000-4000-8000-0000000000d1",
    )
    assert label.kind == "prescription"
    assert label.title == "SAMPLAL (ziconotide) injection for intrathecal infusion"
    assert (label.products, label.generics, label.moieties) == (("Samplal",), ("ziconotide acetate",), ("ZICONOTIDE",))
    assert label.routes == ("intrathecal",)
    assert label.has_box
    assert label.boxed_warning.startswith("WARNING: SEVERE PSYCHIATRIC SYMPTOMS AND NEUROLOGICAL IMPAIRMENT Severe")
    assert "such as hallucinations and neurological impairment may occur. Monitor all" in label.boxed_warning
    assert label.indications.startswith("SAMPLAL is an N-type calcium channel antagonist indicated")
    assert list(label.sections) == [
        "boxed warning",
        "indications",
        "contraindications",
        "warnings and precautions",
        "clinical pharmacology",
    ]


def test_a_section_includes_its_subsections_and_no_other_section_does():
    before, after = read(ZICONOTIDE).sections, read(ZICONOTIDE.replace("Watch for infection.", "Watch.")).sections
    assert [name for name in before if before[name] != after[name]] == ["warnings and precautions"]


def test_a_digest_is_of_the_words_and_not_of_how_the_file_is_laid_out():
    spread = re.sub(r">\s+<", ">\n\n<", ZICONOTIDE).replace("Severe psychiatric", "Severe\n      psychiatric")
    assert read(spread).sections == read(ZICONOTIDE).sections


def test_a_label_is_for_people_or_of_no_kind():
    kinds = {"34391-3": "prescription", "34390-5": "over the counter", "50578-4": ""}
    assert {code: read(ZICONOTIDE.replace("34391-3", code)).kind for code in kinds} == kinds


def test_a_box_that_is_a_picture_is_a_box():
    picture = '<text><renderMultiMedia referencedObject="box"/></text>'
    words = re.sub(r"(<title>WARNING.*?</title>\s*)<text>.*?</text>", rf"\g<1>{picture}", ZICONOTIDE, flags=re.DOTALL)
    words = re.sub(r"<title>WARNING.*?</title>", "", words)
    label = read(words)
    assert (label.has_box, label.boxed_warning) == (True, "")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("", "It isn’t XML."),
        ("A letter.", "It isn’t XML."),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "It isn’t XML."),
        ("<html><body/></html>", "It isn’t a label in SPL: its first element isn’t “document” of HL7 v3."),
        ("<document/>", "It isn’t a label in SPL: its first element isn’t “document” of HL7 v3."),
        ('<?xml version="1.0" encoding="klingon"?><a/>', "Its encoding isn’t known."),
    ],
)
def test_what_is_no_label_is_refused_in_one_sentence(words, sentence):
    assert refusal(words) == sentence


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ('code="en-US"', 'code="es"', "It is written in another language (es)."),
        ('<setId root="00000000-0000-4000-8000-000000000001"/>', "", "It has no set id, by which a label is known."),
        ("-8000-000000000001", "-8000-00000000000?", "It has no set id, by which a label is known."),
        ('<versionNumber value="3"/>', "", "It has no version number."),
        ('<versionNumber value="3"/>', '<versionNumber value="-3"/>', "It has no version number."),
        ('value="20250301"', 'value="20251301"', "It doesn’t say from which day on it holds."),
        (FIVE, "<a>" * 200 + "</a>" * 200, "Its elements lie more than 100 deep within each other."),
        (FIVE, "&unknown;", "It breaks off or isn’t well-formed XML at line 70."),
    ],
)
def test_a_label_that_lacks_what_it_is_known_by_is_refused(old, new, sentence):
    assert old in ZICONOTIDE
    assert refusal(ZICONOTIDE.replace(old, new)) == sentence


def test_no_language_means_english():
    assert read(ZICONOTIDE.replace('<languageCode code="en-US"/>', "")) == read(ZICONOTIDE)


@pytest.mark.parametrize(
    "doctype",
    [
        '<!DOCTYPE document [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;">]>',
        '<!DOCTYPE document [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE document SYSTEM "http://127.0.0.1/spl.dtd">',
    ],
)
def test_entities_are_refused_before_they_are_looked_at(doctype):
    words = ZICONOTIDE.replace("<document", f"{doctype}<document", 1)
    assert refusal(words) == "It declares a document type or entities, which labels have no need of."


class Endless(io.RawIOBase):
    """A label whose one section goes on for as many bytes as are asked for; none of it lies in memory at once."""

    def __init__(self, size):
        before, after = ZICONOTIDE.split(FIVE)
        self.start, self.rest, self.end = before.encode(), size, after.encode()

    def read(self, size=-1):
        if self.start:
            chunk, self.start = self.start, b""
        elif self.rest > 0:
            chunk = b"<paragraph>words &amp; words </paragraph>" * (size // 41)
            self.rest -= len(chunk)
        else:
            chunk, self.end = self.end, b""
        return chunk


def test_fifty_megabytes_are_read_in_little_memory(monkeypatch):
    monkeypatch.setattr(spl, "_CHUNK", 1 << 14)
    tracemalloc.start()
    try:
        size = examples(2_500_000)  # fifty and more in a campaign; what is kept doesn't depend on it
        label = spl.read(Endless(size))
        _now, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert label.version == 3
    assert peak < 2_000_000


def test_what_is_larger_than_any_label_is_refused(monkeypatch):
    monkeypatch.setattr(spl, "LARGEST", 1_000_000)
    with pytest.raises(NotALabel, match=r"It is larger than 1 MB\."):
        spl.read(Endless(3_000_000))


@tries(max_examples=examples(30))
@given(st.integers(0, len(ZICONOTIDE) - 12))
def test_a_label_that_breaks_off_anywhere_is_refused(at):
    assert refusal(ZICONOTIDE[:at]).startswith(("It isn’t XML.", "It breaks off or isn’t well-formed XML at line "))


@tries(max_examples=examples(30))
@given(st.integers(0, len(ZICONOTIDE) - 1), st.binary(max_size=6))
def test_damage_leads_to_a_label_or_to_one_sentence(at, put):
    damaged = ZICONOTIDE.encode()[:at] + put + ZICONOTIDE.encode()[at + len(put) :]
    try:
        label, problems = read(damaged), ("",)
    except NotALabel as refused:
        label, problems = None, refused.problems
    assert len(problems) == 1
    assert label is None or (label.set_id and label.version > 0)


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=40)


@tries(max_examples=examples(30))
@given(st.lists(WORDS, max_size=6), st.integers(1, 7))
def test_every_word_of_a_box_is_read_whatever_it_is_and_however_it_arrives(paragraphs, step):
    from xml.sax.saxutils import escape

    told = "".join(f"<paragraph>{escape(words)}</paragraph>" for words in paragraphs)
    words = re.sub(r"(WARNING: .*?</title>\s*<text>).*?(</text>)", rf"\1{chr(0)}\2", ZICONOTIDE, flags=re.DOTALL)
    words = words.replace(chr(0), told)
    expected = " ".join(" ".join([*paragraphs]).split())
    title = "WARNING: SEVERE PSYCHIATRIC SYMPTOMS AND NEUROLOGICAL IMPAIRMENT"
    label = read(words)
    assert " ".join(label.boxed_warning.split()) == f"{title} {expected}".strip()
    slow = io.BytesIO(words.encode())
    slow.read, whole = lambda size: whole(step * 100), slow.read
    assert spl.read(slow) == label
