"""Where pictures were printed, and what was done with them afterwards. Both are history: written once (`guards`)."""

from collections.abc import Iterable
from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from articles.models.edition import Edition
from articles.models.image import Image
from articles.models.issue import Issue, IssueItem

NAMED = ("title", "slug", "page_type", "hub_of", "hub_of__slug", "signed_pictures")  # for a link, and the alt texts


class EditionPictureQuerySet(models.QuerySet["EditionPicture"]):
    def live(self, at: datetime | None = None) -> Self:
        """Places on pages that are public at a moment (now), with `shown`: the picture that stands there now."""
        return self.filter(edition__in=Edition.objects.live(at)).annotate(shown=Coalesce("image__replaced_by", "image"))

    def seen_by_readers(self) -> Self:
        """Places that are or stay public: on live pages, and in newsletters that went out."""
        approved = [Issue.APPROVED, Issue.SENDING, Issue.HELD, Issue.SENT]
        mailed = IssueItem.objects.filter(issue__state__in=approved)
        return self.filter(Q(edition__in=Edition.objects.live()) | Q(edition__in=mailed.values("edition")))

    def pictures(self) -> models.QuerySet[Image]:
        """The pictures that stand in these live places."""
        return Image.objects.filter(pk__in=self.values("shown"))

    def by_picture(self, images: Iterable[Image]) -> dict[int, list[Edition]]:
        """Of these live places: the editions that show each picture, by title, each once. One query.

        Each picture gets the alt text that was signed with the last of them.
        """
        known = {image.pk: image for image in images}
        where: dict[int, dict[int, Edition]] = {pk: {} for pk in known}
        rows = (
            self.filter(shown__in=list(known)).select_related("edition__hub_of").order_by("edition__title", "edition")
        )
        for row in rows.only("image", *(f"edition__{name}" for name in NAMED)):
            shown = row.shown  # type: ignore[attr-defined]
            where[shown][row.edition_id] = row.edition
            row.edition.described(known[shown], row.image_id)
        return {pk: list(editions.values()) for pk, editions in where.items()}

    def of(self, image: Image) -> Self:
        """Places of a picture, and of those in whose place it stands."""
        return self.filter(Q(image=image) | Q(image__replaced_by=image))


class EditionPicture(models.Model):
    """One picture in one edition: what its columns and its text say, as a row that can be asked."""

    LEAD, TEXT = "lead", "text"

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="pictures")
    image = models.ForeignKey(Image, models.PROTECT, related_name="printed")
    place = models.CharField(max_length=4, choices=[(LEAD, "Lead"), (TEXT, "In the text")])

    objects = EditionPictureQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["edition", "image", "place"], name="edition_picture_once_in_a_place"),
        ]

    def __str__(self) -> str:
        return f"{self.image} in {self.edition}"


class ImageEvent(models.Model):
    """Somebody replaced a picture, withdrew it, or brought it back."""

    REPLACED, WITHDRAWN, RESTORED = "replaced", "withdrawn", "restored"
    KINDS = [(REPLACED, "Replaced"), (WITHDRAWN, "Taken down"), (RESTORED, "Restored")]

    image = models.ForeignKey(Image, models.PROTECT, related_name="events")
    kind = models.CharField(max_length=9, choices=KINDS)
    replacement = models.ForeignKey(Image, models.PROTECT, null=True, blank=True, related_name="+")
    reason = models.TextField(blank=True, help_text="For example, who claimed what. Readers don’t see this.")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "picture event"
        ordering = ["-at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="replaced", replacement__isnull=False) | ~Q(kind="replaced") & Q(replacement=None),
                name="image_event_names_replacement",
            ),
            models.CheckConstraint(condition=~Q(kind="withdrawn") | ~Q(reason=""), name="image_withdrawn_says_why"),
            models.CheckConstraint(condition=~Q(replacement=F("image")), name="image_event_of_two_pictures"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.at:%B %-d, %Y}"
