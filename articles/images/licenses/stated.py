"""Which license a text states, with its version. Nothing is guessed: “Creative Commons” alone is none."""

import re

from articles.images.licenses.catalog import LICENSES, PORTS

# Quantifiers are bounded, so that hostile text costs no more than its length.
_GAP = r"[\s-]{0,3}"
# In capitals and at the end of what is said: “CC BY 2.0 DE”; “CC BY 2.5 in Berlin” names no port.
_PORT = (
    r"(?:(?-i:[\s-]{1,3}("
    + "|".join(sorted({port.upper() for ports in PORTS.values() for port in ports}))
    + r"))(?=\s{0,3}(?:$|[).,;:|/\]]))|-("
    + "|".join(sorted({port for ports in PORTS.values() for port in ports}))
    + r")\b)?"
)
_STATED = re.compile(
    rf"\b(?:CC|Creative\s{{1,3}}Commons){_GAP}(?:Licen[cs]e{_GAP})?(BY(?:{_GAP}(?:NC|ND|SA)){{0,2}}){_GAP}v?(\d\.\d)\b{_PORT}",
    re.IGNORECASE,
)
_NAMED = re.compile(
    r"\bCreative\s{1,3}Commons\s{1,3}"
    r"(Attribution(?:[\s–-]{1,3}(?:Non-?Commercial|No-?Deriv(?:ative)?s?(?:\sWorks)?|Share-?Alike)){0,3})"
    r"[\s,]{0,3}(?:licen[cs]e\s{0,3})?v?(\d\.\d)\b",
    re.IGNORECASE,
)
_DEED = re.compile(
    r"creativecommons\.org/(?:licenses/([a-z-]{2,8})/(\d\.\d)(?:/([a-z]{2,8})\b)?|publicdomain/(zero|mark)/1\.0)",
    re.IGNORECASE,
)


def parse_license(text: str) -> str:
    """The code of the license that a text states with its version; "" where it states none."""
    if deed := _DEED.search(text):
        return _of_deed(deed)
    if stated := _STATED.search(text):
        return _code(re.sub(r"[\s-]+", "-", stated[1].strip().lower()), stated[2], stated[3] or stated[4] or "")
    if named := _NAMED.search(text):
        words = named[1].lower().replace("-", "").replace(" ", "")
        order = (("noncommercial", "nc"), ("noderiv", "nd"), ("sharealike", "sa"))
        return _code("-".join(["by", *(letters for word, letters in order if word in words)]), named[2])
    if re.search(r"\bCC\s{0,3}0(\s1\.0)?\b|\bCC[\s-]?Zero\b", text, re.IGNORECASE):
        return "cc0-1.0"
    if re.search(r"\ball rights reserved\b", text, re.IGNORECASE):
        return "all-rights-reserved"
    if re.search(r"\bPublic Domain Mark\b", text, re.IGNORECASE):
        return "pdm-1.0"
    return ""


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
