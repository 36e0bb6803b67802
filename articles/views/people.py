"""The people who write and review, what they did here, and what they have to disclose."""

from django.core.paginator import Page
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from articles.metadata import structured_data
from articles.models import Contributor, Edition
from articles.models.cards import Card
from articles.models.edition import EditionQuerySet
from articles.views import cards
from articles.views.paging import EditionPages

ON_A_PAGE = 20


@require_safe
def everyone(request: HttpRequest) -> HttpResponse:
    people = list(Contributor.objects.public().counted())
    groups = [
        ("They review", [person for person in people if person.is_medical_reviewer]),
        ("They write", [person for person in people if not person.is_medical_reviewer]),
    ]
    context = {"groups": groups, "structured_data": structured_data.people(people)}
    return render(request, "articles/people.html", context)


@require_safe
def person(request: HttpRequest, slug: str) -> HttpResponse:
    """With the credentials and interests that stood under each review on the day it was signed."""
    person = get_object_or_404(Contributor.objects.public(), slug=slug)
    editions = Edition.objects.live().articles().for_list()
    written = _page(request, "written", editions.written_by(person))
    context = {
        "person": person,
        "written": written,
        "rows": [cards.html(card, "_row") for card in written],
        "reviewed": _page(request, "reviewed", editions.reviewed_by(person)),
        "structured_data": structured_data.person(person),
    }
    return render(request, "articles/person.html", context)


def _page(request: HttpRequest, name: str, editions: EditionQuerySet) -> Page[Card]:
    return EditionPages(editions, ON_A_PAGE, name=f"{request.path}{name}").get_page(request.GET.get(name))
