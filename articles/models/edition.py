"""Edition, what the public reads, and the one definition of "public": `Edition.objects.live()`."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils import timezone

from articles.models.course import Course
from articles.models.found import IS_WHOLE, Found
from articles.models.image import Image
from articles.models.live import LISTED_BY
from articles.models.months import DatesQuerySet, FirstOfMonth
from articles.models.page_type import ARTICLE, HAS_ITS_SECTION, HAS_ITS_TOPIC, HUB, IS_KNOWN, PAGE, PAGE_TYPES
from articles.models.people import Contributor
from articles.models.taxonomy import Section, Topic

EARLIEST = datetime(1900, 1, 1, tzinfo=UTC)
LEAD = ("lead_image__credit", "lead_image__replaced_by__credit")


@dataclass(frozen=True)
class Answer:
    """What an address answers: 200 with the live edition, 301 to its present address, 410 with its note, or 404."""

    status: int
    edition: "Edition | None" = None


def _changes(at: datetime | None) -> dict[str, models.Max]:
    """Of some editions: the last moment by `at` (now) at which one went live, and the last at which one ended."""
    at = at or timezone.now()
    return {
        "live": models.Max("live_from", filter=Q(live_from__lte=at) & ~Q(live_until=F("live_from"))),
        "ended": models.Max("live_until", filter=Q(live_until__lte=at, live_from__lt=F("live_until"))),
    }


class EditionQuerySet(DatesQuerySet["Edition"]):
    def at(self, at: datetime | None = None) -> Self:
        """The editions, tombstones included, whose interval contains a moment (now)."""
        at = at or timezone.now()
        return self.filter(Q(live_until__isnull=True) | Q(live_until__gt=at), live_from__lte=at)

    def live(self, at: datetime | None = None) -> Self:
        """What is public at a moment (now)."""
        return self.at(at).exclude(kind=Edition.WITHDRAWN)

    def articles(self) -> Self:
        """Those that lists of articles show: no topic pages, and none about the site itself."""
        return self.filter(page_type=ARTICLE)

    def originals(self) -> Self:
        """But for articles that another site published first."""
        return self.exclude(pk__in=Edition.objects.filter(first_published_url__gt="").values("pk"))

    def scheduled(self, after: datetime | None = None) -> Self:
        """What will be live later; an edition taken off the schedule has an empty interval and is not among them."""
        later = self.filter(live_from__gt=after or timezone.now())
        return later.filter(Q(live_until__isnull=True) | Q(live_until__gt=F("live_from")))

    def site_pages(self) -> Self:
        return self.filter(page_type=PAGE)

    def for_page(self) -> Self:
        return self.select_related("section", *LEAD, "review__reviewer").prefetch_related(
            models.Prefetch("bylines", EditionByline.objects.select_related("contributor"))
        )

    def printed_of(self, article_id: int, at: datetime | None = None) -> Self:
        """Every edition of an article that is or was public by a moment (now), tombstones included, newest first."""
        printed = self.filter(article=article_id, live_from__lte=at or timezone.now())
        return printed.exclude(live_until__isnull=False, live_until=F("live_from")).order_by("-live_from", "-id")

    def material(self) -> Self:
        """First editions, and updates that changed what a reviewer vouches for by more than a typo.

        None that never went live; no corrections, which have a way of their own to those who read the error.
        """
        before = (
            Edition.objects.filter(article=OuterRef("article"), live_from__lt=OuterRef("live_from"))
            .exclude(live_until__isnull=False, live_until=F("live_from"))
            .order_by("-live_from")
        )
        typo = Q(note=Edition.TYPO) | Q(review__carried_from__isnull=False)
        printed = self.exclude(live_until__isnull=False, live_until=F("live_from"))
        updates = Q(kind=Edition.UPDATE) & ~typo & ~Q(revision__signed_digest=F("digest_before"))
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

    def newest(self, most: int) -> Self:
        """The first rows of a list."""
        return self.rows(0, most)

    def rows(self, first: int, most: int) -> Self:
        """Some of a list, from its row `first` (0) on."""
        return type(self)(self.model).for_list().filter(pk__in=self._keys()[first : first + most])

    def oldest_first(self, first: int, most: int) -> Self:
        """Some of a list from its other end."""
        dated = ("first_live_from", "id")
        some = self.order_by(*dated)._keys()[first : first + most]
        return type(self)(self.model).filter(pk__in=some).order_by(*dated)

    def ids(self, first: int, most: int) -> list[int]:
        """Of some of a list, from its row `first` (0) on."""
        return list(self._keys().values_list("pk", flat=True)[first : first + most])

    def ids_and_total(self, first: int, most: int) -> tuple[list[int], int]:
        """The same, and how many rows the whole list has, in the same query; 0 where there are no such rows."""
        count = models.Func(F("pk"), function="COUNT", output_field=models.IntegerField())
        total = Subquery(self._keys().order_by().annotate(total=count).values("total"))
        rows = list(self._keys().annotate(total=total).values_list("pk", "total")[first : first + most])
        return [pk for pk, _total in rows], rows[0][1] if rows else 0

    def _keys(self) -> Any:
        """Which rows they are is decided on the indexes alone, so that only those are read whole that are shown."""
        return self.select_related(None).prefetch_related(None).values("pk")

    def in_section(self, section: Section) -> Self:
        return self.filter(section=section)

    def about(self, topics: Iterable[Topic]) -> Self:
        """Those printed under any of some topics, each once."""
        return self.filter(pk__in=EditionTopic.objects.filter(topic__in=topics).values("edition"))

    def naming(self, medicine: models.Model) -> Self:
        """Those whose text names a medicine that readers may look up, as of when their page texts were written."""
        return self.filter(page_text__medicines=medicine.pk)

    def first_live_in(self, start: datetime, end: datetime) -> Self:
        """Those of articles that first went live from `start` on and before `end`."""
        return self.filter(first_live_from__gte=start, first_live_from__lt=end)

    def first_live_between(self, start: datetime, end: datetime) -> Self:
        """Those that did so from `start` to `end`, newest first: in the order of the index that has their days."""
        return self.filter(first_live_from__gte=start, first_live_from__lte=end).order_by("-first_live_from", "-id")

    def months(self) -> list[tuple[datetime, int]]:
        """Each month in which articles first went live, as its first moment, and how many; newest first."""
        # Bounded by what holds of all: SQLite then counts on the index of lists, and reads no row.
        dated = self.filter(first_live_from__gte=EARLIEST)
        by_month = dated.order_by().annotate(month=FirstOfMonth("first_live_from")).values("month")
        return list(by_month.annotate(count=models.Count("pk")).order_by("-month").values_list("month", "count"))

    def written_by(self, contributor: Contributor) -> Self:
        return self.filter(bylines__contributor=contributor)

    def reviewed_by(self, contributor: Contributor) -> Self:
        return self.filter(review__reviewer=contributor)

    def resolve(self, slug: str, at: datetime | None = None) -> Answer:
        """What the address `slug` answers at a moment (now); older addresses lead to the article's present one."""
        at = at or timezone.now()
        if (edition := self.live(at).for_page().filter(slug=slug).first()) is not None:
            return Answer(200, edition)
        return self.elsewhere(slug, at)

    def elsewhere(self, slug: str, at: datetime) -> Answer:
        """What an address answers at which nothing was live at a moment; 200 if there is now, by a commit since."""
        known = self.filter(slug=slug, live_from__lte=at).exclude(live_until=F("live_from"))
        newest = known.order_by("-live_from", "-id").values("article")[:1]
        present = self.at(at).filter(article__in=newest).first()
        if present is None:
            return Answer(404)
        if present.kind == Edition.WITHDRAWN:
            return Answer(410, present)
        return Answer(200 if present.slug == slug else 301, present)

    def held_by_others(self, slug: str, *, but_of: int | None) -> Self:
        """The editions of other articles that had an address, or will have it, newest first: old links lead there."""
        public = self.exclude(live_until__isnull=False, live_until=F("live_from")).filter(slug=slug)
        return public.exclude(article=but_of).order_by("-live_from", "-id")

    def course(self, at: datetime) -> Course:
        """Of the editions of one article: which came when, and what is planned after a moment; one query."""
        rows = list(self.order_by().values_list("number", "live_from", "live_until"))
        kept = [start for _number, start, end in rows if start != end]  # but for those taken off the schedule
        return Course(
            at=at,
            number=max((number for number, _start, _end in rows), default=0),
            first=min(kept, default=None),
            newest=max(kept, default=None),
            planned=min((start for start in kept if start > at), default=None),
        )

    def next_change(self, after: datetime | None = None) -> datetime | None:
        """The next instant at which the public face changes by the clock alone."""
        after = after or timezone.now()
        starts = self.scheduled(after).order_by().values_list("live_from", flat=True)
        ends = self.at(after).filter(live_until__gt=after).order_by().values_list("live_until", flat=True)
        return starts.union(ends).order_by("live_from").first()

    def last_change(self, at: datetime | None = None) -> datetime | None:
        """When editions of these last went live or ended, by a moment (now): withdrawals and corrections included."""
        return max(filter(None, self.aggregate(**_changes(at)).values()), default=None)

    def last_changes(self, by: str, at: datetime | None = None) -> dict[Any, datetime]:
        """The same for each value of a column, as {"section": …}; values under which nothing was live are left out."""
        rows = self.order_by().values_list(by).annotate(**_changes(at)).values_list(by, "live", "ended")
        found = {value: [at for at in moments if at] for value, *moments in rows}
        return {value: max(moments) for value, moments in found.items() if moments}

    def last_changes_by_month(self, at: datetime | None = None) -> dict[Any, datetime]:
        """The same for each month in which articles first went live, as its first moment."""
        return self.annotate(month=FirstOfMonth("first_live_from")).last_changes("month", at)

    def by_unknown_authors(self) -> Self:
        """Those that name an author of whom readers cannot tell today who that is; when printed, they could."""
        lines = EditionByline.objects.filter(contributor__in=Contributor.objects.unknown())
        return self.filter(pk__in=lines.values("edition"))


