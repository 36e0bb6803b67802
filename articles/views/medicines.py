"""The medicines: all of them from A to Z with their brands, and a page for each one whose card readers may see."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from articles import cache
from articles.metadata import structured_data


@require_safe
def medicines(request: HttpRequest) -> HttpResponse:
    data = structured_data.simple("CollectionPage", request.path, "Medicines A–Z")
    return render(request, "articles/medicines.html", {"medicines": cache.medicines(), "structured_data": data})


@require_safe
def medicine(request: HttpRequest, slug: str) -> HttpResponse:
    card = next((card for card in cache.medicines() if card.slug == slug), None)
    if card is None:
        raise Http404
    data = structured_data.simple("WebPage", request.path, card.name)
    return render(request, "articles/medicine.html", {"card": card, "structured_data": data})
