"""A line of an old post -> the credit that it states, or None; in time that grows with the line and no faster."""

import re
from dataclasses import dataclass, replace

from articles.images.credit_line import captions, names, openings, people, rights, typos
from articles.images.credit_line.markup import without_markup
from articles.images.credit_line.platforms import platform_of
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
    caption: str = ""  # what stands before a credit that closes it


def parse(text: str) -> CreditLine | None:
    """The credit in a line, or None where the line is no picture credit that can be read. Never raises."""
    if len(text) > LONGEST_MARKUP:
        return None
    line, linked = without_markup(text)
    if not line or len(line) > LONGEST or "\n" in line:
        return None
    urls = [match[0].rstrip(".,;") for match in _URL.finditer(line)]
    license = parse_license(f"{line} {' '.join(linked)}")
    places = [address for address in (*linked, *urls) if not _LEGAL.search(address)]
    said = Said(
        hosts=next(filter(None, map(platform_of, places)), ""),
        states_license=bool(license) and bool(LICENSES[license].url),
        has_permission=rights.has_permission(line),
        is_licensed=rights.is_licensed(line),
        is_reprinted=bool(_REPRINTED.search(line)),
        holder=rights.holder(_URL.sub("", line)),
    )
    bare = typos.with_platform(rights.without_license(_URL.sub(" ", line)))
    found = _read(bare, said) or _repaired(bare, said) or _after_caption(bare, said)
    if found is None and urls and openings.announces_picture(_URL.sub(" ", line).strip(" :")):
        found = Read("", "")  # nothing but where it is
    if found is None:
        return None
    url = next(iter(places), "")
    source = found.source or said.hosts
    return CreditLine(found.creator, source, license, url, raw=text, title=found.title, caption=found.caption)


@dataclass(frozen=True)
class Said:
    """What a line says beside its names, each of which makes it surer that it is a credit."""

    hosts: str
    states_license: bool
    has_permission: bool
    is_licensed: bool
    is_reprinted: bool
    holder: str


@dataclass(frozen=True)
class Read:
    creator: str
    source: str
    title: str = ""
    asks: str = ""
    caption: str = ""


def _read(line: str, said: Said) -> Read | None:
    """Creator, source and title by the surest opening that leads to something credible."""
    if found := _opened(line, said):
        return found
    is_allowed = said.has_permission or said.states_license
    if _NOBODYS.match(line) or (is_allowed and openings.announces_picture(line.strip(" .:"))):
        return Read("", "")
    creator, source = people.people(line)
    if (_SEPARATED.search(line) or not creator) and names.is_unlabeled_credit(line, creator, source):
        return Read(creator, source)
    if said.states_license and said.holder and names.is_person(said.holder):
        return Read(said.holder, "")
    if names.is_written_by_commons(line, creator, source):
        return Read(creator, source)
    return None


def _opened(line: str, said: Said) -> Read | None:
    """The first opening whose rest is as much of a name as it asks for."""
    for opened in openings.opened(line):
        rest, title = opened.rest, opened.title
        if quoted := openings.titled(rest) or openings.made_by(rest):
            rest, title = quoted.rest, quoted.title
        asks = opened.asks
        if asks == openings.RIGHTS:
            person = people.people(rest, has_rights=True)[0]
            asks = openings.NAMED if said.has_permission and _is_holder(person, said) else openings.PLATFORM
        if asks == openings.LINKED:
            if not (said.states_license and (said.hosts or said.is_licensed) and names.is_title(title)):
                continue
            asks = openings.CREDITED
        if asks in _PERSONAL and people.is_nobody(rest):
            return Read("", "", title, asks)
        has_rights = bool(_RIGHTS.search(line))
        creator, source = people.people(rest, source=opened.source, says_by=opened.says_by, has_rights=has_rights)
        known = source or said.hosts
        if names.is_credible(creator, known, asks, states_license=said.states_license):
            return Read(creator, source, title, asks)
    return None


def _is_holder(name: str, said: Said) -> bool:
    """Whether somebody who allowed the use is named; a house whose text was reprinted allowed no picture."""
    return names.is_person(name) or (not said.is_reprinted and (" " not in name or names.is_name(name)))


def _repaired(line: str, said: Said) -> Read | None:
    """The credit in a line whose opening is misspelt; a name of two words, or a platform, has to follow."""
    repaired = typos.repaired(line)
    if repaired == line:
        return None
    found = _opened(repaired, said)
    return found if found and (found.source or names.is_person(found.creator)) else None


def _after_caption(line: str, said: Said) -> Read | None:
    """The credit at the end of a caption; one small word is a name only after “credit”."""
    caption, credit = captions.credit_after_caption(line)
    if not credit:
        return None
    found = _opened(credit, said)
    if found is None:
        creator, source = people.people(credit, has_rights=bool(_RIGHTS.match(credit)))
        claimed = _RIGHTS.match(credit) and names.is_person(creator)
        listed = names.is_unlabeled_credit(credit, creator, source) and (not creator or names.is_person(creator))
        return Read(creator, source, caption=caption) if claimed or listed else None
    is_word = found.creator.isalpha() and found.creator.islower() and not found.source
    return None if is_word and found.asks != openings.CREDITED else replace(found, caption=caption)


def resembles(text: str) -> bool:
    """Whether a line that `parse` could not read may still be a credit, so that a person should look at it."""
    if len(text) > LONGEST_MARKUP:
        return False
    line, _linked = without_markup(text)
    if not line or "\n" in line or len(line) > 2 * LONGEST or parse(text) is not None:
        return False
    return bool(_HINT.search(line)) and not _FOOTER.search(line)


# With or without its scheme: “flic.kr/p/2abC”, “flickr.com/photos/somebody/1”; “iStock.com/somebody” is an account.
_URL = re.compile(
    r"(?:https?://|www\.)[^\s<>()\[\]]{1,500}"
    r"|\b(?:flic\.kr|bit\.ly|t\.co|youtu\.be|pin\.it|goo\.gl|tinyurl\.com|instagr\.am|ow\.ly)/[^\s<>()\[\]]{1,500}"
    r"|\b[\w-]{2,40}(?:\.[\w-]{2,40}){0,2}\.[a-z]{2,4}/[\w.@-]{1,60}/[^\s<>()\[\]]{1,500}",
    re.IGNORECASE,
)
_SEPARATED = re.compile(r"\s(?:via|–)\s|/|\|", re.IGNORECASE)
_NOBODYS = re.compile(
    r"(?:courtesy|handout|file|archive|supplied|submitted|(?:(?:the\s)?author['’]s\s|my\s|our\s)?own|private)\s(?:photo|image|picture|photograph)s?\W{0,2}$",
    re.IGNORECASE,
)
_REPRINTED = re.compile(r"\bre-?printed\b", re.IGNORECASE)
_LEGAL = re.compile(r"creativecommons\.org|gnu\.org/|artlibre\.org", re.IGNORECASE)  # a license’s own address
_RIGHTS = re.compile(r"©|\(c\)|\bcopyright\b", re.IGNORECASE)
_PERSONAL = (openings.CREDITED, openings.LABELED, openings.NAMED, openings.COURTEOUS, openings.STRICT)
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
