"""The archive of the letter: each issue as it was sent, with a note on what was corrected or withdrawn since."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from articles.metadata import structured_data
from articles.models import Issue
from articles.newsletter.issues import archive

ON_A_PAGE = 24


@require_safe
def issues(request: HttpRequest) -> HttpResponse:
    page = Paginator(Issue.objects.public(), ON_A_PAGE).get_page(request.GET.get("page"))
    data = structured_data.simple("CollectionPage", request.path, "Newsletter")
    return render(request, "articles/newsletter.html", {"page": page, "structured_data": data})


@require_safe
def issue(request: HttpRequest, number: int) -> HttpResponse:
    issue = get_object_or_404(
        Issue.objects.public().select_related("correction__corrected", "continues"), number=number
    )
    data = structured_data.simple("WebPage", request.path, issue.subject, [("Newsletter", reverse("newsletter"))])
    return render(request, "articles/issue.html", {**archive.page(issue), "structured_data": data})
