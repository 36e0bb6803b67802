"""The only import of nh3: every piece of HTML that is stored or shown passes here last."""

import re
from collections import Counter
from functools import partial
from urllib.parse import urljoin

import nh3

from articles.numbers import positive
from articles.richtext import languages
from articles.richtext.policy import CALLOUTS, COUNTS, DRAWING, DRAWING_CLASSES, MEDIA, PAGE, STORED, Policy
from articles.richtext.text import UNSEEN

# Tags whose content goes with them.
WITHOUT_CONTENT = ["script", "style", "template", "noscript", "iframe", "svg", "math", "title", "textarea", "xmp"]
MOST_READINGS = 5
DEEPEST = 100  # elements within each other
ENDED_BY_THE_NEXT = {"p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot", "option"}
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]{0,30})\b[^<>]*>")
_LONG = re.compile(r"[^<>]{10000,}+")


def clean(html: str) -> str:
    """HTML as it may be stored. Cleaning twice changes nothing more."""
    return _clean(html, STORED)


def clean_page(html: str, *, base: str = "") -> str:
    """HTML as it may be shown; nothing rewrites it afterwards. Where it leaves its page, `base` is that page's address,
    and every address in it is made whole.
    """
    return _clean(html, PAGE, base)


def _clean(html: str, policy: Policy, base: str = "") -> str:
    """A tag that is taken out can leave others standing in a new order, so what comes out is read once more."""
    html = _flattened(UNSEEN.sub("", html))
    for _reading in range(MOST_READINGS):
        before = html
        html = UNSEEN.sub("", _once(html, policy, base))  # an entity can have stood for a control character
        if html == before:
            break
    return html


def _flattened(html: str) -> str:
    """HTML without the tags that are nested deeper than any text is; their words stay.

    ammonia, behind nh3, takes time that grows with the square of the depth.
    """
    if html.count("<") <= DEEPEST:
        return html
    opened: list[tuple[str, bool]] = []  # each open element, and whether its tags are left out
    number: Counter[str] = Counter()

    def keep(tag: re.Match[str]) -> str:
        end, name = tag[1], tag[2].lower()
        if name in ENDED_BY_THE_NEXT or name in VOID:
            return tag[0]
        if not end:
            is_left_out = len(opened) >= DEEPEST
            opened.append((name, is_left_out))
            number[name] += 1
            return "" if is_left_out else tag[0]
        is_left_out = False
        while number[name]:
            last, is_left_out = opened.pop()
            number[last] -= 1
            if last == name:
                break
        return "" if is_left_out else tag[0]

    return _TAG.sub(keep, html)


def _divided(words: re.Match[str]) -> str:
    """Words with a comment at every thousandth entity: where many stand together, html5ever, behind nh3, copies what
    follows at each.
    """
    parts = words[0].split("&")
    return "<!---->&".join("&".join(parts[at : at + 1000]) for at in range(0, len(parts), 1000))


def _once(html: str, policy: Policy, base: str) -> str:
    cleaned = nh3.clean(
        _LONG.sub(_divided, html),
        tags=set(policy.tags),
        attributes={"*": set(), **{tag: set(names) for tag, names in policy.attributes.items()}},
        url_schemes=set(policy.schemes),
        clean_content_tags=set(WITHOUT_CONTENT),
        attribute_filter=partial(_value, policy, base),
        url_relative=("rewrite_with_base", base) if base else None,
        link_rel=None,
        strip_comments=True,
    )
    return languages.only_parts(cleaned) if policy is STORED else cleaned


def _value(policy: Policy, base: str, _tag: str, name: str, value: str) -> str | None:
    """An attribute's value as it is kept; None to drop the attribute."""
    if name == "class" and policy is STORED:
        return value if value in CALLOUTS else None
    if name == "data-media":
        return value if value in MEDIA else None
    if name == "lang":
        return languages.normal(value)
    if name in COUNTS:
        number = positive(value)
        return value if number and 1 < number <= COUNTS[name] else None
    if name == "dir":
        return value.lower() if value.lower() in languages.DIRECTIONS else None
    if name == "srcset" and base:  # a list of addresses, which nh3 leaves alone
        return ", ".join(urljoin(base, address.strip()) for address in value.split(", "))
    return value


# Of an attribute in a drawing: numbers, paths, colors, and a part of the drawing itself. No other address has a place.
_DRAWN = re.compile(r"(?:[\w\s.,#%+\-]|(?:matrix|translate|scale|rotate|skewX|skewY|rgb|rgba)\([\d\s.,%eE+\-]*\))*")
_PART = re.compile(r"url\(#([\w\-]+)\)")
_OF_A_DRAWING = re.compile(r"^d[0-9a-f]{8}-")


def clean_drawing(svg: str, *, prefix: str = "") -> str:
    """Clean SVG for the inside of a page. With a `prefix` (“d”, eight hexadecimal digits, “-”), every id begins with
    it, so that two drawings on a page keep their parts apart. Cleaning twice changes nothing more.
    """
    cleaned = nh3.clean(
        UNSEEN.sub("", svg),
        tags=set(DRAWING.tags),
        attributes={"*": set(), **{tag: set(names) for tag, names in DRAWING.attributes.items()}},
        url_schemes=set(),
        clean_content_tags={*WITHOUT_CONTENT, "foreignObject", "desc", "metadata"} - DRAWING.tags,
        attribute_filter=partial(_drawn, prefix),
        link_rel=None,
        strip_comments=True,
    )
    return UNSEEN.sub("", cleaned)


def _drawn(prefix: str, _tag: str, name: str, value: str) -> str | None:
    if name == "class":
        return " ".join(word for word in value.split() if word in DRAWING_CLASSES) or None
    if name == "aria-label":
        return value
    if name == "id":
        return _own(prefix, value) if re.fullmatch(r"[\w\-]+", value) else None
    if part := _PART.fullmatch(value.strip()):
        return f"url(#{_own(prefix, part[1])})"
    return value if _DRAWN.fullmatch(value) else None


def _own(prefix: str, name: str) -> str:
    return prefix + _OF_A_DRAWING.sub("", name) if prefix else name
