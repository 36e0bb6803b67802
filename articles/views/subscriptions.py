"""Subscribing and leaving. GET shows, POST changes; mail scanners that open every link change nothing.

These forms carry no cookie, so Django's own protection against forged posts cannot guard them: a post from another
site is told by `Sec-Fetch-Site` or `Origin`, and every other deed needs a token that only the mail holds.
"""

from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from articles.models import SubscriptionToken
from articles.newsletter import consent, tokens
from articles.newsletter.consent import AddressRefused, Consent, TokenRefused

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
        problem = "This form was sent from another site. Please send it from here."
        return _form(request, typed, page, problem, status=403)
    try:
        wording = consent.WORDING.format(site=settings.SITE_NAME)
        consent.subscribe(typed, consent=Consent(wording, page if page.startswith("/") else ""))
    except AddressRefused as problem:
        return _form(request, typed, page, str(problem), status=422)
    return render(request, "articles/check_your_inbox.html")


def _form(request: HttpRequest, typed: str, page: str, problem: str, status: int) -> HttpResponse:
    context = {"typed": typed, "page": page, "problem": problem}
    return render(request, "articles/subscribe.html", context, status=status)


def from_another_site(request: HttpRequest) -> bool:
    """Whether a browser says that a page of another origin sent this; older browsers say nothing and are let in."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site not in ("same-origin", "none")
    origin = request.headers.get("Origin")
    return origin is not None and urlsplit(origin).netloc != request.get_host()


@csrf_exempt
@never_cache
@get_or_post
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    try:
        if request.method != "POST":
            tokens.check(token, SubscriptionToken.CONFIRM)
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
            consent.named_by(token, tokens.LEAVE)
            return render(request, "articles/unsubscribe.html")
        consent.unsubscribe(token, consent=Consent(consent.UNSUBSCRIBE_WORDING, "/unsubscribe/"))
    except TokenRefused as refusal:
        return _refused(request, refusal)
    return render(request, "articles/unsubscribed.html")


@csrf_exempt
@never_cache
@get_or_post
def preferences(request: HttpRequest, token: str) -> HttpResponse:
    """A reader's choices."""
    try:
        subscription = consent.named_by(token, tokens.PREFERENCES)
    except TokenRefused as refusal:
        return _refused(request, refusal)
    return render(request, "articles/preferences.html", {"subscription": subscription})


def _refused(request: HttpRequest, refusal: TokenRefused) -> HttpResponse:
    return render(request, "articles/link_refused.html", {"sentence": refusal.sentence}, status=refusal.status)
