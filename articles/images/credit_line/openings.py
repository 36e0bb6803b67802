"""What makes a line a credit: a label with a colon, "photo by", "courtesy of", a copyright sign beside a platform …

Each opening leaves the rest of the line, in which the people are, and says how much that rest must look like a name.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from articles.images.credit_line import vocabulary as words_of
from articles.images.credit_line.vocabulary import (
    BY,
    COURTESY,
    CREDIT,
    GLUE,
    MADE,
    OF,
    PICTURE,
    PLATFORM_PATTERN,
    SOURCE,
)

# How sure the opening is of itself; the less, the more the rest has to show.
LABELED, NAMED, STRICT, PLATFORM, PLATFORM_ONLY = "labeled", "named", "strict", "platform", "platform only"
PLATFORM_NAME, COURTEOUS = "platform and name", "courteous"


@dataclass(frozen=True)
class Opened:
    """The rest of a line after its opening; `asks` says what it must look like; `title` is quoted."""

    rest: str
    asks: str
    source: str = ""
    title: str = ""


def _any_of(found: set[str]) -> str:
    """The longest first, so that none hides behind its beginning."""
    return "(?:" + "|".join(sorted(found, key=len, reverse=True)) + ")"


_EAST_ASIAN = "\u2e80"  # where scripts begin that put no spaces between words
_CJK_LABEL = re.compile(_any_of({word for word in PICTURE | CREDIT | SOURCE if word > _EAST_ASIAN}) + "{1,3}$")
_LONGEST_LABEL = 40  # characters


def _kind(label: str) -> str | None:
    """What the words before a colon announce: LABELED a picture's maker, PLATFORM only a source; None for neither."""
    said = [
        word.strip(".,()'’").lower() for word in re.split(r"[\s/-]+|(?<=[lLdD]['’])", label) if word.strip(".,()'’")
    ]
    if not 0 < len(said) <= 6:
        return None
    if _CJK_LABEL.match(label.replace(" ", "")):
        found = {word for word in PICTURE | CREDIT if word in label}
        return LABELED if found else PLATFORM
    known = [word in PICTURE or word in CREDIT or word in SOURCE for word in said]
    if not all(fits or word in GLUE or word in ("l", "d") for fits, word in zip(known, said, strict=True)):
        return None
    if any(word in PICTURE or word in CREDIT for word in said):
        return LABELED
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
    if place := words_of.platform(head):
        return Opened(rest, STRICT, place) if place not in words_of.CITED else None
    asks = _kind(head)
    return Opened(rest, asks) if asks else None


def _dashed(line: str) -> Opened | None:
    """Photo - Name, Photo/Name, Photo Credit – Name."""
    found = re.match(r"([^\W\d_][\w .]{0,30}?)\s{0,3}(?:[–—/|]|\s-\s)\s{0,3}(.+)$", line)
    if found is None or _kind(found[1]) != LABELED:
        return None
    return Opened(found[2], STRICT if len(found[1].split()) == 1 else NAMED)


