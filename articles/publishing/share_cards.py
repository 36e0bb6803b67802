"""Cards that travel with the addresses of articles: what each says, and the clock's round that draws them.

A page names its card by the digest of what it says; until the clock has drawn it, its address shows the site's own.
"""

import logging

from django.conf import settings
from django.core.cache import cache
from django.core.files.storage import default_storage
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from articles.images import share_card
from articles.images.share_card import Card
from articles.images.storage import put
from articles.models import Edition, ShareCard

log = logging.getLogger(__name__)

AT_ONCE = 20  # cards drawn in one round of the clock: a second's work
LOOKED_AT = 200  # editions whose card may say something else by now, in one round
REACHED = "articles.share_cards.reached"  # the key of the last edition that was looked at


def card_of(edition: Edition) -> Card:
    """With the names of its section and of its first topic; a reviewer whose review was withdrawn is not named."""
    topic = edition.topics[0]["name"] if edition.topics else ""
    review = edition.review if edition.review and edition.review.withdrawn_at is None else None
    return Card(
        house=settings.SITE_NAME,
        kind=" · ".join(filter(None, (str(edition.section or ""), topic))),
        title=edition.title,
        reviewer=f"Medically reviewed by {review.full_name}" if review else "",
    )


def address(edition: Edition, card: Card) -> str:
    return reverse("share-card", args=[edition.article_id, card.digest])


def file_of(digest: str) -> str:
    """Its name in the storage of pictures."""
    return f"cards/{digest}.png"


def catch_up() -> int:
    """The clock's round: draws what is missing, the newest first, then looks at the next editions in turn, whose
    section may have another name by now or whose file may be lost; removes what ended. Returns how many it drew.
    """
    _remove_ended()
    missing = list(_current().filter(share_card=None).order_by("-first_live_from", "-pk")[:AT_ONCE])
    for edition in missing:
        _draw(edition, card_of(edition))
    reached = cache.get(REACHED) or 0
    following = list(_current().filter(pk__gt=reached).order_by("pk")[:LOOKED_AT])
    drawn = len(missing)
    for edition in following:
        card, reached = card_of(edition), edition.pk
        if not _is_there(edition, card):
            _draw(edition, card)
            drawn += 1
        if drawn >= AT_ONCE:
            break
    cache.set(REACHED, reached if following and reached < _last() else 0, timeout=None)
    return drawn


def _current() -> QuerySet[Edition]:
    """Editions that are live or will be."""
    kept = Edition.objects.filter(Q(live_until=None) | Q(live_until__gt=timezone.now()))
    return kept.exclude(kind=Edition.WITHDRAWN).select_related("section", "review", "share_card")


def _last() -> int:
    return _current().order_by("-pk").values_list("pk", flat=True).first() or 0


def _is_there(edition: Edition, card: Card) -> bool:
    row = getattr(edition, "share_card", None)
    return row is not None and row.digest == card.digest and default_storage.exists(file_of(card.digest))


def _draw(edition: Edition, card: Card) -> None:
    """A failure is written down: the site's own card is shown, and the clock comes back."""
    try:
        if card.can_be_drawn and not default_storage.exists(file_of(card.digest)):
            put(file_of(card.digest), share_card.draw(card))
    except OSError as problem:
        log.warning("The card of edition %s could not be drawn; the clock tries again: %s", edition.pk, problem)
        return
    before = getattr(edition, "share_card", None)
    ShareCard.objects.update_or_create(edition=edition, defaults={"digest": card.digest})
    if before is not None and before.digest != card.digest:
        _remove_file(before.digest)


def _remove_ended() -> None:
    for row in ShareCard.objects.exclude(edition__in=_current().values("pk"))[:LOOKED_AT]:
        row.delete()
        _remove_file(row.digest)


def _remove_file(digest: str) -> None:
    """Unless another edition's card says the same."""
    if not ShareCard.objects.filter(digest=digest).exists():
        default_storage.delete(file_of(digest))
