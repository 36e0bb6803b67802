"""What makes a line a credit: a label with a colon, "photo by", "courtesy of", a copyright sign beside a platform …

Each opening leaves the rest of the line, in which the people are, and says how much that rest must look like a name.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from articles.images.credit_line.platforms import CITED, NETWORKS, PLATFORM_PATTERN, is_abbreviation, platform
from articles.images.credit_line.vocabulary import (
    ADJECTIVES,
    BY,
    COURTESY,
    CREDIT,
    GLUE,
    MADE,
    NOBODY,
    NOUNS,
    OF,
    PICTURE,
    SOURCE,
    WEAK,
)

# How sure the opening is of itself; the less, the more the rest has to show.
CREDITED, LABELED, NAMED, STRICT = "credited", "labeled", "named", "strict"
PLATFORM, PLATFORM_ONLY, PLATFORM_NAME, COURTEOUS = "platform", "platform only", "platform and name", "courteous"
HONORED, RIGHTS, LINKED, PERSON = "honored", "rights", "linked", "person"


@dataclass(frozen=True)
class Opened:
    """The rest of a line after its opening; `asks` says what it must look like; `title` is quoted; `says_by` is
    whether the opening ended in “by”, so that another “By” belongs to the name.
    """

    rest: str
    asks: str
    source: str = ""
    title: str = ""
    says_by: bool = False


def _any_of(found: set[str]) -> str:
    """The longest first, so that none hides behind its beginning."""
    return "(?:" + "|".join(sorted(found, key=len, reverse=True)) + ")"


_EAST_ASIAN = "\u2e80"  # where scripts begin that put no spaces between words
_CJK_LABEL = re.compile(_any_of({word for word in PICTURE | CREDIT | SOURCE if word > _EAST_ASIAN}) + "{1,3}$")
_LONGEST_LABEL = 40  # characters
_HYPHENATED = re.compile(r"\b(?:x-ray|self-portrait|free-to-use|royalty-free|pet-ct)", re.IGNORECASE)


def _kind(label: str) -> str | None:
    """What the words before a colon announce: CREDITED or LABELED a picture's maker, STRICT one where the word is a
    heading as often, PLATFORM only a source; None for neither.
    """
    label = _HYPHENATED.sub(lambda found: found[0].replace("-", "\N{NON-BREAKING HYPHEN}"), label)
    said = [
        word.strip(".,()'’").lower().replace("\N{NON-BREAKING HYPHEN}", "-")
        for word in re.split(r"[\s/-]+|(?<=[lLdD]['’])", label)
        if word.strip(".,()'’")
    ]
    if not 0 < len(said) <= 6:
        return None
    if _CJK_LABEL.match(label.replace(" ", "")):
        found = {word for word in PICTURE | CREDIT if word in label}
        return LABELED if found else PLATFORM
    known = [word in PICTURE or word in CREDIT or word in SOURCE or word in WEAK for word in said]
    if not all(fits or word in GLUE or word in ("l", "d") for fits, word in zip(known, said, strict=True)):
        return None
    if any(word in PICTURE for word in said):
        return CREDITED if any(word in SOURCE or word in CREDIT for word in said) else LABELED
    if any(word in CREDIT for word in said):
        return LABELED
    if any(word in WEAK for word in said) or said[0] == "screen":
        return STRICT
    return PLATFORM if any(known) else None


def _labeled(line: str) -> Opened | None:
    head, colon, rest = line[:_LONGEST_LABEL].partition(":")
    if not colon:
        head, colon, rest = line[:_LONGEST_LABEL].partition("=")
        if colon and head.strip() not in PICTURE:
            return None
    rest = line[len(head) + 1 :].strip()
    if not colon or not rest or rest.startswith("//"):
        return None
    head = re.sub(r"\([^)]{0,20}\)", "", head)
    if place := platform(head):
        doubtful = place in CITED | NETWORKS or is_abbreviation(place) or (place.isupper() and len(place) < 5)
        return None if doubtful else Opened(rest, STRICT, place)
    asks = _kind(head)
    if asks == PLATFORM and platform(rest) == "Wikipedia":
        return None  # texts cite it
    return Opened(rest, asks) if asks else None


def _dashed(line: str) -> Opened | None:
    """Photo - Name, Photo/Name, Photo Credit – Name."""
    found = re.match(r"([^\W\d_][\w .]{0,30}?)\s{0,3}(?:[–—/|]|\s-\s)\s{0,3}(.+)$", line)
    if found is None or _kind(found[1]) not in (LABELED, CREDITED):
        return None
    return Opened(found[2], STRICT if len(found[1].split()) == 1 else NAMED)


def _nouns(words: frozenset[str]) -> str:
    latin = {re.escape(word) for word in words if word < _EAST_ASIAN and word.replace("-", "").isalpha()}
    return _any_of(latin)


_SURE_NOUN = _nouns(PICTURE)
_NOUN = rf"(?:{_nouns(PICTURE | WEAK)}|(?:screen|video|mri|ct|x-ray|ultrasound|clip)\s{{1,3}}(?:{NOUNS}))"
_ADJECTIVE = rf"(?:(?:{ADJECTIVES}|photo|image|picture)[\s-]{{1,3}}){{0,3}}"
_WHERE = r"(?:above|below|left|right|top|bottom|oben|unten|links|rechts)"
_BYLINE = re.compile(
    rf"{_ADJECTIVE}(?:(?P<sure>{_SURE_NOUN})|{_NOUN})(?:\s{{1,3}}(?:{NOUNS}))?\s{{1,3}}"
    r"(?:(?:is|was|were|are|wurde|a\s+été)\s{1,3})?"
    rf"(?:\(?{_WHERE}\)?\s{{1,3}})?"
    rf"(?:(?P<made>{MADE})\s{{1,3}})?(?:(?P<by>{BY})|(?P<of>{OF}))\s{{0,3}}:?\s{{1,3}}(?P<rest>.+)$",
    re.IGNORECASE,
)
_MADE_BY = re.compile(
    r"(?:(?:U\.?S\.?\s)?(?:army|navy|air\sforce|marine\scorps|coast\sguard|government)\sphoto|photographed|illustrated"
    r"|drawn|shot)\s{1,3}by\s{1,3}(?P<rest>.+)$",
    re.IGNORECASE,
)
_CREATED_BY = re.compile(r"(?:designed|created|made|taken|shot)\s{1,3}by\s{1,3}(?P<rest>.+)$", re.IGNORECASE)
_CREDIT_TO = re.compile(
    rf"(?:{_NOUN}\s{{1,3}})?credits?\s{{1,3}}(?:to|goes\s{{1,3}}to)\s{{1,3}}(?P<rest>.+)$", re.IGNORECASE
)
_COURTESY = re.compile(
    rf"(?:(?:{_ADJECTIVE}{_NOUN}|cases?)\s{{1,3}})?"
    rf"(?:(?:is|are|was|were|used|supplied|provided|reproduced|shown|included|shared|kind)\s{{1,3}}){{0,2}}(?:{COURTESY})\s{{0,3}}:?\s{{0,3}}(?P<rest>.+)$",
    re.IGNORECASE,
)
_COURTESY_BARE = re.compile(rf"{_ADJECTIVE}{_NOUN}\s{{1,3}}courtesy\s{{0,3}}:?\s{{1,3}}(?P<rest>.+)$", re.IGNORECASE)
_COURTESY_ALONE = re.compile(r"courtesy\s{1,3}(?P<rest>.+)$", re.IGNORECASE)
_FOUND_ON = re.compile(
    rf"{_ADJECTIVE}{_NOUN}\s{{1,3}}(?:found\s{{1,3}})?(?:via|from|on|through|aus|auf|sur|de|da|van|från|fra)\s{{1,3}}"
    rf"(?P<rest>(?:{PLATFORM_PATTERN})\b.*)$",
    re.IGNORECASE,
)
_FROM_NOBODY = re.compile(rf"{_ADJECTIVE}{_NOUN}\s{{1,3}}from\s{{1,3}}(?P<rest>(?:{NOBODY})\W{{0,2}})$", re.IGNORECASE)
_LICENSED_FROM = re.compile(
    rf"(?:{_ADJECTIVE}{_NOUN}\s{{1,3}})?(?:(?:is|are|was|were)\s{{1,3}})?"
    r"(?:(?:used|reproduced|shown|obtained)\s{1,3})?(?:(?:under|with|on|by)\s{1,3}(?:an?\s|the\s)?(?:[a-z-]{2,12}\s)?"
    r"licen[cs]e|licen[cs]ed|purchased|bought|sourced|downloaded|obtained)\s{1,3}(?:from|via|through|by|of|on|at)\s{1,3}"
    r"(?P<rest>.+)$",
    re.IGNORECASE,
)
_PLATFORM_PHOTO = re.compile(
    rf"{_ADJECTIVE}(?P<source>{PLATFORM_PATTERN})\s{{1,3}}(?:photo|image|picture|foto)s?(?:\s{{1,3}}(?:shared|taken))?(?:\s{{1,3}}by\s{{1,3}}|\s{{0,3}}[/:|]\s{{0,3}})(?P<rest>.+)$",
    re.IGNORECASE,
)
_COPYRIGHT_PHOTO = re.compile(
    rf"(?:{_ADJECTIVE}{_NOUN}\s{{0,3}}(?:©|\(c\)|copyright)|(?:©|\(c\)|copyright)\s{{0,3}}(?:(?:19|20)\d\d\s{{1,3}})?{_NOUN}\b)"
    rf"\s{{0,3}}(?:(?:{BY})\s{{1,3}})?:?\s{{0,3}}(?P<rest>.+)$",
    re.IGNORECASE,
)
_COPYRIGHT = re.compile(r"(?:©|\(c\)|copyright)\s{0,3}(?P<rest>.+)$", re.IGNORECASE)
_TITLED = re.compile(
    r"[\"“„«‘](?P<title>[^\"“”„«»]{1,120})[\"”“»’]\s{0,3},?\s{0,3}"
    rf"(?:{BY}|de|di|av|af|van)\s{{1,3}}(?P<rest>.+)$",
    re.IGNORECASE,
)
# “Evening stairs by somebody, on Flickr”, as Flickr offers it; and with its links, as it is licensed there.
_SHARED = re.compile(
    r"(?:(?P<title>[^:|/]{1,120}?)\s{1,3}by\s{1,3})(?P<rest>[^,]{1,60}),\son\s(?P<source>flickr)\W{0,3}$", re.IGNORECASE
)
_LINKED = re.compile(r"(?P<title>[^:|/]{1,120}?)\s{1,3}by\s{1,3}(?P<rest>.+)$", re.IGNORECASE)
_FILE = re.compile(
    r"(?:File:)?(?P<title>[^/|]{1,80}?\.(?:jpe?g|png|svg|gif|tiff?|webp))\s{1,3}by\s{1,3}(?P<rest>.+)$", re.IGNORECASE
)
_COMMONS_BY = re.compile(r"by\s{1,3}(?P<rest>[^–]{2,80}?)\s{1,3}(?:-|–)\s.+$", re.IGNORECASE)
_FOT = re.compile(r"(?:fot|foto|nuotr|rys)\.\s{1,3}(?P<rest>.+)$", re.IGNORECASE)
_PROVIDED_CJK = re.compile(r"(?:本文)?(?:图片|照片|圖片|图|圖)由(?P<rest>.{1,30}?)(?:提供|拍摄|拍攝|摄影|攝影)$")
_BARE_CYRILLIC = re.compile(r"фото\s{1,3}(?P<rest>.+)$", re.IGNORECASE)
_VIA = re.compile(rf"via\s{{1,3}}(?P<rest>(?:{PLATFORM_PATTERN}))\s{{0,3}}$", re.IGNORECASE)
_BY_SOMEBODY = re.compile(r"by\s{1,3}(?P<rest>.+)$", re.IGNORECASE)


def _of(pattern: re.Pattern[str], asks: str, *, says_by: bool = False) -> Callable[[str], Opened | None]:
    def opening(line: str) -> Opened | None:
        found = pattern.match(line)
        if found is None:
            return None
        named = found.groupdict()
        source, title = platform(named.get("source") or ""), named.get("title") or ""
        if source and platform(named["rest"]):
            return None  # two agencies
        return Opened(named["rest"].strip(), asks, source, title, says_by)

    return opening


def _by(line: str) -> Opened | None:
    """Photo by Name. What says “of” as well as “by” wants more of a name after it."""
    found = _BYLINE.match(line)
    if found is None:
        return None
    doubtful = (found["of"] and not found["made"]) or not found["sure"]
    return Opened(found["rest"].strip(), STRICT if doubtful else NAMED, says_by=True)


_BARE_NOUN = re.compile(rf"{_SURE_NOUN}\s{{1,3}}(?P<rest>[^\W\d_].+)$", re.IGNORECASE)


def _bare_noun(line: str) -> Opened | None:
    """Photo Name / Agency, Photo Name on Platform: a picture's word, a name, and nothing between."""
    found = _BARE_NOUN.match(line)
    if found is None:
        return None
    return Opened(found["rest"], STRICT if re.search(r"[/|]", found["rest"]) else PLATFORM_NAME)


