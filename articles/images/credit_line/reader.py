"""A line of an old post -> the credit that it states, or None; in time that grows with the line and no faster."""

import re
from dataclasses import dataclass
from html import unescape

from articles.images.credit_line import openings, people
from articles.images.credit_line.vocabulary import platform_of
from articles.images.licenses import LICENSES, parse_license

LONGEST = 240  # characters; a credit is a line, not a paragraph
LONGEST_MARKUP = 4000  # characters of a line with the tags that it came in


@dataclass(frozen=True)
class CreditLine:
    """What a line says; empty strings where it says nothing. `license` is a code of `licenses.LICENSES`."""

    creator: str
    source: str
    license: str
    url: str
    raw: str
    title: str = ""


def parse(text: str) -> CreditLine | None:
    """The credit in a line, or None where the line is no picture credit that can be read. Never raises."""
    if len(text) > LONGEST_MARKUP:
        return None
    line, linked = _without_markup(text)
    if not line or len(line) > LONGEST or "\n" in line:
        return None
    urls = [match[0].rstrip(".,;") for match in _URL.finditer(line)]
    license = parse_license(f"{line} {linked}")
    bare = _without_license(_URL.sub(" ", line))
    found = _read(bare, urls=urls, states_license=bool(license) and bool(LICENSES[license].url))
    if found is None:
        return None
    creator, source, title = found
    url = linked or next((address for address in urls if "creativecommons.org" not in address.lower()), "")
    source = source or platform_of(url)
    return CreditLine(creator=creator, source=source, license=license, url=url, raw=text, title=title)


def _read(line: str, *, urls: list[str], states_license: bool) -> tuple[str, str, str] | None:
    """Creator, source and title by the surest opening that leads to something credible."""
    hosts = next(filter(None, map(platform_of, urls)), "")
    for opened in openings.opened(line or ""):
        rest, title = opened.rest, opened.title
        if quoted := openings.titled(rest):
            rest, title = quoted.rest, quoted.title
        creator, source = people.people(rest, source=opened.source)
        if people.is_credible(creator, source or hosts, opened.asks, states_license=states_license):
            return creator, source, title
    if urls and (label := line.rstrip(" :")) != line and openings.announces_picture(label):
        return "", "", ""  # nothing but where it is
    creator, source = people.people(line)
    if (_SEPARATED.search(line) or not creator) and people.is_unlabeled_credit(line, creator, source):
        return creator, source, ""
    return None


def resembles(text: str) -> bool:
    """Whether a line that `parse` could not read may still be a credit, so that a person should look at it."""
    if len(text) > LONGEST_MARKUP:
        return False
    line, _linked = _without_markup(text)
    if not line or "\n" in line or len(line) > 2 * LONGEST or parse(text) is not None:
        return False
    return bool(_HINT.search(line)) and not _FOOTER.search(line)


_URL = re.compile(r"(?:https?://|www\.)[^\s<>()\[\]]{1,500}", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]{1,1000}>")
_MARKDOWN = re.compile(r"\[([^\[\]]{1,200})\]\((https?://[^)\s]{1,500})\)")
_HREF = re.compile(r"href=[\"'](https?://[^\"']{1,500})[\"']", re.IGNORECASE)
_MARK = re.compile(r"^(?:[•·‣▪-]\s{1,3}|\d{1,2}[.)]\s{1,3})")  # of a list
_SEPARATED = re.compile(r"\s(?:via)\s|/|\|", re.IGNORECASE)
# Signs that East Asian and Arabic text writes in its own way, and signs that nobody sees; as escapes, since they look
# like the plain ones.
_SAME = str.maketrans(
    {
        "\uff1a": ": ",
        "\uff0f": "/",
        "\uff5c": "|",
        "\uff08": " (",
        "\uff09": ") ",
        "\u3000": " ",
        "\xa0": " ",
        "\u060c": ",",
        "\ufeff": "",
        "\u200b": "",
        "\u200e": "",
        "\u200f": "",
    }
)


def _without_markup(text: str) -> tuple[str, str]:
    """The line without tags, Markdown links and wrapping punctuation; and the first address that its markup held."""
    found = _HREF.search(text) or _MARKDOWN.search(text)
    linked = unescape(found[2] if found.re is _MARKDOWN else found[1]) if found else ""
    line = unescape(_TAG.sub("", _MARKDOWN.sub(r"\1", text))).translate(_SAME)
    line = " ".join(line.split()) if "\n" not in line.strip() else line.strip()
    line = _MARK.sub("", line.strip("*_~` "))
    if line[:1] in "([{" and line[-1:] in ")]}" and line.count(line[:1]) == 1:
        line = line[1:-1].strip()
    return line, linked


