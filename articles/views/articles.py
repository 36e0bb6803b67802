"""The pages that show editions: home, a section, an article, and the credits of every picture shown."""

from datetime import date
from functools import partial

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_safe

from articles.models import Correction, Edition, EditionByline, Image, Section, SentenceReport
from articles.publishing import retractions
from articles.readers import answers
from articles.richtext import text
from articles.richtext.render import page_html

ON_HOME = 3  # articles of each section beside the newest one
ON_A_PAGE = 12
CONTENTS_FROM = 5  # headings; a shorter text needs no list of them


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    newest = Edition.objects.live().for_list().first()
    lanes = []
    for section in Section.objects.all():
        editions = Edition.objects.live().for_list().in_section(section)
        lanes.append((section, [edition for edition in editions[: ON_HOME + 1] if edition != newest][:ON_HOME]))
    return render(request, "articles/home.html", {"newest": newest, "lanes": lanes})


@require_safe
def section(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Section, slug=slug)
    pages = Paginator(Edition.objects.live().for_list().in_section(found), ON_A_PAGE)
    page = pages.get_page(request.GET.get("page"))
    return render(request, "articles/section.html", {"section": found, "page": page})


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
    return render(request, "articles/article.html", context)


@require_safe
def history(request: HttpRequest, slug: str) -> HttpResponse:
    """When an article went live, what was changed and corrected, and, if it was, why it was withdrawn."""
    answer = Edition.objects.resolve(slug)
    if answer.edition is None:
        raise Http404
    if answer.status == 301:
        return HttpResponsePermanentRedirect(reverse("history", args=[answer.edition.slug]))
    printed = Edition.objects.printed_of(answer.edition.article_id).select_related("correction", "review")
    return render(request, "articles/history.html", {"edition": answer.edition, "printed": printed})


@require_safe
def corrections(request: HttpRequest) -> HttpResponse:
    pages = Paginator(Correction.objects.public(), ON_A_PAGE)
    page = pages.get_page(request.GET.get("page"))
    figures = SentenceReport.objects.figures()
    return render(request, "articles/corrections.html", {"page": page, "figures": figures})


def page_context(
    edition: Edition, bylines: list[EditionByline] | None = None, *, report: str = ""
) -> dict[str, object]:
    """What `article.html` shows of an edition fetched with `for_page()`.

    One query more if its text has pictures, and one more, when they are shown, if it has references. `bylines` are
    given for a proof, which is in no table; `report` is where readers report a passage, for a page that is live.
    """
    ids = text.picture_ids(edition.body)
    pictures = Image.objects.select_related("credit").in_bulk(ids) if ids else {}
    figures = {
        pk: render_to_string("articles/figure.html", {"image": image})
        for pk, image in pictures.items()
        if image.is_shown
    }
    body = page_html(edition.body, figures=figures, references=len(edition.references), report=report)
    parts = [heading for heading in body.headings if heading.level == 2]
    corrected = [{**one, "on": date.fromisoformat(one["on"])} for one in reversed(edition.corrections)]
    return {
        "edition": edition,
        "references": partial(retractions.marked, edition.references),
        "question_key": answers.question_key(edition.closing_question) if answers.can_be_answered(edition) else "",
        "can_report": bool(report),
        "body": body.html,
        "contents": parts if len(parts) >= CONTENTS_FROM else [],
        "corrections": corrected,
        "bylines": edition.bylines.all() if bylines is None else bylines,
    }


@require_safe
def credits(request: HttpRequest) -> HttpResponse:
    return render(request, "articles/credits.html", {"shown": pictures_shown()})


def pictures_shown() -> list[tuple[Image, list[Edition]]]:
    """Every picture of a live page with a complete credit, and the editions that show it, by title."""
    where: dict[int, list[Edition]] = {}
    for edition in Edition.objects.live().order_by("title").only("title", "slug", "body", "lead_image"):
        lead = [edition.lead_image_id] if edition.lead_image_id else []
        for pk in dict.fromkeys([*lead, *text.picture_ids(edition.body)]):
            where.setdefault(pk, []).append(edition)
    images = Image.objects.select_related("credit").in_bulk(where)
    return [
        (images[pk], editions)
        for pk, editions in where.items()
        if pk in images and hasattr(images[pk], "credit") and images[pk].credit.is_complete()
    ]
