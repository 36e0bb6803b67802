"""What is pasted into an article’s text, read by the importer before it goes in."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, JsonResponse
from django.urls import URLPattern, path
from django.views.decorators.http import require_POST

from articles.importing import pasting
from articles.models import Article
from articles.refusal import Refused

SHOWN = 200  # characters of each part that the account names


class PasteIsImport(admin.ModelAdmin):
    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(require_POST(self.read_paste))
        return [path("read-paste/", view, name="articles_read_paste"), *super().get_urls()]

    def read_paste(self, request: HttpRequest) -> JsonResponse:
        """The clipboard’s `html` and `text` as an article’s text, with an account of what is no part of it. 413 and a
        sentence for more than is read. Nothing is written.
        """
        if not (self.has_add_permission(request) or self.has_change_permission(request)):
            raise PermissionDenied
        html, text = request.POST.get("html", ""), request.POST.get("text", "")
        try:
            read = pasting.read(html, text, is_whole=request.POST.get("whole") == "1")
        except Refused as refusal:
            return JsonResponse({"problem": str(refusal)}, status=413)
        return JsonResponse(
            {
                "html": read.html,
                "title": read.title,
                "closing_question": read.closing_question,
                "credits": read.credits,
                "told": [
                    {"what": each.what, "words": _short(each.text), "why": each.why, "kept": each.kept}
                    for each in read.entries
                ],
            }
        )

    def keep_pasted_credits(self, request: HttpRequest, article: Article) -> None:
        """With the save of the text: the credit lines that stood in it wait for their pictures."""
        pasting.keep_credits(article, request.POST.get("pasted_credits", "").splitlines())


def _short(words: Any) -> str:
    return words if len(words) <= SHOWN else f"{words[:SHOWN].rsplit(' ', 1)[0]} …"
