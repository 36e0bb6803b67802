"""Signing in to the desk: the password and the second step. After wrong ones: `lock_out`.

The second step is a code from an authenticator app (TOTP), or one of ten recovery codes. A user with an app set up is
asked for a code after the password; under `TWO_FACTOR_REQUIRED` everybody sets one up before anything else opens.
"""

import time
from base64 import b32encode
from binascii import unhexlify
from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

import segno
from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth import get_user_model
from django.contrib.auth.models import User
from django.contrib.auth.signals import user_login_failed
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.debug import sensitive_post_parameters
from django_otp import login as verify_session
from django_otp.models import Device
from django_otp.oath import TOTP
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice
from django_otp.util import random_hex

from articles.admin import sessions
from articles.publishing import reviewer_accounts

View = Callable[..., HttpResponse]


class DeskRequest(HttpRequest):
    """What the desk's own views get: `admin_view` lets nobody through who has no account."""

    user: User


RECOVERY_CODES = 10
SECRET = "two_step_secret"  # noqa: S105  where a session keeps the secret until its first code confirms it
REFUSED = "That code wasn’t accepted. Try a new one. After several wrong codes, wait a few minutes first."

# What stays open to somebody who gave a password and still owes the second step.
OPEN = {
    "two_step_code": {"two_step_code", "login", "logout", "join"},
    "two_step_setup": {"two_step_setup", "login", "logout", "join", "password_change", "password_change_done"},
}

# The password ---------------------------------------------------------------------------------------------------------


class PasswordForm(AdminAuthenticationForm):
    """Counts the right password of an account that may not enter as a failure too: a lock-out tells nothing apart."""

    def confirm_login_allowed(self, user: Any) -> None:
        try:
            super().confirm_login_allowed(user)
        except ValidationError:
            credentials = {"username": self.cleaned_data["username"]}
            user_login_failed.send(sender=__name__, credentials=credentials, request=self.request)
            raise


# The second step: who owes it, and what counts ------------------------------------------------------------------------


def owed(request: Any) -> str | None:
    """The name of the page that a signed-in person has to pass first, unless this is one that is open before it."""
    step = _owed_by(request)
    match = request.resolver_match
    return None if step and match and match.url_name in OPEN[step] else step


def _owed_by(request: Any) -> str | None:
    if request.user.is_verified():
        return None
    if not hasattr(request, "has_app"):  # a page asks several times
        request.has_app = apps_of(request.user).exists()
    if request.has_app:
        return "two_step_code"
    return "two_step_setup" if settings.TWO_FACTOR_REQUIRED else None


