"""Reporting a sentence, without an account and without a script. GET shows the form, POST puts it on the desk."""

from dataclasses import dataclass, field
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
from articles.views.origin import FROM_ELSEWHERE, from_another_site
from articles.views.subscriptions import get_or_post

LONGEST_CHOICE = 90  # characters of a passage in the list to choose from


@csrf_exempt
@never_cache
@get_or_post
def report(request: HttpRequest, slug: str) -> HttpResponse:
    found = Edition.objects.resolve(slug)
    if found.edition is None:
        raise Http404
    if found.status == 410:
        return render(request, "articles/withdrawn.html", {"edition": found.edition}, status=410)
    if found.status == 301 and request.method != "POST":
        query = request.META.get("QUERY_STRING", "")
        address = reverse("report", args=[found.edition.slug])
        return HttpResponsePermanentRedirect(f"{address}?{query}" if query else address)
    form = Form(_edition(found.edition, _number(request, "e")), _number(request, "p"), _number(request, "s"))
    if request.method != "POST":
        return _page(request, form)
    form.read(request)
    if from_another_site(request):
        return _page(request, form, [FROM_ELSEWHERE], status=403)
    return _send(request, form)


def _send(request: HttpRequest, form: "Form") -> HttpResponse:
    """A post whose hidden field is filled in comes from a machine; it gets the same thanks, and nothing is kept."""
    if not request.POST.get("website"):
        told = Told(form.passage, form.quoted, form.wrong, form.severity, form.email)
        try:
            reports.report(form.edition, told, visitor=visitor(request))
        except ReportRefused as refused:
            return _page(request, form, refused.problems, status=refused.status)
    return render(request, "articles/reported.html", {"edition": form.edition, "asked": bool(form.email.strip())})


def _number(request: HttpRequest, name: str) -> int:
    given = request.POST.get(name) or request.GET.get(name) or ""
    return int(given) if given.isascii() and given.isdecimal() and len(given) < 7 else 0


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


@dataclass
class Form:
    """What the reader points at, and what they have written so far; words come from the edition, never from a post."""

    edition: Edition
    passage: int = 0
    sentence: int = 0
    wrong: str = ""
    severity: str = ""
    email: str = ""
    passages: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.passages = [sentences.without_marks(words) for words in text.passages(self.edition.body)]
        if not (1 <= self.passage <= len(self.passages) and self.passages[self.passage - 1]):
            self.passage = 0
        if not 1 <= self.sentence <= len(self.sentences):
            self.sentence = 0

    def read(self, request: HttpRequest) -> None:
        self.wrong, self.severity, self.email = (
            request.POST.get(name, "").replace("\x00", "") for name in ("wrong", "severity", "email")
        )

    @property
    def words(self) -> str:
        return self.passages[self.passage - 1] if self.passage else ""

    @property
    def sentences(self) -> list[str]:
        return sentences.split(self.words)

    @property
    def quoted(self) -> str:
        """The sentence, the passage where none was chosen, or the title for the article as a whole."""
        return self.sentences[self.sentence - 1] if self.sentence else self.words or self.edition.title

    def choices(self) -> list[tuple[int, str]]:
        short = [(number, _short(words)) for number, words in enumerate(self.passages, 1) if words]
        return [(0, "The whole article, its title or a picture"), *short]


def _short(words: str) -> str:
    return words if len(words) <= LONGEST_CHOICE else words[:LONGEST_CHOICE].rsplit(" ", 1)[0] + "…"


def _page(request: HttpRequest, form: Form, problems: list[str] | None = None, status: int = 200) -> HttpResponse:
    context: dict[str, Any] = {
        "edition": form.edition,
        "form": form,
        "problems": problems or [],
        "severities": SentenceReport.SEVERITIES,
        "longest": reports.LONGEST,
    }
    return render(request, "articles/report.html", context, status=status)
