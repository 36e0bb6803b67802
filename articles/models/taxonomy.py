"""Where an article belongs: its section (Conditions, Treatments, News) and its topics, which form a tree."""

from collections.abc import Collection, Iterable, Iterator
from typing import Any, Self

from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import Resolver404, resolve, reverse

from articles import site_pages
from articles.models.page_type import PAGE


class Section(models.Model):
    """A part of the publication, and what its articles must bring before they can be printed."""

    REVIEW_MONTHS = 24

    name = models.CharField(max_length=60, unique=True)
    slug = models.SlugField(unique=True)
    position = models.PositiveSmallIntegerField(default=0, help_text="Order in the menu and on the home page.")
    summary = models.CharField(max_length=200, blank=True, help_text="One sentence under the section’s name.")
    requires_review = models.BooleanField("requires a medical review", default=True)
    requires_references = models.BooleanField("requires references", default=True)
    review_months = models.PositiveSmallIntegerField(
        "months until the next review",
        default=REVIEW_MONTHS,
        validators=[MinValueValidator(1), MaxValueValidator(120)],
        help_text="After this many months a sign-off is overdue, and the page says so.",
    )
    requires_risks = models.BooleanField("requires headings on benefits and risks", default=False)

    class Meta:
        ordering = ["position", "name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("section", args=[self.slug])

    def clean(self) -> None:
        """A section’s address is no other page’s: not one of the program’s, nor one about the site itself."""
        page = Q(page_type=PAGE, slug=self.slug)
        is_written = apps.get_model("articles", "Article").everything.filter(page).exists()
        is_page = is_written or apps.get_model("articles", "Edition").objects.filter(page).exists()
        if is_page or self.slug in site_pages.BY_SLUG or is_fixed(self.slug):
            raise ValidationError({"slug": f"“/{self.slug}/” is the address of another page. Choose a different one."})


def is_fixed(slug: str) -> bool:
    """Whether a page of the program is at an address of the form of a section’s."""
    try:
        return resolve(f"/{slug}/").url_name != "section"
    except Resolver404:
        return True


class TopicQuerySet(models.QuerySet["Topic"]):
    def with_live(self) -> Self:
        """Adds `has_hub`, whether its topic page is public now, and `is_live`, whether that is or an article printed
        under this very topic.
        """
        live = apps.get_model("articles", "Edition").objects.live().order_by()
        under, hub = live.articles().filter(filed_under__topic=OuterRef("pk")), live.filter(hub_of=OuterRef("pk"))
        return self.annotate(has_hub=Exists(hub), is_live=Exists(under) | Exists(hub))

    def of(self, editions: models.QuerySet[Any]) -> Self:
        """Those under which some of the editions were printed."""
        return self.filter(Exists(editions.order_by().filter(filed_under__topic=OuterRef("pk"))))

    def in_section(self, section: Section) -> list["Topic"]:
        """The subjects of a section that have something public in them or beneath them. Two queries."""
        live = apps.get_model("articles", "Edition").objects.live().in_section(section)
        filed, tree = set(self.of(live).values_list("pk", flat=True)), self.tree()
        return [topic for topic in tree if tree.is_shown(topic) and tree.belongs_to(topic, section, filed)]

    def tree(self) -> "TopicTree":
        """Every topic in its place, in one query."""
        return TopicTree(self.with_live())


# Each a drawing in templates/articles/icons/.
ICONS = [
    ("head", "Head"),
    ("spine", "Spine"),
    ("nerve", "Nerve"),
    ("body", "Whole body"),
    ("capsule", "Medicine"),
    ("walk", "Movement"),
    ("needle", "Needle"),
    ("device", "Device"),
    ("alert", "Warning"),
]


class Topic(models.Model):
    """What an article is about, across sections. What is filed under a topic is also found under those above it."""

    name = models.CharField(max_length=80, unique=True)
    slug = models.SlugField("address", unique=True)
    definition = models.CharField(
        max_length=300, blank=True, help_text="One or two sentences, shown at the top of its page."
    )
    synonyms = models.JSONField(
        "other names", default=list, blank=True, help_text="Other words people may search for, one per line."
    )
    mesh_id = models.CharField(
        "MeSH ID",
        max_length=10,
        blank=True,
        validators=[RegexValidator(r"^[DC]\d{6,9}\Z", "A MeSH ID is a letter and a number, for example D009437.")],
        help_text="The same concept in the Medical Subject Headings of the US National Library of Medicine.",
    )
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name="parent topic"
    )
    medicines = models.ManyToManyField(
        "articles.Drug", blank=True, related_name="topics", help_text="Shown on the topic’s page once they are checked."
    )
    section = models.ForeignKey(
        Section,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text="Whose A to Z lists it. Empty: as the topic above it, or every section with articles about it.",
    )

    place = models.CharField(
        "on the home page",
        max_length=10,
        blank=True,
        choices=[("where", "Under “Where does it hurt?”"), ("help", "Under “What may help”")],
        help_text="Shown there while something is published under it.",
    )
    icon = models.CharField(
        max_length=10,
        blank=True,
        choices=ICONS,
        help_text="Its drawing on the home page and its section’s. Empty: as the topic above it.",
    )

    objects = TopicQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")),
                name="topic_not_under_itself",
                violation_error_message="A topic can’t be its own parent.",
            ),
            models.UniqueConstraint(
                fields=["mesh_id"],
                condition=~Q(mesh_id=""),
                name="topic_mesh_id_once",
                violation_error_message="Another topic has this MeSH ID.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("topic", args=[self.slug])

    def also_called(self) -> list[str]:
        """Its other names, under which an A to Z and a search find it too."""
        return list(self.synonyms)

    @property
    def mesh_url(self) -> str:
        return f"https://id.nlm.nih.gov/mesh/{self.mesh_id}" if self.mesh_id else ""

    def clean(self) -> None:
        """The tree has no circles; `guards` say so in the database too."""
        if self.parent_id and self.pk and any(above.pk == self.pk for above in Topic.objects.tree().path(self.parent)):
            message = f"“{self.parent}” is already under “{self.name}”, so it can’t be its parent."
            raise ValidationError({"parent": message})


class TopicTree:
    """Topics by what they stand under. Reads what it was given and asks the database nothing more."""

    def __init__(self, topics: Iterable[Topic]) -> None:
        self._known = {topic.pk: topic for topic in topics}
        self._under: dict[int | None, list[Topic]] = {}
        for topic in self._known.values():
            self._under.setdefault(topic.parent_id, []).append(topic)

    def __iter__(self) -> Iterator[Topic]:
        return iter(self._known.values())

    def find(self, slug: str) -> Topic | None:
        return next((topic for topic in self._known.values() if topic.slug == slug), None)

    def under(self, topic: Topic | None) -> list[Topic]:
        """Those directly under a topic (the roots, under None) with something public in them or beneath them."""
        return [one for one in self._under.get(topic.pk if topic else None, []) if self.is_shown(one)]

    def whole(self, topic: Topic) -> list[Topic]:
        """A topic and everything beneath it."""
        found = [topic]
        for one in found:
            found += [child for child in self._under.get(one.pk, []) if child not in found]
        return found

    def path(self, topic: Topic | None) -> list[Topic]:
        """From the root down to a topic."""
        found: list[Topic] = []
        while topic is not None and topic not in found:
            found.insert(0, topic)
            topic = self._known.get(topic.parent_id or 0)
        return found

    def belongs_to(self, topic: Topic, section: Section, filed: Collection[int]) -> bool:
        """Whether a topic is a subject of a section: as it says, or the nearest above it that does; if none does, by
        whether the section has articles about it, which are filed under the topics with the ids `filed`.
        """
        stated = self.section_id(topic)
        if stated is not None:
            return bool(stated == section.pk)
        return any(below.pk in filed for below in self.whole(topic))

    def section_id(self, topic: Topic) -> int | None:
        """Of the section that a topic, or the nearest above it, says to be its own."""
        return next((above.section_id for above in reversed(self.path(topic)) if above.section_id), None)

    def is_shown(self, topic: Topic) -> bool:
        return any(getattr(one, "is_live", False) for one in self.whole(topic))
