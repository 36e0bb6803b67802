"""Possible repeats: where else a corrected error may be said, until an editor has looked at each place."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html

from articles.admin.editions import ReadOnlyAdmin
from articles.models import PossibleRepeat
from articles.publishing import sweep
from articles.refusal import Refused


class DecidedFilter(admin.SimpleListFilter):
    title = "status"
    parameter_name = "decided"
    QUESTIONS = {"no": ("Waiting", Q(decision="")), "yes": ("Decided", ~Q(decision=""))}

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(key, label) for key, (label, _condition) in self.QUESTIONS.items()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        chosen = self.value()
        return queryset.filter(self.QUESTIONS[chosen][1]) if chosen in self.QUESTIONS else queryset


@admin.register(PossibleRepeat)
class PossibleRepeatAdmin(ReadOnlyAdmin):
    list_display = ["where", "error", "corrected_in", "state", "decided_by", "decided_at"]
    list_display_links = None
    list_filter = [DecidedFilter]
    list_select_related = ["correction__edition", "decided_by"]
    search_fields = ["place", "correction__was", "correction__edition__title"]
    when_empty = "Nothing to look at. When a correction is published, places that may say the same are listed here."
    actions = ["corrected", "not_the_same"]

    def has_publish_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm("articles.publish_article"))

    @admin.display(description="place", ordering="place")
    def where(self, repeat: PossibleRepeat) -> str:
        address = page_of(repeat)
        return format_html('<a href="{}">{}</a>', address, repeat.place) if address else repeat.place

    @admin.display(description="it said")
    def error(self, repeat: PossibleRepeat) -> str:
        return repeat.correction.was or f"(missing) {repeat.correction.now}"

    @admin.display(description="corrected in")
    def corrected_in(self, repeat: PossibleRepeat) -> str:
        edition = repeat.correction.edition
        address = reverse("admin:articles_edition_change", args=[edition.pk])
        return format_html('<a href="{}">{}</a>', address, edition)

    @admin.display(description="status", ordering="decision")
    def state(self, repeat: PossibleRepeat) -> str:
        return repeat.get_decision_display() or "Waiting"

    @admin.action(permissions=["publish"], description="Corrected here")
    def corrected(self, request: HttpRequest, repeats: QuerySet[PossibleRepeat]) -> None:
        _decide(request, repeats, PossibleRepeat.CORRECTED)

    @admin.action(permissions=["publish"], description="Not the same")
    def not_the_same(self, request: HttpRequest, repeats: QuerySet[PossibleRepeat]) -> None:
        _decide(request, repeats, PossibleRepeat.OTHER)


def _decide(request: Any, repeats: QuerySet[PossibleRepeat], decision: str) -> None:
    for repeat in repeats:
        try:
            decided = sweep.decide(repeat, decision, by=request.user)
            messages.success(request, f"{decided.get_decision_display()}: {repeat}.")
        except Refused as refusal:
            messages.error(request, f"{repeat}: {refusal}")


def page_of(repeat: PossibleRepeat) -> str:
    """The desk's page of what may say the error again, if it has one."""
    try:
        return reverse(f"admin:articles_{repeat.kind}_change", args=[repeat.row])
    except NoReverseMatch:
        return ""
