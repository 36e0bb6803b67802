"""Who made a picture and where it was found, out of what a credit line says after its opening."""

import re
from itertools import pairwise

from articles.images.credit_line.platforms import (
    CITED,
    COLLECTIONS,
    COMMUNITIES,
    MAKERS,
    NETWORKS,
    PLATFORM_PATTERN,
    platform,
)
from articles.images.credit_line.vocabulary import BY, COURTESY, MADE, NOBODY, ON, ORGANIZED, ROLE

_VIA = (
    r"(?:(?:found|seen|posted|shared|published|hosted|available|uploaded)\s(?:via|on|at|in|from|to)|(?:free\sto\suse\s)?(?:used\s)?under\sthe(?=\s\w+\slicen[cs]e)|via|vía|through|v\.i\.a\.|źródło|quelle|source|fuente|fonte|zdroj|@|с\sсайта|"
    r"(?:licen[cs]ed|purchased|bought|(?:used\s)?(?:under|with)\s(?:a\s)?licen[cs]e)\s(?:from|via|through|by))"
)
_SPLIT = re.compile(
    rf"[\s,]{{0,3}}[\s,(\[]{_VIA}\s?:?\s{{1,3}}"
    rf"|[\s(\[]{{1,3}}(?:(?:found|seen|posted)\s)?(?:{ON}|in|with|for)\s{{1,3}}"
    rf"(?=(?:the\s|@)?(?:{PLATFORM_PATTERN})(?:\.\w{{2,3}})?\s{{0,3}}(?:$|[,.;:/|()\[\]–—-]))"
    r"|\s{0,3}[/|,;()\[\]]\s{0,3}|\s{0,3}[–—]\s{0,3}|\s-\s",
    re.IGNORECASE,
)
# What led up to the platform.
_TRAILING = re.compile(
    rf"(?:[\s/|,;:–—(\[-]|[\s,(\[](?:{_VIA}|{ON}|in|with|for|found|seen|posted)(?=[\s:]))+$|\s{{0,3}}\($", re.IGNORECASE
)
_STRONG = re.compile(r"\s{1,3}v[ií]a\s{1,3}|\s{0,3}[/|]\s{0,3}", re.IGNORECASE)
_USER = re.compile(
    rf"(?P<source>{PLATFORM_PATTERN})(?:['’]s)?\s{{1,3}}(?:user|member|contributor|photographer|by|@)\s{{0,3}}:?"
    r"(?P<name>.+)$",
    re.IGNORECASE,
)
_RIGHTS = r"(?:©|\(c\)|copyright)\s{0,3}(?:(?:19|20)\d\d,?\s{1,3}(?:by\s{1,3})?)?"
_BEFORE = re.compile(
    rf"^(?:(?:{BY}|{COURTESY}|courtesy(?:\s{{1,3}}of)?|(?:{MADE})\s{{1,3}}by)\s{{0,2}}:?\s{{1,3}}|{_RIGHTS})+",
    re.IGNORECASE,
)
_BEFORE_BY = re.compile(
    rf"^(?:(?-i:by\s{{1,3}})?(?:{COURTESY})\s{{0,2}}:?\s{{1,3}}|{_RIGHTS}|(?-i:by)\s{{1,3}})+", re.IGNORECASE
)
_HANDLE_BESIDE = re.compile(r"(?<=\w)\s{1,3}\(@[\w.-]{1,40}\)?$")
_YEAR_AFTER = re.compile(r"\s{0,3}(?:,|\()\s{0,3}(?:1[5-9]|20)\d\d\)?$")
_YEAR_BESIDE = re.compile(r"\s{1,3}(?:19|20)\d\d$")
_YEAR_FIRST = re.compile(r"^(?:19|20)\d\d,?\s{1,3}(?:by\s{1,3})?(?=\w)")
_EDGES = ' .,;:()[]{}©"“”„«»–—'
_ACCOUNT_THERE = re.compile(rf"(?<=[\s(\[])((?:{PLATFORM_PATTERN}))\s?:\s?@?[\w.-]{{2,40}}(?=[)\]]?$)", re.IGNORECASE)
_INCORPORATED = re.compile(rf"\b((?:{PLATFORM_PATTERN})),?\s(?:Inc|LLC|Ltd|GmbH)\b\.?", re.IGNORECASE)
_LED = re.compile(r"^(?:(?:found|seen|posted)\s)?(?:via|on|from|at|through)\s{1,3}(?:the\s)?", re.IGNORECASE)
_DOMAIN = re.compile(r"^[\w-]+(?:\.[\w-]+){0,2}\.(?:com|net|org|de|fr|it|es|nl|io|co)$", re.IGNORECASE)
_NOBODY = re.compile(rf"(?:{NOBODY})$", re.IGNORECASE)
_BESIDE = re.compile(rf"\s{{0,3}}(?:[(\[]\s{{0,2}}(?:{ROLE})\s{{0,2}}[)\]]|,\s{{0,3}}(?:{ROLE}))$", re.IGNORECASE)
_SHARING = {"NASA", "ESA", "NOAA", "USGS", "JAXA", "ESO"}
_ROLE_ALONE = re.compile(rf"[/|,;]\s{{0,3}}(?:{ROLE})\s{{0,3}}(?=[/|,;]|$)", re.IGNORECASE)
_AT_WIKI = re.compile(r"\s(?:at|from)\s(?:the\s)?(?:[A-Z][a-z]+\s|[a-z]{2}\.)wikipedia$", re.IGNORECASE)
_HANDED_OUT = re.compile(r"(?<=\w)\s(?:handout|file photo|photo handout)$", re.IGNORECASE)
_FROM_TOWN = re.compile(r"(?<=\w)\sfrom\s[A-Z][\w.' -]{1,30},\s[A-Z].{1,30}$")
_ACCOUNT = re.compile(r"^(?:user|benutzer|usuario|utilisateur)\s?:\s?", re.IGNORECASE)


