"""What an invited person sees first: they choose a name to sign in by and a password that nobody else knows."""

from typing import Any

from django.contrib import admin
from django.contrib.auth import get_user_model, login
from django.contrib.auth.forms import UserCreationForm
from django.contrib.auth.password_validation import password_validators_help_texts
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from articles.admin import sign_in
from articles.models import Invitation
from articles.newsletter.subscriptions import rate_limits
from articles.publishing import invitations, reviewer_accounts
from articles.publishing.links import LinkRefused
from articles.views import origin

BACKEND = "articles.publishing.reviewer_accounts.Backend"
TOO_MANY = "Too many tries from your network today. Try again tomorrow."


class JoinForm(UserCreationForm):
    """A name to sign in by and a password, both chosen by the person."""

    class Meta(UserCreationForm.Meta):
        model = get_user_model()
        fields = ("username",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password1"].help_text = " ".join(filter(None, password_validators_help_texts()))


@never_cache
@csrf_protect
@sensitive_post_parameters("password1", "password2")
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: Any, token: str) -> HttpResponse:
    """Mail scanners open every link, so only the button makes the account."""
    is_sent = request.method == "POST"
    if is_sent and not rate_limits.network_has_room(origin.address_of(request), at=timezone.now()):
        return _refused(request, TOO_MANY, 429)
    try:
        with transaction.atomic():
            invitation = invitations.opened(token)
            form = JoinForm(request.POST if is_sent else None, initial={"username": _proposed(invitation)})
            form.instance.email = invitation.email  # no password is made of it
            if is_sent and form.is_valid():
                user = form.save(commit=False)
                with reviewer_accounts.acting(user):
                    invitations.join(invitation, user)
                login(request, user, backend=BACKEND)
                return HttpResponseRedirect(reverse("admin:index"))
    except LinkRefused as refusal:
        return _refused(request, str(refusal), refusal.status)
    except IntegrityError:
        form.add_error("username", "Someone took this username just now. Choose another one.")
    return sign_in.page(request, "join", form=form, invitation=invitation)


def _proposed(invitation: Invitation) -> str:
    name = invitation.email.partition("@")[0]
    return "" if get_user_model().objects.filter(username__iexact=name).exists() else name


def _refused(request: HttpRequest, sentence: str, status: int) -> HttpResponse:
    return render(request, "admin/join.html", {**admin.site.each_context(request), "sentence": sentence}, status=status)
