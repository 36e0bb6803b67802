"""Subscribing and leaving. GET shows, POST changes; mail scanners that open every link change nothing.

These forms carry no cookie, so Django's own protection against forged posts cannot guard them: a post from another
site is told by `Sec-Fetch-Site` or `Origin`, and every other action needs a token that only the mail has.
"""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from articles.mail.addresses import AddressRefused
from articles.metadata import structured_data
from articles.models import SubscriptionToken
from articles.newsletter.subscriptions import consent, preferences, requests, tokens
from articles.newsletter.subscriptions.consent import Consent
from articles.newsletter.subscriptions.requests import RequestRefused
from articles.newsletter.subscriptions.tokens import TokenRefused
from articles.views.forms import SubscribeForm
from articles.views.origin import FROM_ELSEWHERE, address_of, from_another_site

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@csrf_exempt
@never_cache
@get_or_post
def subscribe(request: HttpRequest) -> HttpResponse:
    """The answer to a post is the same, byte for byte, and does the same work, whatever the state of the address."""
    if request.method != "POST":
        data = structured_data.simple("WebPage", request.path, "Subscribe")
        return render(request, "articles/subscribe.html", {"asked_on": "/subscribe/", "structured_data": data})
    if from_another_site(request):
        return _form(request, FROM_ELSEWHERE, status=403)
    form = SubscribeForm(request.POST)
    form.is_valid()
    if not form.cleaned_data["website"]:
        try:
            _request(request, form)
        except AddressRefused as problem:
            return _form(request, str(problem), status=422)
        except RequestRefused as refusal:
            answer = _form(request, str(refusal), status=429)
            answer["Retry-After"] = str(refusal.retry_after)
            return answer
    return render(request, "articles/check_your_inbox.html")


def _request(request: HttpRequest, form: SubscribeForm) -> None:
    agreed = Consent(consent.WORDING.format(site=settings.SITE_NAME), form.agreed_on())
    requests.subscribe(form.cleaned_data["email"][:1000], consent=agreed, client=address_of(request))


def _form(request: HttpRequest, problem: str, status: int) -> HttpResponse:
    typed, page = request.POST.get("email", "")[:1000], request.POST.get("page", "")[:300]
    context = {"typed": typed, "asked_on": page, "problem": problem}
    return render(request, "articles/subscribe.html", context, status=status)


@csrf_exempt
@never_cache
@get_or_post
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Confirms a subscription, or the new address of one."""
    try:
        row = tokens.check(token, SubscriptionToken.CONFIRM, SubscriptionToken.MOVE)
        if row.purpose == SubscriptionToken.MOVE:
            return _confirm_move(request, token)
        if request.method != "POST":
            return render(request, "articles/confirm.html")
        agreed = Consent(consent.WORDING.format(site=settings.SITE_NAME), "/subscribe/confirm/")
        leave = consent.confirm(token, consent=agreed)
    except TokenRefused as refusal:
        return refused(request, refusal)
    context = {"leave_token": leave, "preferences": consent.preferences_link(row.subscription)}
    return render(request, "articles/confirmed.html", context)


def _confirm_move(request: HttpRequest, token: str) -> HttpResponse:
    if request.method != "POST":
        return render(request, "articles/confirm_move.html", {"wording": preferences.MOVE_WORDING})
    preferences.move(token, consent=Consent(preferences.MOVE_WORDING, "/subscribe/confirm/"))
    return render(request, "articles/moved.html")


@csrf_exempt
@never_cache
@get_or_post
def not_me(request: HttpRequest, token: str) -> HttpResponse:
    """A person who never asked ends it for good."""
    try:
        if request.method != "POST":
            tokens.read(token, tokens.NOT_ME)
            return render(request, "articles/not_me.html")
        consent.not_me(token)
    except TokenRefused as refusal:
        return refused(request, refusal)
    return render(request, "articles/not_me_done.html")


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
        return refused(request, refusal)
    return render(request, "articles/unsubscribed.html")


def refused(request: HttpRequest, refusal: TokenRefused) -> HttpResponse:
    return render(request, "articles/link_refused.html", {"sentence": str(refusal)}, status=refusal.status)
