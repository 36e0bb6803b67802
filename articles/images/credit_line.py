"""Old credit lines, "Image by NAME via Flickr" and its relatives, read into fields. Plain Python.

A licence is read only where the line states one with its version; a platform never implies any. The raw line is kept.
"""

import re
from dataclasses import dataclass

from articles.images.licences import parse_licence


@dataclass(frozen=True)
class CreditLine:
    """What a line says; empty strings where it says nothing. `licence` is a code of `licences.LICENCES`."""

    creator: str
    source: str
    licence: str
    url: str
    raw: str


LONGEST = 240  # characters; a credit is a line, not a paragraph

_NAMES = """
    Flickr, Unsplash, Pixabay, Pexels, Wikimedia Commons, Wikipedia, Shutterstock, iStock, iStockphoto, Getty
    Images, Adobe Stock, Fotolia, Depositphotos, Dreamstime, 123RF, Alamy, pixelio.de, Freepik, Reuters, AP, AFP,
    dpa, EPA, Picture Alliance, imago, Corbis, Science Photo Library, BigStock, Freeimages, stock.xchng,
    Morguefile, DeviantArt, 500px, Instagram, Openverse, Rawpixel, StockSnap, Burst, Vecteezy, CDC PHIL, NIH, CDC,
    WHO, Wellcome Collection, Wellcome Images, Thinkstock, PhotoDune, Canva, Envato, Europeana, Library of
    Congress, PublicDomainPictures, Pxhere, Kaboompics
"""
PLATFORMS = {name.lower(): name for name in " ".join(_NAMES.split()).split(", ")}
PLATFORMS |= {
    "commons": "Wikimedia Commons",
    "wikimedia": "Wikimedia Commons",
    "wiki commons": "Wikimedia Commons",
    "flickr.com": "Flickr",
    "unsplash.com": "Unsplash",
    "pixabay.com": "Pixabay",
    "pexels.com": "Pexels",
    "pixelio": "pixelio.de",
    "getty": "Getty Images",
}

_WORDS = (
    r"image|images|photo|photos|photograph|photographs|picture|pictures|illustration|graphic|artwork|pic|"
    r"cover image|header image|featured image|lead image"
)
_FOREIGN = (
    r"foto|fotos|fotografie|bild|bilder|abbildung|grafik|titelbild|photographie|"
    r"illustrazione|immagine|immagini|fotografia|imagen|imágenes|fotografía|ilustración|imagem|crédito|"
    r"créditos|afbeelding|beeld|billede|kuva|zdjęcie|obraz|obrázek|"
    r"фото|изображение|写真|画像|图片|照片|圖片|사진"
)
_NOUN = rf"(?:{_WORDS}|{_FOREIGN})"
_CREDIT = (
    r"(?:credits?|courtesy|source|copyright|nachweis|quelle|rechte|crédits?|cr[eé]dito[s]?|fonte|fuente|bron|"
    r"提供|クレジット|出典|来源)"
)
_BY = r"(?:by|von|par|por|di|da|de|door|av|af|od|przez|автор|from)"

_PLATFORM_NAMES = "|".join(re.escape(name) for name in sorted(PLATFORMS, key=len, reverse=True))

# Each opening leaves the rest of the line as the credit itself.
_OPENINGS = [
    re.compile(rf"^(?:{_NOUN}\s+)?(?:used\s+)?(?:courtesy)(?:\s+of)?\s*[:：]?\s+(?P<rest>.+)$", re.IGNORECASE),
    re.compile(rf"^{_NOUN}[\s-]*{_CREDIT}\s*(?:[:：]|\bto\b|–|-)\s*(?P<rest>.+)$", re.IGNORECASE),
    re.compile(rf"^{_NOUN}{_CREDIT}\s*[:：]\s*(?P<rest>.+)$", re.IGNORECASE),
    re.compile(rf"^{_CREDIT}\s+(?:photo|{_NOUN})\s*[:：]\s*(?P<rest>.+)$", re.IGNORECASE),
    re.compile(rf"^{_NOUN}\s*(?:\([^)]*\)\s*)?[:：]\s*(?:©|\(c\))?\s*(?P<rest>.+)$", re.IGNORECASE),
    re.compile(rf"^{_NOUN}\s*(?:©|\(c\))\s*(?P<rest>.+)$", re.IGNORECASE),
    re.compile(
        rf"^(?:{_NOUN})\s+(?:was\s+)?(?:taken\s+|made\s+|created\s+)?{_BY}\s*[:：]?\s+(?P<rest>.+)$", re.IGNORECASE
    ),
    re.compile(rf"^{_NOUN}\s+(?:via|from|on)\s+(?P<rest>(?:{_PLATFORM_NAMES})\b.*)$", re.IGNORECASE),
    re.compile(
        r"^(?:credits?|photographer|fotograf|fotógrafo|fotografo|photographe)\s*[:：]\s*(?P<rest>.+)$", re.IGNORECASE
    ),
    re.compile(r"^(?:©|\(c\)|copyright)\s*(?:\d{4}\s*)?(?P<rest>.+?\s*(?:/|via|\bon\b|\bauf\b)\s*.+)$", re.IGNORECASE),
    re.compile(
        rf"^(?:©|\(c\)|copyright)\s*(?:\d{{4}}\s*)?(?:{_NOUN})\s*{_BY}?\s*[:：]?\s*(?P<rest>.+)$", re.IGNORECASE
    ),
]
_NEEDS_NAME = _OPENINGS[6]
_SPLIT = re.compile(
    r"\s+(?:via|on|auf|en|sur|su|op|på|through|from|at|@|v\.?i\.?a\.?|bei|na|no|pela|para)\s+"
    rf"|\s+(?:da|por)\s+(?=(?:{_PLATFORM_NAMES})\b)"  # elsewhere a part of names
    r"|\s*[/|]\s*|\s*(?:,|–|—|\s-\s)\s*|\s*\((?=[^)]*\)$)",
    re.IGNORECASE,
)
_URL = re.compile(r"(?:https?://|www\.)[^\s<>()\[\]]+", re.IGNORECASE)
_TAG = re.compile(r"<[^>]+>")
_MARKDOWN = re.compile(r"\[([^\]]+)\]\((https?://[^)\s]+)\)")
_HREF = re.compile(r"href=[\"'](https?://[^\"']+)[\"']", re.IGNORECASE)
_LICENCE_WORDS = re.compile(
    r"[\s,;/|(\[–-]*(?:(?:licen[cs]ed?|used|lizenz|licence|licencia|licença|licenza)\s*(?:under|unter|sous|bajo|sob)?\s*[:：]?\s*(?:a|an|the)?\s*)?"
    r"(?:(?:CC|Creative\s+Commons)\b.*|public\s+domain.*|all\s+rights\s+reserved.*|CC0.*|gemeinfrei.*|domaine\s+public.*)$",
    re.IGNORECASE,
)
_VERB = re.compile(
    r"\b(?:is|are|was|were|shows?|showed|builds?|demands?|proves?|tells?|has|have|had|can|could|will|would|should|may|might|does|do|did|helps?|"
    r"makes?|wakes?|means?|matters?|changes?|changed|takes?|gives?|you|your|we|our|they|it)\b",
    re.IGNORECASE,
)
_DETERMINER = re.compile(
    r"^(?:the|a|an|this|that|these|those|my|our|your|their|its|his|her|themselves|itself|all|every|each|no|some)\b",
    re.IGNORECASE,
)


