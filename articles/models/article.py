"""Article, the working copy on the desk. What the public reads is an Edition; nothing here is ever shown to it."""

from collections.abc import Callable, Iterable
from itertools import count
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Subquery
from django.utils import timezone
from django.utils.text import slugify

from articles.models.found import Found
from articles.models.months import DatesQuerySet
from articles.models.page_type import ARTICLE, HAS_ITS_TOPIC, IS_KNOWN, PAGE_TYPES
from articles.models.people import Contributor
from articles.richtext.fields import RichTextField

LONGEST_SLUG = 80  # characters; the column takes more, for the number that tells equal titles apart


class ArticleQuerySet(DatesQuerySet["Article"]):
    def free_slug(self, words: str) -> str:
        """An address made of words that no article has and no edition had: "pumps", else "pumps-2" and so on.

        Empty where the words make none.
        """
        stem = slugify(words)
        if len(stem) > LONGEST_SLUG:
            stem = stem[:LONGEST_SLUG].rsplit("-", 1)[0]
        if not stem:
            return ""
        edition = apps.get_model("articles", "Edition").objects
        taken = {
            *Article.everything.filter(slug__startswith=stem).values_list("slug", flat=True),
            *edition.filter(slug__startswith=stem).values_list("slug", flat=True),
        }
        return next(slug for number in count(1) if (slug := stem if number == 1 else f"{stem}-{number}") not in taken)

    def with_state(self, *names: str) -> models.QuerySet[Any]:
        """Adds where each article is, in the same query: what is named, or all of it.

        `live_number` of the edition that is public now (None); `scheduled_for`, when the next goes live (None);
        `live_review`, the sign-off it was published with, and `review_due_on`, the day by which it is renewed (None);
        `is_withdrawn`; `is_printed`, the newest revision is public; `is_signed`, one who
        is not its author approved the newest revision's text; `last_decision` of a reviewer (None).
        """
        return self.annotate(**{name: STATES[name]() for name in names or STATES})


def _live() -> models.QuerySet[Any]:
    editions: Any = apps.get_model("articles", "Edition").objects
    return editions.live().filter(article=OuterRef("pk")).order_by()  # there is but one


def _scheduled() -> Subquery:
    editions: Any = apps.get_model("articles", "Edition").objects
    own = editions.scheduled().filter(article=OuterRef("pk"))
    return Subquery(own.order_by("live_from").values("live_from")[:1])


def _withdrawn() -> Exists:
    editions: Any = apps.get_model("articles", "Edition").objects
    return Exists(editions.at().filter(article=OuterRef("pk"), kind="withdrawn"))


def _newest(article: str = "pk") -> models.QuerySet[Any]:
    """The last saved revision of the article that the query around it names so."""
    saved = apps.get_model("articles", "Revision").objects.filter(article=OuterRef(article), is_autosave=False)
    return saved.order_by("-number")


def _reviews() -> models.QuerySet[Any]:
    return apps.get_model("articles", "Review").objects.filter(revision__article=OuterRef("pk"))


def _signed() -> Exists:
    digest = _newest(article="revision__article").values("signed_digest")[:1]
    approved = _reviews().filter(decision="approved", withdrawn_at=None, signed_digest=Subquery(digest))
    return Exists(approved.exclude(reviewer__in=Byline.objects.filter(article=OuterRef("pk")).values("contributor")))


STATES: dict[str, Callable[[], Exists | Subquery]] = {
    "live_number": lambda: Subquery(_live().values("number")[:1]),
    "live_review": lambda: Subquery(_live().values("review")[:1]),
    "review_due_on": lambda: Subquery(_live().values("review__due_on")[:1]),
    "scheduled_for": _scheduled,
    "is_withdrawn": _withdrawn,
    "is_printed": lambda: Exists(_live().filter(revision=Subquery(_newest(article="article").values("pk")[:1]))),
    "is_signed": _signed,
    "last_decision": lambda: Subquery(_reviews().order_by("-decided_at", "-id").values("decision")[:1]),
}


class ArticleManager(models.Manager.from_queryset(ArticleQuerySet)):  # type: ignore[misc]
    """Articles on the desk: all but the deleted ones."""

    def get_queryset(self) -> Any:
        return super().get_queryset().filter(deleted_at=None)


