"""Cards of medicines and the live articles that name them: which ones a changed card reopens."""

from datetime import datetime, timedelta
from functools import reduce
from itertools import islice
from operator import or_

from django.db.models import Min, Q, QuerySet
from django.utils import timezone

from articles.evidence import drugs
from articles.evidence.mentions import Cards
from articles.models import Drug, Edition

A_CARD_IS_NEW_FOR = timedelta(days=90)
AT_ONCE = 20  # texts
MOST = 100


def naming(editions: QuerySet[Edition], drug: Drug) -> list[Edition]:
    """Those of the editions whose text names a medicine, by its name or a brand as a whole word."""
    return [edition for edition in _read(editions.filter(_named(drug))) if drugs.named(edition.search_text, [drug])]


def _named(drug: Drug) -> Q:
    """A first look, by the database: the name may be a part of another word."""
    return reduce(or_, (Q(search_text__icontains=name) for name in drug.names))


def _read(editions: QuerySet[Edition]) -> QuerySet[Edition]:
    return editions.only("title", "slug", "article", "search_text", "published_at")


def reopened(at: datetime | None = None) -> list[tuple[Edition, Drug]]:
    """Live articles that name a medicine whose card was changed after they were printed, and no edition since: of the
    newest of them so many as an editor can look at, those first whose card changed last. Three queries.
    """
    now = at or timezone.now()
    live = Edition.objects.live(now)
    oldest = live.aggregate(oldest=Min("published_at"))["oldest"] or now
    changed = [Cards([drug]) for drug in Drug.objects.filter(changed_at__gt=max(oldest, now - A_CARD_IS_NEW_FOR))]
    if not changed:
        return []
    named = (Q(published_at__lt=drug.changed_at) & _named(drug) for [drug] in changed)
    pairs = (
        (edition, card[0])
        for edition in _read(live.filter(reduce(or_, named))).iterator(AT_ONCE)
        for card in changed
        if edition.published_at < card[0].changed_at and drugs.named(edition.search_text, card)
    )
    return sorted(islice(pairs, MOST), key=lambda pair: pair[1].changed_at, reverse=True)
