"""The question at the end of an article: one tap answers it. GET shows the question, POST counts and shows totals."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from articles.models import AnswerTally, Edition
from articles.readers import answers
from articles.readers.visitor_dedupe import Visitor
from articles.views.forms import AnswerForm
from articles.views.origin import FROM_ELSEWHERE, client_address, from_another_site
from articles.views.subscriptions import get_or_post

SHARES_FROM = 10  # answers; of fewer, a share would say more than they do


@csrf_exempt
@never_cache
@get_or_post
def answer(request: HttpRequest, slug: str) -> HttpResponse:
    """What an answer shows is the page itself, without a redirect: nothing but a cookie could carry it over one."""
    resolved = Edition.objects.resolve(slug)
    if resolved.edition is None or not answers.can_be_answered(resolved.edition):
        raise Http404
    if resolved.status == 410:
        return render(request, "articles/withdrawn.html", {"edition": resolved.edition}, status=410)
    if request.method != "POST":
        if resolved.status == 301:
            return redirect("answer", resolved.edition.slug, permanent=True)
        return _page(request, resolved.edition)
    if from_another_site(request):
        return _page(request, resolved.edition, problem=FROM_ELSEWHERE, status=403)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _page(request, resolved.edition, problem=form.errors["answer"][0], status=422)
    return _answered(request, resolved.edition, form.cleaned_data["answer"], key=form.cleaned_data["q"])


def _answered(request: HttpRequest, edition: Edition, choice: str, *, key: str) -> HttpResponse:
    outcome = answers.answer(edition, choice, key=key, visitor=visitor(request))
    if outcome == answers.CHANGED:
        problem = "The question changed after you opened the page. Here is the new one."
        return _page(request, edition, problem=problem, status=409)
    context = {"chosen": dict(AnswerTally.ANSWERS)[choice], "bars": _bars(edition), "outcome": outcome}
    return _page(request, edition, status=429 if outcome == answers.TOO_MANY else 200, **context)


def visitor(request: HttpRequest) -> Visitor:
    return Visitor(client_address(request) or "", request.headers.get("User-Agent", "")[:500])


def _bars(edition: Edition) -> dict[str, Any]:
    """The totals: each answer with its number and, where there are enough, its share in whole per cent."""
    tally = answers.tally(edition)
    lines = [(words, getattr(tally, code)) for code, words in AnswerTally.ANSWERS]
    is_enough = tally.total >= SHARES_FROM
    shares = [(words, number, round(100 * number / tally.total) if is_enough else None) for words, number in lines]
    return {"total": tally.total, "lines": shares}


def _page(request: HttpRequest, edition: Edition, *, status: int = 200, **context: Any) -> HttpResponse:
    known = {"edition": edition, "question_key": answers.question_key(edition.closing_question), **context}
    return render(request, "articles/answer.html", known, status=status)
