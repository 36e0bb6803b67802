"""Bytes -> text, in the encodings that old posts come in. What is no text, or cannot be told, is refused."""

import codecs
import re

# Encodings that only a page's own declaration can name; without it they look like each other.
DECLARED = re.compile(r"iso-8859-\d{1,2}|windows-125\d|koi8-[ru]|shift_jis|euc-(jp|kr)|gb(k|2312|18030)|big5|macintosh")
DECLARATION = re.compile(
    rb"""<(?:meta\b|\?xml\b)[^>]{0,200}?(?:charset|encoding)\s*=\s*["']?\s*([\w-]+)""", re.IGNORECASE
)
MARKS = [
    (codecs.BOM_UTF8, "utf-8", "UTF-8"),
    (codecs.BOM_UTF32_LE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF32_BE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
]
FOREIGN = {
    b"%PDF-": "a PDF",
    b"{\\rtf": "a Rich Text document",
    b"PK\x03\x04": "a word processor’s document or an archive",
    b"\xd0\xcf\x11\xe0": "a word processor’s document",
}
CONTROL = re.compile("[\x00-\x08\x0e-\x1f]")
SOME_UTF8 = re.compile(rb"\xe2\x80[\x90-\xaf]|\xc3[\x80-\xbf]|\xc2[\xa0-\xbf]")
MISREAD = re.compile("[a-z][À-ÖØ-Þ][a-z]|[a-z][¤¦§¬±¶][a-z]")
LATIN_ENOUGH = 0.3  # of a Latin text's letters, at most so many carry an accent; Greek read as cp1252 has nearly all

# Characters that Windows wrote where Unicode has control codes, as they survive in text converted carelessly.
_C1 = {code: codecs.decode(bytes([code]), "cp1252", "ignore") for code in range(0x80, 0xA0)}


def decode(data: bytes) -> tuple[str, str]:
    """The text, with `\\n` as its line end, and the encoding's name. Raises ValueError with one plain sentence."""
    for beginning, what in FOREIGN.items():
        if data.startswith(beginning):
            raise ValueError(f"it is {what}. Save it as plain text or HTML first.")
    text, encoding = _decode(data)
    text = text.rstrip("\x1a").replace("\r\n", "\n").replace("\r", "\n").translate(_C1)
    if CONTROL.search(text):
        raise ValueError("it is not text: it contains binary data.")
    return text, encoding


def _decode(data: bytes) -> tuple[str, str]:
    for mark, codec, encoding in MARKS:
        if data.startswith(mark):
            try:
                return data[len(mark) :].decode(_without_mark(mark, codec)), encoding
            except UnicodeDecodeError as problem:
                raise ValueError(f"it says it is {encoding}, but byte {problem.start + 1} is not.") from problem
    if b"\x00" in data:
        raise ValueError("it is not text: it contains binary data.")
    try:
        return data.decode(), "UTF-8"
    except UnicodeDecodeError as problem:
        return _legacy(data, data.count(b"\n", 0, problem.start) + 1)


def _without_mark(mark: bytes, codec: str) -> str:
    if codec == "utf-8":
        return codec
    return codec + ("-le" if mark in (codecs.BOM_UTF16_LE, codecs.BOM_UTF32_LE) else "-be")


def _legacy(data: bytes, line: int) -> tuple[str, str]:
    """Text that is no UTF-8 (first seen in `line`): what its page declares, else Windows' Western code page."""
    declared = DECLARATION.search(data[:2048])
    name = declared[1].decode().lower() if declared else ""
    if name in ("", "us-ascii", "ascii", "utf-8", "utf8", "latin1", "iso-8859-1") or not DECLARED.fullmatch(name):
        name = "windows-1252"
    try:
        text = data.decode(name)
    except UnicodeDecodeError as problem:
        raise ValueError(f"its encoding is unknown (see line {line}). Save it as UTF-8.") from problem
    if name == "windows-1252":
        _refuse_misread(data, text, line)
    return text, name


def _refuse_misread(data: bytes, text: str, line: int) -> None:
    """Nearly every byte is some character of this code page, so what it says must look like a Latin text too."""
    if SOME_UTF8.search(data):
        raise ValueError(f"it mixes UTF-8 with another encoding (see line {line}). Save it as UTF-8.")
    letters = [char for char in text if char.isalpha()]
    accented = sum(char > "\x7f" for char in letters)
    if MISREAD.search(text) or accented > LATIN_ENOUGH * len(letters):
        raise ValueError(f"its encoding is unknown (see line {line}). Save it as UTF-8.")
