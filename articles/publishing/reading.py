"""Publish what was seen: each button carries the digest of the text its user read, and a text that changed since is
refused, with what changed.
"""

import re
from collections.abc import Iterator
from itertools import takewhile
from textwrap import shorten

from articles.models import Article, Revision
from articles.publishing import comparison, snapshot
from articles.publishing.comparison import ADDED, REMOVED, SAME, Difference
from articles.refusal import Refused

DIGEST = re.compile(r"[0-9a-f]{64}")
LONGEST = 200  # characters of what was removed or added in one field; the comparison on the desk shows everything
BEFORE = 40  # characters before the first word that differs
UNSAID = "This request doesn’t say which text you read. Open the article, read it, and use the button there."


class Outdated(Refused):
    """The text is not the one that was seen."""


def require(article: Article, digest: str, content: snapshot.Content | None = None) -> None:
    """Raises Outdated unless the working copy (or `content`, which the caller read) has the digest that was seen."""
    if not digest:
        raise Outdated(UNSAID)
    content = content or snapshot.content_of(article)
    if digest != snapshot.digest(content):
        before = revision_of(article, digest)
        raise Outdated(*_sentences(before, content))


def revision_of(article: Article, digest: str) -> Revision | None:
    """The saved state that has a digest. What else is sent in its place, such as a NUL, reaches no database."""
    if not DIGEST.fullmatch(digest):
        return None
    return article.revisions.filter(digest=digest).order_by("-number").first()


def _sentences(before: Revision | None, content: snapshot.Content) -> Iterator[str]:
    yield "The text changed after you opened it. Read the new version, then try again."
    if before is not None:
        yield from map(_in_words, comparison.compare(before.content, content))


def _in_words(difference: Difference) -> str:
    was, now = (_run(difference, kind) for kind in (REMOVED, ADDED))
    return f"{difference.label}: you read “{was}”, and now it says “{now}”."


def _run(difference: Difference, kind: str) -> str:
    """A field as it was, or as it is, from shortly before the first word that differs."""
    same = "".join(piece.text for piece in takewhile(lambda piece: piece.kind == SAME, difference.pieces))
    whole = "".join(piece.text for piece in difference.pieces if piece.kind in (SAME, kind))
    return shorten(whole[max(0, same.rfind(" ", 0, max(0, len(same) - BEFORE)) + 1) :], LONGEST, placeholder=" …")
