"""The catalog: every license by its code, with the name readers see and the address of its deed.

Creative Commons ported versions 1.0 to 3.0 to the law of some countries; a port is a license of its own, with its own
code (`cc-by-sa-3.0-de`) and deed. Version 4.0 has none.
"""

from dataclasses import dataclass

CREATIVE_COMMONS = "https://creativecommons.org"
FAMILIES = {
    "by": "BY",
    "by-sa": "BY-SA",
    "by-nd": "BY-ND",
    "by-nc": "BY-NC",
    "by-nc-sa": "BY-NC-SA",
    "by-nc-nd": "BY-NC-ND",
}
VERSIONS = ("4.0", "3.0", "2.5", "2.1", "2.0", "1.0")
ONLY_PORTED = "2.1"

# As creativecommons.org lists them.
_PORTS = {
    "1.0": "fi il nl",
    "2.0": "at au be br ca cl de es fr hr it jp kr nl pl tw uk za",
    "2.1": "au ca es jp",
    "2.5": "ar au bg br ca ch cn co dk es hr hu il in it mk mt mx my nl pe pl pt scotland se si tw za",
    "3.0": (
        "am at au az br ch cl cn cr cz de ec ee eg es fr ge gr gt hk hr ie igo it lu nl no nz ph pl pr pt ro rs sg th "
        "tw ug us ve vn za"
    ),
}
PORTS = {version: tuple(ports.split()) for version, ports in _PORTS.items()}

_JURISDICTIONS = """
    am Armenia, ar Argentina, at Austria, au Australia, az Azerbaijan, be Belgium, bg Bulgaria, br Brazil, ca
    Canada, ch Switzerland, cl Chile, cn China, co Colombia, cr Costa Rica, cz Czechia, de Germany, dk Denmark, ec
    Ecuador, ee Estonia, eg Egypt, es Spain, fi Finland, fr France, ge Georgia, gr Greece, gt Guatemala, hk Hong
    Kong, hr Croatia, hu Hungary, ie Ireland, igo Intergovernmental organizations, il Israel, in India, it Italy,
    jp Japan, kr South Korea, lu Luxembourg, mk North Macedonia, mt Malta, mx Mexico, my Malaysia, nl Netherlands,
    no Norway, nz New Zealand, pe Peru, ph Philippines, pl Poland, pr Puerto Rico, pt Portugal, ro Romania, rs
    Serbia, scotland Scotland, se Sweden, sg Singapore, si Slovenia, th Thailand, tw Taiwan, ug Uganda, uk England
    and Wales, us United States, ve Venezuela, vn Vietnam, za South Africa
"""
JURISDICTIONS: dict[str, str] = {
    code: name
    for code, _space, name in (entry.partition(" ") for entry in " ".join(_JURISDICTIONS.split()).split(", "))
}


@dataclass(frozen=True)
class License:
    """One license. Its `family` is the row of `rules.RULES` that says what it asks for."""

    code: str
    name: str
    family: str
    url: str = ""
    version: str = ""
    port: str = ""


def _creative_commons() -> list[License]:
    return [
        _ported(family, version, port)
        for version in VERSIONS
        for family in FAMILIES
        for port in ("", *PORTS.get(version, ()))
        if port or version != ONLY_PORTED
    ]


def _ported(family: str, version: str, port: str) -> License:
    code = "-".join(filter(None, ("cc", family, version, port)))
    name = f"CC {FAMILIES[family]} {version} {JURISDICTIONS[port] if len(port) > 3 else port.upper()}".rstrip()
    path = "by-nd-nc" if (family, version) == ("by-nc-nd", "1.0") else family  # named so in 1.0 only
    url = f"{CREATIVE_COMMONS}/licenses/{path}/{version}/{port}{'/' if port else ''}"
    return License(code, name, f"cc-{family}", url, version, port)


LICENSES: dict[str, License] = {
    license.code: license
    for license in (
        *_creative_commons(),
        License("cc0-1.0", "CC0 1.0", "cc0", f"{CREATIVE_COMMONS}/publicdomain/zero/1.0/"),
        License("pdm-1.0", "Public Domain Mark 1.0", "pdm", f"{CREATIVE_COMMONS}/publicdomain/mark/1.0/"),
        License("us-gov", "US government work", "us-gov", "https://www.usa.gov/government-copyright"),
        License("own-work", "Own work, all rights reserved", "own-work"),
        License("permission", "Used with permission", "permission"),
        License("rights-managed", "Rights-managed, licensed to us", "rights-managed"),
        License("all-rights-reserved", "All rights reserved", "all-rights-reserved"),
        License("ai-generated", "AI-generated", "ai-generated"),
    )
}


def choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """Codes and names, grouped by why a picture may be shown; a port is chosen beside it, from `jurisdictions()`."""
    grouped = {"We made it": _named("own-work")}
    for version in VERSIONS:
        grouped[f"It has an open license: Creative Commons {version}"] = [
            (f"cc-{family}-{version}", f"CC {letters} {version}") for family, letters in FAMILIES.items()
        ]
    grouped["No one holds rights in it"] = _named("cc0-1.0", "pdm-1.0", "us-gov")
    grouped["Its owner lets us"] = _named("permission", "rights-managed", "all-rights-reserved")
    grouped["AI made it"] = _named("ai-generated")
    return list(grouped.items())


def _named(*codes: str) -> list[tuple[str, str]]:
    return [(code, LICENSES[code].name) for code in codes]


def jurisdictions() -> list[tuple[str, str]]:
    """Codes and names of the places that licenses were ported to, by name."""
    return sorted(JURISDICTIONS.items(), key=lambda item: item[1])