def people(words: str, *, source: str = "", says_by: bool = False, has_rights: bool = False) -> tuple[str, str]:
    """Creator and platform out of “NAME via PLATFORM” and the like; "" for what is not there. `has_rights` is whether
    the line claims copyright, so that a year beside a name is the claim's.
    """
    words = (_BEFORE_BY if says_by else _BEFORE).sub("", words.strip(" ;,"))
    words = _INCORPORATED.sub(r"\1", _ACCOUNT_THERE.sub(r"\1", words))
    if has_rights:
        words = _YEAR_FIRST.sub("", words)
    if not platform(words) and (user := _USER.match(words)):
        return _name(_SPLIT.split(user["name"])[0]), platform(user["source"])
    if source:
        return _person(_name(words), has_rights=has_rights), source
    if places := _places(words, says_by=says_by):
        start, end = places[0][0], places[-1][1]
        creator, house = _beside(words, start, end, is_agency=platform(words[slice(*places[-1])]) not in COMMUNITIES)
        chain = _as_written(words, places)
        return _person(creator, has_rights=has_rights, is_account=True), house + chain
    split = [piece.strip(_EDGES) for piece in _STRONG.split(words, maxsplit=1)]
    if len(split) == 2 and is_nobody(split[0]):
        return _person(_name(split[1]), has_rights=has_rights), ""
    if len(split) == 2 and all(split) and not _is_joint(*split):
        return _person(_name(split[0]), has_rights=has_rights), _name(split[1])
    return _person(_name(words), has_rights=has_rights), ""


def is_nobody(words: str) -> bool:
    """Whether words are what stands where a name would: “private”, “the author”, “handout”."""
    return bool(_NOBODY.match(words.strip(_EDGES)))


def _is_joint(first: str, second: str) -> bool:
    """Whether two makers share one credit: “NASA/JPL-Caltech”, “ESA/Hubble”."""
    return first in _SHARING and second.isascii() and not re.search(r"\w\s\w", second)


def _person(name: str, *, has_rights: bool, is_account: bool = False) -> str:
    """A name without what is said beside it: a year, a role, an article; "" for “private”."""
    name = _HANDED_OUT.sub("", name)
    name = _FROM_TOWN.sub("", _ACCOUNT.sub("", _AT_WIKI.sub("", _BESIDE.sub("", name))))
    name = _YEAR_AFTER.sub("", _HANDLE_BESIDE.sub("", name))
    tokens = name.split()
    named = len(tokens) > 2 and all(token[0].isupper() and len(token) > 2 for token in tokens[:-1])
    if has_rights or (named and not is_account):
        name = _YEAR_BESIDE.sub("", name)
    if len(tokens) > 1 and tokens[0] == "the" and any(token[0].isupper() for token in tokens[1:]):
        name = name[4:]
    return "" if is_nobody(name) else name


def place(piece: str) -> str:
    """The platform that a piece names, known or as a host name."""
    bare = _LED.sub("", piece.strip(_EDGES))
    return platform(bare) or (bare if _DOMAIN.match(bare) else "")


