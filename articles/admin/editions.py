"""What was printed and who signed it: to be read here, never changed."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse

from articles.models import Edition, Review, ReviewAnswer
from articles.views.article_page import page_context


class ReadOnlyAdmin(admin.ModelAdmin):
    """History: nothing is added, changed or deleted here, whatever somebody may do elsewhere."""

    actions: Any = None

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Edition)
class EditionAdmin(ReadOnlyAdmin):
    list_display = ["title", "number", "kind", "live_from", "live_until", "section", "by"]
    list_filter = ["kind", "page_type", "section"]
    list_select_related = ["section", "by"]
    search_fields = ["title", "slug"]
    when_empty = "Nothing is published yet. Every version that readers see is kept here for good."
    date_hierarchy = "live_from"
    fields = [
        "title",
        ("number", "kind"),
        ("live_from", "live_until"),
        "note",
        "by",
        ("page_type", "section"),
        "review",
    ]

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        context |= {"printed": page_context(context["original"], in_place=False, is_private=True)}
        return super().render_change_form(request, context, *args, **kwargs)


class AnswerInline(admin.TabularInline):
    """A part of the review: who may read that may read them."""

    model = ReviewAnswer
    fields = ["subject", "sentence", "why", "answer", "note"]
    extra = 0
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return bool(request.user.has_perm("articles.view_review"))


@admin.register(Review)
class ReviewAdmin(ReadOnlyAdmin):
    list_display = ["article", "full_name", "decision", "decided_at", "due_on"]
    list_filter = ["decision"]
    when_empty = "No reviews yet. Ask a medical reviewer on an article’s page; their decisions appear here."
    list_select_related = ["revision__article"]
    fields = ["article", "name", "credentials", "interests", "decision", "comments", "decided_at", "due_on"]
    inlines = [AnswerInline]

    @admin.display(description="article")
    def article(self, review: Review) -> str:
        return f"{review.revision.article} (revision {review.revision.number})"
