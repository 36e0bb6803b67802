"""Which license a text states, with its version. Nothing is guessed: “Creative Commons” alone is none."""

import re

from articles.images.licenses.catalog import JURISDICTIONS, LICENSES, PORTS

# Quantifiers are bounded, so that hostile text costs no more than its length.
_GAP = r"[\s-]{0,3}"
# At the end of what is said: “CC BY 2.0 DE”, “CC BY 2.0 de”; “CC BY 2.5 in Berlin” names no port.
_ENDS = r"(?=\s{0,3}(?:$|[).,;:|/\]–—]|via\b|licen[cs]e\b|deed\b))"
_PORT = (
    r"(?:[\s-]{1,3}("
    + "|".join(sorted({port for ports in PORTS.values() for port in ports}))
    + rf"){_ENDS}|-("
    + "|".join(sorted({port for ports in PORTS.values() for port in ports}))
    + rf")\b|\s({'|'.join(JURISDICTIONS.values())}){_ENDS})?"
)
_STATED = re.compile(
    rf"\b(?:CC|Creative\s{{1,3}}Commons){_GAP}(?:Licen[cs]e{_GAP})?(BY(?:{_GAP}(?:NC|ND|SA)){{0,2}}){_GAP}v?(\d\.\d)\b{_PORT}",
    re.IGNORECASE,
)
_NAMED = re.compile(
    r"\bCreative\s{1,3}Commons\s{1,3}"
    r"(Attribution(?:[\s–-]{1,3}(?:Non-?Commercial|No-?Deriv(?:ative)?s?(?:\sWorks)?|Share[\s-]?Alike)){0,3})"
    rf"[\s,]{{0,3}}(?:licen[cs]e\s{{0,3}})?v?(\d\.\d)\b{_PORT}",
    re.IGNORECASE,
)
_DEED = re.compile(
    r"creativecommons\.org/(?:licenses/([a-z-]{2,8})/(\d\.\d)(?:/([a-z]{2,8})\b)?|publicdomain/(zero|mark)/1\.0)",
    re.IGNORECASE,
)
# The catalog’s one entry for what nobody holds rights in; CC0 is one only where it is named.
_PUBLIC_DOMAIN = re.compile(
    r"(?<!not )(?<!not in the )(?<!not in )\b(?:public\s{1,3}domain|gemeinfrei|domaine\s{1,3}public|"
    r"domínio\s{1,3}público|dominio\s{1,3}p[uú]blico|pubblico\s{1,3}dominio)\b",
    re.IGNORECASE,
)


def parse_license(text: str) -> str:
    """The code of the license that a text states with its version; "" where it states none."""
    if deed := _DEED.search(text):
        return _of_deed(deed)
    if stated := _STATED.search(text):
        return _code(re.sub(r"[\s-]+", "-", stated[1].strip().lower()), stated[2], _port(stated))
    if named := _NAMED.search(text):
        words = named[1].lower().replace("-", "").replace(" ", "")
        order = (("noncommercial", "nc"), ("noderiv", "nd"), ("sharealike", "sa"))
        return _code("-".join(["by", *(letters for word, letters in order if word in words)]), named[2], _port(named))
    if re.search(r"\bCC\s{0,3}0(\s1\.0)?\b|\bCC[\s-]?Zero\b", text, re.IGNORECASE):
        return "cc0-1.0"
    if re.search(r"\ball rights reserved\b", text, re.IGNORECASE):
        return "all-rights-reserved"
    if _PUBLIC_DOMAIN.search(text):
        return "pdm-1.0"
    return ""


def _port(stated: re.Match[str]) -> str:
    """The jurisdiction, by its code or its name."""
    code, joined, name = stated.groups()[2:]
    return (
        code
        or joined
        or next((code for code, place in JURISDICTIONS.items() if place.lower() == (name or "").lower()), "")
    )


def _of_deed(deed: re.Match[str]) -> str:
    if deed[4]:
        return {"zero": "cc0-1.0", "mark": "pdm-1.0"}[deed[4].lower()]
    port = (deed[3] or "").lower()
    return _code(
        deed[1].lower().replace("by-nd-nc", "by-nc-nd"), deed[2], "" if port in ("deed", "legalcode") else port
    )


def _code(family: str, version: str, port: str = "") -> str:
    """The code, if there is such a license. Version 4.0 has no ports, so that a country named after it says nothing."""
    code = "-".join(filter(None, ("cc", family, version, "" if version == "4.0" else port.lower())))
    return code if code in LICENSES else ""
