"""What a credit line says of licenses and permissions, taken out of it so that names are left. `licenses.stated` reads
which license it is; here nothing is concluded.
"""

import re

_PORTS = (
    r"(?-i:[A-Z]{2,3})|[a-z]{2}|Germany|Austria|Switzerland|France|Spain|Italy|Netherlands|Poland|Deutschland|Scotland|"
    r"Australia|Japan|Brazil|Brasil|England(?:\s(?:&|and)\sWales)?|United\sStates|UK"
)
_CC = (
    r"(?:CC|Creative\s{1,3}Commons)\b(?:[\s,-]{0,3}(?:BY|NC|ND|SA|Zero|0|Attribution|Non-?Commercial|No-?Deriv(?:ative)?s?"
    r"(?:\sWorks)?|Share-?\s?Alike|licen[cs](?:e[ds]?|ing)|lizenz|v?\d\.\d|"
    rf"(?:{_PORTS})(?=\s{{0,3}}(?:$|[).,;:|/\]]|via\b|licen[cs]e))|Int(?:ernational|l)?|Universal|Public\sLicen[cs]e|"
    r"Generic|Unported|Deed|Legal\sCode|version)\b)*"
)
_FREE = (
    r"(?:(?-i:GFDL|FAL|Attribution(?=,?\s{1,3}via))|GNU\s{1,3}(?:Free\s{1,3}Documentation\s{1,3})?(?:F?DL|licen[cs]e)|"
    r"Free\s{1,3}Art\s{1,3}Licen[cs]e|copyrighted\sfree\suse)"
)
_CC0 = r"CC\s?0(?:\s1\.0)?(?:\sUniversal)?(?:\s\(CC\s?0\s1\.0\))?"
_DOMAIN = (
    r"public\s{1,3}domain(?:\s(?:mark|dedication|work|image|licen[cs]e))?(?:\s1\.0)?|gemeinfrei|"
    r"domaine\s{1,3}public|dominio\s{1,3}p[uú]b?blico|domínio\s{1,3}público|(?:uso\s)?pubblico\s{1,3}dominio"
)
_ALL = rf"(?:{_CC0}(?:[\s,-]{{0,3}}(?:{_DOMAIN}))?|{_CC}(?:[\s,-]{{0,3}}(?:{_DOMAIN}))?|{_DOMAIN}|{_FREE})"
_LICENSE_WORDS = re.compile(
    r"[\s,;.]{0,3}(?:\b(?:is|are)\s)?\b(?:(?:licen[cs]ed?|used|shared|released|dedicated|published|marked|lizenz|lizenziert|licencia|licença|"
    r"licenza|lisens|licens|licence|licentie|licencja|лицензия|available)\s{0,3}){0,2}"
    r"(?:(?:under|into|in|unter|sous|bajo|sob|onder|with|mit|to)\s{0,3})?[:]?\s{0,3}(?:(?:a|an|the|der|la|une)\s)?"
    rf"{_ALL}(?:\s(?:or|and|oder|/)\s{_ALL}(?:-\d\.\d)*)?(?!\w)\.?",
    re.IGNORECASE,
)
_PERMISSION = (
    r"(?:(?:used|reproduced|re-?printed|re-?published|shown|printed|published)\s{1,3})?(?:(?:with|by|under)\s{1,3}(?:the\s{1,3})?"
    r"(?:(?:kind|full|written|express)\s{1,3})?(?:permission|consent)|permission\s{1,3}granted)"
    r"(?:\s{1,3}of\s{1,3}the\s{1,3}(?:artist|author|photographer|owner|creator|copyright\sholder|rights\sholder))?"
    r"(?!\s{1,3}(?:of|from))"
)
_OF_STOCK = (
    r"\(?(?:(?:used|licen[cs]ed)\s)?(?:under\s(?:an?\s)?)?(?:(?:standard|extended|enhanced|royalty-free|editorial|stock|paid)\s)"
    r"{0,2}licen[cs]e(?!\s{1,3}(?:from|via|through|by|of)|[ds])\)?|\(?licen[cs]ed\)?"
)
_NOISE = re.compile(
    r"[\s,;.(\[]{0,3}\b(?:all\s{1,3}rights\s{1,3}reserved|some\s{1,3}rights\s{1,3}reserved|alle\s{1,3}rechte\s{1,3}vorbehalten|"
    r"tous\s{1,3}droits\s{1,3}r[ée]serv[ée]s|"
    rf"{_PERMISSION}|no\s{{1,3}}known\s{{1,3}}(?:copyright\s{{1,3}})?restrictions?(?:\s{{1,3}}on\s{{1,3}}publication)?)"
    r"\b[\s).\]]{0,3}",
    re.IGNORECASE,
)
_OWN = re.compile(
    r"(?<!['’]s)(?<!['’]s\s)[\s,;.(\[–—-]{0,4}\b(?:own\s{1,3}work(?:\sassumed)?|eigenes\s{1,3}werk|travail\s{1,3}personnel|trabajo\s{1,3}propio)\b"
    r"[\s).\]]{0,3}",
    re.IGNORECASE,
)
_STOCK = re.compile(rf"[\s,;.]{{1,3}}(?:{_OF_STOCK}|(?:under\s)?licen[cs]ed?\sto\s.{{2,60}})\.?$", re.IGNORECASE)
# What Wikimedia Commons, Openverse and Flickr write around a name of their own accord.
_GENERATED = re.compile(
    r"No machine-readable (?:author|source) provided\.?\s?|\sassumed(?:\s\(based on copyright claims\))?\.?"
    r"|(?:The )?original uploader was\s|\s[–-]\sTransferred from[^,;.]{2,30}(?:\.\w+)?"
    r"|\.?\s?To view (?:a copy of this license|the terms), visit\s{0,3}:?|(?<=is )marked with(?=\s)"
    r"|,?\s?rID:?\s?\d{1,9}",
    re.IGNORECASE,
)
_IN_BRACKETS = re.compile(
    r"\b(CC(?:\slicen[cs]ed)?|Creative\sCommons)\s?\(\s?(BY(?:[\s-](?:NC|ND|SA)){0,2})\s?\)", re.IGNORECASE
)
_EMPTY = re.compile(r"[(\[]\s{0,3}[,;]?\s{0,3}[)\]]")
_TAIL = re.compile(r"(?:[\s,;:/|–—-]|\s(?:is|under|and|via|at|from|on))+$")
_PERMITTED = re.compile(rf"\b{_PERMISSION}", re.IGNORECASE)


