"""Pages behind signed links: a preview, and a medical reviewer's sign-off without an account.

They are not public: never cached, not indexed, without cookies. A GET shows and a POST decides, because mail scanners
open every link; a post needs the link itself, which only its reader's mail holds.
"""

from collections.abc import Sequence
from contextlib import suppress
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from articles.models import Comment, Review, Revision
from articles.models.page_type import PAGE
from articles.publishing import comments, comparison, desk, links, printing
from articles.publishing.checks import Asked
from articles.publishing.links import LinkRefused, ReviewRequest
from articles.richtext import sentences
from articles.views.article_page import page_context
from articles.views.articles import SITE_PAGE
from articles.views.forms import ReviewForm
from articles.views.origin import FROM_ELSEWHERE, from_another_site

COMMENT = "comment"  # in place of a decision


@never_cache
@require_safe
def preview(request: HttpRequest, token: str) -> HttpResponse:
    """One revision exactly as it would be printed."""
    try:
        revision = links.open_preview(token)
    except LinkRefused as refusal:
        return refusal_page(request, refusal)
    template = SITE_PAGE if revision.content["page_type"] == PAGE else "articles/article.html"
    return unlisted(render(request, template, proof_context(revision)))


def proof_context(revision: Revision) -> dict[str, Any]:
    """What `article.html` shows of a revision that is not printed."""
    edition, bylines = printing.proof(revision)
    return {**page_context(edition, bylines, is_private=True), "proof": revision}


def unlisted(response: HttpResponse) -> HttpResponse:
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Referrer-Policy"] = "no-referrer"
    return response


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def review(request: HttpRequest, token: str) -> HttpResponse:
    try:
        asked = links.open_review(token)
    except LinkRefused as refusal:
        return refusal_page(request, refusal)
    page = partial(_review_page, request)
    claims = [claim.text for claim in sentences.cited(asked.revision.content["body"])]
    known: dict[str, Any] = {"claims": claims, "questions": desk.questions(asked.revision), "reviewer": asked.reviewer}
    is_open = asked.decided is None or _is_asked_again(asked, known["questions"])
    if request.method != "POST" or not (is_open or asked.can_take_back):
        return page(asked, ReviewForm(**known), is_open=is_open)
    form = ReviewForm(request.POST, **known)
    if request.POST.get("decision") == COMMENT and not from_another_site(request):
        return _keep_comments(page, asked, form, known)
    is_complete = form.is_valid()
    if from_another_site(request):
        return page(asked, form, is_open=is_open, problems=[FROM_ELSEWHERE], status=403)
    if is_complete:
        try:
            desk.sign_off_by_link(
                asked.revision,
                reviewer=asked.reviewer,
                decision=form.cleaned_data["decision"],
                comments=form.comments(),
                answers=form.given(),
            )
            with suppress(comments.CommentRefused):  # the review has every word as well
                comments.from_link(asked.revision, asked.reviewer, form.beside_sentences())
        except desk.DeskRefused as refused:
            form.refuse(refused)
    if form.errors:
        return page(asked, form, is_open=is_open, problems=form.problems(), status=422)
    return page(links.open_review(token), ReviewForm(**known), is_open=False)


def _keep_comments(page: Any, asked: ReviewRequest, form: ReviewForm, known: dict[str, Any]) -> HttpResponse:
    """Comments without a decision: they reach the desk, and the review stays open."""
    form.errors.clear()  # of a decision, which is not taken yet
    try:
        sent = comments.from_link(asked.revision, asked.reviewer, form.beside_sentences(), form.written("comment"))
    except comments.CommentRefused as refused:
        return page(asked, form, is_open=True, problems=refused.problems, status=422)
    if not sent:
        return page(asked, form, is_open=True, problems=["Write a comment first."], status=422)
    return page(asked, ReviewForm(**known), is_open=True, sent=sent)


def _is_asked_again(asked: ReviewRequest, questions: Sequence[Asked]) -> bool:
    """Whether somebody who signed off is asked something new about the same text, as after an entry changed."""
    return asked.can_take_back and any(each.answer is None for each in questions)


def _review_page(
    request: HttpRequest,
    asked: ReviewRequest,
    form: ReviewForm,
    *,
    is_open: bool,
    problems: Sequence[str] = (),
    status: int = 200,
    sent: int = 0,
) -> HttpResponse:
    revision, content = asked.revision, asked.revision.content
    before = (
        Review.objects.filter(reviewer=asked.reviewer, revision__article=revision.article, decision=Review.APPROVED)
        .exclude(revision=revision)
        .filter(carried_from=None)
        .select_related("revision")
        .order_by("-decided_at")
        .first()
    )
    shown = [
        {
            "number": number,
            "text": sentence.text,
            "references": [
                content["references"][cited - 1] for cited in sentence.cites if 0 < cited <= len(content["references"])
            ],
            "comment": form.written(f"comment-{number}"),
        }
        for number, sentence in enumerate(sentences.cited(content["body"]))
    ]
    context = {
        "asked": asked,
        "before": before,
        "differences": comparison.compare(before.revision.content, content) if before else [],
        "sentences": shown,
        "problems": problems,
        "comment": form.written("comment"),
        "sent": sent,
        "own_comments": Comment.objects.threads().filter(reviewer=asked.reviewer, article=revision.article),
        "is_open": is_open,
        "stale": is_open and desk.has_changed_since(revision),
        "questions": form.rows() if is_open else [],
    }
    response = render(request, "articles/review.html", {**proof_context(revision), **context}, status=status)
    return unlisted(response)


def refusal_page(request: HttpRequest, refusal: LinkRefused) -> HttpResponse:
    page = render(request, "articles/link_refused.html", {"sentence": str(refusal)}, status=refusal.status)
    return unlisted(page)
