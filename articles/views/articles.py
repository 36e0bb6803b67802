"""The pages that show editions: home, a section, an article, its history, and the corrections."""

from itertools import chain

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from articles import cache
from articles.metadata import structured_data
from articles.models import Correction, Edition, Section, SentenceReport, shown
from articles.views import article_page
from articles.views.paging import EditionPages

ON_HOME = 3  # articles of each section beside the newest one
ON_A_PAGE = 12


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    first = {
        section: list(Edition.objects.live().for_list().in_section(section).newest(ON_HOME + 1))
        for section in cache.sections()
    }
    newest = max(chain(*first.values()), key=lambda edition: (edition.first_live_from, edition.pk), default=None)
    by_section = [
        (section, [edition for edition in editions if edition != newest][:ON_HOME])
        for section, editions in first.items()
    ]
    context = {"newest": newest, "by_section": by_section, "structured_data": structured_data.home()}
    return render(request, "articles/home.html", context)


@require_safe
def section(request: HttpRequest, slug: str) -> HttpResponse:
    found, sections = section_or_404(slug)
    pages = EditionPages(Edition.objects.live().for_list().in_section(found), ON_A_PAGE, name=request.path)
    page = pages.get_page(request.GET.get("page"))
    data = structured_data.listing(
        found.get_absolute_url(), found.name, page, first=page.start_index(), description=found.summary
    )
    context = {"section": found, "sections": sections, "page": page, "structured_data": data}
    return render(request, "articles/section.html", context)


def section_or_404(slug: str) -> tuple[Section, list[Section]]:
    """A section and, for the masthead, all of them: one query for both."""
    sections = list(Section.objects.all())
    found = next((one for one in sections if one.slug == slug), None)
    if found is None:
        raise Http404
    return found, sections


@require_safe
def article(request: HttpRequest, slug: str) -> HttpResponse:
    live = shown.article_at(slug)
    if live is not None:
        return HttpResponse(article_page.of(live, request))
    answer = Edition.objects.resolve(slug)
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
    pages = Paginator(Correction.objects.public(), ON_A_PAGE)
    page = pages.get_page(request.GET.get("page"))
    data = structured_data.simple("CollectionPage", request.path, "Corrections")
    context = {"page": page, "figures": SentenceReport.objects.figures(), "structured_data": data}
    return render(request, "articles/corrections.html", context)
