"""Edition, what the public reads, and the one definition of "public": `Edition.objects.live()`."""

from dataclasses import dataclass
from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils import timezone

from articles.models.image import Image
from articles.models.people import Contributor
from articles.models.taxonomy import Section

LEAD = ("lead_image__credit", "lead_image__replaced_by__credit")


@dataclass(frozen=True)
class Answer:
    """What an address answers: 200 with the live edition, 301 to its present address, 410 with its note, or 404."""

    status: int
    edition: "Edition | None" = None


class EditionQuerySet(models.QuerySet["Edition"]):
    def at(self, at: datetime | None = None) -> Self:
        """The editions, tombstones included, whose interval contains a moment (now)."""
        at = at or timezone.now()
        return self.filter(Q(live_until__isnull=True) | Q(live_until__gt=at), live_from__lte=at)

    def live(self, at: datetime | None = None) -> Self:
        """What is public at a moment (now)."""
        return self.at(at).exclude(kind=Edition.WITHDRAWN)

    def scheduled(self, after: datetime | None = None) -> Self:
        """What will be live later; an edition taken off the schedule has an empty interval and is not among them."""
        later = self.filter(live_from__gt=after or timezone.now())
        return later.filter(Q(live_until__isnull=True) | Q(live_until__gt=F("live_from")))

    def for_page(self) -> Self:
        return self.select_related("section", *LEAD, "review__reviewer").prefetch_related(
            models.Prefetch("bylines", EditionByline.objects.select_related("contributor"))
        )

    def printed_of(self, article_id: int, at: datetime | None = None) -> Self:
        """Every edition of an article that is or was public by a moment (now), tombstones included, newest first."""
        printed = self.filter(article=article_id, live_from__lte=at or timezone.now())
        return printed.exclude(live_until__isnull=False, live_until=F("live_from")).order_by("-live_from", "-id")

    def material(self) -> Self:
        """First editions, and updates that changed what a reviewer vouches for by more than a slip of the pen.

        None that never went live; no corrections, which have a way of their own to those who read the error.
        """
        before = (
            Edition.objects.filter(article=OuterRef("article"), live_from__lt=OuterRef("live_from"))
            .exclude(live_until__isnull=False, live_until=F("live_from"))
            .order_by("-live_from")
        )
        slip = Q(note=Edition.SLIP) | Q(review__carried_from__isnull=False)
        printed = self.exclude(live_until__isnull=False, live_until=F("live_from"))
        updates = Q(kind=Edition.UPDATE) & ~slip & ~Q(revision__signed_digest=F("digest_before"))
        return printed.annotate(digest_before=Subquery(before.values("revision__signed_digest")[:1])).filter(
            Q(kind=Edition.FIRST) | updates
        )

    def for_list(self) -> Self:
        """Newest first by the day on which the article first went live."""
        return (
            self.select_related("section", *LEAD, "review")
            .defer("body", "search_text", "references")
            .order_by("-first_live_from", "-id")
        )

    def in_section(self, section: Section) -> Self:
        return self.filter(section=section)

    def written_by(self, contributor: Contributor) -> Self:
        return self.filter(bylines__contributor=contributor)

    def reviewed_by(self, contributor: Contributor) -> Self:
        return self.filter(review__reviewer=contributor)

    def resolve(self, slug: str, at: datetime | None = None) -> Answer:
        """What the address `slug` answers at a moment (now); older addresses lead to the article's present one."""
        at = at or timezone.now()
        if (edition := self.live(at).for_page().filter(slug=slug).first()) is not None:
            return Answer(200, edition)
        known = self.filter(slug=slug, live_from__lte=at).exclude(live_until=F("live_from"))
        newest = known.order_by("-live_from", "-id").values("article")[:1]
        present = self.at(at).filter(article__in=newest).first()
        if present is None:
            return Answer(404)
        return Answer(410 if present.kind == Edition.WITHDRAWN else 301, present)

    def next_change(self, after: datetime | None = None) -> datetime | None:
        """The next instant at which the public face changes by the clock alone."""
        after = after or timezone.now()
        starts = self.scheduled(after).aggregate(at=models.Min("live_from"))["at"]
        ends = self.at(after).aggregate(at=models.Min("live_until"))["at"]
        return min(filter(None, (starts, ends)), default=None)


