"""Contributors: authors and medical reviewers, as readers see them."""

from typing import Any

from django.contrib import admin

from articles.admin.public_texts import PublicTextAdmin
from articles.admin.safeguards import KeepsSafeguards
from articles.models import Contributor
from articles.publishing import safeguards


@admin.register(Contributor)
class ContributorAdmin(KeepsSafeguards, PublicTextAdmin):
    list_display = ["name", "credentials", "role", "is_medical_reviewer", "user"]
    list_filter = ["is_medical_reviewer"]
    list_select_related = ["user"]
    search_fields = ["name", "credentials", "role"]
    when_empty = "No contributors yet. Add the people who write and review, so that articles can name them."
    prepopulated_fields = {"slug": ["name"]}
    named_by_all = ("name", "slug")

    def get_fields(self, request: Any, obj: Any = None) -> Any:
        """Email addresses are for users who request reviews, not for everyone who may look at contributors."""
        account = ("is_medical_reviewer", "user")
        own = [("name", "slug"), ("credentials", "role"), "biography", "interests", account]
        return [*own, "email"] if self.has_change_permission(request, obj) else own

    def get_readonly_fields(self, request: Any, obj: Any = None) -> Any:
        """Who a person is, and how they are reached, is for site administrators: a reviewer vouches by it."""
        own = list(super().get_readonly_fields(request, obj))
        if request.user.has_perm(safeguards.MAY):
            return own
        identity = ["name", "credentials"] if obj is not None and safeguards.is_guarded(obj) else []
        return [*own, *(name for name in (*identity, "is_medical_reviewer", "user", "email") if name not in own)]
