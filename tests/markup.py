"""HTML as a browser takes it: white space is one space in a line, and none at the edges of blocks and elements."""

import re

IN_LINES = "a|abbr|b|button|cite|code|del|em|i|ins|label|mark|q|s|small|span|strong|sub|sup|svg|time"
AROUND_BLOCKS = re.compile(rf"\s*(</?(?!/?(?:{IN_LINES})\b)[a-z][^>]*>)\s*", re.IGNORECASE)
AFTER_OPENING = re.compile(r"(<[a-z][^>]*>)\s+", re.IGNORECASE)
BEFORE_CLOSING = re.compile(r"\s+(</)")


def squeezed(html):
    line = AROUND_BLOCKS.sub(r"\1", re.sub(r"\s+", " ", html))
    return BEFORE_CLOSING.sub(r"\1", AFTER_OPENING.sub(r"\1", line))


def page(response):
    """The HTML of an answer, squeezed."""
    return squeezed(response.content.decode())
