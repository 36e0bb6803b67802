"""The one way to read a row's or a page's number out of text that came from outside."""

MOST_DIGITS = 18  # the longest that every integer column of a database takes, less than 2**63


def positive(given: str | None) -> int:
    """The number that the text names in plain digits; 0, which no row and no page has, for any other text."""
    asked = given or ""
    return int(asked) if asked.isascii() and asked.isdecimal() and len(asked) <= MOST_DIGITS else 0
