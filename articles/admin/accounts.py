"""Accounts and groups: Django's pages for them, with the second step of everybody's sign-in.

Its devices have no pages of their own, so no secret is ever shown.
"""

from typing import Any

from django.contrib import admin, messages
from django.contrib.auth import get_user_model
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, Permission
from django.db.models import Max, Min, Q, QuerySet
from django.http import HttpRequest
from django.utils.formats import date_format
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from articles.admin import sessions, sign_in
from articles.models import Contributor
from articles.publishing import safeguards

User = get_user_model()
admin.site.unregister([User, Group, TOTPDevice, StaticDevice])


class OwnPermissions:
    """Offers the permissions that open something on the desk, without those of devices, attempts and sessions."""

    def formfield_for_manytomany(self, db_field: Any, request: Any = None, **kwargs: Any) -> Any:
        if db_field.remote_field.model is Permission:
            found = Permission.objects.filter(content_type__app_label__in=["articles", "auth"])
            kwargs["queryset"] = found.select_related("content_type")
        return super().formfield_for_manytomany(db_field, request, **kwargs)  # type: ignore[misc]


@admin.register(Group)
class OwnGroupAdmin(OwnPermissions, GroupAdmin):
    pass


@admin.register(User)
class AccountAdmin(OwnPermissions, UserAdmin):
    list_display = ["username", "email", "first_name", "last_name", "is_staff", "two_step"]
    readonly_fields = ["two_step"]
    fieldsets = (
        (None, {"fields": ("username", "password", "two_step")}),
        *(UserAdmin.fieldsets or ())[1:],
    )
    actions = ["remove_two_step"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        confirmed = Q(totpdevice__confirmed=True)
        return (
            super()
            .get_queryset(request)
            .annotate(
                two_step_since=Min("totpdevice__created_at", filter=confirmed),
                two_step_used_at=Max("totpdevice__last_used_at", filter=confirmed),
            )
        )

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        found = super().get_readonly_fields(request, obj)
        return found if request.user.is_superuser else [*found, "is_superuser"]

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._may_touch(request, obj) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """The account of a reviewer is kept, and can be deactivated: who they are changes only with a second person."""
        page = Contributor.objects.filter(user=obj).first() if obj is not None else None
        if page is not None and safeguards.is_guarded(page):
            return False
        return self._may_touch(request, obj) and super().has_delete_permission(request, obj)

    @staticmethod
    def _may_touch(request: HttpRequest, obj: Any) -> bool:
        """Who could change a superuser's password would be one."""
        return obj is None or request.user.is_superuser or not obj.is_superuser

    def save_model(self, request: HttpRequest, user: Any, form: Any, change: bool) -> None:
        if user.pk == request.user.pk:
            sessions.keeping(user, request.session.session_key)
        super().save_model(request, user, form, change)

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
