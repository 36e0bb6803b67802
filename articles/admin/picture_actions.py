"""Actions on a published picture: replace it everywhere, take it down after a rights claim, restore it; and delete one
that was never used.
"""

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_POST

from articles.admin.picture_intake import lacking
from articles.admin.sign_in import DeskRequest
from articles.models import Image
from articles.numbers import positive
from articles.publishing import pictures

OFFERED = 24  # pictures to choose from


class PictureActions(admin.ModelAdmin):
    """Two pages that show what an action will change, with the buttons to run it. `publishing` decides."""

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        own = [
            path("<int:pk>/replace/", wrap(self.replace), name="articles_image_replace"),
            path("<int:pk>/take-down/", wrap(self.take_down), name="articles_image_take_down"),
            path("<int:pk>/restore/", wrap(require_POST(self.restore)), name="articles_image_restore"),
            path("<int:pk>/delete-unused/", wrap(self.delete_unused), name="articles_image_delete_unused"),
        ]
        return own + super().get_urls()

    def replace(self, request: DeskRequest, pk: int) -> HttpResponse:
        """Choose the replacement (`?q=`), see what changes (`?by=`), and POST to do it."""
        image = self._one(request, pk)
        sent = request.POST if request.method == "POST" else request.GET
        chosen = Image.objects.with_credit().filter(pk=positive(sent.get("by", ""))).first()
        if request.method == "POST" and chosen is not None:
            message = f"“{chosen}” now appears everywhere “{image}” did."
            if self._done(request, image, lambda: pictures.replace(image, chosen, by=request.user), message):
                return _to(chosen)
            return _to(image)
        query = request.GET.get("q", "").strip()
        found, _distinct = self.get_search_results(request, Image.objects.with_credit().available(), query)
        context = {"chosen": chosen, "query": query, "candidates": found.exclude(pk=image.pk)[:OFFERED]}
        return self._page(request, "replace", image, f"Replace “{image}” everywhere", **context)

    def take_down(self, request: DeskRequest, pk: int) -> HttpResponse:
        image = self._one(request, pk)
        reason = request.POST.get("reason", "")
        if request.method == "POST":
            message = "Taken down. No page, feed or file shows it. You can restore it below."
            if self._done(request, image, lambda: pictures.withdraw(image, by=request.user, reason=reason), message):
                return _to(image)
        return self._page(request, "take_down", image, f"Take down “{image}”", reason=reason)

    def restore(self, request: DeskRequest, pk: int) -> HttpResponse:
        image = self._one(request, pk)
        message = "Restored everywhere its credit is complete."
        self._done(request, image, lambda: pictures.restore(image, by=request.user), message)
        return _to(image)

    def delete_unused(self, request: DeskRequest, pk: int) -> HttpResponse:
        """Asks, or says why not; a POST deletes it."""
        image = get_object_or_404(Image.objects.with_credit(), pk=pk)
        if not self.has_change_permission(request, image):
            raise PermissionDenied
        problems = pictures.why_kept(image, by=request.user)
        if request.method != "POST" or problems:
            return self._page(request, "delete", image, f"Delete “{image}”?", problems=problems)
        name, deleted = str(image), Image.objects.filter(pk=pk)
        self.log_deletions(request, deleted)
        pictures.delete(image, by=request.user)
        messages.success(request, f"Deleted “{name}”.")
        return HttpResponseRedirect(reverse("admin:articles_image_changelist"))

    def _one(self, request: DeskRequest, pk: int) -> Image:
        image = get_object_or_404(Image.objects.with_credit(), pk=pk)
        if not self.has_change_permission(request, image) or not request.user.has_perm("articles.publish_article"):
            raise PermissionDenied
        return image

    def _done(self, request: HttpRequest, image: Image, do: Callable[[], Any], message: str) -> bool:
        """Runs the action and logs it, or shows why it was refused."""
        try:
            event = do()
        except pictures.PicturesRefused as refusal:
            for sentence in refusal.problems:
                messages.error(request, sentence)
            return False
        self.log_change(
            request, image, f"{event.get_kind_display()}. {event.reason or event.replacement or ''}".strip()
        )
        messages.success(request, message)
        return True

    def _page(self, request: HttpRequest, name: str, image: Image, title: str, **context: Any) -> HttpResponse:
        shared = {**self.admin_site.each_context(request), "opts": self.opts, "title": title, "image": image}
        shared |= {"usage": pictures.usage(image)}
        return TemplateResponse(request, f"admin/articles/image/{name}.html", {**shared, **context})


def beside(image: Image, user: Any) -> dict[str, Any]:
    """The side column of a picture's page: whether readers see it, where it is used, what happened to it."""
    usage = pictures.usage(image)
    return {
        "lacks": lacking(getattr(image, "credit", None)),
        "usage": usage,
        "may_delete": not usage.is_anywhere and user.has_perm("articles.change_image"),
        "events": image.events.select_related("by", "replacement__credit"),
        "stands_in_for": image.stands_in_for.select_related("credit"),
        "may_print": user.has_perm("articles.publish_article") and user.has_perm("articles.change_image"),
    }


def _to(image: Image) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("admin:articles_image_change", args=[image.pk]))
