"""Every picture on a live page: who made it, under which license, where it is shown; and which are held back."""

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from articles.images import licenses
from articles.metadata import structured_data
from articles.models import EditionPicture, Image
from articles.numbers import positive

ON_A_PAGE = 24
HELD_BACK = "held-back"  # what `?license=` says for pictures in whose place a placeholder stands


@require_safe
def credits(request: HttpRequest) -> HttpResponse:
    """`?license=` a code or `held-back`, `?picture=` an id, `?page=`. As many queries for one picture as for many."""
    places = EditionPicture.objects.live()
    license, picture = request.GET.get("license", ""), request.GET.get("picture", "")
    pictures = _chosen(places.pictures(), license, picture).select_related("credit")
    page = Paginator(pictures, ON_A_PAGE).get_page(request.GET.get("page"))
    images = list(page.object_list)
    where = places.by_picture(images)
    context = {
        "page": page,
        "shown": [(image, where[image.pk]) for image in images],
        "licenses": _licenses(places.pictures()),
        "license": license,
        "picture": picture,
        "held_back": HELD_BACK,
        "structured_data": structured_data.credits([image for image in images if image.is_shown]),
    }
    return render(request, "articles/credits.html", context)


def _chosen(placed: QuerySet[Image], license: str, picture: str) -> QuerySet[Image]:
    if picture:
        return placed.filter(pk=positive(picture))
    if license == HELD_BACK:
        return placed.filter(pk__in=Image.objects.held_back().values("pk"))
    if license:
        return placed.filter(credit__license=license).exclude(pk__in=Image.objects.held_back().values("pk"))
    return placed


def _licenses(placed: QuerySet[Image]) -> list[tuple[str, str]]:
    """Codes and names of the licenses under which pictures are shown, in the order of the catalog."""
    used = set(placed.order_by().values_list("credit__license", flat=True).distinct())
    return [(code, license.name) for code, license in licenses.LICENSES.items() if code in used]
