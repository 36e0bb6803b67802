"""Invitations to the newsroom: whom to invite, and what is open. `joining` is the page that they lead to."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.widgets import AdminRadioSelect
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from articles.admin import accounts
from articles.mail import addresses
from articles.models import Invitation
from articles.publishing import invitations
from articles.refusal import Refused


class InvitationForm(forms.ModelForm):
    role = forms.ChoiceField(widget=AdminRadioSelect, error_messages={"required": "Choose what they may do."})

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = accounts.role_choices()  # type: ignore[attr-defined]

    def clean_email(self) -> str:
        try:
            email = addresses.normalize(self.cleaned_data["email"])
        except addresses.AddressRefused as problem:
            raise ValidationError(list(problem.problems)) from problem
        if problems := invitations.problems_with(email):
            raise ValidationError(problems)
        return email


@admin.register(Invitation)
class InvitationAdmin(admin.ModelAdmin):
    form = InvitationForm
    fields = [("first_name", "last_name"), "email", "role"]
    list_display = ["name", "email", "role", "sent_at", "invited_by", "expires"]
    list_display_links = None
    list_select_related = ["invited_by"]
    when_empty = "No open invitations. Everyone who was invited has joined."
    actions = ["send_again", "withdraw"]

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.display(description="Name", ordering="last_name")
    def name(self, invitation: Invitation) -> str:
        return f"{invitation.first_name} {invitation.last_name}"

    @admin.display(description="Expires", ordering="sent_at")
    def expires(self, invitation: Invitation) -> Any:
        return "Expired" if invitation.expires_at <= timezone.now() else invitation.expires_at

    def save_model(self, request: Any, invitation: Any, form: Any, change: bool) -> None:
        invitation.invited_by = request.user
        invitations.invite(invitation)

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        try:
            return super().add_view(request, form_url, {"title": "Invite someone"})
        except invitations.InvitationRefused as refusal:
            messages.error(request, str(refusal))
            return self._to_list()

    def response_add(self, request: HttpRequest, obj: Any, post_url_continue: Any = None) -> HttpResponse:
        messages.success(request, f"We’re emailing {obj} a link that works for {Invitation.LIFE.days} days.")
        return self._to_list()

    @staticmethod
    def _to_list() -> HttpResponse:
        return HttpResponseRedirect(reverse("admin:articles_invitation_changelist"))

    @admin.action(permissions=["add"], description="Send again: a new link for seven days")
    def send_again(self, request: Any, chosen: QuerySet[Invitation]) -> None:
        for invitation in chosen:
            try:
                invitations.send_again(invitation, by=request.user)
                messages.success(request, f"We’re emailing {invitation} a new link. The earlier one doesn’t work.")
            except Refused as refusal:
                messages.error(request, str(refusal))

    @admin.action(permissions=["add"], description="Withdraw: the link stops working")
    def withdraw(self, request: HttpRequest, chosen: QuerySet[Invitation]) -> None:
        names = [str(invitation) for invitation in chosen]
        self.log_deletions(request, chosen)
        chosen.delete()
        messages.success(request, f"Withdrawn: {', '.join(names)}.")
