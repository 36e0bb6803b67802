"""The pages of an article: itself, its history, the corrections of all of them; and pages about the site."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from articles import cache
from articles.metadata import structured_data
from articles.models import Correction, Edition, Section, SentenceReport, shown
from articles.models.edition import Answer
from articles.models.page_type import ARTICLE, PAGE
from articles.views import article_page

ON_A_PAGE = 12
SITE_PAGE = "articles/site_page.html"


def site_page(request: HttpRequest, slug: str) -> HttpResponse | None:
    """A page about the site itself, which has an address like a section's; None if there is none."""
    now = timezone.now()
    live = shown.article_at(slug, now)
    if live is not None and live.page_type == PAGE:
        return HttpResponse(article_page.of(live, request, template=SITE_PAGE))
    known = live is None and Edition.objects.site_pages().elsewhere(slug, now)
    return _elsewhere(request, known) if known and known.edition else None


def section_or_404(slug: str) -> Section:
    """One that every page knows; or a new one, for a query more."""
    known = next((section for section in cache.sections() if section.slug == slug), None)
    return known or get_object_or_404(Section, slug=slug)


@require_safe
def article(request: HttpRequest, slug: str) -> HttpResponse:
    now = timezone.now()
    live = shown.article_at(slug, now)
    if live is not None and live.page_type != ARTICLE:  # its page is at another address
        return HttpResponsePermanentRedirect(live.edition().get_absolute_url())
    if live is not None:
        return HttpResponse(article_page.of(live, request))
    answer = Edition.objects.elsewhere(slug, now)
    if answer.status == 200:  # published between the two questions: a redirect would lead to itself
        return article(request, slug)
    return _elsewhere(request, answer)


def _elsewhere(request: HttpRequest, answer: Answer) -> HttpResponse:
    """Where nothing is live: what led there, or why it is gone."""
    if answer.edition is None:
        raise Http404
    if answer.status == 410:
        return render(request, "articles/withdrawn.html", {"edition": answer.edition}, status=410)
    return HttpResponsePermanentRedirect(answer.edition.get_absolute_url())


@require_safe
def history(request: HttpRequest, slug: str) -> HttpResponse:
    """When an article went live, what was changed and corrected, and, if it was, why it was withdrawn."""
    answer = Edition.objects.resolve(slug)
    if answer.edition is None:
        raise Http404
    if answer.status == 301:
        return HttpResponsePermanentRedirect(reverse("history", args=[answer.edition.slug]))
    printed = Edition.objects.printed_of(answer.edition.article_id).select_related("correction", "review")
    crumbs = [(answer.edition.title, answer.edition.get_absolute_url())]
    data = structured_data.simple("WebPage", request.path, "History", crumbs)
    context = {"edition": answer.edition, "printed": printed, "structured_data": data}
    return render(request, "articles/history.html", context)


@require_safe
def corrections(request: HttpRequest) -> HttpResponse:
    pages = Paginator(Correction.objects.public().select_related("edition__hub_of", "corrected"), ON_A_PAGE)
    page = pages.get_page(request.GET.get("page"))
    data = structured_data.simple("CollectionPage", request.path, "Corrections")
    context = {"page": page, "figures": SentenceReport.objects.figures(), "structured_data": data}
    return render(request, "articles/corrections.html", context)
