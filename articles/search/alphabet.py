"""Where a name stands in an A to Z."""

import re
import unicodedata

OTHER = "#"  # the heading of what begins with a digit or another sign
_OPENING = re.compile(r"^\W*((the|an?)\s+)?", re.IGNORECASE)  # of a name, by which it is not filed


def filed(name: str) -> str:
    """The words by which a name is filed: without accents, case, opening marks and a leading article."""
    if not name.isascii():
        name = "".join(sign for sign in unicodedata.normalize("NFKD", name) if not unicodedata.combining(sign))
    return _OPENING.sub("", name, count=1).casefold()


def letter_of(name: str) -> str:
    """From A to Z, or OTHER."""
    first = filed(name)[:1].upper()
    return first if "A" <= first <= "Z" else OTHER