# One of these is in all that is taken out, so that most lines of a text cost one search.
_ANY = re.compile(
    r"licen[cs]|lizenz|lisens|licent|лиценз|\bCC|creative\scommons|domain|gemeinfrei|dom[ií]nio|rights|rechte|droits|permission|"
    r"consent|\bown\b|eigenes|travail|trabajo|restriction|GFDL|\bFAL\b|Attribution|GNU|free\s|No\smachine|assumed|uploader|"
    r"transferred|visit|marked|rID",
    re.IGNORECASE,
)


def without_license(line: str) -> str:
    """The line without what it says of licenses and permissions."""
    if not _ANY.search(line):
        return line
    bare = _STOCK.sub(
        "", _NOISE.sub(" ", _LICENSE_WORDS.sub(" ", _GENERATED.sub("", _IN_BRACKETS.sub(r"\1 \2", line))))
    )
    bare = " ".join(_EMPTY.sub(" ", bare).split()).lstrip(")] ")
    if bare != (after := _OWN.sub(" ", bare)) and after.strip(" :") and not after.rstrip().endswith(":"):
        bare = " ".join(_EMPTY.sub(" ", after).split())
    return bare if bare == line or bare.endswith(":") else _TAIL.sub("", bare)


_STATES = re.compile(rf"(?P<name>[^/,]{{2,60}}?)(?P<joint>\s?/\s?|,\s|\s[(\[]){_ALL}\W{{0,3}}$", re.IGNORECASE)
_IS_LICENSED = re.compile(r"\bis\s(?:licen[cs]ed\sunder|marked\swith)\s", re.IGNORECASE)


def holder(line: str) -> str:
    """Who is named before nothing but a license: “NAME / CC BY-SA 4.0”; "" for any other line."""
    found = _STATES.match(_EMPTY.sub("", line))
    return found["name"].strip() if found else ""


def is_licensed(line: str) -> bool:
    """Whether the line says in so many words that something is under a license."""
    return bool(_IS_LICENSED.search(line))


def has_permission(line: str) -> bool:
    """Whether the line says that its holder allowed the use."""
    return bool(_PERMITTED.search(line))