def _places(words: str, *, says_by: bool) -> list[tuple[int, int]]:
    """Where the last platform is, with the agencies that lead up to it: “Xinhua via Getty Images”."""
    cuts = [(0, 0), *((cut.start(), cut.end()) for cut in _SPLIT.finditer(words)), (len(words), len(words))]
    pieces = [(end, start) for (_start, end), (start, _end) in pairwise(cuts) if words[end:start].strip(_EDGES)]
    known = [index for index, piece in enumerate(pieces) if place(words[slice(*piece)])]
    if not known:
        return []
    first = last = known[-1]
    while first and _leads(words[slice(*pieces[first - 1])], is_maker=says_by and first == 1 and first == last):
        first -= 1
    if first == 0 and says_by and last > 0 and place(words[slice(*pieces[last])]) in COMMUNITIES:
        first = last
    return pieces[first : last + 1]


def _leads(piece: str, *, is_maker: bool) -> bool:
    """Whether a piece before a platform is part of where the picture was found, and not who made it."""
    name = platform(piece)
    if name in MAKERS or (is_maker and name in COMMUNITIES):
        return False
    return bool(name) or piece.strip(_EDGES).lower() in COLLECTIONS


def _as_written(words: str, places: list[tuple[int, int]]) -> str:
    """A chain of agencies, each by its proper name, joined as the line joins them."""
    chain = ""
    for (start, end), after in zip(places, [*places[1:], None], strict=True):
        bare = _LED.sub("", words[start:end].strip(_EDGES))
        chain += platform(bare) or COLLECTIONS.get(bare.lower(), bare)
        if after:
            joint = words[end : after[0]].strip("()[]")
            chain += joint if joint.strip() and "(" not in joint else "/"
    return chain


def _beside(words: str, start: int, end: int, *, is_agency: bool) -> tuple[str, str]:
    """Who is named before the platform, or after it where nothing is before: “Flickr/NAME”; and, after a person, the
    house that handed the picture to an agency: “NAME/The Harbor Post via Getty Images”.
    """
    before = words[:start]
    joint = before[len(_TRAILING.sub("", before)) :]
    before = _ROLE_ALONE.sub("", _TRAILING.sub("", before))
    person, slash, house = before.partition("/")
    if slash and is_agency and "/" not in house and len(person.split()) > 1 and _has_capitals(person, house):
        return _name(person), f"{house.strip()}{joint}"
    if name := _name(before):
        return name, ""
    return _name(_ROLE_ALONE.sub("", words[end:].lstrip(" /|,;–—-)]"))), ""


def _has_capitals(person: str, house: str) -> bool:
    return all(word[0].isupper() for word in (*person.split(), *house.split()))


def _name(piece: str) -> str:
    """What a piece calls somebody, without what leads up to it and the signs around it."""
    name = piece.strip().strip(_EDGES if not _is_abbreviated(piece) else _EDGES.replace(".", ""))
    if name[:1] == name[-1:] == "*" or (name[:1] == name[-1:] == "_" and " " in name):
        name = name.strip("*_")
    if (user := _USER.match(name)) and not platform(name):
        name = user["name"]
    name = _BESIDE.sub("", name).strip()
    name += ")" * (name.count("(") - name.count(")") == 1)
    if is_nobody(name):
        return ""
    before, for_, _after = name.partition(" for ")
    if for_ and 2 <= len(before.split()) <= 3 and not ORGANIZED & set(before.lower().split()):
        return before
    before, at, _after = name.partition(" at ")
    return before if at and 2 <= len(before.split()) <= 3 else name


def _is_abbreviated(piece: str) -> bool:
    """Whether the full stop at the end belongs to the name: “M.D.”, “Jr.”."""
    return bool(re.search(r"(?:\b\w\.\w\.|\b(?:Jr|Sr|Inc|Ltd|Co|e\.V|Ph\.D)\.)$", piece.strip()))


def is_cited(source: str) -> bool:
    """Whether texts cite a source as often as they credit it for a picture."""
    return source in CITED


def is_known(source: str) -> bool:
    """Whether a source is a platform, a chain of them or a host name."""
    return bool(source) and any(place(piece) for piece in _SPLIT.split(source))


def is_chain(words: str) -> bool:
    """Whether words are agencies and nothing else: “AFP/Getty Images”."""
    pieces = [piece.strip(_EDGES) for piece in _STRONG.split(words)]
    return len(pieces) > 1 and all(platform(piece) or piece.lower() in COLLECTIONS for piece in pieces)


def is_networks(words: str) -> bool:
    """Whether words name where people are for other reasons than pictures: “Facebook / Instagram”."""
    return any(platform(piece) in NETWORKS for piece in _STRONG.split(words))
