"""A credit at the end of a caption: “A heat pack (Photo: Rosa Lind)”, “English: Stairs. Photo by Rosa Lind”."""

import re

from articles.images.credit_line.vocabulary import CREDIT, PICTURE

LONGEST_CAPTION = 160  # characters before the credit; what is longer is a paragraph
_WORDS = "|".join(sorted((re.escape(word) for word in PICTURE | CREDIT if word < "\u2e80"), key=len, reverse=True))
_OPENING = rf"(?:{_WORDS}|courtesy\sof|©|\(c\)|copyright|via)"
_IN_BRACKETS = re.compile(r"[(\[](?P<credit>[^()\[\]]{2,100})[)\]]\W{0,2}$")
_AFTER_STOP = re.compile(
    r"(?:[.!?…]['\"”’)]?\s{1,3}|\s{0,3}[–—|•]\s{0,3}|\s-\s)"
    rf"(?P<credit>(?:{_OPENING})(?!\w).{{2,120}}|[^.!?–—|]{{4,60}}\s?/\s?[^.!?/–—|]{{2,40}})$",
    re.IGNORECASE,
)
_AFTER_COMMA = re.compile(
    rf"(?:[,;:]\s{{1,3}}|\s(?=©))(?P<credit>(?:{_WORDS})(?:\s{{1,3}}credit)?(?:\s{{1,3}}by|\s{{0,3}}:|\s{{1,3}}courtesy)\s[^,;:]{{2,120}})$",
    re.IGNORECASE,
)


def credit_after_caption(line: str) -> tuple[str, str]:
    """A caption, and what follows it and may be a credit; empty where nothing does."""
    for pattern in (_IN_BRACKETS, _AFTER_STOP, _AFTER_COMMA):
        found = pattern.search(line)
        if found and 3 <= found.start() <= LONGEST_CAPTION:
            return line[: found.start()].strip(), found["credit"]
    return "", ""
