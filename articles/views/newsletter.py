"""The archive of the letter: each issue as it was sent, with a note on what was corrected or withdrawn since."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from articles.models import Issue
from articles.newsletter import archive

ON_A_PAGE = 24


@require_safe
def issues(request: HttpRequest) -> HttpResponse:
    pages = Paginator(Issue.objects.public(), ON_A_PAGE)
    return render(request, "articles/newsletter.html", {"page": pages.get_page(request.GET.get("page"))})


@require_safe
def issue(request: HttpRequest, number: int) -> HttpResponse:
    found = get_object_or_404(
        Issue.objects.public().select_related("correction__corrected", "continues"), number=number
    )
    return render(request, "articles/issue.html", archive.page(found))
