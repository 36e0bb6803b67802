"""What an article’s screen asks while somebody types: what the checks say of words that nobody has saved."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, JsonResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.urls import URLPattern, path
from django.utils import timezone
from django.views.decorators.http import require_POST

from articles.admin import editorial_status
from articles.models import Article
from articles.publishing import checks, revisions


class UnsavedChecks(admin.ModelAdmin):
    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(require_POST(self.findings))
        return [path("<int:pk>/findings/", view, name="articles_article_findings"), *super().get_urls()]

    def findings(self, request: HttpRequest, pk: int) -> JsonResponse:
        """The list of findings on the words that were sent, and how many errors are in it. Nothing is written."""
        articles = Article.objects.with_state().select_related("section", "hub_of")
        article = get_object_or_404(articles, pk=pk)
        if not self.has_change_permission(request, article):
            raise PermissionDenied
        typed = revisions.typed_in(request.POST)
        for name, words in revisions.content_with({}, typed).items():
            setattr(article, name, words)
        draft = checks.Draft.of(article, at=article.scheduled_for)
        checked = editorial_status.checked(draft, request.user)
        context = {
            "status": checked | editorial_status.signing(request.user),
            "original": article,
            "is_unsaved": True,
            "has_change_permission": True,
        }
        return JsonResponse(
            {
                "list": render_to_string("admin/articles/article/checks.html", context, request=request),
                "errors": checked["errors"],
                "clock": f"{timezone.localtime():%H:%M}",
            }
        )
