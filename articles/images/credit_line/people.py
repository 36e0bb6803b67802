"""Who made a picture and where it was found, out of what a credit line says after its opening."""

import re
from itertools import pairwise

from articles.images.credit_line.openings import (
    COURTEOUS,
    LABELED,
    NAMED,
    PLATFORM,
    PLATFORM_NAME,
    PLATFORM_ONLY,
    STRICT,
)
from articles.images.credit_line.vocabulary import (
    ALONE,
    BY,
    CITED,
    COURTESY,
    NETWORKS,
    ON,
    ORGANIZED,
    PARTICLES,
    PLATFORM_PATTERN,
    PROSE,
    STOCK,
    platform,
)

_VIA = r"(?:via|vía|through|v\.i\.a\.|źródło|quelle|source|fuente|fonte|zdroj|@|с\sсайта)"
_SPLIT = re.compile(
    rf"[\s,]{{1,3}}{_VIA}\s?:?\s{{1,3}}"
    rf"|\s{{1,3}}(?:{ON})\s{{1,3}}(?=(?:{PLATFORM_PATTERN})(?:\.\w{{2,3}})?\s{{0,3}}(?:$|[,.;:/|()\[\]–—-]))"
    r"|\s{0,3}[/|,;()\[\]]\s{0,3}|\s{0,3}[–—]\s{0,3}|\s-\s",
    re.IGNORECASE,
)
# What led up to the platform.
_TRAILING = re.compile(rf"(?:[\s/|,;:–—-]|[\s,](?:{_VIA}|{ON})(?=[\s:]))+$|\s{{0,3}}\($", re.IGNORECASE)
_STRONG = re.compile(r"\s{1,3}v[ií]a\s{1,3}|\s{0,3}[/|]\s{0,3}", re.IGNORECASE)
_USER = re.compile(
    rf"(?P<source>{PLATFORM_PATTERN})(?:['’]s)?\s{{1,3}}(?:user|member|contributor|photographer|by|@)\s{{0,3}}(?P<name>.+)$",
    re.IGNORECASE,
)
_BEFORE = re.compile(
    rf"^(?:(?:{BY}|{COURTESY}|courtesy\s{{1,3}}of|provided\s{{1,3}}by|taken\s{{1,3}}by)\s{{0,2}}:?\s{{1,3}}|(?:©|\(c\)|copyright)\s{{0,3}}|(?:19|20)\d\d\s{{1,3}})+",
    re.IGNORECASE,
)
_YEAR_AFTER = re.compile(r"[\s,]{1,3}(?:19|20)\d\d$")
_EDGES = ' .,;:()[]{}©"“”„«»*_'
_DOMAIN = re.compile(r"^[\w-]+(?:\.[\w-]+){0,2}\.(?:com|net|org|de|fr|it|es|nl|io|co)$", re.IGNORECASE)
_HOSTED = re.compile(rf"(?:{PLATFORM_PATTERN})\.com\s?/\s?[\w.-]{{2,40}}$", re.IGNORECASE)
MOST_WORDS = 9


def people(words: str, *, source: str = "") -> tuple[str, str]:
    """Creator and platform out of “NAME via PLATFORM” and the like; "" for what is not there."""
    words = _BEFORE.sub("", words.strip(" ;,"))
    if user := _USER.match(words):
        return _name(_SPLIT.split(user["name"])[0]), platform(user["source"])
    if source:
        return _name(words), source
    cuts = [(0, 0), *((cut.start(), cut.end()) for cut in _SPLIT.finditer(words)), (len(words), len(words))]
    pieces = [(end, start) for (_start, end), (start, _end) in pairwise(cuts)]
    known = [piece for piece in pieces if _place(words[slice(*piece)])]
    if known:
        return _beside(words, known[-1]), _place(words[slice(*known[-1])])
    split = [_name(piece) for piece in _STRONG.split(words, maxsplit=1)]
    if len(split) == 2 and all(split):
        return split[0], split[1]
    return _name(words), ""


