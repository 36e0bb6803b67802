"""Pages behind signed links: a preview, and a medical reviewer's sign-off without an account.

They are not public: never cached, not indexed, without cookies. A GET shows and a POST decides, because mail scanners
open every link; a post needs the link itself, which only its reader's mail holds.
"""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from articles.models import Review, Revision
from articles.publishing import comparison, desk, links, printing
from articles.publishing.links import LinkRefused, ReviewRequest
from articles.richtext import sentences
from articles.views.articles import page_context
from articles.views.origin import FROM_ELSEWHERE, from_another_site


@never_cache
@require_safe
def preview(request: HttpRequest, token: str) -> HttpResponse:
    """One revision exactly as it would be printed."""
    try:
        revision = links.open_preview(token)
    except LinkRefused as refusal:
        return _refused(request, refusal)
    return unlisted(render(request, "articles/article.html", proof_context(revision)))


def proof_context(revision: Revision) -> dict[str, Any]:
    """What `article.html` shows of a revision that is not printed."""
    edition, bylines = printing.proof(revision)
    return {**page_context(edition, bylines), "proof": revision}


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
        return _refused(request, refusal)
    if request.method != "POST" or asked.decided:
        return _review_page(request, asked)
    if from_another_site(request):
        return _review_page(request, asked, [FROM_ELSEWHERE], 403)
    decision = request.POST.get("decision", "")
    problems = _incomplete(request, decision)
    if not problems:
        try:
            desk.sign_off_by_link(
                asked.revision, reviewer=asked.reviewer, decision=decision, comments=_comments(request, asked.revision)
            )
        except desk.DeskRefused as refused:
            problems = refused.problems
    if problems:
        return _review_page(request, asked, problems, 422)
    return _review_page(request, links.open_review(token))


def _incomplete(request: HttpRequest, decision: str) -> list[str]:
    problems = []
    if decision not in dict(Review.DECISIONS):
        problems.append("Choose whether to sign off or request changes.")
    if decision == Review.APPROVED and request.POST.get("is_me") != "on":
        problems.append("Please confirm that you're the person we asked and that you've read the text.")
    if decision == Review.CHANGES and not any(value.strip() for value in _written(request).values()):
        problems.append("Say what should change, in the overall comment or next to a sentence.")
    return problems


def _written(request: HttpRequest) -> dict[str, str]:
    return {name: request.POST[name] for name in request.POST if name.startswith("comment")}


def _comments(request: HttpRequest, revision: Revision) -> str:
    """The comment as a whole, then each one with the sentence that it is about."""
    written = _written(request)
    said = [written.get("comment", "").strip()]
    for number, sentence in enumerate(sentences.cited(revision.content["body"])):
        if about := written.get(f"comment-{number}", "").strip():
            said.append(f"On “{sentence.text}”: {about}")
    return "\n\n".join(part for part in said if part)[:20_000]


def _review_page(
    request: HttpRequest, asked: ReviewRequest, problems: list[str] | None = None, status: int = 200
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
    written = _written(request) if problems else {}
    claims = [
        {
            "number": number,
            "text": sentence.text,
            "references": [
                content["references"][cited - 1] for cited in sentence.cites if 0 < cited <= len(content["references"])
            ],
            "comment": written.get(f"comment-{number}", ""),
        }
        for number, sentence in enumerate(sentences.cited(content["body"]))
    ]
    context = {
        "asked": asked,
        "before": before,
        "differences": comparison.compare(before.revision.content, content) if before else [],
        "sentences": claims,
        "problems": problems or [],
        "comment": written.get("comment", ""),
        "stale": not asked.decided and desk.has_changed_since(revision),
    }
    response = render(request, "articles/review.html", {**proof_context(revision), **context}, status=status)
    return unlisted(response)


def _refused(request: HttpRequest, refusal: LinkRefused) -> HttpResponse:
    page = render(request, "articles/link_refused.html", {"sentence": refusal.sentence}, status=refusal.status)
    return unlisted(page)
