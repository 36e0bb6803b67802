"""SafeguardChange: a change of who may vouch for medicine, or of what a section requires, and when it takes effect.

SettledAccount: what a reviewer's account is opened with, as it was when that last settled.
"""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db import models
from django.db.models import F, Max, Q
from django.utils import timezone
from django_otp.plugins.otp_totp.models import TOTPDevice

from articles.models.people import Contributor
from articles.models.taxonomy import Section

# What a reviewer is known by, and how they are reached: every change of it waits.
IDENTITY = ("email", "user", "name", "credentials", "is_medical_reviewer")
# What the account that a reviewer signs by is opened with: changed already, and it has to settle.
ADDRESS, PASSWORD, SECOND_STEP = "address", "password", "second_step"
ACCOUNT = (ADDRESS, PASSWORD, SECOND_STEP)
# What a section requires of its articles.
RULES = ("requires_review", "requires_references", "requires_risks", "review_months")


class SafeguardChangeQuerySet(models.QuerySet["SafeguardChange"]):
    def open(self) -> "SafeguardChangeQuerySet":
        """Those that neither took effect nor were stopped."""
        return self.filter(applied_at=None, stopped_at=None)

    def account_settles_at(self, reviewer: Contributor) -> datetime | None:
        """When a reviewer can sign off again after a change of their account; None if they can now."""
        waiting = self.open().filter(contributor=reviewer, field__in=ACCOUNT)
        return waiting.aggregate(last=Max("takes_effect_at"))["last"]


class SafeguardChange(models.Model):
    """One value of one contributor or section. A second person confirms it, or a day passes and nobody stops it."""

    contributor = models.ForeignKey(Contributor, models.PROTECT, null=True, related_name="safeguard_changes")
    section = models.ForeignKey(Section, models.PROTECT, null=True, related_name="safeguard_changes")
    field = models.CharField(max_length=30)
    was = models.TextField("from", blank=True)
    becomes = models.TextField("to", blank=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    takes_effect_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    stopped_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        help_text="Empty if it was stopped by the link in the email.",
    )
    stopped_at = models.DateTimeField(null=True)
    applied_at = models.DateTimeField("took effect", null=True)

    objects = SafeguardChangeQuerySet.as_manager()

    class Meta:
        verbose_name = "safeguard change"
        ordering = ["-asked_at", "-id"]
        permissions = [("ask_safeguardchange", "Can change who reviews and what sections require")]
        constraints = [
            models.CheckConstraint(
                condition=Q(contributor__isnull=False, section__isnull=True, field__in=(*IDENTITY, *ACCOUNT))
                | Q(contributor__isnull=True, section__isnull=False, field__in=RULES),
                name="safeguard_change_of_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True, confirmed_at__isnull=True)
                | (Q(confirmed_by__isnull=False, confirmed_at__isnull=False) & ~Q(confirmed_by=F("asked_by"))),
                name="safeguard_change_takes_two",
            ),
            models.CheckConstraint(
                condition=Q(applied_at__isnull=True)
                | Q(confirmed_at__isnull=False, stopped_at__isnull=True)
                | Q(applied_at__gte=F("takes_effect_at"), stopped_at__isnull=True),
                name="safeguard_change_in_force_by_right",
            ),
            models.CheckConstraint(
                condition=Q(stopped_by__isnull=True) | Q(stopped_at__isnull=False), name="safeguard_change_stop_dated"
            ),
            models.UniqueConstraint(
                fields=["contributor", "field"],
                condition=Q(applied_at__isnull=True, stopped_at__isnull=True, contributor__isnull=False),
                name="safeguard_change_one_open_contributor",
            ),
            models.UniqueConstraint(
                fields=["section", "field"],
                condition=Q(applied_at__isnull=True, stopped_at__isnull=True, section__isnull=False),
                name="safeguard_change_one_open_section",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject}: {self.label}"

    @property
    def subject(self) -> Contributor | Section:
        return self.contributor or self.section  # type: ignore[return-value]  # a constraint says that it has one

    @property
    def is_anonymous(self) -> bool:
        """Whether it is a change of an account that nobody signed in for: one's own is none that waits."""
        return self.field in ACCOUNT and self.contributor is not None and self.asked_by_id == self.contributor.user_id

    @property
    def label(self) -> str:
        if self.field in ACCOUNT:
            return "account"
        return str(self.subject._meta.get_field(self.field).verbose_name)  # type: ignore[union-attr]

    @property
    def state(self) -> str:
        if self.applied_at:
            return "In effect"
        return "Stopped" if self.stopped_at else "Waiting"


class SettledAccountQuerySet(models.QuerySet["SettledAccount"]):
    def begin(self, reviewer: Contributor) -> None:
        """What the account of somebody who becomes a reviewer is opened with now counts as settled."""
        if reviewer.user is not None:
            self.update_or_create(contributor=reviewer, defaults={"user": reviewer.user, **opened_with(reviewer.user)})

    def settle(self, reviewer: Contributor, field: str, value: str) -> None:
        self.filter(contributor=reviewer, user=reviewer.user).update(**{field: value})

    def differing(self, only: Contributor | None = None) -> list[tuple[Contributor, str, str]]:
        """What a reviewer's account is opened with and never settled: whose, which field, and its value now.

        An account without a usable password is opened by nobody.
        """
        reviewers = Contributor.objects.filter(is_medical_reviewer=True, user__isnull=False).select_related("user")
        reviewers = reviewers.exclude(user__password__startswith=UNUSABLE_PASSWORD_PREFIX).order_by("pk")
        if only is not None:
            reviewers = reviewers.filter(pk=only.pk)
        apps = TOTPDevice.objects.filter(confirmed=True, user__contributor__in=reviewers).order_by("user")
        keys = dict(apps.values_list("user").annotate(key=Max("key")))
        settled: dict[tuple[int, int | None], SettledAccount] = {(row.contributor_id, row.user_id): row for row in self}
        return [
            (reviewer, field, value)
            for reviewer in reviewers
            for field, value in {PASSWORD: reviewer.user.password, SECOND_STEP: keys.get(reviewer.user_id, "")}.items()  # type: ignore[union-attr]
            if getattr(settled.get((reviewer.pk, reviewer.user_id)), field, None) != value
        ]


class SettledAccount(models.Model):
    """What a reviewer's account was opened with when that last settled. The guard of reviews compares it."""

    contributor = models.OneToOneField(Contributor, models.CASCADE, related_name="settled_account")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    password = models.CharField(max_length=128, help_text="As Django keeps it: its hash.")
    second_step = models.CharField(max_length=80, blank=True, help_text="The key of the authenticator app, or nothing.")

    objects = SettledAccountQuerySet.as_manager()

    def __str__(self) -> str:
        return f"the account of {self.contributor}"


def opened_with(user: Any) -> dict[str, str]:
    """The password as Django keeps it, and the key of the confirmed authenticator app, empty without one."""
    apps = TOTPDevice.objects.filter(user=user, confirmed=True)
    return {PASSWORD: user.password, SECOND_STEP: apps.aggregate(key=Max("key"))["key"] or ""}