_NOUN = (
    "(?:"
    + "|".join(sorted((word for word in PICTURE if word < "\u2e80" and word.isalpha()), key=len, reverse=True))
    + ")"
)
_ADJECTIVE = r"(?:(?:cover|header|featured?|lead|banner|hero|stock|main|title|original)\s{1,3})?"
_BYLINE = re.compile(
    rf"{_ADJECTIVE}{_NOUN}\s{{1,3}}(?:(?:is|was|were|are|wurde|a\s+été)\s{{1,3}})?"
    r"(?:\(?(?:above|below|left|right|top|bottom|oben|unten|links|rechts)\)?\s{1,3})?"
    rf"(?:(?P<made>{MADE})\s{{1,3}})?(?:(?P<by>{BY})|(?P<of>{OF}))\s{{0,3}}:?\s{{1,3}}(?P<rest>.+)$",
    re.IGNORECASE,
)
_MADE_BY = re.compile(
    r"(?:(?:U\.?S\.?\s)?(?:army|navy|air\sforce|marine\scorps|coast\sguard|government)\sphoto|photographed|illustrated"
    r"|drawn|shot)\s{1,3}by\s{1,3}(?P<rest>.+)$",
    re.IGNORECASE,
)
_CREDIT_TO = re.compile(
    rf"(?:{_NOUN}\s{{1,3}})?credits?\s{{1,3}}(?:to|goes\s{{1,3}}to)\s{{1,3}}(?P<rest>.+)$", re.IGNORECASE
)
_COURTESY = re.compile(
    rf"(?:{_ADJECTIVE}{_NOUN}\s{{1,3}})?(?:(?:is|are|used)\s{{1,3}})?(?:{COURTESY})\s{{0,3}}:?\s{{0,3}}(?P<rest>.+)$",
    re.IGNORECASE,
)
_COURTESY_BARE = re.compile(rf"{_NOUN}\s{{1,3}}courtesy\s{{0,3}}:?\s{{1,3}}(?P<rest>.+)$", re.IGNORECASE)
_FOUND_ON = re.compile(
    rf"{_ADJECTIVE}{_NOUN}\s{{1,3}}(?:found\s{{1,3}})?(?:via|from|on|through|aus|auf|sur|de|da|van|från|fra)\s{{1,3}}"
    rf"(?P<rest>(?:{PLATFORM_PATTERN})\b.*)$",
    re.IGNORECASE,
)
_PLATFORM_PHOTO = re.compile(
    rf"(?P<source>{PLATFORM_PATTERN})\s{{1,3}}(?:photo|image|picture|foto)s?(?:\s{{1,3}}by\s{{1,3}}|\s{{0,3}}[/:|]\s{{0,3}})(?P<rest>.+)$",
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
_FOT = re.compile(r"(?:fot|foto|nuotr|rys)\.\s{1,3}(?P<rest>.+)$", re.IGNORECASE)
_PROVIDED_CJK = re.compile(r"(?:本文)?(?:图片|照片|圖片|图|圖)由(?P<rest>.{1,30}?)(?:提供|拍摄|拍攝|摄影|攝影)$")
_BARE_CYRILLIC = re.compile(r"фото\s{1,3}(?P<rest>.+)$", re.IGNORECASE)
_VIA = re.compile(rf"via\s{{1,3}}(?P<rest>(?:{PLATFORM_PATTERN}))\s{{0,3}}$", re.IGNORECASE)
_BY_SOMEBODY = re.compile(r"by\s{1,3}(?P<rest>.+)$", re.IGNORECASE)


def _of(pattern: re.Pattern[str], asks: str) -> Callable[[str], Opened | None]:
    def opening(line: str) -> Opened | None:
        found = pattern.match(line)
        if found is None:
            return None
        named = found.groupdict()
        return Opened(
            named["rest"].strip(), asks, words_of.platform(named.get("source") or ""), named.get("title") or ""
        )

    return opening


def _by(line: str) -> Opened | None:
    """Photo by Name. What says “of” as well as “by” wants more of a name after it."""
    found = _BYLINE.match(line)
    if found is None:
        return None
    return Opened(found["rest"].strip(), STRICT if found["of"] and not found["made"] else NAMED)


_BARE_NOUN = re.compile(rf"{_NOUN}\s{{1,3}}(?P<rest>[^\W\d_].+)$", re.IGNORECASE)


def _bare_noun(line: str) -> Opened | None:
    """Photo Name / Agency, Photo Name on Platform: a picture's word, a name, and nothing between."""
    found = _BARE_NOUN.match(line)
    if found is None:
        return None
    return Opened(found["rest"], STRICT if re.search(r"[/|]", found["rest"]) else PLATFORM_NAME)


titled = _of(_TITLED, PLATFORM)  # “Title” by Name

OPENINGS: list[Callable[[str], Opened | None]] = [
    _of(_COURTESY, COURTEOUS),
    _of(_COPYRIGHT_PHOTO, NAMED),
    _labeled,
    _of(_FOUND_ON, PLATFORM),
    _of(_PLATFORM_PHOTO, NAMED),
    _by,
    _of(_MADE_BY, NAMED),
    _of(_CREDIT_TO, NAMED),
    _of(_COURTESY_BARE, STRICT),
    titled,
    _of(_FOT, STRICT),
    _of(_PROVIDED_CJK, NAMED),
    _of(_BARE_CYRILLIC, STRICT),
    _dashed,
    _bare_noun,
    _of(_COPYRIGHT, PLATFORM),
    _of(_VIA, PLATFORM),
    _of(_BY_SOMEBODY, PLATFORM_ONLY),
]


def opened(line: str) -> list[Opened]:
    """Every way in which a line opens as a credit, the surest first."""
    return [found for opening in OPENINGS if (found := opening(line)) is not None]


def announces_picture(label: str) -> bool:
    """Whether the words before a colon are the label of a picture's credit."""
    return _kind(label) == LABELED