class Article(Found):
    """What editors write on. It saves however incomplete; `publishing.checks` bites only when it is to be printed."""

    PLACEHOLDER = "[Title wanted]"  # what an import puts before the words it made a title of; the gate refuses it

    title = models.CharField(max_length=200, blank=True)
    slug = models.SlugField(
        "address",
        max_length=120,
        blank=True,
        help_text="The last part of the web address. Leave it empty to make it from the title.",
    )
    standfirst = models.TextField(
        max_length=300,
        blank=True,
        help_text="Two or three sentences under the title that say what the article is about.",
    )
    page_type = models.CharField(
        "type",
        max_length=7,
        choices=PAGE_TYPES,
        default=ARTICLE,
        help_text="A topic page introduces a topic. A site page is about the site itself, such as its privacy policy. "
        "It can’t be changed once the page is published.",
    )
    hub_of = models.OneToOneField(
        "articles.Topic",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="topic of a topic page",
        error_messages={"unique": "This topic has a topic page already."},
    )
    section = models.ForeignKey("articles.Section", models.PROTECT, null=True, blank=True, related_name="+")
    topics = models.ManyToManyField("articles.Topic", blank=True, related_name="+")
    authors: "models.ManyToManyField[Contributor, Byline]" = models.ManyToManyField(
        Contributor, through="Byline", blank=True, related_name="+"
    )
    lead_image = models.ForeignKey(
        "articles.Image", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="lead picture"
    )
    lead_caption = models.CharField("lead picture caption", max_length=300, blank=True)
    body = RichTextField("text", blank=True)
    closing_question = models.CharField(
        max_length=200, blank=True, help_text="Shown at the end. Readers answer yes, no or not sure with one tap."
    )
    disclosure = models.TextField(
        blank=True,
        help_text="Who paid for this and what could have influenced its authors. If nothing did, write “The authors "
        "report no conflicts of interest.”",
    )
    version = models.PositiveIntegerField(default=0, editable=False, help_text="Changes with every save.")
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    changed_at = models.DateTimeField(default=timezone.now, editable=False)
    submitted_at = models.DateTimeField(null=True, blank=True, editable=False)
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="assigned_articles",
    )
    due_on = models.DateField("due", null=True, blank=True, editable=False)
    draft_key = models.CharField(
        max_length=64,
        blank=True,
        editable=False,
        help_text="Of the form that started this article, so that it is started only once.",
    )
    import_name = models.CharField(max_length=200, blank=True, editable=False)
    import_digest = models.CharField(
        max_length=64, blank=True, editable=False, help_text="SHA-256 of the imported file."
    )

    deleted_at = models.DateTimeField(null=True, blank=True, editable=False)
    deleted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )

    everything = ArticleQuerySet.as_manager()  # with what was deleted: an address or a topic stays taken
    objects = ArticleManager()

    class Meta:
        ordering = ["-changed_at", "-id"]
        indexes = [
            models.Index(fields=["-changed_at", "-id"], name="article_changed"),
            models.Index(fields=["deleted_at"], condition=models.Q(deleted_at__isnull=False), name="article_deleted"),
        ]
        permissions = [
            ("submit_article", "Can submit an article for review"),
            ("sign_off_article", "Can sign off on an article as its medical reviewer"),
            ("publish_article", "Can publish, schedule and unpublish an article"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["slug"],
                condition=~models.Q(slug=""),
                name="article_address_once",
                violation_error_message="Another article has this address.",
                violation_error_code="unique",  # beside its field
            ),
            models.CheckConstraint(condition=IS_KNOWN, name="article_type_known"),
            models.CheckConstraint(
                condition=models.Q(deleted_by=None) | models.Q(deleted_at__isnull=False), name="article_deleted_when"
            ),
            models.CheckConstraint(
                condition=HAS_ITS_TOPIC,
                name="article_hub_has_its_topic",
                violation_error_message="A topic page needs the topic it introduces; nothing else has one.",
            ),
            models.UniqueConstraint(
                fields=["created_by", "draft_key"], condition=~models.Q(draft_key=""), name="article_begun_once"
            ),
            models.UniqueConstraint(
                fields=["import_digest"], condition=~models.Q(import_digest=""), name="article_imported_once"
            ),
        ]

    def __str__(self) -> str:
        return self.title or "Untitled"

    def save(self, *, update_fields: Iterable[str] | None = None, **kwargs: Any) -> None:
        """A copy that was read before its draft was deleted, or put back, doesn’t undo that."""
        if update_fields is None and not self._state.adding:
            kept = {"id", "deleted_at", "deleted_by"}
            update_fields = [column.name for column in self._meta.concrete_fields if column.name not in kept]
        super().save(update_fields=update_fields, **kwargs)


class Byline(models.Model):
    """One author of one article, in the order in which they are named."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="byline")
    contributor = models.ForeignKey(Contributor, models.PROTECT, related_name="+", verbose_name="author")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = "author"
        verbose_name_plural = "byline"
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["article", "contributor"],
                name="byline_names_author_once",
                violation_error_message="This author is already in the byline.",
            ),
        ]

    def __str__(self) -> str:
        return str(self.contributor)
