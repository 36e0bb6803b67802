"""The newsletter: the list of issues, the form of a draft. Its actions are in `issue_actions`."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError
from django.db.models import Count, Q, QuerySet
from django.forms.widgets import Script
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.html import format_html

from articles.admin import issue_report
from articles.admin.issue_actions import FRAMING_POLICY, IssueActions
from articles.admin.issue_form import IssueForm
from articles.admin.site import under
from articles.models import Delivery, Edition, Issue, IssueItem
from articles.newsletter.issues import unsaved
from articles.numbers import positive


class ItemFormSet(forms.BaseInlineFormSet):
    """The articles of an issue: published versions, each article once."""

    def clean(self) -> None:
        super().clean()
        seen = set()
        for form in self.forms:
            given = getattr(form, "cleaned_data", {})
            edition = given.get("edition")
            if edition is None or given.get("DELETE"):
                continue
            if edition.article_id in seen:
                raise ValidationError(f"“{edition.title}” is listed twice.")
            seen.add(edition.article_id)


class ItemInline(admin.TabularInline):
    model = IssueItem
    formset = ItemFormSet
    extra = 0
    fields = ["position", "edition", "section"]
    readonly_fields = ["section"]
    autocomplete_fields = ["edition"]
    verbose_name = "article"
    verbose_name_plural = "articles, the first one leads"

    def get_queryset(self, request: HttpRequest) -> QuerySet[IssueItem]:
        return super().get_queryset(request).select_related("edition__section")

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "edition":
            kwargs["queryset"] = Edition.objects.filter(
                Q(pk__in=Edition.objects.live().articles()) | Q(issue_items__issue__state=Issue.DRAFT)
            ).distinct()
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    @admin.display(description="section")
    def section(self, item: IssueItem) -> str:
        return str(item.edition.section) if item.edition_id else ""

    def _is_open(self, issue: Any) -> bool:
        return issue is not None and issue.state == Issue.DRAFT and issue.kind == Issue.WEEKLY

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._is_open(obj) and super().has_add_permission(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._is_open(obj) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._is_open(obj) and super().has_delete_permission(request, obj)


@admin.register(Issue)
class IssueAdmin(IssueActions):
    form = IssueForm
    change_form_template = "admin/articles/issue/change_form.html"
    change_list_template = "admin/articles/issue/change_list.html"
    inlines = [ItemInline]
    fields = ["subject", "introduction"]
    list_display = ["number", "subject", "kind", "status", "progress", "built_at"]
    list_display_links = ["number", "subject"]
    list_filter = ["state", "kind"]
    search_fields = ["subject", "introduction"]
    when_empty = (
        "No issues yet. Each week the clock drafts one from what was published, and it waits here for your approval. "
        "manage.py build_issue drafts this week’s issue now."
    )
    actions = None

    class Media:
        js = [Script(f"articles/{name}.js", type="module") for name in ("desk", "issue")]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        settled = Count("deliveries", Q(deliveries__state__in=Delivery.SETTLED))
        counted = super().get_queryset(request).annotate(total=Count("deliveries"), settled=settled)
        return counted.order_by("-number")  # what is grouped has lost the order of its model

    def get_inline_instances(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        """A correction has one article, which its page shows beside it."""
        return [] if obj is not None and obj.kind == Issue.CORRECTION else super().get_inline_instances(request, obj)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """The clock builds them; `manage.py build_issue` does by hand."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return (obj is None or obj.state == Issue.DRAFT) and super().has_change_permission(request, obj)

    def save_model(self, request: Any, obj: Issue, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        numbers = request.POST.get("autosaved")  # what this form kept while it was typed
        kept = None if numbers is None else filter(None, map(positive, numbers[:1000].split(",")))
        unsaved.drop(obj, by=request.user, kept=kept)
        if form.merged_with:
            messages.info(request, f"{form.merged_with}. Both were merged.")

    @admin.display(description="state", ordering="state")
    def status(self, issue: Any) -> str:
        label = issue_report.status_label(issue)
        return format_html('<span class="state {}">{}</span>', label.shape, label.words)

    @admin.display(description="progress")
    def progress(self, issue: Any) -> str:
        return f"{issue.settled:,} of {issue.total:,}" if issue.total else "–"

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        issue = self.get_object(request, object_id) if object_id else None
        if issue is not None and not self.has_view_permission(request, issue):
            raise PermissionDenied
        if issue is not None and request.method == "POST" and not self.has_change_permission(request, issue):
            return self._too_late(request, issue)
        extra = {"report": issue_report.context(issue, request.user)} if issue is not None else {}
        try:
            view = under(FRAMING_POLICY)(super().changeform_view)
            return view(request, object_id, form_url, {**extra, **(extra_context or {})})
        except IntegrityError:  # somebody approved it while this form was being saved
            return self._too_late(request, issue)

    def _too_late(self, request: Any, issue: Any) -> HttpResponse:
        """An issue that isn't a draft any more stays as it is; what was typed into it is kept for its writer."""
        if not super().has_change_permission(request, issue):
            raise PermissionDenied
        unsaved.keep(issue, request.POST, by=request.user)
        messages.error(request, "The issue isn’t a draft any more, so it wasn’t changed. What you typed is kept below.")
        return HttpResponseRedirect(request.path)

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        lists = issue_report.corrections(request.user) if self.has_view_permission(request) else []
        return super().changelist_view(request, {"corrections": lists, **(extra_context or {})})
