"""Official labels beside the cards of medicines: where they differ, and the button of a card that was checked."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_POST

from articles.admin.editions import ReadOnlyAdmin
from articles.admin.sign_in import DeskRequest
from articles.models import Label
from articles.publishing import public_texts
from articles.refusal import Refused


class ToCheckFilter(admin.SimpleListFilter):
    title = "status"
    parameter_name = "status"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("differ", "Labels that differ"), ("open", "Nobody has checked the card against it")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() == "differ":
            return Label.objects.differing() & queryset
        return Label.objects.to_check() & queryset if self.value() == "open" else queryset


@admin.register(Label)
class LabelAdmin(ReadOnlyAdmin):
    change_form_template = "admin/articles/label/change_form.html"
    list_display = ["__str__", "drug", "effective_on", "differing", "checked"]
    list_filter = [ToCheckFilter]
    list_select_related = ["drug", "drug__checked_by"]
    list_per_page = 50
    search_fields = ["drug__name", "=set_id", "title"]
    when_empty = (
        "No labels yet. manage.py import_labels FILE... reads label files from DailyMed and holds them against the "
        "medicines’ cards; what differs waits here."
    )
    fields = ["title", "set_id", "version", "effective_on", "routes", "boxed_warning", "indications"]

    @admin.display(description="differences")
    def differing(self, label: Label) -> str:
        return " ".join(label.differences) or "–"

    @admin.display(description="card checked against it")
    def checked(self, label: Label) -> str:
        if label.drug.checked_label_id == label.pk:
            return f"{label.drug.checked_by}, {label.drug.checked_on}"
        return "Not yet" if label.drug.label_id == label.pk else "–"

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(require_POST(self.check_card))
        return [path("<int:pk>/check/", view, name="articles_label_check"), *super().get_urls()]

    def check_card(self, request: DeskRequest, pk: int) -> HttpResponse:
        label = get_object_or_404(Label.objects.select_related("drug"), pk=pk)
        if not self.has_view_permission(request, label):
            raise PermissionDenied
        try:
            public_texts.check(label.drug, label, by=request.user)
            messages.success(request, f"The card of {label.drug} is checked against version {label.version}.")
        except Refused as refusal:
            for problem in refusal.problems:
                messages.error(request, problem)
        return HttpResponseRedirect(reverse("admin:articles_label_change", args=[pk]))

    def change_view(self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None) -> Any:
        label = self.get_object(request, object_id)
        context = {
            "label": label,
            "title": "Label",
            "can_check": label is not None and public_texts.may_check(request.user),  # type: ignore[arg-type]
            "is_checked": label is not None and label.drug.checked_label_id == label.pk,
        }
        return super().change_view(request, object_id, form_url, {**context, **(extra_context or {})})
