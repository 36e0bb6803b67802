"""Changes of who reviews and of what sections require: what waits, and the buttons that confirm and stop it.

And what the forms of contributors and sections do with such a change: it is kept apart until it takes effect.
"""

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format

from articles.models import SafeguardChange
from articles.publishing import safeguards
from articles.refusal import Refused


class KeepsSafeguards(admin.ModelAdmin):
    """A form whose guarded values wait instead of being saved."""

    def save_model(self, request: Any, obj: Any, form: Any, change: bool) -> None:
        before = self.model._default_manager.get(pk=obj.pk) if change else None
        values = safeguards.waiting_values(before, obj)
        standard = before or self.model()
        for name in values:
            setattr(obj, name, getattr(standard, name))
        super().save_model(request, obj, form, change)
        if not values:
            return
        try:
            asked = safeguards.ask(obj, values, by=request.user)
        except Refused as refusal:
            for sentence in refusal.problems:
                messages.error(request, sentence)
            return
        when = date_format(timezone.localtime(asked[0].takes_effect_at), "F j, Y, H:i")
        for each in asked:
            waits = f"This takes effect on {when}, or when a second administrator confirms it."
            messages.warning(request, f"{safeguards.in_words(each)}. {waits}")


@admin.register(SafeguardChange)
class SafeguardChangeAdmin(admin.ModelAdmin):
    list_display = ["what", "asked_by_whom", "asked_at", "takes_effect_at", "state", "confirmed_by", "stopped_by"]
    list_display_links = None
    list_select_related = ["asked_by", "confirmed_by", "stopped_by", "contributor", "section"]
    when_empty = "No one has asked to change who reviews or what a section requires."
    actions = ["confirm", "stop"]

    @admin.display(description="asked by", ordering="asked_by")
    def asked_by_whom(self, change: SafeguardChange) -> str:
        return "Not known" if change.is_anonymous else str(change.asked_by)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_ask_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm(safeguards.MAY))

    @admin.display(description="change")
    def what(self, change: SafeguardChange) -> str:
        return safeguards.in_words(change)

    @admin.display(description="status")
    def state(self, change: SafeguardChange) -> str:
        return change.state

    @admin.action(permissions=["ask"], description="Confirm: it takes effect now")
    def confirm(self, request: HttpRequest, changes: QuerySet[SafeguardChange]) -> None:
        self._decide(request, changes, safeguards.confirm, "In effect now")

    @admin.action(permissions=["ask"], description="Stop: nothing changes")
    def stop(self, request: HttpRequest, changes: QuerySet[SafeguardChange]) -> None:
        self._decide(request, changes, safeguards.stop, "Stopped")

    @staticmethod
    def _decide(request: HttpRequest, changes: Any, decide: Callable[..., SafeguardChange], done: str) -> None:
        for change in changes.order_by("pk"):
            try:
                decide(change, by=request.user)
                messages.success(request, f"{done}: {safeguards.in_words(change)}.")
            except Refused as refusal:
                messages.error(request, f"{safeguards.in_words(change)}: {refusal}")