class Edition(Found):
    """Exactly what the public reads, and when. Nothing but `live_until` ever changes; the database says so (`guards`).

    Taken off the schedule before it went live, an edition keeps its row and has an empty interval.
    """

    FIRST, UPDATE, CORRECTION, WITHDRAWN = "first", "update", "correction", "withdrawn"
    KINDS = [(FIRST, "First"), (UPDATE, "Update"), (CORRECTION, "Correction"), (WITHDRAWN, "Unpublished")]
    TYPO = "A typo was fixed."  # the note of an update that changes nothing else

    article = models.ForeignKey("articles.Article", models.PROTECT, related_name="editions")
    number = models.PositiveIntegerField()
    revision = models.ForeignKey("articles.Revision", models.PROTECT, related_name="editions")
    kind = models.CharField(max_length=10, choices=KINDS)
    note = models.TextField(blank=True, help_text="What changed, or why the article was unpublished. Readers see this.")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    published_at = models.DateTimeField(default=timezone.now, help_text="When it was published.")
    live_from = models.DateTimeField()
    live_until = models.DateTimeField(null=True, blank=True)
    first_live_from = models.DateTimeField(help_text="When the article’s first edition went live.")
    changed_at = models.DateTimeField(
        help_text="When the text last changed. Typo fixes, minor corrections and new addresses don’t count."
    )

    slug = models.SlugField(max_length=120)
    page_type = models.CharField("type", max_length=7, choices=PAGE_TYPES, default=ARTICLE)
    hub_of = models.ForeignKey(Topic, models.PROTECT, null=True, blank=True, related_name="+")
    section = models.ForeignKey(Section, models.PROTECT, null=True, blank=True, related_name="+")
    topics = models.JSONField(default=list, help_text='[{"name": …, "slug": …}]')
    title = models.CharField(max_length=200)
    standfirst = models.TextField()
    body = models.TextField()
    lead_image = models.ForeignKey("articles.Image", models.PROTECT, null=True, blank=True, related_name="+")
    lead_caption = models.CharField(max_length=300, blank=True)
    signed_pictures = models.JSONField(
        default=list, help_text='As they were signed: [{"id": …, "place": …, "caption": …, "digest": …, "alt": …}]'
    )
    closing_question = models.CharField(max_length=200, blank=True)
    disclosure = models.TextField(blank=True)
    corrections = models.JSONField(
        default=list,
        help_text='Every correction so far, oldest first: [{"on": …, "was": …, "now": …, "why": …, "severity": …}]',
    )
    set_aside = models.JSONField(
        default=list,
        help_text='Checks that two editors overrode: [{"finding": …, "message": …, "reason": …, "on": …}]',
    )
    answers = models.JSONField(
        default=list,
        help_text="What medical reviewers found correct when a check asked: "
        '[{"digest": …, "finding": …, "subject": …, "sentence": …, "why": …, "reviewer": …, "on": …}]',
    )
    references = models.JSONField(default=list, help_text='[{"citation": …, "doi": …, "pmid": …, "url": …}]')
    erratum = models.ForeignKey(  # checked at the commit: no correction is printed without its row
        "articles.Correction", models.PROTECT, to_field="key", null=True, editable=False, related_name="+"
    )
    review = models.ForeignKey("articles.Review", models.PROTECT, null=True, blank=True, related_name="editions")
    search_text = models.TextField(blank=True)
    minutes = models.PositiveSmallIntegerField(default=1, help_text="Reading time.")

    objects = EditionQuerySet.as_manager()

    class Meta:
        verbose_name = "published version"
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
            models.CheckConstraint(
                condition=Q(kind="correction", erratum__isnull=False) | ~Q(kind="correction") & Q(erratum=None),
                name="edition_correction_has_its_row",
            ),
            models.CheckConstraint(condition=~Q(kind="withdrawn") | ~Q(note=""), name="edition_withdrawn_says_why"),
            models.CheckConstraint(condition=IS_KNOWN, name="edition_type_known"),
            models.CheckConstraint(condition=HAS_ITS_TOPIC, name="edition_hub_has_its_topic"),
            models.CheckConstraint(condition=IS_WHOLE, name="edition_first_published_whole"),
            models.CheckConstraint(condition=HAS_ITS_SECTION, name="edition_has_its_section"),
        ]
        indexes = [
            models.Index(fields=["slug", "live_from"], name="edition_address"),
            # In the order of lists, with all that `live()` asks: a list reads no row that it does not show.
            models.Index(fields=["section", "-first_live_from", "-id", *LISTED_BY], name="edition_section_list"),
            models.Index(fields=["-first_live_from", "-id", *LISTED_BY], name="edition_list"),
            models.Index(fields=LISTED_BY, name="edition_interval"),
            models.Index(
                fields=["article", "-live_from", "live_until", "kind", "revision", "number"], name="edition_of_article"
            ),
            models.Index(fields=["live_until"], name="edition_end"),
            models.Index(fields=["first_published_url"], name="edition_elsewhere"),
        ]

    def __str__(self) -> str:
        return f"{self.title} (version {self.number})"

    def get_absolute_url(self) -> str:
        if self.page_type == HUB and self.hub_of:
            return self.hub_of.get_absolute_url()
        return reverse("section" if self.page_type == PAGE else "article", args=[self.slug])

    @property
    def filed_in(self) -> Section:
        """The section of an article or a topic page; a site page has none and is in no list."""
        if self.section is None:
            raise Section.DoesNotExist
        return self.section

    @property
    def lead_picture(self) -> Image | None:
        """The picture above the text: the printed one, or the one that has replaced it since."""
        return self.shown(self.lead_image) if self.lead_image else None

    def shown(self, image: Image) -> Image:
        """The picture that stands where one was printed, with the words that were signed with that one."""
        return self.described(image.present, image.pk)

    def described(self, image: Image, printed: int) -> Image:
        """A picture with the alt text that was signed with the picture of an id, whatever the library says today."""
        signed = next((picture for picture in self.signed_pictures if picture["id"] == printed), None)
        image.alt = signed["alt"] if signed else ""
        image.is_decorative = not image.alt
        return image

    def was_changed(self) -> bool:
        """Whether an earlier edition of the article said something else."""
        return self.changed_at > self.first_live_from

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


class EditionTopic(models.Model):
    """A topic under which an edition was printed, so that lists by topic need not open its JSON."""

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="filed_under")
    topic = models.ForeignKey(Topic, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["edition", "topic"], name="edition_filed_once_under_topic"),
        ]

    def __str__(self) -> str:
        return f"{self.edition} under {self.topic}"
