"""The only import of nh3: every piece of HTML that is stored or shown passes here last."""

import re

import nh3

from articles.richtext.policy import PAGE, STORED, Policy

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def clean(html: str) -> str:
    """HTML as it may be stored. Cleaning twice changes nothing more."""
    return _clean(html, STORED)


def clean_page(html: str) -> str:
    """HTML as it may be shown; nothing rewrites it afterwards."""
    return _clean(html, PAGE)


def _clean(html: str, policy: Policy) -> str:
    return nh3.clean(
        _CONTROL.sub("", html),
        tags=set(policy.tags),
        attributes={tag: set(names) for tag, names in policy.attributes.items()},
        url_schemes=set(policy.schemes),
        clean_content_tags={
            "script",
            "style",
            "template",
            "noscript",
            "iframe",
            "svg",
            "math",
            "title",
            "textarea",
            "xmp",
        },
        link_rel=None,
        strip_comments=True,
    )
