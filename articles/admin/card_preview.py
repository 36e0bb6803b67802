"""The card of an article’s address, as it will be drawn with the title that stands in the form."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path
from django.views.decorators.http import require_safe

from articles.images import share_card
from articles.models import Article
from articles.publishing import printing, share_cards


class CardPreview(admin.ModelAdmin):
    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(require_safe(self.card))
        return [path("<int:pk>/card.png", view, name="articles_article_card"), *super().get_urls()]

    def card(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Drawn anew each time. With letters that the site’s fonts lack, there is none, as for readers."""
        article = get_object_or_404(Article, pk=pk)
        if not self.has_change_permission(request, article):
            raise PermissionDenied
        revision = article.revisions.filter(is_autosave=False).select_related("article__section").first()
        if revision is None:
            raise Http404
        edition, _bylines = printing.proof(revision)
        edition.title = request.GET.get("title", article.title).replace("\x00", "")[:200]
        card = share_cards.card_of(edition)
        if not card.can_be_drawn:
            return HttpResponse(status=404)
        return HttpResponse(share_card.draw(card), content_type="image/png")
