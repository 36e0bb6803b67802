"""Slips of the pen in old credit lines: “Phtoo by”, “vis Flickr”, “byTobias”, “Unspalsh”. A line is repaired only where
no platform is written properly, or where it could not be read at all.
"""

import re
from functools import lru_cache

from articles.images.credit_line.platforms import PLATFORM_PATTERN, PLATFORMS

# What a word may have been meant to be.
_OPENERS = (
    "photo", "photos", "image", "images", "picture", "pictures", "photograph", "photographs", "illustration", "graphic",
    "courtesy", "credit", "credits", "source", "photographer", "screenshot", "infographic", "drawing",
)  # fmt: skip
_PLACES = (
    "flickr", "unsplash", "pixabay", "pexels", "wikimedia", "wikipedia", "shutterstock", "istockphoto", "gettyimages",
    "dreamstime", "depositphotos", "fotolia", "freepik", "instagram", "pinterest", "facebook", "wikimedia commons",
    "getty images", "adobe stock", "picture alliance", "deviantart", "openverse", "istock", "alamy",
)  # fmt: skip
_REAL = {"imagen", "imagem", "imago", "photon", "phone", "photoshop", "sources", "pictured", "lecture", "edit", "edits",
    "imagine", "mage", "credito", "crédit", "illustrations", "graphics", "foto", "fotos", "imaged"}  # fmt: skip
_SOURCE = re.compile(
    r"(?P<before>(?:\b(?:via|vis|on|from|form|at|through|by)\s|[/|,–—@]|\s-)\s{0,2}|:\s{1,2}|\(via\s)"
    r"(?P<words>[^\W\d_]{5,14}(?:\s[^\W\d_]{5,9})?)(?=\W{0,3}$|\s?[/|,;:(\[–—]|\.\s|\.com)",
    re.IGNORECASE,
)
_GLUED = re.compile(r"\b(?P<noun>[^\W\d_]{5,12}?)\s?(?P<by>by|via|from)(?=\s?[A-Z])(?!\s[a-z])")
_BEFORE_PLACE = re.compile(rf"(?<=\s)(?-i:[a-z]{{1,4}})(?=\s@?(?:{PLATFORM_PATTERN})\W{{0,3}}$)", re.IGNORECASE)
_CONNECTORS = ("via", "from", "with")
_KNOWN = {
    "on",
    "at",
    "by",
    "in",
    "auf",
    "sur",
    "en",
    "su",
    "op",
    "de",
    "da",
    "du",
    "di",
    "af",
    "av",
    "och",
    "and",
    "the",
}
_WORD = re.compile(r"[^\W\d_]{2,14}")
_BY = re.compile(r"\b(?P<noun>[^\W\d_]{4,12})\s(?-i:y|b|yb|bu|bt|bv|bby|byy|ny|vy|gy|hy)\s(?=[A-Z@])")
_OF = re.compile(r"\b(?P<noun>\w{7,9})\s(?-i:fo|pf|if|ofr|og|f)\s(?=[A-Z@]|the\s)")
_JOINED = re.compile(rf"\b(?P<by>via|from|on)(?=(?-i:[A-Z@]))(?=@?(?:{PLATFORM_PATTERN})\b)", re.IGNORECASE)


def is_slip(written: str, meant: str) -> bool:
    """Whether one word is the other with a letter too many, too few, wrong, or two in the wrong order."""
    if written == meant or abs(len(written) - len(meant)) > 1:
        return False
    start = 0
    while start < min(len(written), len(meant)) and written[start] == meant[start]:
        start += 1
    ours, theirs = written[start:], meant[start:]
    return (
        ours[1:] == theirs[1:]
        or ours[1:] == theirs
        or ours == theirs[1:]
        or (ours[:2] == theirs[1::-1] and ours[2:] == theirs[2:] and len(ours) > 1)
    )


def with_platform(line: str) -> str:
    """The line with a misspelt platform written properly, where the line names none properly."""

    def repaired(found: re.Match[str]) -> str:
        words = found["words"].lower()
        if words in PLATFORMS:
            return found[0]
        meant = _nearest(words, _PLACES)
        return found["before"] + (PLATFORMS[meant] if meant else found["words"])

    return _with_by(_SOURCE.sub(repaired, line))


def _is_close(written: str, meant: str) -> bool:
    """Whether a platform’s long name is two slips away."""
    if len(meant) < 8 or abs(len(written) - len(meant)) > 2:
        return False
    shorter = (written[:index] + written[index + 1 :] for index in range(len(written)))
    swapped = (
        written[:index] + written[index + 1] + written[index] + written[index + 2 :]
        for index in range(len(written) - 1)
    )
    return any(close == meant or is_slip(close, meant) for close in (*shorter, *swapped))


def repaired(line: str) -> str:
    """The line with its opening words written properly; the same where nothing is misspelt."""
    line = _JOINED.sub(r"\g<by> ", line)
    line = _BEFORE_PLACE.sub(lambda found: _connector(found[0]), line)
    line = _GLUED.sub(_apart, line, count=1)
    found = list(_WORD.finditer(line[:40]))[:3]
    for word in reversed(found):
        meant = _meant(word[0])
        if meant:
            line = line[: word.start()] + meant + line[word.end() :]
    line = _OF.sub(lambda of: f"{of['noun']} of " if of["noun"].lower() == "courtesy" else of[0], line, count=1)
    return _with_by(line)


def _with_by(line: str) -> str:
    return _BY.sub(lambda by: f"{by['noun']} by " if _is_opener(by["noun"]) else by[0], line, count=1)


def _is_opener(word: str) -> bool:
    return word.lower() in _OPENERS


def _meant(word: str) -> str:
    """The opening word that was meant; "" for a word that is one, or is another."""
    small = word.lower()
    if small in _OPENERS or small in _REAL or len(small) < 4:
        return ""
    return _nearest(small, _OPENERS)


@lru_cache(maxsize=4096)
def _nearest(written: str, names: tuple[str, ...]) -> str:
    return next((name for fits in (is_slip, _is_close) for name in names if fits(written, name)), "")


def _connector(word: str) -> str:
    return word if word in _KNOWN else next((meant for meant in _CONNECTORS if is_slip(word, meant)), word)


def _apart(found: re.Match[str]) -> str:
    """“byTobias” and “Photoby Tobias” in two words."""
    noun = found["noun"]
    if not (_is_opener(noun) or _meant(noun)):
        return found[0]
    return f"{noun} {found['by']} "