class Edition(models.Model):
    """Exactly what the public reads, and when. Nothing but `live_until` ever changes; the database says so (`guards`).

    Taken off the schedule before it went live, an edition keeps its row and has an empty interval.
    """

    FIRST, UPDATE, CORRECTION, WITHDRAWN = "first", "update", "correction", "withdrawn"
    KINDS = [(FIRST, "First"), (UPDATE, "Update"), (CORRECTION, "Correction"), (WITHDRAWN, "Withdrawn")]
    SLIP = "A slip of the pen was mended."  # the note of an update that changes nothing else

    article = models.ForeignKey("articles.Article", models.PROTECT, related_name="editions")
    number = models.PositiveIntegerField()
    revision = models.ForeignKey("articles.Revision", models.PROTECT, related_name="editions")
    kind = models.CharField(max_length=10, choices=KINDS)
    note = models.TextField(blank=True, help_text="What changed, or why it was withdrawn; readers see it.")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    published_at = models.DateTimeField(default=timezone.now, help_text="When it was printed.")
    live_from = models.DateTimeField()
    live_until = models.DateTimeField(null=True, blank=True)
    first_live_from = models.DateTimeField(help_text="When the article's first edition went live.")

    slug = models.SlugField(max_length=120)
    section = models.ForeignKey(Section, models.PROTECT, related_name="+")
    topics = models.JSONField(default=list, help_text='[{"name": …, "slug": …}]')
    title = models.CharField(max_length=200)
    standfirst = models.TextField()
    body = models.TextField()
    lead_image = models.ForeignKey("articles.Image", models.PROTECT, null=True, blank=True, related_name="+")
    lead_caption = models.CharField(max_length=300, blank=True)
    closing_question = models.CharField(max_length=200, blank=True)
    disclosure = models.TextField(blank=True)
    corrections = models.JSONField(
        default=list,
        help_text='Every correction so far, oldest first: [{"on": …, "was": …, "now": …, "why": …, "severity": …}]',
    )
    set_aside = models.JSONField(
        default=list,
        help_text='Findings that two editors set aside: [{"finding": …, "message": …, "reason": …, "on": …}]',
    )
    references = models.JSONField(default=list, help_text='[{"citation": …, "doi": …, "pmid": …, "url": …}]')
    review = models.ForeignKey("articles.Review", models.PROTECT, null=True, blank=True, related_name="editions")
    search_text = models.TextField(blank=True)
    minutes = models.PositiveSmallIntegerField(default=1, help_text="Reading time.")

    objects = EditionQuerySet.as_manager()

    class Meta:
        ordering = ["-live_from", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["article", "number"], name="edition_numbered_once"),
            models.UniqueConstraint(
                fields=["article"], condition=Q(live_until__isnull=True), name="edition_one_open_per_article"
            ),
            models.CheckConstraint(
                condition=Q(live_until__isnull=True) | Q(live_until__gte=F("live_from")),
                name="edition_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["first", "update", "correction", "withdrawn"]), name="edition_kind_known"
            ),
            models.CheckConstraint(condition=~Q(kind="withdrawn") | ~Q(note=""), name="edition_withdrawn_says_why"),
        ]
        indexes = [
            models.Index(fields=["slug", "live_from"], name="edition_address"),
            models.Index(fields=["section", "-first_live_from"], name="edition_section_list"),
            models.Index(fields=["live_from", "live_until"], name="edition_interval"),
        ]

    def __str__(self) -> str:
        return f"{self.title} (edition {self.number})"

    def get_absolute_url(self) -> str:
        return reverse("article", args=[self.slug])

    @property
    def lead_picture(self) -> Image | None:
        """The picture above the text: the printed one, or the one that has replaced it since."""
        return self.lead_image.present if self.lead_image else None

    def was_changed(self) -> bool:
        """Whether an earlier edition of the article was live before this one."""
        return self.live_from > self.first_live_from

    def end(self, at: datetime) -> None:
        """Sets the one thing about an edition that may change: when it stops being live."""
        self.live_until = at
        self.save(update_fields=["live_until"])


class EditionByline(models.Model):
    """One author of one edition, with the name and credentials as they were printed."""

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="bylines")
    contributor = models.ForeignKey(Contributor, models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=120)
    credentials = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "contributor"], name="edition_names_author_once"),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.credentials}" if self.credentials else self.name