def parse(text: str) -> CreditLine | None:
    """The credit in a line, or None where the line is no picture credit. Never raises."""
    raw = text
    line, linked = _without_markup(text)
    if not line or len(line) > LONGEST or "\n" in line:
        return None
    rest, asks_for_name = _opened(line)
    if rest is None or (_is_prose(rest) or (asks_for_name and _DETERMINER.match(rest) and not _has_platform(rest))):
        return None
    url = linked or next((match[0].rstrip(".,;") for match in _URL.finditer(rest)), "")
    licence = parse_licence(f"{line} {linked}")
    words = re.sub(r"\(\s*\)", "", _LICENCE_WORDS.sub("", _URL.sub(" ", rest))).strip()
    creator, source = _people(words)
    if not source:
        source = _platform_of(url)
    if not creator and not source:
        return None
    if "creativecommons.org" in url.lower():
        url = next(
            (match[0].rstrip(".,;") for match in _URL.finditer(rest) if "creativecommons" not in match[0].lower()), ""
        )
    return CreditLine(creator=creator, source=source, licence=licence, url=url, raw=raw)


def _without_markup(text: str) -> tuple[str, str]:
    """The line without tags, Markdown links and wrapping punctuation; and the first address that its markup held."""
    found = _HREF.search(text) or _MARKDOWN.search(text)
    linked = (found[2] if found.re is _MARKDOWN else found[1]) if found else ""
    line = _MARKDOWN.sub(r"\1", _TAG.sub("", text)).replace("\xa0", " ").replace("\ufeff", "")
    line = " ".join(line.split()) if "\n" not in line.strip() else line.strip()
    line = line.strip("*_~` ")
    if line[:1] in "([{" and line[-1:] in ")]}":
        line = line[1:-1].strip()
    return line, linked


def _opened(line: str) -> tuple[str | None, bool]:
    for opening in _OPENINGS:
        if match := opening.match(line):
            return match["rest"].strip(), opening is _NEEDS_NAME
    return None, False


def _is_prose(rest: str) -> bool:
    """A sentence that only begins like a credit: it has a verb, or goes on after a full stop."""
    words = _LICENCE_WORDS.sub("", _URL.sub("", rest))
    if len(words.split()) > 14:
        return True
    return bool(_VERB.search(words)) and not _has_platform(words)


def _has_platform(words: str) -> bool:
    return any(part.strip(" .").lower() in PLATFORMS for part in _SPLIT.split(words))


def _people(words: str) -> tuple[str, str]:
    """Creator and platform out of "NAME via PLATFORM" and the like."""
    words = re.sub(rf"^(?:{_BY}|©|\(c\)|\d{{4}})\s*[:：]?\s+", "", words.strip(" .;,"), flags=re.IGNORECASE)
    words = re.sub(r"^(?:courtesy of|provided by|taken by|by)\s+", "", words, flags=re.IGNORECASE)
    parts = [part for part in (piece.strip(' .,;:()[]©"“”') for piece in _SPLIT.split(words)) if part]
    known = [part for part in parts if part.lower() in PLATFORMS]
    if known:
        others = [part for part in parts if part is not known[-1]]
        return (others[0] if others else ""), PLATFORMS[known[-1].lower()]
    split = re.split(r"\s+via\s+|\s*/\s*|\s+on\s+|\s+auf\s+", words, maxsplit=1, flags=re.IGNORECASE)
    if len(split) == 2 and split[1].strip(" .,;"):
        return split[0].strip(" .,;©"), split[1].strip(" .,;()")
    return words.strip(" .,;:©"), ""


def _platform_of(url: str) -> str:
    host = re.sub(r"^(?:https?://)?(?:www\.)?", "", url.lower()).split("/")[0]
    return next((name for key, name in PLATFORMS.items() if host in (key, f"{key}.com", f"{key}.org")), "")
