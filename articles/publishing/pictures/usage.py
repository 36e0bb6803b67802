"""Where a picture is and was: on live pages, in editions that are over or still to come, on the desk."""

from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import F, Q
from django.utils import timezone

from articles.models import Article, Edition, EditionPicture, Image


@dataclass(frozen=True)
class Use:
    """One place: `lead` or `text`, in an edition or in a working copy; `instead_of` is the picture that was printed."""

    article_id: int
    title: str
    place: str
    edition: Edition | None = None
    instead_of: Image | None = None


@dataclass(frozen=True)
class Usage:
    """Every place of a picture, the newest first."""

    live: list[Use] = field(default_factory=list)
    scheduled: list[Use] = field(default_factory=list)
    past: list[Use] = field(default_factory=list)
    drafts: list[Use] = field(default_factory=list)

    @property
    def is_anywhere(self) -> bool:
        return bool(self.live or self.scheduled or self.past or self.drafts)


def usage(image: Image, *, at: datetime | None = None) -> Usage:
    """Where a picture stands, or stands in for another that it replaced.

    Three queries, and one more for each picture that it stands in for.
    """
    at, found = at or timezone.now(), Usage()
    printed = EditionPicture.objects.of(image).exclude(edition__live_until=F("edition__live_from"))
    printed = printed.exclude(edition__kind=Edition.WITHDRAWN).select_related("edition", "image__credit")
    for row in printed.order_by("-edition__live_from", "-id"):
        instead_of = row.image if row.image_id != image.pk else None
        use = Use(row.edition.article_id, row.edition.title, row.place, row.edition, instead_of)
        _when(row.edition, at, found).append(use)
    return Usage(found.live, found.scheduled, found.past, _drafts(image))


def _when(edition: Edition, at: datetime, found: Usage) -> list[Use]:
    if edition.live_from > at:
        return found.scheduled
    return found.past if edition.live_until is not None and edition.live_until <= at else found.live


def _drafts(image: Image) -> list[Use]:
    """Working copies that name the picture, or one that it replaced."""
    names = [image, *image.stands_in_for.select_related("credit")]
    uses = []
    for named in names:
        instead_of = named if named.pk != image.pk else None
        mark = f'data-picture="{named.pk}"'
        found = Article.everything.filter(Q(lead_image=named) | Q(body__contains=mark)).order_by("-changed_at", "-id")
        for article in found:
            if article.lead_image_id == named.pk:
                uses.append(Use(article.pk, article.title, EditionPicture.LEAD, instead_of=instead_of))
            if mark in article.body:
                uses.append(Use(article.pk, article.title, EditionPicture.TEXT, instead_of=instead_of))
    return uses
