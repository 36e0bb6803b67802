"""Short words about a page: what it says of itself where its address is listed or passed on, and on a small card."""

from html import unescape
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()

LONGEST = 160  # characters; search engines cut off what is longer, within a sentence


@register.simple_block_tag(takes_context=True)
def described(context: dict[str, Any], content: str) -> SafeString:
    """The meta elements of a description; of a proof, whose address is not for passing on, without its card."""
    words = shortened(unescape(content))
    plain = format_html('<meta name="description" content="{}">', words)
    card = format_html('<meta property="og:description" content="{}">', words)
    return plain if context.get("proof") else plain + card


@register.filter
def shortened(text: str, longest: int = LONGEST) -> str:
    """Whole sentences that fit, or as many words as fit."""
    text = " ".join(text.split())
    if len(text) <= longest:
        return text
    head = text[:longest]
    ends = [head.rfind(f"{mark} ") for mark in ".!?"]
    if max(ends) >= longest // 2:
        return head[: max(ends) + 1]
    return f"{head[: longest - 1].rsplit(' ', 1)[0].rstrip(' ,;:–(')}…"
