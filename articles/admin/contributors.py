"""Contributors: authors and medical reviewers, as readers see them."""

from typing import Any

from django.contrib import admin

from articles.admin.public_texts import PublicTextAdmin
from articles.models import Contributor


@admin.register(Contributor)
class ContributorAdmin(PublicTextAdmin):
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