def _place(piece: str) -> str:
    """The platform that a piece names, known or as a host name."""
    bare = piece.strip(_EDGES)
    return platform(bare) or (bare if _DOMAIN.match(bare) else "")


def _beside(words: str, place: tuple[int, int]) -> str:
    """Who is named before the platform, or after it where nothing is before: “Flickr/NAME”."""
    before = _name(_TRAILING.sub("", words[: place[0]]))
    return before or _name(words[place[1] :].lstrip(" /|,;–—-"))


def _name(piece: str) -> str:
    name = _BEFORE.sub("", piece.strip()).strip(_EDGES if not _is_abbreviated(piece) else _EDGES.replace(".", ""))
    if (user := _USER.match(name)) and not platform(name):
        name = user["name"]
    name = _YEAR_AFTER.sub("", name).strip()
    name += ")" * (name.count("(") - name.count(")") == 1)
    before, for_, _after = name.partition(" for ")
    if for_ and 2 <= len(before.split()) <= 3 and not ORGANIZED & set(before.lower().split()):
        return before
    before, at, _after = name.partition(" at ")
    return before if at and 2 <= len(before.split()) <= 3 else name


def _is_abbreviated(piece: str) -> bool:
    """Whether the full stop at the end belongs to the name: “M.D.”, “Jr.”."""
    return bool(re.search(r"(?:\b\w\.\w\.|\b(?:Jr|Sr|Inc|Ltd|Co|e\.V)\.)$", piece.strip()))


def is_credible(creator: str, source: str, asks: str, *, states_license: bool) -> bool:
    """Whether what was read is a credit at all, as much as its opening asks: a name, not the middle of a sentence."""
    known = bool(platform(source)) or bool(_DOMAIN.match(source))
    if len(creator.split()) > MOST_WORDS or not any(letter.isalnum() for letter in creator or source):
        return False
    if asks == PLATFORM and not creator and platform(source) in CITED:
        return False
    if not known and (asks == PLATFORM_ONLY or (asks == PLATFORM and not states_license)):
        return False
    if not creator:
        return known
    if known and asks in (NAMED, LABELED, COURTEOUS):
        return asks != LABELED or not _is_prose(creator, most=4)
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
        return place in STOCK and platform(line) == place
    if not place or place in NETWORKS:
        return False
    return (is_name(creator) and (len(creator.split()) > 1)) or bool(_HOSTED.match(line))


def _stands_alone(token: str, asks: str) -> bool:
    """Whether one word names somebody: a name or a handle, and no noun."""
    if token.lower() in ALONE or token.lower() in PROSE or (token[0].isdigit() and token.isdigit()):
        return False
    if asks == STRICT:
        return token.isalpha() and not (token[0].islower() or token[0].isupper()) and len(token) < 8
    return (
        asks == LABELED
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
    """Whether words are the name of a person or an organization: capitals and particles, no end of a sentence."""
    if words.lower() in ("the author", "the authors", "the patient"):
        return True
    tokens = words.split()
    if not tokens or len(tokens) > MOST_WORDS or re.search(r"[。、!?！？]|\d[;(]|:\s", words):
        return False
    if tokens[0].lower() in PROSE and tokens[0].lower() not in ("el", "la"):
        return False
    if not any(token[0].islower() or token[0].isupper() for token in tokens):
        return len(words) <= 30  # a script without capitals says nothing more
    return all(_fits(token) for token in tokens) and any(token[0].isupper() for token in tokens)


def _fits(token: str) -> bool:
    bare = token.strip("\"“”‘’'(),.")
    if not bare:
        return True
    ends_sentence = token.endswith(".") and len(bare) > 4 and not bare.isupper()
    has_capital = (
        bare[0].isupper() or not bare[0].isalpha() or (bare[0] in "dlO" and "’'".find(bare[1:2]) >= 0 and len(bare) > 1)
    )
    return not ends_sentence and (
        has_capital or bare.lower() in PARTICLES or not (bare[0].islower() or bare[0].isupper())
    )
