"""Pictures of the library. Bytes are read and made in `articles.images`; whose they are is in `credit`."""

from datetime import date
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from articles.images import licenses, metadata, renditions
from articles.models.credit import ImageCredit


def _has_complete_credit(on: date | None) -> models.Exists:
    """SQL: whether a picture's credit is complete on a day (today): `ImageCredit.is_complete`."""
    return models.Exists(ImageCredit.objects.complete(on).filter(image=models.OuterRef("pk")))


class ImageQuerySet(models.QuerySet["Image"]):
    def with_complete_credit(self, on: date | None = None) -> Self:
        """Those that readers may be sent on a day (today), as far as their credit goes."""
        return self.filter(_has_complete_credit(on))

    def lacking_credit(self, on: date | None = None) -> Self:
        """The others."""
        return self.filter(~_has_complete_credit(on))

    def with_credit(self) -> Self:
        """What it takes to show a picture, or the one that stands in its place, without another query."""
        return self.select_related("credit", "replaced_by__credit")

    def held_back(self) -> Self:
        """Those in whose place a labeled placeholder stands: withdrawn, or with a credit that lacks something."""
        return self.filter(Q(withdrawn_at__isnull=False) | Q(pk__in=Image.objects.lacking_credit().values("pk")))

    def available(self) -> Self:
        """Those that may be put into an article."""
        return self.filter(withdrawn_at=None, replaced_by=None)

    def of_file(self, folder: str) -> Self:
        """The picture whose renditions are in a folder, which is named by the first 24 digits of its digest."""
        return self.filter(digest__gte=folder, digest__lt=folder + "g")


class Image(models.Model):
    """One picture of the library, stored once by the hash of its bytes. Those bytes never change (`guards`)."""

    file = models.FileField(upload_to="pictures", max_length=120, editable=False)
    digest = models.CharField(max_length=64, unique=True, editable=False, help_text="SHA-256 of the stored file.")
    original = models.CharField(
        max_length=64, blank=True, editable=False, db_index=True, help_text="SHA-256 of the file as it was given."
    )
    fingerprint = models.CharField(max_length=16, blank=True, editable=False, help_text="How it looks, in 64 bits.")
    file_name = models.CharField(
        max_length=120, blank=True, editable=False, help_text="Of the file that was uploaded, without its ending."
    )
    format = models.CharField(max_length=8, editable=False)
    width = models.PositiveIntegerField(editable=False, help_text="Pixels.")
    height = models.PositiveIntegerField(editable=False, help_text="Pixels.")
    focal_x = models.FloatField(
        "focal point, from the left", default=0.5, help_text="0 is the left edge, 1 the right edge."
    )
    focal_y = models.FloatField(
        "focal point, from the top", default=0.5, help_text="0 is the top edge, 1 the bottom edge."
    )
    alt = models.CharField(
        "alt text",
        max_length=300,
        blank=True,
        help_text="Describe what the picture shows, for people who can’t see it. Don’t use the file name.",
    )
    is_decorative = models.BooleanField(
        "decorative", default=False, help_text="The picture adds no information, so screen readers skip it."
    )
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )
    uploaded_at = models.DateTimeField(auto_now_add=True)
    rendered = models.CharField(
        max_length=12,
        blank=True,
        editable=False,
        help_text="Which credit is inside the files.",
    )
    replaced_by = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, editable=False, related_name="stands_in_for"
    )
    replaced_at = models.DateTimeField(null=True, blank=True, editable=False)
    withdrawn_at = models.DateTimeField(null=True, blank=True, editable=False)

    # What lets the reader of one private page see the files of a picture that isn’t public: `views.media.let_in`.
    pass_query = ""

    objects = ImageQuerySet.as_manager()

    class Meta:
        verbose_name = "picture"
        ordering = ["-uploaded_at", "-id"]
        indexes = [models.Index(fields=["-uploaded_at", "-id"], name="image_uploaded")]
        constraints = [
            models.CheckConstraint(
                condition=Q(width__gt=0, height__gt=0),
                name="image_has_pixels",
                violation_error_message="A picture must be at least one pixel wide and high.",
            ),
            models.CheckConstraint(
                condition=Q(focal_x__gte=0, focal_x__lte=1, focal_y__gte=0, focal_y__lte=1),
                name="image_focal_point_inside",
                violation_error_message="The focal point must be between 0 and 1.",
            ),
            models.CheckConstraint(
                condition=Q(replaced_by=None, replaced_at=None)
                | Q(replaced_by__isnull=False, replaced_at__isnull=False),
                name="image_replaced_with_time",
            ),
            models.CheckConstraint(condition=~Q(replaced_by=F("id")), name="image_not_replaced_by_itself"),
        ]

    def __str__(self) -> str:
        credit = getattr(self, "credit", None)
        return (credit.title if credit else "") or self.alt or self.file_name or f"Picture {self.pk}"

    @property
    def present(self) -> "Image":
        """The picture that is shown where this one was put: itself, or the one that replaced it."""
        return self.replaced_by or self

    @property
    def is_shown(self) -> bool:
        """Whether readers may be sent it: with a complete credit, and with exactly that credit in its files."""
        return not self.hidden_reason

    @property
    def hidden_reason(self) -> str:
        """Why readers are not sent it: `withdrawn`, `replaced`, `credit` or `files`; empty if they are."""
        if self.withdrawn_at is not None:
            return "withdrawn"
        if self.replaced_by_id is not None:
            return "replaced"
        credit = getattr(self, "credit", None)
        if credit is None or not credit.is_complete():
            return "credit"
        return "" if self.rendered == self.stamp() else "files"

    def packets(self) -> renditions.Packets:
        """The credit as it is now, as it belongs into the files."""
        credit = getattr(self, "credit", None)
        if credit is None:
            return renditions.NO_CREDIT
        return renditions.Packets(metadata.packet(credit.metadata()), metadata.packet(credit.metadata(cropped=True)))

    def stamp(self) -> str:
        """The short name of that credit, under which the files with it lie."""
        return self.packets().stamp

    @property
    def look(self) -> renditions.Look:
        credit = getattr(self, "credit", None)
        crops = credit is not None and licenses.allows_crops(credit.license)
        return renditions.Look(self.width, self.height, self.focal_x, self.focal_y, crops)

    # Addresses, of what is shown ----------------------------------------------------------------------------------

    @property
    def full(self) -> "Shape":
        """The whole picture."""
        return Shape(self, "full")

    @property
    def card(self) -> "Shape":
        """3:2 around the focal point, for lists; the whole picture where its license lets nobody crop it."""
        return Shape(self, "card")

    @property
    def url(self) -> str:
        """Address of a rendition of middle size."""
        return self.rendition_url(960)

    def rendition_url(self, width: int, format: str = "jpeg", shape: str = "full") -> str:
        """Address of the smallest rendition at least `width` pixels wide, or of the largest there is."""
        return Shape(self, shape).url(width, format)

    def structured(self) -> dict[str, Any]:
        """The picture as schema.org's ImageObject, for JSON-LD; empty if readers are not sent it."""
        if not self.is_shown:
            return {}
        credit, said, widest = self.credit, self.credit.metadata(), self.full
        kind = "Organization" if credit.creator == settings.SITE_NAME else "Person"
        facts = {
            "contentUrl": f"{settings.SITE_URL}{widest.url(widest.width)}",
            "name": said.title,
            "caption": "" if self.is_decorative else self.alt,
            "creator": {
                "@type": kind,
                "name": credit.creator,
                **({"url": credit.creator_url} if credit.creator_url else {}),
            },
            "creditText": said.credit_line,
            "copyrightNotice": said.rights,
            "license": said.web_statement,
            "acquireLicensePage": credit.source_url,
        }
        return {"@type": "ImageObject", **{name: value for name, value in facts.items() if value}}


