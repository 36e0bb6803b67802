"""What is kept of a source as CSL-JSON, however it came: known keys, plain words, a bounded size."""

import html
import re
import unicodedata
from collections.abc import Iterable
from typing import Any

Record = dict[str, Any]

TYPES = (
    *("article", "article-journal", "article-magazine", "article-newspaper", "bill", "book", "chapter", "dataset"),
    *("document", "entry-encyclopedia", "legislation", "manuscript", "paper-conference", "personal_communication"),
    *("post-weblog", "report", "speech", "thesis", "webpage"),
)
WORDS = (
    *("title", "container-title", "container-title-short", "collection-title", "publisher", "publisher-place"),
    *("volume", "issue", "page", "edition", "number", "genre", "event-title", "DOI", "PMID", "PMCID", "URL", "ISBN"),
)
NAMES = ("author", "editor")
DATES = ("issued", "accessed")
LONGEST = 1000  # characters of one value
MOST_NAMES = 60  # the AMA names three of more than six
_MARKUP = re.compile(r"</?(?:i|b|em|strong|sup|sub|span|sc|scp|p|jats:[a-z-]+)\b[^<>]*>", re.IGNORECASE)
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u200b\u2028\u2029\ufeff\ud800-\udfff]+")
_YEAR = re.compile(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)")


def trimmed(given: Any) -> Record:
    """A record of known keys with words of bounded length, out of whatever was given; {} where it has no title."""
    if not isinstance(given, dict):
        return {}
    record: Record = {name: words(given.get(name)) for name in WORDS}
    record["title"] = record["title"].rstrip(".")
    record |= {name: _names(given.get(name)) for name in NAMES}
    record |= {name: _date(given.get(name)) for name in DATES}
    record["type"] = given["type"] if given.get("type") in TYPES else "document"
    return {name: value for name, value in record.items() if value} if record["title"] else {}


def words(value: Any) -> str:
    """One line of plain words; "" for what is no text or number."""
    if isinstance(value, list) and value:
        value = value[0]
    if not isinstance(value, str | int | float) or isinstance(value, bool):
        return ""
    plain = html.unescape(_MARKUP.sub("", str(value)[: 2 * LONGEST]))
    return " ".join(unicodedata.normalize("NFC", _UNSEEN.sub(" ", plain)).split())[:LONGEST].strip()


def person(written: str) -> dict[str, str]:
    """A name as files write it: "Doe, Jane Q.", or the name of a group."""
    parts = [words(part) for part in written.split(",")]
    if len(parts) < 2 or not parts[0]:
        return {"literal": words(written)}
    name = {"family": parts[0], "given": parts[-1]}
    return {**name, "suffix": parts[1]} if len(parts) == 3 else name


def date(written: str) -> dict[str, Any]:
    """The date with the year that is written in it."""
    found = _YEAR.search(written)
    return {"date-parts": [[int(found[0])]]} if found else {}


def _names(given: Any) -> list[dict[str, str]]:
    if not isinstance(given, list):
        return []
    parts = ("family", "given", "literal", "suffix", "non-dropping-particle", "dropping-particle")
    found: Iterable[dict[str, str]] = (
        {part: words(each.get(part)) for part in parts if words(each.get(part))}
        for each in given[:MOST_NAMES]
        if isinstance(each, dict)
    )
    return [name for name in found if name.get("family") or name.get("literal")]


def _date(given: Any) -> dict[str, Any]:
    if not isinstance(given, dict):
        return {}
    parts = given.get("date-parts")
    first = parts[0] if isinstance(parts, list) and parts and isinstance(parts[0], list) else []
    numbers = []
    for part, (least, most) in zip(first, ((1500, 2100), (1, 12), (1, 31)), strict=False):
        number = int(part) if str(part).isascii() and str(part).isdecimal() and len(str(part)) < 5 else 0
        if not least <= number <= most:
            break
        numbers.append(number)
    return {"date-parts": [numbers]} if numbers else date(words(given.get("raw") or given.get("literal")))
