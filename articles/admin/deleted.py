"""Deleting a draft from its page, and putting deleted ones back: from their list, or at once by “Undo”."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.timezone import localtime
from django.views.decorators.http import require_POST

from articles.models import Article
from articles.numbers import positive
from articles.publishing import deletions, revisions
from articles.refusal import Refused

STATE = "deleted"  # by which the list shows them
JUST_DELETED = "deleted_drafts"  # in the session: what the next list offers to undo
PUT_BACK = (
    '<button form="put-back" name="article" value="{}" class="plain">Put back'
    '<span class="visually-hidden"> “{}”</span></button>'
)


def address() -> str:
    """Where the deleted drafts are listed."""
    return f"{reverse('admin:articles_article_changelist')}?state={STATE}"


def is_asked_for(request: HttpRequest) -> bool:
    return request.GET.get("state") == STATE


def offer_undo(request: Any, articles: list[Article]) -> None:
    request.session[JUST_DELETED] = [article.pk for article in articles]


def deletion_of(article: Article, user: Any) -> dict[str, Any]:
    """What a page shows of it."""
    reasons = deletions.against(article, user)
    return {"can_delete": not reasons, "kept_because": reasons}


class DeletedDrafts(admin.ModelAdmin):
    def get_urls(self) -> list[URLPattern]:
        delete, put_back = (
            self.admin_site.admin_view(require_POST(view)) for view in (self.delete_draft, self.put_back)
        )
        return [
            path("<int:pk>/delete-draft/", delete, name="articles_article_delete_draft"),
            path("put-back/", put_back, name="articles_article_put_back"),
            *super().get_urls(),
        ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        manager = Article.everything if is_asked_for(request) else Article.objects
        return manager.with_state()

    def delete_draft(self, request: Any, pk: int) -> HttpResponse:
        article = get_object_or_404(Article, pk=pk)
        if not self.has_change_permission(request, article):
            raise PermissionDenied
        try:
            deletions.delete(article, by=request.user)
        except Refused as refusal:
            for sentence in refusal.problems:
                messages.error(request, sentence)
            return HttpResponseRedirect(reverse("admin:articles_article_change", args=[pk]))
        offer_undo(request, [article])
        return HttpResponseRedirect(reverse("admin:articles_article_changelist"))

    def put_back(self, request: Any) -> HttpResponse:
        if not self.has_change_permission(request):
            raise PermissionDenied
        chosen = [positive(given) for given in request.POST.getlist("article")]
        done = []
        for article in Article.everything.filter(pk__in=filter(None, chosen)):
            try:
                deletions.put_back(article, by=request.user)
            except Refused as refusal:
                for sentence in refusal.problems:
                    messages.error(request, sentence)
            else:
                done.append(article)
        if done:
            what = f"“{done[0]}” is" if len(done) == 1 else f"{len(done)} drafts are"
            messages.success(request, f"{what} back.")
        elif not messages.get_messages(request):
            messages.error(request, "This draft is gone for good.")
        return HttpResponseRedirect(reverse("admin:articles_article_changelist"))

    @admin.display(description="deleted")
    def deleted_when(self, article: Article) -> str:
        """When and by whom, until when it can be put back, and the button that does it."""
        if article.deleted_at is None or (gone_at := deletions.gone_at(article)) is None:
            return "–"
        by = f" by {article.deleted_by.get_full_name() or article.deleted_by}" if article.deleted_by else ""
        return format_html(
            "{}{}<br><small>Goes for good on {}</small> " + PUT_BACK,
            date_format(localtime(article.deleted_at), "F j, Y"),
            by,
            date_format(localtime(gone_at), "F j, Y"),
            article.pk,
            article,
        )

    def changelist_view(self, request: Any, extra_context: Any = None) -> HttpResponse:
        just_deleted = request.session.pop(JUST_DELETED, []) if request.method == "GET" else []
        undo = Article.everything.filter(pk__in=just_deleted).exclude(deleted_at=None) if just_deleted else []
        return super().changelist_view(request, {"undo": undo, **(extra_context or {})})

    def changeform_view(
        self, request: Any, object_id: Any = None, form_url: str = "", extra_context: Any = None
    ) -> Any:
        """A deleted draft has no form; what somebody was typing into it while it was deleted is kept beside it."""
        deleted = Article.everything.exclude(deleted_at=None).filter(pk=positive(object_id or "")).first()
        if deleted is None or not self.has_view_permission(request, deleted):
            return super().changeform_view(request, object_id, form_url, extra_context)
        kept = ""
        if request.method == "POST" and self.has_change_permission(request, deleted):
            typed = revisions.typed_in(request.POST)
            if revisions.autosave(deleted, typed, by=request.user, based_on=request.POST.get("based_on", "")):
                kept = " What you typed is kept with it."
        messages.warning(request, f"“{deleted}” was deleted.{kept} Put it back to go on with it.")
        return HttpResponseRedirect(address())
