"""Article, the working copy on the desk. What the public reads is an Edition; nothing here is ever shown to it."""

from itertools import count
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Subquery
from django.utils import timezone
from django.utils.text import slugify

from articles.models.people import Contributor
from articles.richtext.fields import RichTextField

LONGEST_SLUG = 80  # characters; the column takes more, for the number that tells equal titles apart


class ArticleQuerySet(models.QuerySet["Article"]):
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
            *self.filter(slug__startswith=stem).values_list("slug", flat=True),
            *edition.filter(slug__startswith=stem).values_list("slug", flat=True),
        }
        return next(slug for number in count(1) if (slug := stem if number == 1 else f"{stem}-{number}") not in taken)

    def with_state(self) -> models.QuerySet[Any]:
        """Adds where each article stands, in the same query.

        `live_number`, `live_since` and `live_revision` of the edition that is public now (None); `scheduled_for`, when
        the next goes live (None); `is_withdrawn`; `is_printed`, the newest revision is public; `is_signed`, one who
        is not its author approved the newest revision's text; `last_decision` of a reviewer (None).
        """
        edition, review = apps.get_model("articles", "Edition"), apps.get_model("articles", "Review")
        revision = apps.get_model("articles", "Revision")
        own = OuterRef("pk")
        live = edition.objects.live().filter(article=own)
        newest = revision.objects.filter(article=own, is_autosave=False).order_by("-number")
        authors = Byline.objects.filter(article=own).values("contributor")
        reviews = review.objects.filter(revision__article=own).order_by("-decided_at", "-id")
        return self.annotate(
            live_number=Subquery(live.values("number")[:1]),
            live_since=Subquery(live.values("live_from")[:1]),
            live_revision=Subquery(live.values("revision")[:1]),
            newest_revision=Subquery(newest.values("pk")[:1]),
            newest_signed_digest=Subquery(newest.values("signed_digest")[:1]),
            scheduled_for=Subquery(
                edition.objects.scheduled().filter(article=own).order_by("live_from").values("live_from")[:1]
            ),
            is_withdrawn=Exists(edition.objects.at().filter(article=own, kind="withdrawn")),
            is_printed=Exists(live.filter(revision=OuterRef("newest_revision"))),
            is_signed=Exists(
                review.objects.filter(
                    revision__article=own,
                    decision="approved",
                    withdrawn_at=None,
                    signed_digest=OuterRef("newest_signed_digest"),
                ).exclude(reviewer__in=authors)
            ),
            last_decision=Subquery(reviews.values("decision")[:1]),
        )


class Article(models.Model):
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

    objects = ArticleQuerySet.as_manager()

    class Meta:
        ordering = ["-changed_at", "-id"]
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
