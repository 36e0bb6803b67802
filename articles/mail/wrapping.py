"""Plain text for mail: paragraphs, and lines that no mail program has to break."""

import re
import textwrap

WIDTH = 72  # characters; RFC 5322, 2.1.1 asks for at most 78


def paragraphs(given: str) -> list[str]:
    """The paragraphs of what was typed into a form; a blank line parts them."""
    parts = re.split(r"\n\s*\n", given.replace("\r\n", "\n").replace("\r", "\n"))
    return [words for part in parts if (words := " ".join(part.split()))]


def wrapped(words: str) -> str:
    """One paragraph on lines of at most WIDTH characters; an address is never broken, however long."""
    return textwrap.fill(" ".join(words.split()), WIDTH, break_long_words=False, break_on_hyphens=False)
