"""Pictures and whose they are. Bytes are read and made in `articles.images`; rules of licences live there too."""

from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from articles.images import licences, metadata, renditions
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

    def with_credit(self) -> Self:
        """What it takes to show a picture, or the one that stands in its place, without another query."""
        return self.select_related("credit", "replaced_by__credit")

    def held_back(self) -> Self:
        """Those in whose place a labelled placeholder stands: withdrawn, or with a credit that lacks something."""
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
    format = models.CharField(max_length=8, editable=False)
    width = models.PositiveIntegerField(editable=False, help_text="Pixels.")
    height = models.PositiveIntegerField(editable=False, help_text="Pixels.")
    focal_x = models.FloatField("focal point, from the left", default=0.5, help_text="0 is the left edge, 1 the right.")
    focal_y = models.FloatField("focal point, from the top", default=0.5, help_text="0 is the top edge, 1 the bottom.")
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
    rendered = models.CharField(
        max_length=12,
        blank=True,
        editable=False,
        help_text="Which credit is inside the files: the stamp of its packet.",
    )
    replaced_by = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, editable=False, related_name="stands_in_for"
    )
    replaced_at = models.DateTimeField(null=True, blank=True, editable=False)
    withdrawn_at = models.DateTimeField(null=True, blank=True, editable=False)

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
            models.CheckConstraint(
                condition=Q(focal_x__gte=0, focal_x__lte=1, focal_y__gte=0, focal_y__lte=1),
                name="image_focal_point_inside",
                violation_error_message="The focal point lies inside the picture: from 0 to 1.",
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
        return (credit.title if credit else "") or self.alt or f"Picture {self.pk}"

    @property
    def present(self) -> "Image":
        """The picture that is shown where this one was put: itself, or the one that replaced it."""
        return self.replaced_by or self

    @property
    def is_shown(self) -> bool:
        """Whether readers may be sent it: in nobody's place, with a complete credit, and with that credit in its files."""
        return not self.hidden_because

    @property
    def hidden_because(self) -> str:
        """Why readers are not sent it: `withdrawn`, `replaced`, `credit` or `files`; empty if they are."""
        if self.withdrawn_at is not None:
            return "withdrawn"
        if self.replaced_by_id is not None:
            return "replaced"
        credit = getattr(self, "credit", None)
        if credit is None or not credit.is_complete():
            return "credit"
        return "" if self.rendered == self.stamp() else "files"

    def packet(self) -> bytes:
        """The XMP packet that belongs into its files: the credit as it is now."""
        credit = getattr(self, "credit", None)
        return metadata.packet(licences.metadata(credit) if credit else None)

    def stamp(self) -> str:
        """The short name of that packet, under which its files lie."""
        return renditions.stamp(self.packet())

    @property
    def look(self) -> renditions.Look:
        credit = getattr(self, "credit", None)
        crops = credit is not None and licences.allows_crops(credit.licence)
        return renditions.Look(self.width, self.height, self.focal_x, self.focal_y, crops)

    # Addresses, of what is shown ----------------------------------------------------------------------------------

    @property
    def full(self) -> "Shape":
        """The whole picture."""
        return Shape(self, "full")

    @property
    def card(self) -> "Shape":
        """3:2 around the focal point, for lists; the whole picture where its licence lets nobody crop it."""
        return Shape(self, "card")

    @property
    def social(self) -> "Shape":
        """1200 x 630 or smaller in the same shape, for the cards of other sites; the whole picture under ND."""
        return Shape(self, "social")

    @property
    def url(self) -> str:
        """Address of a rendition of middle size."""
        return self.rendition_url(960)

    @property
    def thumbnail_url(self) -> str:
        return self.rendition_url(320)

    @property
    def card_url(self) -> str:
        """Address of the JPEG for social cards."""
        return self.social.src

    def rendition_url(self, width: int, format: str = "jpeg", shape: str = "full") -> str:
        """Address of the smallest rendition at least `width` pixels wide, or of the largest there is."""
        return Shape(self, shape).url(width, format)

    def structured(self) -> dict[str, Any]:
        """The picture as schema.org's ImageObject, for JSON-LD; empty if readers are not sent it."""
        if not self.is_shown:
            return {}
        credit, said, widest = self.credit, licences.metadata(self.credit), self.full
        kind = "Organization" if credit.creator == settings.SITE_NAME else "Person"
        facts = {
            "contentUrl": f"{settings.SITE_URL}{widest.url(widest.width)}",
            "width": widest.width,
            "height": widest.height,
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
        look = image.look
        self.name = look.shape(wanted)
        self.is_cropped = self.name != "full"
        self._base = f"{settings.MEDIA_URL}{renditions.folder_for(image.digest, image.rendered)}/"
        self._specs = renditions.specs(look, self.name)
        # The size that the page reserves room for: the widest file's, which has the shape of all.
        self.width, self.height = self._specs[0].width, self._specs[0].height

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

    def url(self, width: int, format: str = "jpeg") -> str:
        """Address of the smallest file at least `width` pixels wide, or of the widest there is."""
        narrow_first = sorted((spec for spec in self._specs if spec.format == format), key=lambda spec: spec.width)
        best = next((spec for spec in narrow_first if spec.width >= width), narrow_first[-1])
        return self._base + best.file

    def _srcset(self, format: str) -> str:
        own = sorted((spec.width, spec.file) for spec in self._specs if spec.format == format)
        return ", ".join(f"{self._base}{file} {width}w" for width, file in own)


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
