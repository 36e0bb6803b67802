"""Whether words are the name of somebody, the caption of a picture, or the middle of a sentence."""

import re

from articles.images.credit_line.openings import (
    COURTEOUS,
    CREDITED,
    HONORED,
    LABELED,
    NAMED,
    PERSON,
    PLATFORM,
    PLATFORM_NAME,
    PLATFORM_ONLY,
    STRICT,
)
from articles.images.credit_line.people import is_chain, is_cited, is_known, is_networks
from articles.images.credit_line.platforms import COMMUNITIES, NETWORKS, STOCK, is_abbreviation, platform
from articles.images.credit_line.vocabulary import ALONE, CAPTION, JOINED, ORGANIZED, PARTICLES, PROSE, SERVICES

MOST_WORDS = 16  # of several people with particles
MOST_WORDS_OF_A_NAME = 9
_HANDLE = re.compile(r"@?(?=[\w.-]*[^\W\d_])(?=[\w.@-]*[_\d@])[\w.-]{2,40}$|@[\w.-]{2,40}$")
_HOSTED = re.compile(r"[\w.-]{2,30}\.com\s?/\s?[\w.-]{2,40}$", re.IGNORECASE)
_JOINED = re.compile(rf"{JOINED}\w", re.IGNORECASE)
_SEVERAL = re.compile(r"\s{0,3}(?:,|&|\band\b|\bund\b|\by\b|\bet\b|\be\b|\bog\b|\boch\b|\bi\b|\ben\b|\+)\s{1,3}")
_RELATIVES = re.compile(r"(?<=\w)['’]s\s(?:family|estate|daughter|son|wife|husband|friends|parents|team)$")
_CITATION = re.compile(r"\bet al\b|\b(?:19|20)\d\d$")
_HONORIFIC = re.compile(r"(?:Dr|Prof|Mrs?|Ms|Miss|Sir|Dame|Rev|Sgt|Capt|Professor|Doctor)\b\.?\s")
_NUMBERS = re.compile(r"\d{5}|\d[\d\s-]{7}|\b\d{1,2}(?::\d\d|\s?[ap]\.?m)\b|\b(?:room|ext)\b\.?\s?\d", re.IGNORECASE)


def is_credible(creator: str, source: str, asks: str, *, states_license: bool) -> bool:
    """Whether what was read is a credit at all, as much as its opening asks: a name, not the middle of a sentence."""
    known = is_known(source)
    if len(creator.split()) > MOST_WORDS or not any(letter.isalnum() for letter in creator or source):
        return False
    if asks in (PLATFORM, PLATFORM_ONLY) and not creator and is_cited(source):
        return False
    if not known and (asks == PLATFORM_ONLY or (asks == PLATFORM and not states_license)):
        return False
    if not creator:
        return known
    if asks == PLATFORM and creator.isdigit():
        return False
    if asks in (LABELED, STRICT) and (is_caption(creator, most=int(asks == LABELED)) or _NUMBERS.search(creator)):
        return False
    if asks == COURTEOUS and not known and _CITATION.search(creator):
        return False
    if asks == PERSON:
        return is_person(creator) or (known and not _is_prose(creator, most=3))
    if asks == HONORED:
        return is_name(creator) and not is_caption(creator) and _is_honored(creator, known=known)
    if known and asks in (NAMED, LABELED, CREDITED, COURTEOUS):
        return asks not in (LABELED, CREDITED) or not _is_prose(creator, most=4)
    if asks == PLATFORM_NAME:
        return known and len(creator.split()) > 1 and is_name(creator)
    if known:
        return not _is_prose(creator, most=3)
    if source and (_is_prose(source, most=0) or not is_name(source)):
        return False
    if len(creator.split()) == 1:
        return _stands_alone(creator, asks)
    return is_name(creator) or (asks == COURTEOUS and _has_capital(creator))


def is_unlabeled_credit(line: str, creator: str, source: str) -> bool:
    """Whether a line without any word like “Photo” is a credit: a name of two words or more, and a platform."""
    place = platform(source)
    if not creator:
        return (place in STOCK and platform(line) == place) or (not place and is_chain(line) and not is_networks(line))
    if place in STOCK and " – " in line and is_person(creator):
        return True
    if place in COMMUNITIES | STOCK and _HANDLE.match(creator):
        return True
    if (not place and not is_known(source)) or place in NETWORKS or is_abbreviation(place):
        return False
    if (not place or place in STOCK - COMMUNITIES) and "/" in line and not re.search(r"\s[/|]\s", line):
        return len(creator.split()) < 4 and not is_caption(creator)  # handle/iStock/Getty Images
    return (is_name(creator) and (len(creator.split()) > 1)) or bool(_HOSTED.match(line))