titled = _of(_TITLED, PLATFORM, says_by=True)  # “Title” by Name
made_by = _of(_MADE_BY, NAMED, says_by=True)  # U.S. Army photo by Name

OPENINGS: list[Callable[[str], Opened | None]] = [
    _of(_COURTESY, COURTEOUS),
    _of(_COPYRIGHT_PHOTO, NAMED),
    _labeled,
    _of(_FOUND_ON, PLATFORM),
    _of(_PLATFORM_PHOTO, NAMED),
    _of(_FROM_NOBODY, NAMED),
    _by,
    _of(_LICENSED_FROM, PERSON),
    made_by,
    _of(_CREDIT_TO, NAMED),
    _of(_COURTESY_BARE, STRICT),
    _of(_COURTESY_ALONE, HONORED),
    titled,
    _of(_FOT, STRICT),
    _of(_PROVIDED_CJK, NAMED),
    _of(_BARE_CYRILLIC, STRICT),
    _dashed,
    _bare_noun,
    _of(_COPYRIGHT, RIGHTS),
    _of(_VIA, PLATFORM),
    _of(_FILE, PLATFORM, says_by=True),
    _of(_COMMONS_BY, PLATFORM_ONLY, says_by=True),
    _of(_CREATED_BY, PLATFORM_ONLY, says_by=True),
    _of(_BY_SOMEBODY, PLATFORM_ONLY, says_by=True),
    _of(_SHARED, NAMED, says_by=True),
    _of(_LINKED, LINKED, says_by=True),
]


def opened(line: str) -> list[Opened]:
    """Every way in which a line opens as a credit, the surest first."""
    return [found for opening in OPENINGS if (found := opening(line)) is not None]


def announces_picture(label: str) -> bool:
    """Whether the words before a colon, a “via” or an address are the label of a picture's credit."""
    label = re.sub(r"\s(?:via|from|at|on|source)$", "", label, flags=re.IGNORECASE)
    return _kind(label) in (LABELED, CREDITED)
