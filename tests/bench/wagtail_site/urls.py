"""Pages by Wagtail's tree, and a search."""

from django.shortcuts import render
from django.urls import include, path
from wagtail import urls

from tests.bench.wagtail_site.models import ArticlePage


def search(request):
    found = ArticlePage.objects.live().search(request.GET.get("q", ""))[:20]
    return render(request, "list.html", {"articles": found})


urlpatterns = [path("search/", search), path("", include(urls))]
