"""The pages that show editions: home, a section, an article, its history, and the corrections."""

from collections.abc import Iterable
from datetime import date
from functools import partial
from itertools import chain
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_safe

from articles import cache
from articles.evidence import drugs
from articles.metadata import structured_data
from articles.models import Correction, Edition, EditionByline, Image, Section, SentenceReport
from articles.publishing import retractions
from articles.readers import answers
from articles.richtext import text
from articles.richtext.render import page_html
from articles.search.related import related
from articles.views import media
from articles.views.paging import EditionPages

ON_HOME = 3  # articles of each section beside the newest one
ON_A_PAGE = 12
CONTENTS_FROM = 5  # headings; a shorter text needs no list of them


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
    answer = Edition.objects.resolve(slug)
    if answer.edition is None:
        raise Http404
    if answer.status == 301:
        return HttpResponsePermanentRedirect(answer.edition.get_absolute_url())
    if answer.status == 410:
        return render(request, "articles/withdrawn.html", {"edition": answer.edition}, status=410)
    context = page_context(answer.edition, report=f"report/?e={answer.edition.number}&p=")
    data = structured_data.article(answer.edition, context["bylines"], context["pictures"])
    return render(request, "articles/article.html", {**context, "structured_data": data})


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


def page_context(
    edition: Edition,
    bylines: list[EditionByline] | None = None,
    *,
    in_place: bool = True,
    report: str = "",
    is_private: bool = False,
) -> dict[str, Any]:
    """What `article.html` shows of an edition fetched with `for_page()`.

    One query more if its text has pictures, and one more, when they are shown, if it has references. `bylines` are
    given for a proof, which is in no table and has no neighbors; `report` is where readers report a passage, for a
    page that is live. Not `in_place`, references are links and nothing stands around the text: for feeds. What
    `is_private` shows may hold pictures that aren’t public.
    """
    ids = text.picture_ids(edition.body)
    pictures = Image.objects.with_credit().in_bulk(ids) if ids else {}
    if is_private:
        media.let_in([*([edition.lead_image] if edition.lead_image else []), *pictures.values()])
    figures = {
        pk: render_to_string("articles/figure.html", {"image": edition.shown(image)}) for pk, image in pictures.items()
    }
    body = page_html(
        edition.body,
        figures=figures,
        references=len(edition.references),
        terms=cache.term_keys(but_of=edition.title) if in_place else None,
        in_place=in_place,
        report=report,
    )
    context = {"edition": edition, "body": body.html, "pictures": _shown(edition, pictures.values())}
    if not in_place:
        return context
    parts = [heading for heading in body.headings if heading.level == 2]
    corrected = [{**one, "on": date.fromisoformat(one["on"])} for one in reversed(edition.corrections)]
    return context | {
        "references": partial(retractions.marked, edition.references),
        "terms": cache.terms(body.terms),
        "question_key": answers.question_key(edition.closing_question) if answers.can_be_answered(edition) else "",
        "can_report": bool(report),
        "contents": parts if len(parts) >= CONTENTS_FROM else [],
        "has_signs": body.has_signs,
        "tells_of_crisis": bool(text.CRISIS.search(edition.search_text)),
        "medicines": drugs.named(edition.search_text, cache.medicines()),
        "corrections": corrected,
        "swapped": _swapped(edition, pictures.values()),
        "related": related(edition) if edition.pk else [],
        "bylines": edition.bylines.all() if bylines is None else bylines,
    }


def _shown(edition: Edition, in_text: Iterable[Image]) -> list[Image]:
    """The pictures that readers are sent with the page, the lead picture first, each once."""
    every = [*([edition.lead_image] if edition.lead_image else []), *in_text]
    return [image for image in dict.fromkeys(map(edition.shown, every)) if image.is_shown]


def _swapped(edition: Edition, in_text: Iterable[Image]) -> list[Image]:
    """Pictures that were replaced after the review that vouches for them."""
    if edition.review is None:
        return []
    every = [*([edition.lead_image] if edition.lead_image else []), *in_text]
    return [image for image in every if image.replaced_at and image.replaced_at > edition.review.decided_at]
