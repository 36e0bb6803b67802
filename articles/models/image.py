"""Pictures and whose they are. Bytes are read and made in `articles.images`; rules of licences live there too."""

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from articles.images import licences, renditions
from articles.models.links import LinkField

if TYPE_CHECKING:
    from collections.abc import Sequence


class ImageQuerySet(models.QuerySet["Image"]):
    def lacking_credit(self) -> Self:
        """Those whose credit lacks a fact that its licence asks for: `licences.missing_facts`, said in the database."""
        lacking = Q(credit=None) | ~Q(credit__licence__in=licences.LICENCES)
        for fact in ("creator", "title", "source_url", "permission"):
            asking = [code for code, licence in licences.LICENCES.items() if fact in licence.asks]
            empty = Q(credit__title="", credit__description="") if fact == "title" else Q(**{f"credit__{fact}": ""})
            lacking |= Q(credit__licence__in=asking) & empty
        return self.filter(lacking)


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


class ImageCredit(models.Model):
    """Who made a picture, where it was found, what its licence is; or an old credit line that waits for its picture."""

    LICENCES = [("", "not stated"), *licences.choices()]

    image = models.OneToOneField(Image, models.CASCADE, null=True, blank=True, related_name="credit")
    found_in = models.ForeignKey(
        "articles.Article",
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="waiting_credits",
        help_text="The imported article whose old text carried this credit line.",
    )
    title = models.CharField(max_length=200, blank=True, help_text="The work's own title, if it has one.")
    description = models.CharField(max_length=300, blank=True, help_text="What it is, where it has no title.")
    creator = models.CharField("author", max_length=200, blank=True)
    creator_url = LinkField("author’s page", max_length=500, blank=True)
    source = models.CharField(max_length=120, blank=True, help_text="The platform or agency, as “Flickr”.")
    source_url = LinkField("link to the work", max_length=500, blank=True)
    licence = models.CharField(max_length=40, blank=True, choices=LICENCES, help_text="As the source states it.")
    modifications = models.CharField(max_length=200, blank=True, help_text="What we changed, as “cropped”.")
    permission = models.TextField("permission note", blank=True, help_text="Who allowed what, when, for which use.")
    raw = models.TextField("old credit line", blank=True, editable=False)

    class Meta:
        verbose_name = "picture credit"
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(image__isnull=False) | ~Q(raw=""),
                name="credit_has_picture_or_line",
                violation_error_message="A credit belongs to a picture, or keeps an old credit line.",
            ),
        ]

    def __str__(self) -> str:
        return licences.attribution_text(self) or self.raw or "No credit yet"

    def missing_facts(self) -> list[str]:
        """Names of the facts that this credit's licence wants and that are not there yet."""
        return licences.missing_facts(self)

    def is_complete(self) -> bool:
        return not self.missing_facts()

    def attribution(self) -> "Sequence[licences.Part]":
        """The credit as readers see it: pieces of text, each with its link where there is one."""
        return licences.attribution(self)
