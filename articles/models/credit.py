"""Whose a picture is, and what proves it. What licenses ask for is known in `images.licenses`."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Self

from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Cast
from django.utils import timezone

from articles.images import licenses
from articles.images.credit_line import CreditLine
from articles.models.documents import DocumentField
from articles.models.links import LinkField


def known_license(code: str) -> None:
    if code not in licenses.LICENSES:
        raise ValidationError("That license isn’t in the catalog.")


class LicenseField(models.CharField):
    """The code of a license of the catalog, which is too long for a list of choices; "" until one is stated."""

    default_validators = [known_license]

    def deconstruct(self) -> Any:
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.CharField", args, kwargs


class IsBlank(models.Func):
    """Whether a text is empty or white space alone, as Python's `strip` sees it, on both databases."""

    template = "(TRIM(%(expressions)s) = '')"
    output_field = models.BooleanField()
    WHITE = "".join(chr(code) for code in range(0x3001) if chr(code).isspace())

    def __init__(self, column: str) -> None:
        super().__init__(F(column), models.Value(self.WHITE))

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        """What begins with a visible sign of ASCII is not blank: nearly every text, and told five times as fast."""
        column, _none = compiler.compile(self.source_expressions[0])
        template = f"(({column} < '!' OR {column} > '~') AND {self.template})"
        return super().as_sql(compiler, connection, template=template, **context)


def _empty(column: str) -> Q:
    return Q(IsBlank(column))


class ImageCreditQuerySet(models.QuerySet["ImageCredit"]):
    def complete(self, on: date | None = None) -> Self:
        """Those whose picture readers may be sent on a day (today): `ImageCredit.is_complete`, said in the database."""
        found = self.filter(license__in=licenses.LICENSES)
        for fact, missing in _MISSING.items():
            found = found.exclude(missing, _among(licenses.asking(fact)))
        found = found.exclude(~_empty("modifications"), _among(licenses.unchangeable()))
        on = on or timezone.localdate()
        return found.filter(Q(rights_end_on__isnull=True) | Q(rights_end_on__gt=on))

    def waiting(self) -> Self:
        """Old credit lines that have no picture yet and were not dismissed."""
        return self.filter(image__isnull=True, dismissed_at__isnull=True)

    def with_times_shown(self) -> Self:
        """With `times_shown`: in how many live articles a line stands, by itself or in the same words."""
        live = apps.get_model("articles", "Edition").objects.live()
        is_live = Cast(models.Exists(live.filter(article=models.OuterRef("found_in"))), models.IntegerField())
        return self.annotate(times_shown=models.Window(models.Sum(is_live), partition_by=[F("raw")]))


def _among(codes: Sequence[str]) -> Q:
    """Whether a license of the catalog is one of some; said by the others where they are fewer."""
    others = licenses.LICENSES.keys() - set(codes)
    return Q(license__in=codes) if len(codes) <= len(others) else ~Q(license__in=sorted(others))


_MISSING = {
    "creator": _empty("creator"),
    "title": _empty("title") & _empty("description"),
    "own_title": _empty("title") & (Q(is_untitled=False) | _empty("description")),
    "source_url": _empty("source_url"),
    "permission": _empty("permission"),
    "noncommercial": Q(is_noncommercial=False),
    "made_with": _empty("made_with"),
}


