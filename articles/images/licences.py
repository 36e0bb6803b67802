"""The catalogue of licences, what each asks for, and the attribution sentence. Plain Python; no legal advice.

Wording after Creative Commons' recommended practices for attribution (title, author, source, licence, each linked).
"""

import re
from dataclasses import dataclass
from typing import Protocol

CREATIVE_COMMONS = "https://creativecommons.org"
VERSIONS = ("1.0", "2.0", "2.5", "3.0", "4.0")
FAMILIES = {
    "by": "BY",
    "by-sa": "BY-SA",
    "by-nd": "BY-ND",
    "by-nc": "BY-NC",
    "by-nc-sa": "BY-NC-SA",
    "by-nc-nd": "BY-NC-ND",
}


@dataclass(frozen=True)
class Licence:
    """One licence: its code, the name readers see, its deed's address, and the facts that its credit must state."""

    code: str
    name: str
    url: str = ""
    asks: tuple[str, ...] = ("creator", "title", "source_url")


def _creative_commons() -> list[Licence]:
    found = []
    for family, letters in FAMILIES.items():
        for version in VERSIONS:
            path = "by-nd-nc" if (family, version) == ("by-nc-nd", "1.0") else family  # named so in 1.0 only
            url = f"{CREATIVE_COMMONS}/licenses/{path}/{version}/"
            found.append(Licence(f"cc-{family}-{version}", f"CC {letters} {version}", url))
    return found


LICENCES: dict[str, Licence] = {
    licence.code: licence
    for licence in (
        *_creative_commons(),
        Licence("cc0-1.0", "CC0 1.0", f"{CREATIVE_COMMONS}/publicdomain/zero/1.0/"),
        Licence("pdm-1.0", "Public Domain Mark 1.0", f"{CREATIVE_COMMONS}/publicdomain/mark/1.0/"),
        Licence("us-gov", "US government work", "https://www.usa.gov/government-copyright"),
        Licence("permission", "Used with permission", asks=("creator", "title", "source_url", "permission")),
        Licence("all-rights-reserved", "All rights reserved", asks=("creator", "title", "source_url", "permission")),
        Licence("own-work", "Own work, all rights reserved", asks=("creator", "title")),
    )
}


class Credit(Protocol):
    """What the rules look at; `models.ImageCredit` has these attributes."""

    title: str
    description: str
    creator: str
    creator_url: str
    source: str
    source_url: str
    licence: str
    modifications: str
    permission: str


@dataclass(frozen=True)
class Part:
    """A piece of the attribution, and its link where there is one."""

    text: str
    url: str = ""


def choices() -> list[tuple[str, str]]:
    """Codes and names, for forms."""
    return [(licence.code, licence.name) for licence in LICENCES.values()]


def missing_facts(credit: Credit) -> list[str]:
    """Which of creator, title (or a description), source_url, licence and permission are asked for and not stated."""
    licence = LICENCES.get(credit.licence)
    asked = licence.asks if licence else ("creator", "title", "source_url", "licence")
    return [fact for fact in asked if not _stated(credit, fact)]


def _stated(credit: Credit, fact: str) -> bool:
    value = credit.title.strip() or credit.description.strip() if fact == "title" else getattr(credit, fact).strip()
    return bool(value) and not (fact == "licence" and credit.licence not in LICENCES)


def attribution(credit: Credit) -> list[Part]:
    """“Title” by Author via Source, licence (what we changed): pieces that read as one sentence when joined."""
    parts = []
    if credit.title:
        parts += [Part("“"), Part(credit.title, credit.source_url), Part("”")]
    elif credit.description:
        parts.append(Part(credit.description, credit.source_url))
    if credit.creator:
        parts += [Part(" by " if parts else "By "), Part(credit.creator, credit.creator_url)]
    if credit.source and credit.source != credit.creator:
        parts += [Part(" via " if parts else "Via "), Part(credit.source, "" if credit.title else credit.source_url)]
    if licence := LICENCES.get(credit.licence):
        parts += [Part(", " if parts else ""), Part(licence.name, licence.url)]
    if credit.modifications:
        parts.append(Part(f" ({credit.modifications})"))
    return [part for part in parts if part.text]


def attribution_text(credit: Credit) -> str:
    """The attribution without its links."""
    return "".join(part.text for part in attribution(credit))


@dataclass(frozen=True)
class Metadata:
    """What is written into the files of a picture; field names after the IPTC Photo Metadata Standard."""

    creator: str
    title: str
    rights: str
    usage_terms: str
    web_statement: str
    credit_line: str


def metadata(credit: Credit) -> Metadata:
    licence = LICENCES.get(credit.licence)
    return Metadata(
        creator=credit.creator,
        title=credit.title or credit.description,
        rights=f"{credit.creator}, {licence.name}" if licence else credit.creator,
        usage_terms=licence.name if licence else "",
        web_statement=licence.url if licence else "",
        credit_line=attribution_text(credit),
    )


def allows_crops(code: str) -> bool:
    return "-nd" not in code


_STATED = re.compile(
    r"\b(?:CC|Creative\s+Commons)[\s-]*(?:Licen[cs]e[\s-]*)?(BY(?:[\s-]*(?:NC|ND|SA)){0,2})[\s-]*v?(\d\.\d)\b",
    re.IGNORECASE,
)
_NAMED = re.compile(
    r"\bCreative\s+Commons\s+(Attribution(?:[\s–-]+(?:Non-?Commercial|No-?Deriv(?:ative)?s?|Share-?Alike))*)[\s,]*(?:licen[cs]e\s*)?v?(\d\.\d)\b",
    re.IGNORECASE,
)
_DEED = re.compile(r"creativecommons\.org/(?:licenses/([a-z-]+)/(\d\.\d)|publicdomain/(zero|mark)/1\.0)", re.IGNORECASE)


def parse_licence(text: str) -> str:
    """The code of the licence that a text states with its version; "" where it states none. Nothing is guessed."""
    if deed := _DEED.search(text):
        if deed[3]:
            return {"zero": "cc0-1.0", "mark": "pdm-1.0"}[deed[3].lower()]
        return _code(deed[1].replace("by-nd-nc", "by-nc-nd"), deed[2])
    if stated := _STATED.search(text):
        return _code(re.sub(r"[\s-]+", "-", stated[1].strip().lower()), stated[2])
    if named := _NAMED.search(text):
        words = named[1].lower().replace("-", "").replace(" ", "")
        order = (("noncommercial", "nc"), ("noderiv", "nd"), ("sharealike", "sa"))
        return _code("-".join(["by", *(letters for word, letters in order if word in words)]), named[2])
    if re.search(r"\bCC\s*0(\s*1\.0)?\b|\bCC[\s-]?Zero\b", text, re.IGNORECASE):
        return "cc0-1.0"
    if re.search(r"\ball rights reserved\b", text, re.IGNORECASE):
        return "all-rights-reserved"
    if re.search(r"\bPublic Domain Mark\b", text, re.IGNORECASE):
        return "pdm-1.0"
    return ""


def _code(family: str, version: str) -> str:
    code = f"cc-{family}-{version}"
    return code if code in LICENCES else ""
