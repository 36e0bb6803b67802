"""Replaces a picture that was pasted from another site with an uploaded file or a picture from the library."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.http import urlencode

from articles.admin.picture_intake import Outcome, receive
from articles.admin.sign_in import DeskRequest
from articles.models import Article, Image
from articles.numbers import positive
from articles.publishing import pictures
from articles.publishing.checks.pictures import about_pasted
from articles.publishing.pictures import PicturesRefused
from articles.richtext import text

OFFERED = 12


class PastedPictures(admin.ModelAdmin):
    """Views for pasted pictures. The server never requests the pasted address."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.import_picture)
        return [path("<int:pk>/import-picture/", view, name="articles_article_import_picture"), *super().get_urls()]

    def import_picture(self, request: DeskRequest, pk: int) -> HttpResponse:
        """Asks for the file of `source`; with one, or with the number of a picture (`by`), puts it in its place."""
        article = get_object_or_404(Article, pk=pk)
        if not self.has_change_permission(request, article) or not request.user.has_perm("articles.add_image"):
            raise PermissionDenied
        source = (request.POST if request.method == "POST" else request.GET).get("source", "")
        outcome = None
        if request.method == "POST":
            picture, outcome = self._picture(request)
            if picture is not None and self._put(request, article, source, picture):
                return HttpResponseRedirect(reverse("admin:articles_image_change", args=[picture.pk]) + _facts(outcome))
        query = request.GET.get("q", "").strip()
        found = Image.objects.with_credit().available()
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": "Add a pasted picture",
            "original": article,
            "source": source,
            "is_there": source in text.raw_images(article.body),
            "outcome": outcome,
            "query": query,
            "candidates": _searched(found, query)[:OFFERED],
        }
        return TemplateResponse(request, "admin/articles/article/import_picture.html", context)

    @staticmethod
    def _picture(request: DeskRequest) -> tuple[Image | None, Outcome | None]:
        if file := request.FILES.get("file"):
            outcome = receive(file, by=request.user, anyway=request.POST.get("anyway") == "1")
            return outcome.image, outcome
        picture = Image.objects.with_credit().filter(pk=positive(request.POST.get("by", ""))).first()
        if picture is None:
            messages.error(request, "Choose a file, or a picture from the library.")
        return picture, None

    @staticmethod
    def _put(request: DeskRequest, article: Article, source: str, picture: Image) -> bool:
        try:
            pictures.bring_in(article, source, picture, by=request.user)
        except PicturesRefused as refusal:
            for sentence in refusal.problems:
                messages.error(request, sentence)
            return False
        messages.success(request, f"Added to “{article}”. Now describe the picture and add its credit.")
        return True


def _searched(found: Any, query: str) -> Any:
    return found.filter(alt__icontains=query) | found.filter(credit__title__icontains=query) if query else found


def _facts(outcome: Outcome | None) -> str:
    return f"?{outcome.query}" if outcome is not None and outcome.query else ""


def ways_in(article: Article) -> dict[str, str]:
    """For each finding about a pasted picture, by its message: the page where the picture is added."""
    page = reverse("admin:articles_article_import_picture", args=[article.pk])
    return {about_pasted(source): f"{page}?{urlencode({'source': source})}" for source in text.raw_images(article.body)}