class ImageCredit(models.Model):
    """Who made a picture, where it was found, what its license is; or an old credit line that waits for its picture."""

    image = models.OneToOneField("articles.Image", models.CASCADE, null=True, blank=True, related_name="credit")
    found_in = models.ForeignKey(
        "articles.Article",
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="waiting_credits",
        help_text="The imported article whose text contained this credit line.",
    )
    title = models.CharField("title of the work", max_length=200, blank=True, help_text="If it has one.")
    is_untitled = models.BooleanField(
        "the creator gave it no title",
        default=False,
        help_text="Check before you tick this: Creative Commons licenses before 4.0 end if you leave out the title.",
    )
    description = models.CharField(max_length=300, blank=True, help_text="What the picture is, if it has no title.")
    creator = models.CharField(max_length=200, blank=True)
    creator_url = LinkField("creator’s page", max_length=500, blank=True)
    source = models.CharField(max_length=120, blank=True, help_text="The platform or agency, for example “Flickr”.")
    source_url = LinkField("link to the work", max_length=500, blank=True)
    license = LicenseField(
        max_length=40,
        blank=True,
        help_text="The license stated on the work’s page, with its version. “Flickr” is not a license. This is not "
        "legal advice.",
    )
    is_noncommercial = models.BooleanField(
        "our use is noncommercial",
        default=False,
        help_text="NC licenses require this: no advertising beside the picture, nothing sold with it. Ask if you’re "
        "not sure.",
    )
    modifications = models.CharField(
        "what we changed",
        max_length=200,
        blank=True,
        help_text="For example “cropped”. A different size or format is not a change.",
    )
    made_with = models.CharField(
        "how AI made it",
        max_length=200,
        blank=True,
        help_text="For AI-generated pictures: the system, its version and the prompt.",
    )
    permission = models.TextField(
        "permission or contract",
        blank=True,
        help_text="Who gave permission, when, and for what use. Add the agency’s reference number.",
    )
    rights_end_on = models.DateField(null=True, blank=True, help_text="From this day on, no one is shown the picture.")
    raw = models.TextField("old credit line", blank=True, editable=False)
    dismissed_at = models.DateTimeField(null=True, blank=True, editable=False)
    dismissed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )
    dismissed_reason = models.CharField(max_length=200, blank=True, editable=False)

    objects = ImageCreditQuerySet.as_manager()

    class Meta:
        verbose_name = "picture credit"
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(image__isnull=False) | ~Q(raw=""),
                name="credit_has_picture_or_line",
                violation_error_message="A credit must belong to a picture or keep an old credit line.",
            ),
            models.CheckConstraint(
                condition=Q(dismissed_at__isnull=True, dismissed_by__isnull=True)
                | Q(dismissed_at__isnull=False, dismissed_by__isnull=False),
                name="credit_dismissed_by_somebody",
                violation_error_message="A dismissed line needs a person and a time.",
            ),
        ]
        indexes = [models.Index(fields=["rights_end_on"], name="credit_rights_end")]

    def __str__(self) -> str:
        return licenses.attribution_text(self) or self.raw or "No credit yet"

    def missing_facts(self) -> list[str]:
        """Names of the facts that this credit's license wants and that are not there yet."""
        return licenses.missing_facts(self)

    def has_ended(self, on: date | None = None) -> bool:
        """Whether our rights to the picture are over on a day (today)."""
        return licenses.has_ended(self, on or timezone.localdate())

    def is_complete(self, on: date | None = None) -> bool:
        """Whether readers may be sent its picture on a day (today)."""
        return not (self.missing_facts() or licenses.is_breached(self) or self.has_ended(on))

    def problems(self, on: date | None = None) -> list[licenses.Problem]:
        """Why it is not complete, each as a plain sentence; empty exactly where it is."""
        return licenses.problems(self, on or timezone.localdate())

    def attribution(self, *, cropped: bool = False) -> Sequence[licenses.Part]:
        """The credit as readers see it: pieces of text, each with its link where there is one."""
        return licenses.attribution(self, cropped=cropped)

    def metadata(self, *, cropped: bool = False) -> licenses.Metadata:
        """The credit for the inside of a file and for structured data."""
        return licenses.metadata(self, cropped=cropped)

    @classmethod
    def stated(cls, line: CreditLine) -> dict[str, str]:
        """What a credit line states, by the fields it belongs in; nothing that is too long for its field."""
        said = {
            "creator": line.creator,
            "source": line.source,
            "title": line.title,
            "source_url": line.url,
            "license": line.license if line.license in licenses.LICENSES else "",
        }
        columns: Any = {name: cls._meta.get_field(name) for name in said}
        return {name: words for name, words in said.items() if words and len(words) <= columns[name].max_length}

    def dismiss(self, *, by: User, at: datetime | None = None, reason: str = "") -> None:
        """Takes an old line out of the queue: it is no credit, or its picture is gone. The line stays on record."""
        self.dismissed_at, self.dismissed_by, self.dismissed_reason = at or timezone.now(), by, reason[:200]
        self.save(update_fields=["dismissed_at", "dismissed_by", "dismissed_reason"])


class CreditEvidence(models.Model):
    """What somebody saw that a credit rests on: never changed, and kept once the picture was published (`guards`)."""

    credit = models.ForeignKey(ImageCredit, models.PROTECT, related_name="evidence")
    page = LinkField("page seen", max_length=500, blank=True)
    seen_at = models.DateTimeField("seen", default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, editable=False, related_name="+")
    file_digest = models.CharField(
        max_length=64, blank=True, editable=False, help_text="SHA-256 of the picture’s file at that time."
    )
    note = models.CharField(max_length=300, blank=True, help_text="What the page or the document says.")
    document = DocumentField("saved page or document", max_length=120, blank=True, help_text="Never shown to readers.")
    document_name = models.CharField(max_length=200, blank=True, editable=False)
    document_digest = models.CharField(max_length=64, blank=True, editable=False, help_text="SHA-256.")

    class Meta:
        verbose_name = "evidence"
        verbose_name_plural = "evidence"
        ordering = ["seen_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(page="") | ~Q(document=""),
                name="evidence_shows_something",
                violation_error_message="Evidence must be a page or a document.",
            ),
            models.CheckConstraint(
                condition=Q(document="", document_digest="") | (~Q(document="") & ~Q(document_digest="")),
                name="evidence_document_with_digest",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.page or self.document_name}, seen on {timezone.localdate(self.seen_at):%Y-%m-%d}"
