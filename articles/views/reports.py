"""Reporting a sentence, without an account and without a script. GET shows the form, POST puts it on the desk."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from articles.models import Edition, SentenceReport
from articles.readers import reports
from articles.readers.reports import ReportRefused, Told
from articles.richtext import sentences, text
from articles.views.answers import visitor
from articles.views.forms import ReportForm
from articles.views.origin import FROM_ELSEWHERE, from_another_site
from articles.views.subscriptions import get_or_post

HEADINGS = frozenset({"h2", "h3", "h4"})
LISTED = frozenset({"li", "dt", "dd", "td", "th"})


@csrf_exempt
@never_cache
@get_or_post
def report(request: HttpRequest, slug: str) -> HttpResponse:
    resolved = Edition.objects.resolve(slug)
    if resolved.edition is None:
        raise Http404
    if resolved.status == 410:
        return render(request, "articles/withdrawn.html", {"edition": resolved.edition}, status=410)
    if resolved.status == 301 and request.method != "POST":
        query = request.META.get("QUERY_STRING", "")
        address = reverse("report", args=[resolved.edition.slug])
        return HttpResponsePermanentRedirect(f"{address}?{query}" if query else address)
    form = ReportForm(request.POST if request.method == "POST" else request.GET)
    form.is_valid()  # it takes anything
    place = Place.of(resolved.edition, form.cleaned_data)
    if request.method != "POST":
        return _page(request, place, None)
    if from_another_site(request):
        form.add_error(None, FROM_ELSEWHERE)
        return _page(request, place, form, status=403)
    return _send(request, place, form)


def _send(request: HttpRequest, place: "Place", form: ReportForm) -> HttpResponse:
    """A post whose hidden field is filled in comes from a machine; it gets the same thanks, and nothing is kept."""
    typed = form.cleaned_data
    if not typed["website"]:
        given = Told(place.passage, place.quoted, typed["wrong"], typed["severity"], typed["email"])
        try:
            reports.report(place.edition, given, visitor=visitor(request))
        except ReportRefused as refused:
            form.add_error(None, [*refused.problems])
            return _page(request, place, form, status=refused.status)
    return render(request, "articles/reported.html", {"edition": place.edition, "asked": bool(typed["email"])})


def _edition(present: Edition, number: int) -> Edition:
    """The edition that the reader had before them, if it was ever public; else the present one."""
    if number in (0, present.number):
        return present
    return (
        Edition.objects.printed_of(present.article_id)
        .filter(number=number)
        .exclude(kind=Edition.WITHDRAWN)
        .select_related("section")
        .first()
        or present
    )


@dataclass(frozen=True)
class Place:
    """What the reader points at: a passage of an edition, 0 for the page as a whole. Words are the edition's."""

    edition: Edition
    passages: list[tuple[str, str]]  # the tag and the words of each
    passage: int

    @classmethod
    def of(cls, present: Edition, given: Mapping[str, int]) -> "Place":
        edition = _edition(present, given["e"])
        passages = [(tag, sentences.without_marks(words)) for tag, words in text.tagged_passages(edition.body)]
        is_known = 1 <= given["p"] <= len(passages) and passages[given["p"] - 1][1]
        return cls(edition, passages, given["p"] if is_known else 0)

    @property
    def quoted(self) -> str:
        """The passage, or the title for the page as a whole."""
        return self.passages[self.passage - 1][1] if self.passage else self.edition.title

    def groups(self) -> list[tuple[str, list[tuple[int, str]]]]:
        """Each heading with the numbers and words of what is under it; first, without one, what comes before.

        What follows the list of a box stands by itself, as it does on the page.
        """
        groups: list[tuple[str, list[tuple[int, str]]]] = [("", [])]
        is_box = has_list = False
        for number, (tag, words) in enumerate(self.passages, 1):
            if words and tag in HEADINGS:
                groups.append((words, [(number, "This heading")]))
                is_box, has_list = bool(text.box_of(words)), False
            elif words:
                has_list = has_list or tag in LISTED
                if is_box and has_list and tag not in LISTED and not text.HELP_AT_ONCE.search(words):
                    groups.append(("After this list", []))
                    is_box = False
                groups[-1][1].append((number, words))
        return groups


def _page(request: HttpRequest, place: Place, form: ReportForm | None, status: int = 200) -> HttpResponse:
    context: dict[str, Any] = {
        "edition": place.edition,
        "place": place,
        "typed": form.cleaned_data if form else {},
        "problems": form.non_field_errors() if form else [],
        "severities": SentenceReport.SEVERITIES,
        "longest": reports.LONGEST,
    }
    return render(request, "articles/report.html", context, status=status)
