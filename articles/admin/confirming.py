"""Before an action changes what others see: a page that shows the saved text and asks once.

The article's form saves what is on the screen and leads here (`_then`). What the page shows is sent back by its digest.
"""

from typing import Any

from csp.constants import SELF
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_safe

from articles.admin import editorial_status
from articles.admin.deleted import deletion_of
from articles.admin.site import POLICY, under
from articles.models import Article, Edition
from articles.publishing import comparison, snapshot

KEPT = "kept_form"  # in the session: what a form held that was refused, for the next page to show
# What the page of each action is called, and the permission that it needs.
ASKED = {
    "publish": ("Publish “{}”?", "articles.publish_article"),
    "correct": ("Publish “{}” as a correction?", "articles.publish_article"),
    "fix_typo": ("Fix a typo in “{}”", "articles.publish_article"),
    "sign_off": ("Sign off on “{}”?", "articles.sign_off_article"),
    "delete_draft": ("Delete “{}”?", "articles.change_article"),
    "duplicate": ("Use “{}” as a start for a new one?", "articles.add_article"),
    "submit": ("Ask for a medical review of “{}”?", "articles.submit_article"),
}
FRAMING_POLICY = {**POLICY, "frame-src": [SELF]}


def address(article: Article, name: str) -> str:
    """Where a form goes that was saved with `_then`: the preview, the page that asks, or the form again."""
    if name == "preview":
        return reverse("admin:articles_article_preview", args=[article.pk])
    if name in ASKED:
        return reverse("admin:articles_article_confirm", args=[article.pk, name])
    return reverse("admin:articles_article_change", args=[article.pk])


def keep(request: Any, article: Article, name: str) -> None:
    """What a refused form held is shown again by the page that asks."""
    sent = {key: value for key, value in request.POST.items() if key not in ("csrfmiddlewaretoken", "seen")}
    request.session[KEPT] = {"article": article.pk, "name": name, "form": sent}


def _kept(request: Any, article: Article, name: str) -> dict[str, str]:
    kept = request.session.get(KEPT, {})
    if (kept.get("article"), kept.get("name")) != (article.pk, name):
        return {}
    form: dict[str, str] = request.session.pop(KEPT)["form"]
    return form


class Confirming(admin.ModelAdmin):
    """The page that asks, below an article's address."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(under(FRAMING_POLICY)(require_safe(self.confirm)))
        own = path("<int:pk>/confirm/<str:name>/", view, name="articles_article_confirm")
        return [own, *super().get_urls()]

    def confirm(self, request: HttpRequest, pk: int, name: str) -> HttpResponse:
        if name not in ASKED:
            raise Http404
        title, permission = ASKED[name]
        article = get_object_or_404(self.get_queryset(request), pk=pk)
        if not (self.has_view_permission(request, article) and request.user.has_perm(permission)):
            raise PermissionDenied
        kept = _kept(request, article, name)
        context = {
            **self.admin_site.each_context(request),
            **editorial_status.context(article, request.user, kept if name == "sign_off" and kept else None),
            "opts": self.opts,
            "original": article,
            "title": title.format(article.title),
            "form_template": f"admin/articles/article/confirm_{name}.html",
            "kept": kept,
            **deletion_of(article, request.user),
            **_against_the_published(article),
        }
        return TemplateResponse(request, "admin/articles/article/confirm.html", context)

    def after_saving(self, article: Article, name: str) -> HttpResponse:
        return HttpResponseRedirect(address(article, name))


def _against_the_published(article: Article) -> dict[str, Any]:
    """What readers will find changed; None before there is anything that they read."""
    live = Edition.objects.live().filter(article=article).select_related("revision").first()
    if live is None:
        return {"published": None}
    return {"published": live, "differences": comparison.compare(live.revision.content, snapshot.content_of(article))}
