"""The pages that show editions: home, a section, an article, a site page, its history, and the corrections."""

from itertools import chain

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from articles import cache, public_state
from articles.metadata import structured_data
from articles.models import Correction, Edition, Section, SentenceReport, shown
from articles.models.cards import newest_in_each
from articles.models.edition import Answer
from articles.models.page_type import ARTICLE, PAGE
from articles.views import article_page, cards, fragments
from articles.views.paging import EditionPages

ON_HOME = 3  # articles of each section beside the newest one
ON_A_PAGE = 12


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    number, sections = public_state.current(), cache.sections()
    first = newest_in_each(sections, ON_HOME + 1)
    every = [*chain(*first.values())]

    def make() -> SafeString:
        newest = max(every, key=lambda card: (card.edition.first_live_from, card.pk), default=None)
        by_section = [
            (section, [cards.html(card) for card in first[section.pk] if card != newest][:ON_HOME])
            for section in sections
        ]
        context = {
            "newest": newest and cards.html(newest, "_newest", is_first=True),
            "by_section": by_section,
            "structured_data": structured_data.home(),
        }
        return render_to_string("articles/home.html", context, request)

    return HttpResponse(fragments.page(request, number, ([card.row for card in every],), make))


@require_safe
def section(request: HttpRequest, slug: str) -> HttpResponse:
    """A section, or a page about the site itself, which has an address of the same form."""
    if any(section.slug == slug for section in cache.sections()):
        return _section(request, slug)
    now = timezone.now()
    live = shown.article_at(slug, now)
    if live is not None and live.page_type == PAGE:
        return HttpResponse(article_page.of(live, request))
    known = live is None and Edition.objects.site_pages().elsewhere(slug, now)
    return _elsewhere(request, known) if known and known.edition else _section(request, slug)


def _section(request: HttpRequest, slug: str) -> HttpResponse:
    number, found = public_state.current(), section_or_404(slug)
    pages = EditionPages(Edition.objects.live().articles().for_list().in_section(found), ON_A_PAGE, name=request.path)
    page = pages.get_page(request.GET.get("page"))

    def make() -> SafeString:
        data = structured_data.listing(
            found.get_absolute_url(), found.name, page, first=page.start_index(), description=found.summary
        )
        context = {"section": found, "page": page, "cards": cards.of_list(page), "structured_data": data}
        return render_to_string("articles/section.html", context, request)

    if request.GET.keys() - {"page"}:  # the links to other pages have them too
        return HttpResponse(make())
    made_of = (found.name, found.summary, page.number, pages.num_pages, [card.row for card in page])
    return HttpResponse(fragments.page(request, number, made_of, make))


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