class Shape:
    """A picture cut in one way: what a template says of it. Its files carry the credit that is in the database now."""

    def __init__(self, image: Image, wanted: str) -> None:
        self._image, look = image, image.look
        self.name = look.shape(wanted)
        self.is_cropped = self.name != "full"
        self._base = f"{settings.MEDIA_URL}{renditions.folder_for(image.digest, image.rendered)}/"
        self._specs = renditions.specs(look, self.name)
        # The size that the page reserves room for: the widest file's, which has the shape of all.
        self.width, self.height = self._specs[0].width, self._specs[0].height

    @property
    def credit_line(self) -> str:
        """The credit in words, which say so where the picture is cropped."""
        return licenses.attribution_text(self._image.credit, cropped=self.is_cropped)

    @property
    def src(self) -> str:
        """The JPEG of 1280 pixels, or the widest below."""
        return self.url(1280)

    @property
    def srcset(self) -> str:
        return self._srcset("jpeg")

    @property
    def sources(self) -> list[tuple[str, str]]:
        """MIME type and srcset of each better format, the best first."""
        formats = dict.fromkeys(spec.format for spec in self._specs)
        return [(f"image/{format}", self._srcset(format)) for format in formats if format != "jpeg"]

    @property
    def small(self) -> list[tuple[str, str]]:
        """MIME type and address of the file of 640 pixels, for a small place: in the best format, and as JPEG."""
        return [(f"image/{format}", self.url(640, format)) for format in dict.fromkeys((self._specs[0].format, "jpeg"))]

    def url(self, width: int, format: str = "jpeg") -> str:
        """Address of the smallest file at least `width` pixels wide, or of the widest there is."""
        narrow_first = sorted((spec for spec in self._specs if spec.format == format), key=lambda spec: spec.width)
        best = next((spec for spec in narrow_first if spec.width >= width), narrow_first[-1])
        return self._base + best.file + self._image.pass_query

    def _srcset(self, format: str) -> str:
        own = sorted((spec.width, spec.file) for spec in self._specs if spec.format == format)
        return ", ".join(f"{self._base}{file}{self._image.pass_query} {width}w" for width, file in own)
