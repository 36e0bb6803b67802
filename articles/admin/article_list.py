"""The list of articles: its columns, filters and searches; what its rows need is looked up for the page at once."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import SEARCH_VAR
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet, prefetch_related_objects
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import Truncator

from articles.admin import deleted, editorial_status
from articles.admin.article_states import QUESTIONS
from articles.admin.bulk import BulkActions
from articles.admin.paginator import LongListPaginator
from articles.admin.saved_filters import SavedFilters
from articles.models import Article, Review, ReviewTask

WORDS_OF_STANDFIRST = 18  # two lines
NOTHING = SafeString('<span class="nothing">–</span>')


class StateFilter(admin.SimpleListFilter):
    title = "status"
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(key, label) for key, (label, _condition) in QUESTIONS.items()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        chosen = self.value()
        return queryset.filter(QUESTIONS[chosen][1]) if chosen in QUESTIONS else queryset


class WhoseFilter(admin.SimpleListFilter):
    title = "assignment"
    parameter_name = "whose"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("mine", "Assigned to me"), ("nobody", "Assigned to no one")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        conditions = {"mine": Q(assigned_to=request.user.pk), "nobody": Q(assigned_to=None)}
        return queryset.filter(conditions.get(self.value() or "", Q()))


class ArticleList(BulkActions, SavedFilters):
    list_display = ["picture", "headline", "state", "writing", "review", "changed"]
    list_display_links = None
    list_filter = [StateFilter, WhoseFilter, "page_type", "section"]
    list_select_related = ["section", "lead_image", "assigned_to", "deleted_by"]
    search_fields = ["title", "standfirst", "body", "byline__contributor__name"]
    when_empty = (
        "No articles yet. Start one above; you can save an incomplete draft. manage.py import_text turns old posts "
        "into drafts."
    )
    date_hierarchy = "changed_at"
    list_per_page = 50

    def get_list_display(self, request: HttpRequest) -> Any:
        is_asked_for = deleted.is_asked_for(request)
        return ["picture", "headline", "writing", "deleted_when"] if is_asked_for else self.list_display

    def get_changelist_instance(self, request: HttpRequest) -> Any:
        """Looks up what the articles on the page need, all at once."""
        found = super().get_changelist_instance(request)
        found.result_list = list(found.result_list)
        prefetch_related_objects(found.result_list, "byline__contributor")
        _add_reviews(found.result_list)
        way_back = self.get_preserved_filters(request)
        for article in found.result_list:
            article.way_back = f"?{way_back}" if way_back else ""
        return found

    def get_paginator(self, request: HttpRequest, queryset: Any, per_page: int, *args: Any, **kwargs: Any) -> Paginator:
        """A search finds an article once for each author, and tells them apart by all columns: a list does not."""
        kind = Paginator if request.GET.get(SEARCH_VAR) else LongListPaginator
        return kind(queryset, per_page, *args, **kwargs)

    @admin.display(description="picture")
    def picture(self, article: Article) -> SafeString:
        if article.lead_image is None:
            return SafeString('<span class="thumb"></span>')
        address = reverse("admin:articles_image_preview", args=[article.lead_image.pk])
        return format_html('<img class="thumb" src="{}" alt="" loading="lazy" width="96" height="64">', address)

    @admin.display(description="title", ordering="title")
    def headline(self, article: Any) -> SafeString:
        address = reverse("admin:articles_article_change", args=[article.pk]) + article.way_back
        where = article.section.name if article.section else article.get_page_type_display()
        begins = Truncator(article.standfirst).words(WORDS_OF_STANDFIRST)
        return format_html(
            '<a href="{}">{}</a><p class="stand">{}</p><small>{}</small>', address, article, begins, where
        )

    @admin.display(description="state")
    def state(self, article: Any) -> SafeString:
        label = editorial_status.status_label(article)
        return format_html('<span class="state {}">{}</span>', label.shape, label.words)

    @admin.display(description="authors", ordering="assigned_to")
    def writing(self, article: Article) -> SafeString:
        """Who is named, and who works on it until when."""
        names = ", ".join(line.contributor.name for line in article.byline.all()) or NOTHING
        if article.assigned_to is None:
            return format_html("{}", names)
        until = f", due {_day(article.due_on)}" if article.due_on else ""
        to = article.assigned_to.get_full_name() or article.assigned_to
        return format_html("{}<br><small>Assigned to {}{}</small>", names, to, until)

    @admin.display(description="review", ordering="review_due_on")
    def review(self, article: Any) -> SafeString:
        """Who is asked; else who signed off, and when that has to be renewed."""
        if article.review_task is not None:
            until = f", due {_day(article.review_task.due_on)}" if article.review_task.due_on else ""
            return format_html("{}<br><small>Asked{}</small>", article.review_task.reviewer, until)
        if article.sign_off is None:
            return NOTHING
        if article.review_due_on is None:
            return format_html("{}", article.sign_off.full_name)
        words = "Review overdue since" if article.review_due_on < timezone.localdate() else "Next review"
        return format_html("{}<br><small>{} {}</small>", article.sign_off.full_name, words, _day(article.review_due_on))

    @admin.display(description="changed", ordering="changed_at")
    def changed(self, article: Article) -> str:
        return date_format(timezone.localtime(article.changed_at), "M j, Y, H:i")


def _add_reviews(articles: Iterable[Any]) -> None:
    """The request for review that is open, and the sign-off: the published version's, else the newest."""
    tasks = ReviewTask.objects.open().filter(article__in=articles).order_by("asked_at", "pk")
    asked = {
        task.article_id: task
        for task in tasks.only("due_on", "article__title", "reviewer__name", "reviewer__credentials")
    }
    signed: dict[int, Review] = {}
    published: dict[int, Review] = {}
    holding = Review.objects.holding().filter(revision__article__in=articles).select_related("revision")
    for review in holding.order_by("decided_at", "pk").only("name", "credentials", "revision__article"):
        signed[review.revision.article_id] = published[review.pk] = review
    for article in articles:
        article.review_task = asked.get(article.pk)
        article.sign_off = published.get(article.live_review) or (signed.get(article.pk) if article.is_signed else None)


def _day(day: Any) -> str:
    return date_format(day, "M j, Y")