_BY_COMMONS = re.compile(r",\s{0,2}(?:via|from)\sWikimedia\sCommons\W{0,3}$", re.IGNORECASE)


def is_written_by_commons(line: str, creator: str, source: str) -> bool:
    """Whether a line is what Wikimedia Commons offers for copying: “NAME, LICENSE, via Wikimedia Commons”."""
    if source != "Wikimedia Commons" or not _BY_COMMONS.search(line):
        return False
    return not creator or len(creator.split()) == 1 or is_name(creator)


_TEXTS = re.compile(
    r"\b(?:content|contents|text|texts|site|website|work|article|articles|post|posts|page|pages|blog|book|course|"
    r"material|materials|everything|words|story|story|unless|except|this|all|our|it)\b",
    re.IGNORECASE,
)


def is_title(words: str) -> bool:
    """Whether words may be what a work is called, and do not speak of a text or a site."""
    return 0 < len(words.split()) <= 12 and not _TEXTS.search(words)


def is_person(words: str) -> bool:
    """Whether words are the name of a person, not of a house, and of more than one word."""
    tokens = words.lower().split()
    return len(tokens) > 1 and is_name(words) and not ORGANIZED & set(tokens) and not is_caption(words)


def is_caption(words: str, *, most: int = 1) -> bool:
    """Whether words say what a picture shows: “Lumbar Spine”, not “Lumbar Spine Unit”. Up to `most` words after the
    first may be a surname: “Doris Foot”.
    """
    bare = [re.sub(r"(?<=[a-z]{3})(?:['’]s|s)$", "", token.strip(".,;:()'’“”").lower()) for token in words.split()]
    tokens = [token for token in bare if token and token not in ("a", "an", "the", "of", "and")]
    if not tokens or ORGANIZED & {token.strip(".,") for token in words.lower().split()}:
        return False
    about = [token in CAPTION for token in tokens]
    return about[0] or sum(about) > most


def _is_honored(creator: str, *, known: bool) -> bool:
    """Whether “Courtesy …” is followed by a person or a house, and is no rule of a waiting room."""
    if creator.split()[0].lower() in SERVICES:
        return False
    organized = bool(ORGANIZED & set(creator.lower().split()))
    return known or organized or bool(_HONORIFIC.match(creator)) or len(creator.split()) in (2, 3)


def _stands_alone(token: str, asks: str) -> bool:
    """Whether one word names somebody: a name or a handle, and no noun."""
    if not any(sign.isalpha() for sign in token) and asks != NAMED:
        return False
    if token.lower() in ALONE or token.lower() in PROSE or (token[0].isdigit() and token.isdigit()):
        return False
    if token[0].islower() and is_caption(token):
        return False
    if asks == STRICT:
        return token.isalpha() and not (token[0].islower() or token[0].isupper()) and len(token) < 8
    return (
        asks in (LABELED, CREDITED)
        or token[0].isupper()
        or not token[0].islower()
        or bool(re.search(r"[\d_@.-]", token))
        or len(token) > 4
    )


def _has_capital(words: str) -> bool:
    """Whether at most two small words stand around a name: “the Halloran family”."""
    return any(word[0].isupper() for word in words.split()) and not _is_prose(words.removeprefix("the "), most=2)


def _is_prose(words: str, *, most: int) -> bool:
    """Whether words go on like a sentence; up to `most` small words may be a handle or a name in small letters."""
    tokens = words.split()
    small = [token for token in tokens if token[0].islower() and token.lower() not in PARTICLES]
    return (tokens[0].lower() in PROSE and len(tokens) > 1) or len(small) > most


def is_name(words: str) -> bool:
    """Whether words are the name of people or an organization: capitals and particles, no end of a sentence."""
    words = _RELATIVES.sub("", words)
    names = [name for name in _SEVERAL.split(words) if name]
    if any(len(name.split()) > MOST_WORDS_OF_A_NAME for name in names):
        return False
    tokens = words.split()
    if not tokens or re.search(r"[。、!?！？]|\d[;(]|:\s", words):
        return False
    if tokens[0].lower() in PROSE and tokens[0].lower() not in ("el", "la"):
        return False
    if not any(token[0].islower() or token[0].isupper() for token in tokens):
        return len(words) <= 30  # a script without capitals says nothing more
    return all(_fits(token) for token in tokens) and any(token[0].isupper() or _JOINED.match(token) for token in tokens)


def _fits(token: str) -> bool:
    bare = token.strip("\"“”‘’'(),.")
    if not bare:
        return True
    ends_sentence = token.endswith(".") and len(bare) > 4 and not bare.isupper()
    has_capital = bare[0].isupper() or not bare[0].isalpha() or bool(_JOINED.match(bare))
    return not ends_sentence and (
        has_capital or bare.lower() in PARTICLES or not (bare[0].islower() or bare[0].isupper())
    )
