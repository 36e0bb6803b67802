"""“Your notifications”: which mails about the desk somebody gets."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse

from articles.models import MutedNotice, Notice


class NotificationsForm(forms.Form):
    kinds = forms.MultipleChoiceField(
        label="Mail me when", choices=Notice.KINDS, required=False, widget=forms.CheckboxSelectMultiple
    )


def choose(request: Any, context: dict[str, Any]) -> HttpResponse:
    """Shows the kinds, and keeps which of them are wanted."""
    every = [kind for kind, _label in Notice.KINDS]
    muted = set(request.user.muted_notices.values_list("kind", flat=True))
    form = NotificationsForm(request.POST or None, initial={"kinds": [kind for kind in every if kind not in muted]})
    if request.method == "POST":
        form = NotificationsForm(request.POST)
        if form.is_valid():
            _keep(request, set(every) - set(form.cleaned_data["kinds"]))
            messages.success(request, "Saved.")
            return HttpResponseRedirect(reverse("admin:notifications"))
    return TemplateResponse(
        request, "admin/notifications.html", {**context, "form": form, "title": "Your notifications"}
    )


@transaction.atomic
def _keep(request: Any, muted: set[str]) -> None:
    own = MutedNotice.objects.filter(user=request.user)
    own.exclude(kind__in=muted).delete()
    wanted = [MutedNotice(user=request.user, kind=kind) for kind in sorted(muted)]
    MutedNotice.objects.bulk_create(wanted, ignore_conflicts=True)
