"""Contributors: authors and medical reviewers, as readers see them."""

from typing import Any

from django.contrib import admin

from articles.admin.safeguards import KeepsSafeguards
from articles.models import Contributor
from articles.publishing import safeguards


@admin.register(Contributor)
class ContributorAdmin(KeepsSafeguards):
    list_display = ["name", "credentials", "role", "is_medical_reviewer", "user"]
    list_filter = ["is_medical_reviewer"]
    list_select_related = ["user"]
    search_fields = ["name", "credentials", "role"]
    when_empty = "No contributors yet. Add the people who write and review, so that articles can name them."
    prepopulated_fields = {"slug": ["name"]}
    actions = None

    def get_fields(self, request: Any, obj: Any = None) -> Any:
        """Email addresses are for users who request reviews, not for everyone who may look at contributors."""
        account = ("is_medical_reviewer", "user")
        own = [("name", "slug"), ("credentials", "role"), "biography", "interests", account]
        return [*own, "email"] if self.has_change_permission(request, obj) else own

    def get_readonly_fields(self, request: Any, obj: Any = None) -> Any:
        """Who a person is, and how they are reached, is for site administrators: a reviewer vouches by it."""
        if request.user.has_perm(safeguards.MAY):
            return []
        identity = ["name", "credentials"] if obj is not None and safeguards.is_guarded(obj) else []
        return [*identity, "is_medical_reviewer", "user", "email"]

    def get_prepopulated_fields(self, request: Any, obj: Any = None) -> dict[str, Any]:
        """A contributor's web address never changes."""
        return {} if obj else super().get_prepopulated_fields(request, obj)