_CC = (
    r"(?:CC|Creative\s{1,3}Commons)\b(?:[\s-]{0,3}(?:BY|NC|ND|SA|Zero|0|Attribution|Non-?Commercial|No-?Deriv(?:ative)?s?"
    r"(?:\sWorks)?|Share-?Alike|licen[cs]e|lizenz|v?\d\.\d|\d\.\d|(?-i:[A-Z]{2,3})(?=\s{0,3}(?:$|[).,;:|/\]]))|Int(?:ernational|l)?|"
    r"Generic|Unported|Deed))*"
)
_LICENSE_WORDS = re.compile(
    r"[\s,;]{0,3}(?:\b(?:is|are)\s)?\b(?:(?:licen[cs]ed?|used|lizenz|lizenziert|licencia|licença|licenza|lisens|licens|licence|"
    r"licentie|licencja|лицензия|available|shared)\s{0,3})?(?:(?:under|unter|sous|bajo|sob|onder|with|mit)\s{0,3})?[:]?\s{0,3}"
    rf"(?:(?:a|an|the|der|la|une)\s)?(?:{_CC}|CC0(?:\s1\.0)?|public\s{{1,3}}domain(?:\smark)?(?:\s1\.0)?|gemeinfrei|"
    r"domaine\s{1,3}public|dominio\s{1,3}p[uú]b?blico|domínio\s{1,3}público)(?!\w)\.?",
    re.IGNORECASE,
)
_NOISE = re.compile(
    r"[\s,;.(\[]{0,3}\b(?:all\s{1,3}rights\s{1,3}reserved|some\s{1,3}rights\s{1,3}reserved|alle\s{1,3}rechte\s{1,3}vorbehalten|"
    r"tous\s{1,3}droits\s{1,3}r[ée]serv[ée]s|(?:used|reproduced)\s{1,3}(?:with|by)\s{1,3}(?:kind\s)?permission(?!\s(?:of|from))|"
    r"own\s{1,3}work|eigenes\s{1,3}werk|travail\s{1,3}personnel|trabajo\s{1,3}propio)\b[\s).\]]{0,3}",
    re.IGNORECASE,
)
_EMPTY = re.compile(r"[(\[]\s{0,3}[,;]?\s{0,3}[)\]]")
_TAIL = re.compile(r"(?:[\s,;:/|–—-]|\s(?:is|under|and|via|at|from|on))+$")


def _without_license(line: str) -> str:
    """The line without what it says of licenses, which is read elsewhere."""
    bare = _EMPTY.sub(" ", _NOISE.sub(" ", _LICENSE_WORDS.sub(" ", line)))
    bare = " ".join(_EMPTY.sub(" ", bare).split())
    return bare if bare == line or bare.endswith(":") else _TAIL.sub("", bare)


_PICTURE = (
    r"(?:image|photo|picture|photograph|illustration|graphic|foto|bild|imagen|imagem|immagine|afbeelding|beeld|kuva|zdjęcie|"
    r"фото|写真|图片|사진)s?"
)
_CAPITAL = r"(?-i:[A-ZÀ-ÞА-Я])"
_HINT = re.compile(
    rf"^\W{{0,3}}(?:(?:cover|header|featured?|lead|stock)\s)?{_PICTURE}\s{{0,3}}"
    rf"(?:credits?\b\s?[:–-]|courtesy\s+of|source\s?:|(?:by|von|par|de|di)\s+{_CAPITAL}|via\b|©|\(c\)|:\s?{_CAPITAL}"
    r"|generated\s+(?:with|by)\b)"
    rf"|^\W{{0,3}}courtesy\s+of\b|\bphotos?\s{{0,3}}(?::|©|by\s{_CAPITAL})"
    r"|\bvia\s(?:flickr|unsplash|wikimedia(?:\scommons)?|pexels|pixabay|shutterstock|getty(?:\simages)?)\W{0,3}$"
    r"|\bCC[\s-]BY\b|^\W{0,3}©\s{0,3}[^\d\s]",
    re.IGNORECASE,
)
_FOOTER = re.compile(
    r"all rights reserved|\b(?:19|20)\d\d\s*[-–]\s*(?:19|20)\d\d\b|this (?:site|website|page|article)", re.IGNORECASE
)
