"""What several people do on one article's page: comments, who writes it by when, and a review that is taken back."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_POST

from articles.admin.actions import action, day
from articles.models import Article, Comment, ReviewTask
from articles.numbers import positive
from articles.publishing import assignments, comments, deletions, desk
from articles.publishing.desk import DeskRefused
from articles.refusal import Refused

PANEL = "admin/articles/article/comments.html"


class TogetherActions(admin.ModelAdmin):
    def get_urls(self) -> list[URLPattern]:
        views = {
            "comment": self.comment,
            "answer_comment": self.answer_comment,
            "resolve_comment": self.resolve_comment,
            "assign": self.assign,
            "take_back": self.take_back,
        }
        own = [
            path(
                f"<int:pk>/{name.replace('_', '-')}/",
                self.admin_site.admin_view(require_POST(view)),
                name=f"articles_article_{name}",
            )
            for name, view in views.items()
        ]
        return own + super().get_urls()

    # Comments: a script gets the list alone, so that nobody leaves what they are typing ---------------------------

    def comment(self, request: HttpRequest, pk: int) -> HttpResponse:
        def act(article: Article, text: str) -> None:
            revision = desk.keep_revision(article, by=None)
            comments.comment(revision, text, quote=request.POST.get("quote", ""), by=request.user)  # type: ignore[arg-type]

        return self._commented(request, pk, act)

    def answer_comment(self, request: HttpRequest, pk: int) -> HttpResponse:
        def act(article: Article, text: str) -> None:
            comments.answer(self._one_of(article, request), text, by=request.user)  # type: ignore[arg-type]

        return self._commented(request, pk, act)

    def resolve_comment(self, request: HttpRequest, pk: int) -> HttpResponse:
        def act(article: Article, text: str) -> None:
            chosen = self._one_of(article, request)
            if request.POST.get("open"):
                comments.reopen(chosen)
            else:
                comments.resolve(chosen, by=request.user)  # type: ignore[arg-type]

        return self._commented(request, pk, act)

    @staticmethod
    def _one_of(article: Article, request: HttpRequest) -> Comment:
        chosen: Comment = get_object_or_404(article.comments, pk=positive(request.POST.get("comment", "")), parent=None)
        return chosen

    def _commented(self, request: HttpRequest, pk: int, act: Any) -> HttpResponse:
        article = get_object_or_404(Article, pk=pk)
        if not self.has_view_permission(request, article):
            raise PermissionDenied
        problems: tuple[str, ...] = ()
        try:
            deletions.require(article)
            act(article, request.POST.get("text", ""))
        except Refused as refusal:
            problems = tuple(refusal.problems)
        if request.headers.get("X-Part") == "comments":
            context = {
                "original": article,
                "problems": problems,
                "unsent": request.POST if problems else {},
                **context_of(article, request.user),
            }
            return render(request, PANEL, context, status=422 if problems else 200)
        for problem in problems:
            messages.error(request, problem)
        return HttpResponseRedirect(reverse("admin:articles_article_change", args=[article.pk]) + "#comments")

    # Who does what ----------------------------------------------------------------------------------------------------

    @action
    def assign(self, request: Any, article: Article) -> str:
        chosen = positive(request.POST.get("assigned_to", ""))
        to = assignments.writers().filter(pk=chosen).first() if chosen else None
        if request.POST.get("assigned_to") and to is None:
            raise DeskRefused("Choose somebody who may write articles.")
        assignments.assign(article, to, due_on=day(request.POST.get("due_on", "")), by=request.user)
        return f"Assigned to {to.get_full_name() or to.get_username()}." if to else "Assigned to no one."

    @action
    def take_back(self, request: Any, article: Article) -> str:
        assignments.take_back(article, by=request.user)
        return "The request for review was taken back. Links sent for it no longer work."


def context_of(article: Article, user: Any) -> dict[str, Any]:
    """What the page shows of it."""
    threads = list(Comment.objects.threads().filter(article=article))
    return {
        "threads": [
            {"comment": thread, "is_in_text": not thread.quote or comments.is_in(thread.quote, article)}
            for thread in threads
        ],
        "open_comments": sum(thread.resolved_at is None for thread in threads),
        "longest_comment": Comment.LONGEST,
        "longest_quote": Comment.LONGEST_QUOTE,
        "assigned": article.assigned_to,
        "writers": assignments.writers() if user.has_perm("articles.change_article") else [],
        "review_tasks": ReviewTask.objects.open().filter(article=article),
    }
