"""What word processors say by styles and classes where a page has tags: emphasis, lists, comments, hidden words."""

import re
from collections.abc import Mapping
from dataclasses import replace

from articles.importing.blocks import ITEM, Block

PLAIN = re.compile(r"font-weight:\s*(normal|400)|font-style:\s*normal", re.IGNORECASE)
STYLED = {
    "strong": re.compile(r"font-weight:\s*(bold|[6-9]00)", re.IGNORECASE),
    "em": re.compile(r"font-style:\s*italic", re.IGNORECASE),
    "s": re.compile(r"text-decoration[\w-]*:[^;]*line-through", re.IGNORECASE),
    "sup": re.compile(r"vertical-align:\s*super", re.IGNORECASE),
    "sub": re.compile(r"vertical-align:\s*sub\b", re.IGNORECASE),
}
HIDDEN = re.compile(r"display:\s*none|mso-hide:\s*all", re.IGNORECASE)
COMMENTED = re.compile(r"mso-element:\s*comment-list|\bmsocom(anchor|off)\b|\bMsoCommentReference\b", re.IGNORECASE)
OF_LIST = re.compile(r"mso-list:\s*l\d+\s+level(\d)", re.IGNORECASE)
# The mark that a list item begins with where no tag says that it is one.
BULLET = re.compile(r"[•·▪■●○◦‣∙➢✓\uf0a7\uf0b7](?:\s|&nbsp;)*")
ANY_MARK = re.compile(rf"(?:{BULLET.pattern}|[o§–-](?:\s|&nbsp;)+|(?P<number>\d{{1,3}}|[a-z])[.)](?:\s|&nbsp;)+)")


def meant(name: str, style: str) -> str:
    """The tag that a style makes of another: of a span a `<strong>`, of a `<b>` with normal weight nothing bold."""
    if name == "span":
        return next((tag for tag, says in STYLED.items() if says.search(style)), name)
    return "span" if name in ("strong", "em") and PLAIN.search(style) else name


def left_out(attrs: Mapping[str, str | None]) -> tuple[str, str] | None:
    """What an element is that is no part of the text, and why: a comment, or words that its style hides."""
    style = attrs.get("style") or ""
    if COMMENTED.search(f"{style} {attrs.get('class') or ''}"):
        return "comment", "a comment is no part of the text"
    return ("hidden words", "they were not visible on the page") if HIDDEN.search(style) else None


def list_level(style: str) -> int:
    """From 1, of the list that a paragraph's style says it is an item of; 0 without one."""
    level = OF_LIST.search(style)
    return int(level[1]) if level else 0


def item(paragraph: Block, level: int) -> Block | None:
    """A paragraph that begins with a list's mark, as the item that it is; None of any other."""
    marks = ANY_MARK if level else BULLET
    mark = marks.match(paragraph.text)
    if mark is None or mark.end() == len(paragraph.text):
        return None
    html = marks.sub("", paragraph.html, count=1).strip()
    is_numbered = mark.groupdict().get("number") is not None
    words = paragraph.text[mark.end() :].strip()
    return replace(paragraph, kind=ITEM, text=words, html=html, level=max(0, level - 1), ordered=is_numbered)
