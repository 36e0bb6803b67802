"""People who write and people who vouch for what was written. Accounts are Django's own users."""

from datetime import timedelta
from typing import Self

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone

CREDENTIALS_ARE_GOOD_FOR = timedelta(days=365)


class ContributorQuerySet(models.QuerySet["Contributor"]):
    def public(self) -> Self:
        """Those who wrote or signed something that is public now."""
        live = apps.get_model("articles", "Edition").objects.live()
        signed = Q(pk__in=live.exclude(review=None).values("review__reviewer"))
        return self.filter(Q(pk__in=live.values("bylines__contributor")) | signed)

    def counted(self) -> Self:
        """Adds what of each is public: `written` and `reviewed`."""
        live = apps.get_model("articles", "Edition").objects.live().articles().order_by()

        def number(person: str) -> Coalesce:
            own = live.filter(**{person: OuterRef("pk")}).values(person)
            return Coalesce(Subquery(own.annotate(number=Count("pk", distinct=True)).values("number")), 0)

        return self.annotate(written=number("bylines__contributor"), reviewed=number("review__reviewer"))

    def reachable(self) -> Self:
        """All but those whose account is closed; most have none."""
        return self.exclude(user__is_active=False)

    def with_credentials_to_check(self) -> Self:
        """Medical reviewers whose credentials nobody checked within a year."""
        checked = Q(credentials_checked_on__gt=timezone.localdate() - CREDENTIALS_ARE_GOOD_FOR)
        due = self.reachable().exclude(credentials="").filter(is_medical_reviewer=True)
        return due.filter(~checked | Q(credentials_checked_on=None))

    def unknown(self) -> Self:
        """Those with neither credentials nor a role: readers cannot tell who they are."""
        return self.filter(credentials="", role="")


class Contributor(models.Model):
    """An author or a medical reviewer, as readers see them."""

    name = models.CharField(max_length=120)
    slug = models.SlugField(max_length=140, unique=True)
    credentials = models.CharField(
        max_length=120, blank=True, help_text="Degrees and titles, for example “MD” or “PT, DPT”."
    )
    role = models.CharField(
        max_length=160, blank=True, help_text="What they do, for example “pain medicine physician”."
    )
    biography = models.TextField(blank=True)
    interests = models.TextField(
        "interests to disclose",
        blank=True,
        help_text="Payments, shares or employment that could influence them. Write “None” if there are none.",
    )
    credentials_checked_on = models.DateField(
        "credentials checked on",
        null=True,
        blank=True,
        help_text="The day someone compared them with the register or the degree. Readers see it. Due once a year.",
    )
    credentials_checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )
    is_medical_reviewer = models.BooleanField(default=False)
    email = models.EmailField(
        "email address",
        blank=True,
        help_text="Where we send review requests. Never shown to readers. Use an address that only this person reads.",
    )
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="contributor",
        verbose_name="user",
        help_text="The user they sign in as, if any.",
    )

    objects = ContributorQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(credentials_checked_by__isnull=True) | Q(credentials_checked_on__isnull=False),
                name="contributor_credentials_checked_on_a_day",
            )
        ]

    def __str__(self) -> str:
        return self.full_name

    def get_absolute_url(self) -> str:
        return reverse("person", args=[self.slug])

    @property
    def is_known(self) -> bool:
        """Whether readers can tell who they are: the opposite of `unknown` for one row."""
        return bool(self.credentials or self.role)

    @property
    def initials(self) -> str:
        """Of the first and the last of their names, where there is no face to show."""
        names = self.name.split()
        return "".join(name[:1].upper() for name in (names[:1] + names[1:][-1:]))

    @property
    def full_name(self) -> str:
        """Name and credentials in one line: "Tomas Reyk, MD"."""
        return f"{self.name}, {self.credentials}" if self.credentials else self.name
