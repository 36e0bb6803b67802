"""The credit in words: the sentence under a picture, and what is written into its files and structured data.

After Creative Commons' recommended practices for attribution: title, author, source and license, each linked, and what
was changed.
"""

import re
from dataclasses import dataclass

from articles.images.licenses.catalog import LICENSES
from articles.images.licenses.rules import Credit, rules_of

CROPPED = "cropped from the original"


@dataclass(frozen=True)
class Part:
    """A piece of the attribution, and its link where there is one."""

    text: str
    url: str = ""


@dataclass(frozen=True)
class Metadata:
    """A credit as files and structured data carry it; empty strings for what is not stated.

    In XMP: dc:creator, dc:title, dc:rights, xmpRights:UsageTerms, xmpRights:WebStatement, photoshop:Credit, cc:license,
    dc:source. In schema.org: creator, name, copyrightNotice, usageInfo, acquireLicensePage (`source_url`), creditText,
    license.
    """

    creator: str
    title: str
    rights: str
    usage_terms: str
    web_statement: str
    credit_line: str
    license_url: str
    source_url: str


def attribution(credit: Credit, *, cropped: bool = False) -> list[Part]:
    """“Title” by Author via Source, license (what we changed): pieces that read as one sentence when joined.

    `cropped` states that what is shown here is a part of the picture, whatever else was changed.
    """
    parts = []
    if credit.title:
        parts += [Part("“"), Part(credit.title, credit.source_url), Part("”")]
    elif credit.description:
        parts.append(Part(credit.description, credit.source_url))
    if credit.creator:
        parts += [Part(" by " if parts else "By "), Part(credit.creator, credit.creator_url)]
    if credit.source and credit.source != credit.creator:
        parts += [Part(" via " if parts else "Via "), Part(credit.source, "" if credit.title else credit.source_url)]
    if license := LICENSES.get(credit.license):
        name = f"made with {credit.made_with.strip()}, {license.name}" if credit.made_with.strip() else license.name
        parts += [Part(", " if parts else ""), Part(name, license.url)]
    if changes := _changes(credit, cropped):
        parts.append(Part(f" ({changes})"))
    return [part for part in parts if part.text]


def _changes(credit: Credit, cropped: bool) -> str:
    """What we changed, and under SA that the changed version is under the same license."""
    words = credit.modifications.strip()
    words = re.sub(r"\bcropped\b(?!\s+from\b)", CROPPED, words, count=1, flags=re.IGNORECASE)
    if cropped and "cropped" not in words.lower():
        words = "; ".join(filter(None, (words, CROPPED)))
    if words and rules_of(credit.license).shares_alike:
        words += "; this version is under the same license"
    return words


def attribution_text(credit: Credit, *, cropped: bool = False) -> str:
    """The attribution without its links."""
    return "".join(part.text for part in attribution(credit, cropped=cropped))


def metadata(credit: Credit, *, cropped: bool = False) -> Metadata:
    """The credit for the inside of a file and for structured data; `cropped` as in `attribution`."""
    license = LICENSES.get(credit.license)
    url = license.url if license else ""
    return Metadata(
        creator=credit.creator,
        title=credit.title or credit.description,
        rights=_rights(credit),
        usage_terms=_usage_terms(credit),
        web_statement=url or credit.source_url,
        credit_line=attribution_text(credit, cropped=cropped),
        license_url=url,
        source_url=credit.source_url,
    )


_NO_COPYRIGHT = {
    "cc0": "No rights reserved (CC0 1.0)",
    "pdm": "In the public domain, free of known copyright restrictions",
    "us-gov": "A work of the US government, not in copyright in the United States",
    "ai-generated": "AI-generated",
}


def _rights(credit: Credit) -> str:
    """The copyright notice; "" where no license was stated, since nobody knows then."""
    license = LICENSES.get(credit.license)
    if license is None:
        return ""
    if license.family in _NO_COPYRIGHT:
        return _NO_COPYRIGHT[license.family]
    return f"© {credit.creator}" if credit.creator else ""


def _usage_terms(credit: Credit) -> str:
    """What others may do with the picture, in a sentence."""
    license = LICENSES.get(credit.license)
    if license is None:
        return ""
    if license.url:
        return f"{license.name}: {license.url}"
    if license.family == "ai-generated":
        made_with = credit.made_with.strip()
        return f"AI-generated with {made_with}." if made_with else "AI-generated."
    return f"{license.name}. Ask its holder before any other use."
