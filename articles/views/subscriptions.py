"""Subscribing and leaving. GET shows, POST changes; mail scanners that open every link change nothing.

These forms carry no cookie, so Django's own protection against forged posts cannot guard them: a post from another
site is told by `Sec-Fetch-Site` or `Origin`, and every other deed needs a token that only the mail holds.
"""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from articles.models import SubscriptionToken
from articles.newsletter import consent
from articles.newsletter.consent import AddressRefused, Consent, TokenRefused
from articles.views.origin import FROM_ELSEWHERE, from_another_site

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@csrf_exempt
@never_cache
@get_or_post
def subscribe(request: HttpRequest) -> HttpResponse:
    """The answer to a post is the same, byte for byte, whatever the state of the address."""
    if request.method != "POST":
        return render(request, "articles/subscribe.html", {"page": "/subscribe/"})
    typed, page = request.POST.get("email", "")[:1000], request.POST.get("page", "")[:300]
    if from_another_site(request):
        return _form(request, typed, page, FROM_ELSEWHERE, status=403)
    try:
        wording = consent.WORDING.format(site=settings.SITE_NAME)
        consent.subscribe(typed, consent=Consent(wording, page if page.startswith("/") else ""))
    except AddressRefused as problem:
        return _form(request, typed, page, str(problem), status=422)
    return render(request, "articles/check_your_inbox.html")


def _form(request: HttpRequest, typed: str, page: str, problem: str, status: int) -> HttpResponse:
    context = {"typed": typed, "page": page, "problem": problem}
    return render(request, "articles/subscribe.html", context, status=status)


@csrf_exempt
@never_cache
@get_or_post
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    try:
        if request.method != "POST":
            consent.check_token(token, SubscriptionToken.CONFIRM)
            return render(request, "articles/confirm.html")
        leave = consent.confirm(
            token, consent=Consent(consent.WORDING.format(site=settings.SITE_NAME), "/subscribe/confirm/")
        )
    except TokenRefused as refusal:
        return _refused(request, refusal)
    return render(request, "articles/confirmed.html", {"leave_token": leave})


@csrf_exempt
@never_cache
@get_or_post
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """Also the target of one-click unsubscription (RFC 8058): a post without cookie, origin or redirect."""
    try:
        if request.method != "POST":
            consent.check_token(token, SubscriptionToken.UNSUBSCRIBE)
            return render(request, "articles/unsubscribe.html")
        consent.unsubscribe(token, consent=Consent(consent.UNSUBSCRIBE_WORDING, "/unsubscribe/"))
    except TokenRefused as refusal:
        return _refused(request, refusal)
    return render(request, "articles/unsubscribed.html")


def _refused(request: HttpRequest, refusal: TokenRefused) -> HttpResponse:
    return render(request, "articles/link_refused.html", {"sentence": refusal.sentence}, status=refusal.status)
