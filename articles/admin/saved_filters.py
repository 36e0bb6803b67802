"""Filters of the list of articles that somebody named: kept for that person, above the list, deleted there."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_POST

from articles.models import SavedFilter
from articles.numbers import positive

PASSING = ("p", "e", "_facets")  # of a list's address: what is no part of a filter
MOST = 20  # of one person


def _filter_in(query: QueryDict) -> str:
    """The same filters are the same words, whatever their order."""
    kept = QueryDict(mutable=True)
    for name in sorted(query.keys() - set(PASSING)):
        kept.setlist(name, [value for value in query.getlist(name) if value])
    return kept.urlencode()


class SavedFilters(admin.ModelAdmin):
    def get_urls(self) -> list[URLPattern]:
        save, forget = (
            self.admin_site.admin_view(require_POST(view)) for view in (self.save_filter, self.delete_filter)
        )
        return [
            path("filters/save/", save, name="articles_article_save_filter"),
            path("filters/delete/", forget, name="articles_article_delete_filter"),
            *super().get_urls(),
        ]

    def changelist_view(self, request: Any, extra_context: Any = None) -> HttpResponse:
        present = _filter_in(request.GET)
        saved = list(request.user.saved_filters.all()) if request.user.is_authenticated else []
        context = {
            "saved_filters": saved,
            "present_filter": present,
            "is_saved": next((each for each in saved if each.query == present), None),
        }
        return super().changelist_view(request, {**context, **(extra_context or {})})

    def save_filter(self, request: Any) -> HttpResponse:
        """A name that is there already gets the new filters."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        name = " ".join(request.POST.get("name", "").replace("\x00", "").split())
        query = _filter_in(QueryDict(request.POST.get("query", "")[:2000]))
        own = request.user.saved_filters
        if not name or not query:
            messages.error(request, "Choose filters or search first, then give them a name.")
        elif len(name) > SavedFilter.LONGEST_NAME or len(query) > SavedFilter.LONGEST_QUERY:
            messages.error(request, "The name or the search is too long to keep.")
        elif own.exclude(name=name).count() >= MOST:
            messages.error(request, f"You have {MOST} saved filters. Delete one first.")
        else:
            own.update_or_create(name=name, defaults={"query": query})
            messages.success(request, f"Saved as “{name}”.")
        return _back(query)

    def delete_filter(self, request: HttpRequest) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        SavedFilter.objects.filter(user=request.user.pk, pk=positive(request.POST.get("filter", ""))).delete()
        return _back("")


def _back(query: str) -> HttpResponse:
    address = reverse("admin:articles_article_changelist")
    return HttpResponseRedirect(f"{address}?{query}" if query else address)
