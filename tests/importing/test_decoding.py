"""Encodings of old posts, and what is refused."""

import re

import pytest

from articles.importing.decoding import decode

WORDS = "Don’t stop — a “café” in München\n"


@pytest.mark.parametrize(
    ("codec", "said"),
    [
        ("utf-8", "UTF-8"),
        ("utf-8-sig", "UTF-8"),
        ("utf-16", "UTF-16"),
        ("utf-32", "UTF-32"),
        ("cp1252", "windows-1252"),
    ],
)
def test_text_is_read_in_the_encodings_of_old_posts(codec: str, said: str):
    assert decode(WORDS.encode(codec)) == (WORDS, said)


def test_utf_16_is_read_in_both_byte_orders():
    for mark, codec in ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        assert decode(mark + WORDS.encode(codec)) == (WORDS, "UTF-16")


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n"])
def test_every_line_end_becomes_one_kind(end: str):
    assert decode(f"one{end}two{end}".encode()) == ("one\ntwo\n", "UTF-8")


def test_a_page_that_declares_another_encoding_is_read_in_it():
    page = '<meta charset="iso-8859-2"><p>Bolest zad může trvat, říká lékař</p>'
    assert decode(page.encode("iso-8859-2")) == (page, "iso-8859-2")


def test_a_page_that_declares_latin_1_means_windows_1252():
    assert decode(b'<meta charset="iso-8859-1"><p>don\x92t') == ('<meta charset="iso-8859-1"><p>don’t', "windows-1252")


def test_windows_characters_that_survived_as_control_codes_are_mended():
    assert decode("don\u0092t stop\u0085".encode()) == ("don’t stop…", "UTF-8")


def test_an_old_end_of_file_mark_is_no_binary_data():
    assert decode(b"Pain.\r\n\x1a") == ("Pain.\n", "UTF-8")


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"%PDF-1.7 ...", "it is a PDF. Save it as plain text or HTML first."),
        (b"{\\rtf1 Pain}", "it is a Rich Text document. Save it as plain text or HTML first."),
        (b"PK\x03\x04....", "it is a word processor’s document or an archive. Save it as plain text or HTML first."),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "it is not text: it contains binary data."),
        (b"Pain\x07 is", "it is not text: it contains binary data."),
        ("Pain".encode("utf-16-le"), "it is not text: it contains binary data."),
        (b"\xff\xfeP", "it says it is UTF-16, but byte 1 is not."),
        (b"one\ntwo\nth\x81ree", "its encoding is unknown (see line 3). Save it as UTF-8."),
        ("Боль в спине проходит".encode("koi8-r"), "its encoding is unknown (see line 1). Save it as UTF-8."),
        ("First\ndon’t stop".encode("mac-roman"), "its encoding is unknown (see line 2). Save it as UTF-8."),
        (
            "It’s a café\n".encode() + b"don\x92t",
            "it mixes UTF-8 with another encoding (see line 2). Save it as UTF-8.",
        ),
    ],
)
def test_what_is_no_text_or_cannot_be_told_is_refused_in_one_sentence(data: bytes, sentence: str):
    with pytest.raises(ValueError, match=f"^{re.escape(sentence)}$"):
        decode(data)
