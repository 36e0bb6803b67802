"""Cards of medicines and the live articles that name them: which ones a changed card reopens."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from articles.evidence import drugs
from articles.models import Drug, Edition

A_CARD_IS_NEW_FOR = timedelta(days=90)


def naming(editions: QuerySet[Edition], drug: Drug) -> list[Edition]:
    """Those of the editions whose text names a medicine, by its name or a brand as a whole word."""
    wanted = Q()
    for name in drug.names:
        wanted |= Q(search_text__icontains=name)
    found = editions.filter(wanted).only("title", "slug", "article", "search_text", "published_at")
    return [edition for edition in found if drugs.named(edition.search_text, [drug])]


def reopened(at: datetime | None = None) -> list[tuple[Edition, Drug]]:
    """Live articles that name a medicine whose card was changed after they were printed, and no edition since."""
    now = at or timezone.now()
    changed = Drug.objects.filter(changed_at__gt=now - A_CARD_IS_NEW_FOR).order_by("-changed_at")
    return [(edition, drug) for drug in changed for edition in _before(drug, now)]


def _before(drug: Drug, now: datetime) -> Iterable[Edition]:
    return naming(Edition.objects.live(now).filter(published_at__lt=drug.changed_at), drug)
