"""The only import of nh3: every piece of HTML that is stored or shown passes here last."""

import re

import nh3

from articles.richtext import languages
from articles.richtext.policy import PAGE, STORED, Policy

# Tags whose content goes with them.
WITHOUT_CONTENT = ["script", "style", "template", "noscript", "iframe", "svg", "math", "title", "textarea", "xmp"]
MOST_READINGS = 5
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def clean(html: str) -> str:
    """HTML as it may be stored. Cleaning twice changes nothing more."""
    return _clean(html, STORED)


def clean_page(html: str) -> str:
    """HTML as it may be shown; nothing rewrites it afterwards."""
    return _clean(html, PAGE)


def _clean(html: str, policy: Policy) -> str:
    """A tag that is taken out can leave others standing in a new order, so what comes out is read once more."""
    html = _CONTROL.sub("", html)
    for _reading in range(MOST_READINGS):
        before, html = html, _once(html, policy)
        if html == before:
            break
    return html


def _once(html: str, policy: Policy) -> str:
    cleaned = nh3.clean(
        html,
        tags=set(policy.tags),
        attributes={"*": set(), **{tag: set(names) for tag, names in policy.attributes.items()}},
        url_schemes=set(policy.schemes),
        clean_content_tags=set(WITHOUT_CONTENT),
        attribute_filter=_value,
        link_rel=None,
        strip_comments=True,
    )
    return languages.only_parts(cleaned) if policy is STORED else cleaned


def _value(_tag: str, name: str, value: str) -> str | None:
    """An attribute's value as it is kept; None to drop the attribute."""
    if name == "lang":
        return languages.normal(value)
    if name == "dir":
        return value.lower() if value.lower() in languages.DIRECTIONS else None
    return value
