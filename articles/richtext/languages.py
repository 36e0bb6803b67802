"""In which language a part of a text is (WCAG 3.1.2): which tags may stand in `lang`, and what stays of them in HTML.

Plain Python, over HTML that the sanitizer has written: every element has its end, every value stands in quotes.
"""

import re

ENGLISH = "en"  # what the pages are in
DIRECTIONS = frozenset({"ltr", "rtl", "auto"})
OFFERED = {
    "la": "Latin",
    "fr": "French",
    "es": "Spanish",
    "de": "German",
    "it": "Italian",
    "pt": "Portuguese",
    "nl": "Dutch",
    "pl": "Polish",
    "uk": "Ukrainian",
    "el": "Greek",
    "ar": "Arabic",
    "he": "Hebrew",
    "zh": "Chinese",
    "ja": "Japanese",
}
"""What the editor's button offers; other well-formed tags are kept too."""
LEFTWARDS = frozenset({"ar", "he"})

_TAG = re.compile(r"([a-z]{2,3})(?:-([a-z]{4}))?(?:-([a-z]{2}|[0-9]{3}))?", re.I | re.A)
_MARKUP = re.compile(r'<(/?)([a-z0-9]+)((?:"[^"]*"|[^">])*)>')
_ATTRIBUTE = re.compile(r'\s([^\s="]+)="([^"]*)"')
_ENDLESS = frozenset({"br", "hr", "img"})


def normal(tag: str) -> str | None:
    """A language tag as RFC 5646 (2.1.1) writes it, as "pt-BR" or "zh-Hant"; None for one that is not of the form
    language, script, region, each but the first optional."""
    match = _TAG.fullmatch(tag)
    if not match:
        return None
    language, script, region = match.groups(default="")
    return "-".join(filter(None, (language.lower(), script.title(), region.upper())))


def named(html: str) -> list[str]:
    """The tags that stand in clean HTML, in order."""
    return [lang for markup in _MARKUP.finditer(html) if (lang := _lang(markup[3]))]


def only_parts(html: str) -> str:
    """HTML in which `lang` stands only where the language changes, `dir` beside it, and no `span` without it.

    Word processors write their own language at every word, and a direction at every paragraph.
    """
    around, opened = [ENGLISH], list[str]()

    def mend(markup: re.Match[str]) -> str:
        end, name, attributes = markup.groups()
        if end:
            around.pop()
            return opened.pop()
        lang = _lang(attributes)
        is_part = bool(lang) and not _is_same(lang, around[-1])
        start = f"<{name}{attributes}>" if is_part else f"<{name}{_without(attributes)}>"
        is_written = is_part or name != "span"
        if name not in _ENDLESS:
            around.append(lang if is_part else around[-1])
            opened.append(f"</{name}>" if is_written else "")
        return start if is_written else ""

    return _MARKUP.sub(mend, html)


def _is_same(tag: str, around: str) -> bool:
    return tag == around or (around == ENGLISH and tag.partition("-")[0] == ENGLISH)


def _lang(attributes: str) -> str:
    return next((value for name, value in _ATTRIBUTE.findall(attributes) if name == "lang"), "")


def _without(attributes: str) -> str:
    return "".join(match[0] for match in _ATTRIBUTE.finditer(attributes) if match[1] not in ("lang", "dir"))
