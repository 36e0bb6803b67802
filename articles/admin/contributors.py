"""Contributors: authors and medical reviewers, as readers see them."""

from datetime import date
from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone

from articles.admin.public_texts import PublicTextAdmin, PublicTextForm
from articles.admin.safeguards import KeepsSafeguards
from articles.models import Contributor
from articles.publishing import public_texts, safeguards


class ContributorForm(PublicTextForm):
    def clean_credentials_checked_on(self) -> date | None:
        day: date | None = self.cleaned_data["credentials_checked_on"]
        if day and day > timezone.localdate():
            raise ValidationError("This day is in the future. Enter the day they were checked.")
        return day


class CredentialsFilter(admin.SimpleListFilter):
    title = "credentials"
    parameter_name = "credentials"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("due", "Reviewers to check")]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        return queryset.with_credentials_to_check() if self.value() == "due" else queryset


@admin.register(Contributor)
class ContributorAdmin(KeepsSafeguards, PublicTextAdmin):
    form = ContributorForm
    list_display = ["name", "credentials", "credentials_checked_on", "role", "is_medical_reviewer", "user"]
    list_filter = ["is_medical_reviewer", CredentialsFilter]
    list_select_related = ["user"]
    search_fields = ["name", "credentials", "role"]
    when_empty = "No contributors yet. Add the people who write and review, so that articles can name them."
    prepopulated_fields = {"slug": ["name"]}
    named_by_all = ("name", "slug")

    def get_fields(self, request: Any, obj: Any = None) -> Any:
        """Email addresses are for users who request reviews, not for everyone who may look at contributors."""
        account = ("is_medical_reviewer", "user")
        checked = ("credentials_checked_on", "checked_by")
        own = [("name", "slug"), ("credentials", "role"), checked, "biography", "interests", account]
        return [*own, "email"] if self.has_change_permission(request, obj) else own

    def get_readonly_fields(self, request: Any, obj: Any = None) -> Any:
        """Who a person is, and how they are reached, is for site administrators: a reviewer vouches by it."""
        own = [*super().get_readonly_fields(request, obj), "checked_by"]
        if not public_texts.may_change(request.user):
            own.append("credentials_checked_on")
        if request.user.has_perm(safeguards.MAY):
            return own
        identity = ["name", "credentials"] if obj is not None and safeguards.is_guarded(obj) else []
        return [*own, *(name for name in (*identity, "is_medical_reviewer", "user", "email") if name not in own)]

    @admin.display(description="Checked by")
    def checked_by(self, contributor: Contributor) -> str:
        by = contributor.credentials_checked_by
        return (by.get_full_name() or by.get_username()) if by else ""
