"""Users: Django's page for them with the role in words, and the second step of everybody's sign-in.

Its devices have no pages of their own, so no secret is ever shown. Groups have none either: a role is `roles.ROLES`.
"""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.widgets import AdminRadioSelect
from django.contrib.auth import get_user_model
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import UserChangeForm
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Max, Min, Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.text import get_text_list
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from articles import roles
from articles.admin import sessions, sign_in
from articles.models import Contributor
from articles.publishing import closing, safeguards
from articles.refusal import Refused

User = get_user_model()
admin.site.unregister([User, Group, TOTPDevice, StaticDevice])

SUPERUSER = "Superuser"  # no group: a flag of the user


def role_choices(by: Any = None) -> list[tuple[str, str]]:
    """Every role, each with what it may do; a newsroom's own groups come last, then what only a superuser gives."""
    own = Group.objects.exclude(name__in=roles.ROLES).order_by("name").values_list("name", flat=True)
    words = {**roles.IN_WORDS, **dict.fromkeys(own, "A role of this newsroom’s own.")}
    if by is not None and by.is_superuser:
        words[SUPERUSER] = "May do everything, and is changed by superusers alone."
    return [(name, format_html("<b>{}</b> <span>{}</span>", name, sentence)) for name, sentence in words.items()]


def role_of(user: Any) -> str:
    """The one role of a user who signs in; empty if what they may do is not one role."""
    if user.is_superuser:
        return SUPERUSER
    names = [group.name for group in user.groups.all()]
    return names[0] if len(names) == 1 and user.is_staff and not user.user_permissions.all() else ""


def as_it_is(user: Any) -> str:
    """In words what a user may do that no single role says."""
    parts = sorted(group.name for group in user.groups.all()) or ["No role"]
    parts += ["permissions of their own"] if user.user_permissions.all() else []
    return get_text_list(parts, "and") + ("" if user.is_staff else ", without signing in")


class UserForm(UserChangeForm):
    role = forms.ChoiceField(widget=AdminRadioSelect, error_messages={"required": "Choose what they may do."})
    by: Any

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "role" not in self.fields:
            return
        choices = role_choices(self.by)
        self.initial["role"] = role_of(self.instance)
        if not self.initial["role"]:
            kept = format_html("<b>As it is now</b> <span>{}.</span>", as_it_is(self.instance))
            choices.insert(0, ("", kept))
            self.fields["role"].required = False
        self.fields["role"].choices = choices  # type: ignore[attr-defined]

    def clean_role(self) -> str:
        """Somebody has to stay who can give roles."""
        role: str = self.cleaned_data["role"]
        is_taken_away = role not in ("", self.initial["role"], SUPERUSER, "Site administrator")
        if is_taken_away and closing.is_last_administrator(self.instance):
            raise ValidationError(closing.LAST)
        return role


class RoleFilter(admin.RelatedFieldListFilter):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.title = "role"


@admin.register(User)
class AccountAdmin(UserAdmin):
    form = UserForm
    list_display = ["username", "email", "first_name", "last_name", "role", "two_step"]
    list_filter = ["is_active", ("groups", RoleFilter)]
    readonly_fields = ["password_state", "two_step", "last_login", "date_joined"]
    filter_horizontal = ()
    fieldsets = (
        (None, {"fields": ("username", "password_state", "two_step")}),
        ("Person", {"fields": (("first_name", "last_name"), "email")}),
        ("What they may do", {"fields": ("role",)}),
        ("Dates", {"fields": (("date_joined", "last_login"),)}),
    )
    actions = ["remove_two_step"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        confirmed = Q(totpdevice__confirmed=True)
        return (
            super()
            .get_queryset(request)
            .prefetch_related("groups", "user_permissions")
            .annotate(
                two_step_since=Min("totpdevice__created_at", filter=confirmed),
                two_step_used_at=Max("totpdevice__last_used_at", filter=confirmed),
            )
        )

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change=change, **kwargs)
        return type(form.__name__, (form,), {"by": request.user})

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Who joins chooses their own password: `invitations`."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._may_touch(request, obj) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """The account of a reviewer is kept, and can be closed: who they are changes only with a second person."""
        if obj is not None and obj.pk == request.user.pk:
            return False
        page = Contributor.objects.filter(user=obj).first() if obj is not None else None
        if page is not None and safeguards.is_guarded(page):
            return False
        return self._may_touch(request, obj) and super().has_delete_permission(request, obj)

    @staticmethod
    def _may_touch(request: HttpRequest, obj: Any) -> bool:
        """Who could change a superuser's password would be one."""
        return obj is None or request.user.is_superuser or not obj.is_superuser

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(self.closing)
        return [path("<int:pk>/closing/", view, name="auth_user_closing"), *super().get_urls()]

    def closing(self, request: Any, pk: int) -> HttpResponse:
        """Asks before an account is closed or reopened, and says what waits for its owner."""
        user = get_object_or_404(User, pk=pk)
        if not self.has_change_permission(request, user):
            raise PermissionDenied
        if request.method == "POST":
            verb, done = (
                (closing.reopen, "Reopened.") if request.POST.get("verb") == "reopen" else (closing.close, "Closed.")
            )
            try:
                verb(user, by=request.user)
                self.log_change(request, user, done)
                messages.success(request, done)
            except Refused as refusal:
                for sentence in refusal.problems:
                    messages.error(request, sentence)
            return HttpResponseRedirect(request.path)
        waiting = closing.waiting_for(user)
        context = {
            **self.admin_site.each_context(request),
            "title": f"Close the account of {user}?" if user.is_active else f"The account of {user} is closed",
            "account": user,
            "name": user.get_full_name() or user.get_username(),
            "waiting": waiting,
            "summary": closing.in_words(waiting),
        }
        return TemplateResponse(request, "admin/auth/user/closing.html", context)

    def save_model(self, request: HttpRequest, user: Any, form: Any, change: bool) -> None:
        if user.pk == request.user.pk:
            sessions.keeping(user, request.session.session_key)
        role = form.cleaned_data.get("role") if "role" in form.changed_data else ""
        if role:
            user.is_superuser, user.is_staff = role == SUPERUSER, True
        super().save_model(request, user, form, change)
        if role:
            roles.give(user, role)

    @admin.display(description="Role")
    def role(self, user: Any) -> str:
        return (role_of(user) or as_it_is(user)) + ("" if user.is_active else " (closed)")

    @admin.display(description="Password")
    def password_state(self, user: Any) -> str:
        """Whether there is one; nothing that is kept of it."""
        state = "Set" if user.has_usable_password() else "None"
        address = reverse("admin:auth_user_password_change", args=[user.pk])
        return format_html('{}. <a href="{}">Set another one</a>', state, address)

    @admin.display(description="Two-step sign-in", ordering="two_step_since")
    def two_step(self, user: Any) -> str:
        since, used_at = getattr(user, "two_step_since", None), getattr(user, "two_step_used_at", None)
        if not since:
            return "Not set up"
        return f"Since {date_format(since)}" + (f", last used {date_format(used_at)}" if used_at else "")

    @admin.action(permissions=["change"], description="Remove two-step sign-in (lost phone)")
    def remove_two_step(self, request: HttpRequest, users: QuerySet[Any]) -> None:
        users = users if request.user.is_superuser else users.exclude(is_superuser=True)
        for user in users:
            sign_in.remove(user, but=request.session.session_key)
            self.log_change(request, user, "Two-step sign-in removed.")
        messages.success(request, f"Removed two-step sign-in for {', '.join(str(user) for user in users)}.")
