"""Revisions of an article: history, comparison, restore, autosave, and who else has it open."""

from datetime import datetime
from itertools import pairwise
from typing import Any

from csp.constants import SELF
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Max, Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_POST, require_safe

from articles.admin import stale_saves
from articles.admin.sign_in import DeskRequest
from articles.admin.site import POLICY, under
from articles.models import Article, Comment, Edition, Image, Review, Revision
from articles.numbers import positive
from articles.publishing import comparison, desk, revisions, snapshot
from articles.views import previews

# The preview stands beside the text, in a frame of the desk's own.
PREVIEW_POLICY = {**POLICY, "frame-ancestors": [SELF]}
SHOWN = 200  # revisions on the page of an article's history


class RevisionViews(admin.ModelAdmin):
    """What `ArticleAdmin` answers below an article's address besides the form and its actions."""

    object_history_template = "admin/articles/article/history.html"

    def get_urls(self) -> list[URLPattern]:
        views = {
            "compare": require_safe(self.compare),
            "preview": under(PREVIEW_POLICY)(xframe_options_sameorigin(require_safe(self.preview))),
            "restore": require_POST(self.restore),
            "discard": require_POST(self.discard),
            "autosave": require_POST(self.autosave),
        }
        own = [
            path(f"<int:pk>/{name}/", self.admin_site.admin_view(view), name=f"articles_article_{name}")
            for name, view in views.items()
        ]
        begin = path("begin/", self.admin_site.admin_view(require_POST(self.begin)), name="articles_article_begin")
        return [begin, *own, *super().get_urls()]

    def _one(self, request: HttpRequest, pk: int, *, to_change: bool = False) -> Article:
        """The article, if the user may see it, or change it."""
        article = get_object_or_404(Article, pk=pk)
        may = self.has_change_permission if to_change else self.has_view_permission
        if not may(request, article):
            raise PermissionDenied
        return article

    @staticmethod
    def _revisions(article: Article, user: Any) -> Any:
        """Saved revisions and this user's own autosaves; other users' autosaves stay private until saved."""
        return article.revisions.filter(Q(is_autosave=False) | Q(by=user)).select_related("by").order_by("-number")

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        article = self._one(request, positive(object_id))
        found = list(self._revisions(article, request.user)[:SHOWN])
        editions: dict[int, list[Edition]] = {}
        for edition in Edition.objects.filter(article=article).order_by("number").defer("body", "search_text"):
            editions.setdefault(edition.revision_id, []).append(edition)
        reviews: dict[int, list[Review]] = {}
        for review in Review.objects.filter(revision__article=article).order_by("decided_at"):
            reviews.setdefault(review.revision_id, []).append(review)
        before = dict(pairwise(found))
        rows = [
            {
                "revision": each,
                "before": before.get(each),
                "editions": editions.get(each.pk, []),
                "reviews": reviews.get(each.pk, []),
            }
            for each in found
        ]
        context = {
            "original": article,
            "rows": rows,
            "can_restore": self.has_change_permission(request, article),
            "threads": Comment.objects.threads().filter(article=article),
        }
        return self._page(request, self.object_history_template, article, f"History of “{article}”", **context)

    def _page(self, request: HttpRequest, template: str, article: Article, title: str, **context: Any) -> HttpResponse:
        shared = {**self.admin_site.each_context(request), "opts": self.opts, "title": title, "original": article}
        return TemplateResponse(request, template, {**shared, **context})

    def compare(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Two saved states, `?old=` and `?new=`; without `new`, the working copy as it is now."""
        article = self._one(request, pk)
        old = self._chosen(request, article, "old")
        new = self._chosen(request, article, "new") if request.GET.get("new") else None
        differences = comparison.compare(old.content, new.content if new else snapshot.content_of(article))
        return self._page(
            request,
            "admin/articles/article/compare.html",
            article,
            f"What changed in “{article}”",
            old=old,
            new=new,
            differences=differences,
            can_restore=self.has_change_permission(request, article),
        )

    def preview(self, request: DeskRequest, pk: int) -> HttpResponse:
        """The draft exactly as it would be published: as it is saved, or (`?typed`) as its reader typed it since, with
        the lead picture that the form has now (`?lead`, empty for none).
        """
        article = self._one(request, pk)
        typed = revisions.unsaved(article, by=request.user) if "typed" in request.GET else None
        content = typed.content if typed else snapshot.content_of(article)
        if "lead" in request.GET:
            lead = Image.objects.filter(pk=positive(request.GET["lead"])).first()
            content = snapshot.with_lead(content, lead)
        revision = Revision(
            article=article,
            number=article.revisions.aggregate(last=Max("number"))["last"] or 0,
            content=content,
            signed_digest=snapshot.signed_digest(content),
            at=article.changed_at,
        )
        response = render(request, "articles/article.html", previews.proof_context(revision))
        add_never_cache_headers(response)
        return previews.unlisted(response)

    def _chosen(self, request: HttpRequest, article: Article, name: str) -> Revision:
        number = positive(request.GET.get(name) or request.POST.get(name) or "")
        chosen: Revision = get_object_or_404(self._revisions(article, request.user), number=number)
        return chosen

    def restore(self, request: DeskRequest, pk: int) -> HttpResponse:
        article = self._one(request, pk, to_change=True)
        if article.deleted_at is not None:
            messages.error(request, desk.DELETED)
            return HttpResponseRedirect(reverse("admin:articles_article_change", args=[article.pk]))
        revision = self._chosen(request, article, "revision")
        kept = revisions.restore(revision, by=request.user)
        revisions.thin(article, by=request.user, keep=0)
        messages.success(
            request,
            f"Revision {revision.number} was restored as revision {kept.number}. The text it replaced is in the "
            "history.",
        )
        return HttpResponseRedirect(reverse("admin:articles_article_change", args=[article.pk]))

    def discard(self, request: DeskRequest, pk: int) -> HttpResponse:
        article = self._one(request, pk, to_change=True)
        revisions.thin(article, by=request.user, keep=0)
        return HttpResponseRedirect(reverse("admin:articles_article_change", args=[article.pk]))

    def autosave(self, request: DeskRequest, pk: int) -> JsonResponse:
        """Keeps what is being typed, and says who else has the article open. Without words it only says who."""
        article = self._one(request, pk, to_change=True)
        based_on, typed = request.POST.get("based_on", ""), revisions.typed_in(request.POST)
        kept = revisions.autosave(article, typed, by=request.user, based_on=based_on) if "body" in typed else None
        revisions.note_open(article, by=request.user)
        others = revisions.others_at(article, by=request.user)
        saved = revisions.saved_since(article, based_on)
        who = stale_saves.who_saved(saved, request.user) if saved else ""
        changed = f"{who[0].upper()}{who[1:]}. When you save, both are merged." if who else ""
        return JsonResponse(
            {
                **_kept_at(kept.at if kept else None),
                "kept": kept.number if kept else None,
                "others": others,
                "saved_since": desk.DELETED if article.deleted_at else changed,
            }
        )

    def begin(self, request: DeskRequest) -> JsonResponse:
        """Makes a draft of a new article's first words, so that they are on the desk before anybody saves.

        Answers where it is written from now on, and what a save of the open form is based on; all null without a word.
        """
        if not self.has_add_permission(request):
            raise PermissionDenied
        article = revisions.begin(
            revisions.typed_in(request.POST), key=request.POST.get("draft_key", ""), by=request.user
        )
        if article is None:
            return JsonResponse({**_kept_at(None), "others": [], "saved_since": "", "change": None})
        revisions.note_open(article, by=request.user)
        kept = revisions.unsaved(article, by=request.user)
        return JsonResponse(
            {
                **_kept_at(timezone.now()),
                "kept": kept.number if kept else None,
                "saved_since": "",
                "others": revisions.others_at(article, by=request.user),
                "change": reverse("admin:articles_article_change", args=[article.pk]),
                "autosave": reverse("admin:articles_article_autosave", args=[article.pk]),
                "based_on": snapshot.digest(snapshot.content_of(article)),
            }
        )


def _kept_at(at: datetime | None) -> dict[str, str | None]:
    """When words were kept; `clock` is what the page says, on the newsroom's clock wherever its editors are."""
    return {"kept_at": at.isoformat() if at else None, "clock": f"{timezone.localtime(at):%H:%M}" if at else None}
