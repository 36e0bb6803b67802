"""What the editor’s link dialog finds on this site: live articles, topics, medicines, words, people and other pages."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, JsonResponse
from django.urls import URLPattern, path
from django.views.decorators.http import require_safe

from articles.models import Edition
from articles.search.things import suggested

MOST = 8  # of articles, and of everything else


class LinkTargets(admin.ModelAdmin):
    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(require_safe(self.link_targets))
        return [path("link-targets/", view, name="articles_link_targets"), *super().get_urls()]

    def link_targets(self, request: HttpRequest) -> JsonResponse:
        """Only what readers can open: a link to a draft would lead nowhere."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        typed = request.GET.get("q", "").replace("\x00", "").strip()[:200]
        if not typed:
            return JsonResponse({"targets": []})
        found: Any = Edition.objects.live().articles().filter(title__icontains=typed).order_by("-live_from")[:MOST]
        targets = [("Article", edition.title, edition.get_absolute_url()) for edition in found]
        targets += [(thing.kind, thing.name, thing.url) for thing in suggested(typed, most=MOST)]
        return JsonResponse({"targets": [dict(zip(("kind", "name", "url"), each, strict=True)) for each in targets]})