def second_step(view: View) -> View:
    """Sends a user who gave a password and owes the second step to where it is done, and back afterwards."""

    @wraps(view)
    def answer(request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.is_active and request.user.is_staff and (step := owed(request)):
            after = urlencode({"next": request.get_full_path()})
            return HttpResponseRedirect(f"{reverse(f'admin:{step}')}?{after}")
        return view(request, *args, **kwargs)

    return answer


def apps_of(user: Any) -> Any:
    """Confirmed authenticator apps."""
    return TOTPDevice.objects.devices_for_user(user, confirmed=True)


def accepted(user: Any, code: str) -> Device | None:
    """What accepted the code: the app, or the recovery codes. A code is accepted once."""
    kind = TOTPDevice if len(code) == 6 and code.isdecimal() else StaticDevice
    with transaction.atomic():
        for device in kind.objects.devices_for_user(user, confirmed=True).select_for_update():
            if device.verify_token(code):
                return device
    return None


def new_recovery_codes(user: Any) -> list[str]:
    """Ten codes in place of all earlier ones."""
    with transaction.atomic():
        device, _created = StaticDevice.objects.get_or_create(user=user, defaults={"name": "Recovery codes"})
        StaticToken.objects.filter(device__user=user).delete()
        codes = [StaticToken.random_token() for _number in range(RECOVERY_CODES)]
        StaticToken.objects.bulk_create(StaticToken(device=device, token=code) for code in codes)
    return codes


def remove(user: Any, *, but: str | None = None) -> None:
    """Takes the app and the recovery codes away, and ends the user's sessions except the one with the key `but`."""
    with transaction.atomic():
        TOTPDevice.objects.filter(user=user).delete()
        StaticDevice.objects.filter(user=user).delete()
        reviewer_accounts.second_step_changed(user)
        sessions.end([user.pk], but=but)


# The second step: forms and pages -------------------------------------------------------------------------------------


class CodeForm(forms.Form):
    """A code, however it was typed, that `check` accepts; `device` is what accepted it."""

    code = forms.CharField(
        label="Code",
        max_length=20,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "autocapitalize": "none", "spellcheck": "false", "autofocus": True}
        ),
    )

    def __init__(self, *args: Any, check: Callable[[str], Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.check = check
        self.device: Any = None

    def clean_code(self) -> str:
        code: str = "".join(self.cleaned_data["code"].lower().replace("-", "").split())
        self.device = self.check(code)
        if not self.device:
            raise ValidationError(REFUSED)
        return code


def page(request: HttpRequest, name: str, **context: Any) -> HttpResponse:
    return render(request, f"admin/{name}.html", {**admin.site.each_context(request), **context})


def verified(request: HttpRequest, device: Device) -> None:
    """From here on the session counts as verified, under a key that nobody saw before."""
    verify_session(request, device)
    request.session.cycle_key()


@sensitive_post_parameters("code")
def ask_code(request: Any) -> HttpResponse:
    """After the password: the code."""
    wanted = request.POST.get("next", request.GET.get("next", ""))
    if not url_has_allowed_host_and_scheme(wanted, {request.get_host()}, request.is_secure()):
        wanted = reverse("admin:index")
    if _owed_by(request) != "two_step_code":
        return HttpResponseRedirect(wanted)
    form = CodeForm(request.POST or None, check=lambda code: accepted(request.user, code))
    if form.is_valid():
        verified(request, form.device)
        return HttpResponseRedirect(wanted)
    return page(request, "two_step_code", form=form, next=wanted)


@sensitive_post_parameters("code")
def set_up(request: Any) -> HttpResponse:
    """The secret as a QR code and as text, until a first code from the app confirms it; then the recovery codes."""
    if apps_of(request.user).exists():
        return HttpResponseRedirect(reverse("admin:two_step"))
    secret = request.session.setdefault(SECRET, random_hex(20))
    app = TOTPDevice(user=request.user, name="Authenticator app", key=secret)
    form = CodeForm(request.POST or None, check=lambda code: _confirmed(app, code))
    if form.is_valid():
        del request.session[SECRET]
        verified(request, app)
        return page(request, "two_step_codes", codes=new_recovery_codes(request.user))
    return page(
        request,
        "two_step_setup",
        form=form,
        required=settings.TWO_FACTOR_REQUIRED,
        qr=qr(app.config_url),
        secret=_to_type(app),
        otpauth=app.config_url,
    )


@sensitive_post_parameters("code")
def manage(request: Any) -> HttpResponse:
    """What is set up; new recovery codes, or the end of it, against a code."""
    app = apps_of(request.user).first()
    if app is None:
        return HttpResponseRedirect(reverse("admin:two_step_setup"))
    form = CodeForm(request.POST or None, check=lambda code: accepted(request.user, code))
    if form.is_valid():
        if request.POST.get("action") == "remove":
            remove(request.user, but=request.session.session_key)
            messages.success(request, "Two-step sign-in was removed from your account.")
            return HttpResponseRedirect(reverse("admin:index"))
        return page(request, "two_step_codes", codes=new_recovery_codes(request.user))
    left = StaticToken.objects.filter(device__user=request.user).count()
    return page(request, "two_step", form=form, app=app, left=left, required=settings.TWO_FACTOR_REQUIRED)


def _confirmed(app: TOTPDevice, code: str) -> TOTPDevice | None:
    """The app, stored, if the code is one that its secret makes now; that code will not be accepted again."""
    totp = TOTP(unhexlify(app.key), app.step, app.t0, app.digits)
    totp.time = time.time()
    if not (code.isdecimal() and len(code) == app.digits and totp.verify(int(code), app.tolerance)):
        return None
    with transaction.atomic():
        get_user_model().objects.select_for_update().get(pk=app.user_id)
        if apps_of(app.user).exists():
            return None
        app.last_t, app.drift = totp.t(), totp.drift
        app.save()
        reviewer_accounts.second_step_changed(app.user)
    return app


def _to_type(app: TOTPDevice) -> str:
    """The secret as apps ask for it, in groups of four letters."""
    letters = b32encode(app.bin_key).decode()
    return " ".join(letters[at : at + 4] for at in range(0, len(letters), 4))


def qr(text: str) -> dict[str, Any]:
    """A QR code as the path of an SVG: one unit square for every dark module, and the quiet zone that readers need."""
    rows = [list(row) for row in segno.make(text, error="m", micro=False).matrix_iter(border=4)]
    dark = (f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, module in enumerate(row) if module)
    return {"size": len(rows), "path": "".join(dark)}
