"""Pictures of the library. Bytes are read and made in `articles.images`; whose they are is in `credit`."""

from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from articles.images import renditions
from articles.models.credit import ImageCredit


class ImageQuerySet(models.QuerySet["Image"]):
    def lacking_credit(self, on: date | None = None) -> Self:
        """Those that readers may not be sent on a day (today): `Image.is_shown`, said in the database."""
        complete = ImageCredit.objects.complete(on).filter(image=models.OuterRef("pk"))
        return self.filter(~models.Exists(complete))


class Image(models.Model):
    """One picture of the library, stored once by the hash of its bytes."""

    file = models.FileField(upload_to="pictures", max_length=120, editable=False)
    digest = models.CharField(max_length=64, unique=True, editable=False, help_text="SHA-256 of the stored file.")
    format = models.CharField(max_length=8, editable=False)
    width = models.PositiveIntegerField(editable=False, help_text="Pixels.")
    height = models.PositiveIntegerField(editable=False, help_text="Pixels.")
    alt = models.CharField(
        "text for those who cannot see it",
        max_length=300,
        blank=True,
        help_text="What the picture shows, in a sentence. A file name is no such text.",
    )
    is_decorative = models.BooleanField(
        "decorative", default=False, help_text="It adds nothing to the text: screen readers pass over it."
    )
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )
    uploaded_at = models.DateTimeField(auto_now_add=True)

    objects = ImageQuerySet.as_manager()

    class Meta:
        verbose_name = "picture"
        ordering = ["-uploaded_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(width__gt=0, height__gt=0),
                name="image_has_pixels",
                violation_error_message="A picture is at least one pixel wide and high.",
            ),
        ]

    def __str__(self) -> str:
        credit = getattr(self, "credit", None)
        return (credit.title if credit else "") or self.alt or f"Picture {self.pk}"

    @property
    def is_shown(self) -> bool:
        """Whether readers may be sent it: only with a complete credit."""
        credit = getattr(self, "credit", None)
        return credit is not None and credit.is_complete()

    @property
    def url(self) -> str:
        """Address of a rendition of middle size."""
        return self.rendition_url(960)

    @property
    def thumbnail_url(self) -> str:
        return self.rendition_url(320)

    @property
    def srcset_webp(self) -> str:
        return self._srcset("webp")

    @property
    def srcset_jpeg(self) -> str:
        return self._srcset("jpeg")

    def rendition_url(self, width: int, format: str = "jpeg") -> str:
        """Address of the smallest rendition at least `width` pixels wide, or of the largest there is."""
        widths = renditions.widths_for(self.width)
        best = next((made for made in widths if made >= width), widths[-1])
        return str(settings.MEDIA_URL) + renditions.name_for(self.digest, best, format)

    def _srcset(self, format: str) -> str:
        return ", ".join(
            f"{settings.MEDIA_URL}{renditions.name_for(self.digest, width, format)} {width}w"
            for width in renditions.widths_for(self.width)
        )
