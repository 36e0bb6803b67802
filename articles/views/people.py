"""The people who write and review, and what they have to disclose."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from articles.models import Contributor, Edition


@require_safe
def everyone(request: HttpRequest) -> HttpResponse:
    return render(request, "articles/people.html", {"people": Contributor.objects.public()})


@require_safe
def person(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Contributor.objects.public(), slug=slug)
    editions = Edition.objects.live().for_list()
    context = {
        "person": found,
        "written": editions.written_by(found),
        "reviewed": editions.reviewed_by(found),
    }
    return render(request, "articles/person.html", context)
