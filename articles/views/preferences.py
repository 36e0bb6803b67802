"""A reader's choices, behind the link of a letter; and their data, behind a link that only their own inbox gets.

A letter may have been forwarded: its link changes choices, which the reader can change back, and nothing else. To move,
see, or erase, an hour's key is mailed to the address itself. The page never shows the whole address.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from articles.mail import addresses
from articles.mail.addresses import AddressRefused
from articles.models import Section, Subscription, SubscriptionToken
from articles.newsletter.subscriptions import consent, erasure, requests, tokens
from articles.newsletter.subscriptions import preferences as choices
from articles.newsletter.subscriptions.preferences import PreferencesRefused
from articles.newsletter.subscriptions.tokens import TokenRefused
from articles.views.forms import ChoicesForm, EraseForm, MoveForm, PageForm, PauseForm
from articles.views.origin import FROM_ELSEWHERE, from_another_site
from articles.views.subscriptions import get_or_post, refused

PAGE = "/preferences/"
GONE = "Nothing here: this address and everything we kept with it have been erased."


@dataclass(frozen=True)
class Opened:
    """Whose page it is, and whether the key that opened it opens their data too."""

    subscription: Subscription
    is_owner: bool


@csrf_exempt
@never_cache
@get_or_post
def preferences(request: HttpRequest, token: str) -> HttpResponse:
    try:
        opened = _open(token)
    except TokenRefused as refusal:
        return refused(request, refusal)
    if request.method != "POST":
        return _page(request, opened)
    if from_another_site(request):
        return _page(request, opened, problem=FROM_ELSEWHERE, status=403)
    action = {**ACTIONS, **(OWNERS_ACTIONS if opened.is_owner else {})}.get(request.POST.get("action", ""))
    if action is None:
        return _page(request, opened, problem="Please use one of the buttons on this page.", status=422)
    try:
        return action(request, opened)
    except (PreferencesRefused, AddressRefused) as problem:
        return _page(request, opened, problem=str(problem), status=422)


def _open(token: str) -> Opened:
    """Raises TokenRefused."""
    if tokens.ROW.match(tokens.as_written(token)):
        return Opened(tokens.check(token, SubscriptionToken.MANAGE).subscription, is_owner=True)
    subscription = consent.named_by(token, tokens.PREFERENCES)
    if subscription is None:
        raise TokenRefused(GONE, status=410)
    return Opened(subscription, is_owner=False)


def _page(
    request: HttpRequest, opened: Opened, *, done: str = "", problem: str = "", status: int = 200
) -> HttpResponse:
    subscription = Subscription.objects.get(pk=opened.subscription.pk)
    chosen = {section.pk for section in subscription.sections.all()}
    today = timezone.localdate()
    context = {
        "subscription": subscription,
        "is_owner": opened.is_owner,
        "address": addresses.masked(subscription.email),
        "leave_token": tokens.sign(tokens.LEAVE, subscription.pk),
        "wanted": Subscription.WANTED,
        "choices": [(section, not chosen or section.pk in chosen) for section in Section.objects.all()],
        "is_paused": subscription.paused_until is not None and subscription.paused_until > today,
        "first_day": today + timedelta(days=1),
        "last_day": today + choices.LONGEST_PAUSE,
        "in_a_month": today + timedelta(days=28),
        "typed": request.POST.get("email", "")[:1000] if problem else "",
        "done": done,
        "problem": problem,
    }
    return render(request, "articles/preferences.html", context, status=status)


def _valid(form: PageForm) -> dict[str, Any]:
    """What was sent. Raises PreferencesRefused."""
    if not form.is_valid():
        raise PreferencesRefused(*form.problems())
    return form.cleaned_data


# What anybody with a newsletter may do --------------------------------------------------------------------------------


def _choose(request: HttpRequest, opened: Opened) -> HttpResponse:
    choices.choose(opened.subscription, **_valid(ChoicesForm(request.POST)), page=PAGE)
    return _page(request, opened, done="Your choices are saved.")


def _pause(request: HttpRequest, opened: Opened) -> HttpResponse:
    choices.pause(opened.subscription, until=_valid(PauseForm(request.POST))["until"], page=PAGE)
    return _page(request, opened, done="The newsletter is paused.")


def _resume(request: HttpRequest, opened: Opened) -> HttpResponse:
    choices.resume(opened.subscription, page=PAGE)
    return _page(request, opened, done="The newsletter is resumed.")


def _ask_key(request: HttpRequest, opened: Opened) -> HttpResponse:
    requests.key(opened.subscription)
    return _page(request, opened, done="We sent a link to your address. It works for one hour.")


# What only the owner of the address may do ----------------------------------------------------------------------------


def _move(request: HttpRequest, opened: Opened) -> HttpResponse:
    requests.move(opened.subscription, _valid(MoveForm(request.POST))["email"][:1000])
    done = "We sent a question to the new address. Until it’s confirmed, the newsletter goes to the old one."
    return _page(request, opened, done=done)


def _export(request: HttpRequest, opened: Opened) -> HttpResponse:
    answer = HttpResponse(erasure.as_json(opened.subscription), content_type="application/json; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="my-subscription.json"'
    return answer


def _erase(request: HttpRequest, opened: Opened) -> HttpResponse:
    _valid(EraseForm(request.POST))
    erasure.erase(opened.subscription.email)
    return render(request, "articles/erased.html")


Action = Callable[[HttpRequest, Opened], HttpResponse]
ACTIONS: dict[str, Action] = {"choose": _choose, "pause": _pause, "resume": _resume, "key": _ask_key}
OWNERS_ACTIONS: dict[str, Action] = {"move": _move, "export": _export, "erase": _erase}
