"""HTML that was made before, found again by what it was made of: rows as they came from the database, the site's words,
the day. So nothing has to be dropped when something changes, and what did not change is not made again.
"""

import re
from collections.abc import Callable
from hashlib import sha256
from typing import Any, TypeVar

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest
from django.utils import timezone
from django.utils.safestring import SafeString

from articles import cache, public_state

Made = TypeVar("Made")
PAGES, CARDS = "pages", "cards"  # of CACHES: in the process, bounded, the least lately used go first
INDENTED = re.compile(r"\n\s+")  # no page here has words that are shown with their blanks
BLOCKS = (
    "html|head|body|meta|link|title|script|ul|ol|li|p|div|section|nav|main|header|footer|article|aside|h[1-6]|dl|dt|dd"
)
AROUND_BLOCKS = re.compile(rf"\n(?=</?(?:{BLOCKS})\b)|(</?(?:{BLOCKS})\b[^<>]*>)\n")  # blanks that nobody sees
SITE = ("SITE_URL", "SITE_NAME", "DEMONSTRATION", "POSTAL_ADDRESS", "MEDIA_URL")  # settings that any page may show


def kept(
    alias: str, made_of: tuple[Any, ...], make: Callable[[], Made], is_so_still: Callable[[], bool] = lambda: True
) -> Made:
    """What `make` makes of these and of nothing else; with them go the day, on which reviews become due and rights to
    pictures end, and the site's own name and addresses. It is kept if these were all it was made of to the end.
    """
    site = [getattr(settings, name) for name in SITE]
    key = sha256(repr((made_of, timezone.localdate(), site)).encode()).hexdigest()
    found: Made | None = caches[alias].get(key)
    if found is None:
        found = make()
        if is_so_still():
            caches[alias].set(key, found)
    return found


def without_layout(html: str) -> str:
    return AROUND_BLOCKS.sub(r"\1", INDENTED.sub("\n", html))


def page(request: HttpRequest, number: int | None, made_of: tuple[Any, ...], make: Callable[[], SafeString]) -> str:
    """A whole page, which shows nothing of the request but its path, without the blanks that indent it. It is made of
    lists, too, that it asks for once more; `number` is that of the public site's state before any of this was read.
    """
    frame = [(section.pk, section.name, section.slug) for section in cache.sections()], cache.house_pages()
    return kept(
        PAGES,
        (request.path, frame, *made_of),
        lambda: without_layout(make()),
        lambda: number is not None and number == public_state.current(),
    )
