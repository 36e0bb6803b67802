"""Reader reports: the list, the page of a report, and the two actions that assess and answer it."""

from collections.abc import Sequence
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.timezone import localtime
from django.views.decorators.http import require_POST

from articles.admin.editions import ReadOnlyAdmin
from articles.admin.sign_in import DeskRequest
from articles.models import Edition, RetractionNotice, SentenceReport
from articles.numbers import positive
from articles.readers import reports


class AnsweredFilter(admin.SimpleListFilter):
    title = "status"
    parameter_name = "answered"
    QUESTIONS = {
        "no": ("Waiting for an answer", Q(answered_at=None)),
        "harm": ("Waiting, possible harm", Q(answered_at=None, severity=SentenceReport.HARM)),
        "yes": ("Answered", Q(answered_at__isnull=False)),
    }

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(key, label) for key, (label, _condition) in self.QUESTIONS.items()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        chosen = self.value()
        return queryset.filter(self.QUESTIONS[chosen][1]) if chosen in self.QUESTIONS else queryset


@admin.register(SentenceReport)
class SentenceReportAdmin(admin.ModelAdmin):
    """Nothing is written here but by the two buttons. An address is shown to nobody: the answer finds its way."""

    change_form_template = "admin/articles/sentencereport/change_form.html"
    list_display = ["__str__", "state", "severity", "article", "received_at"]
    list_filter = [AnsweredFilter, "severity"]
    search_fields = ["quoted", "wrong", "edition__title"]
    when_empty = (
        "No reports yet. Readers can say what’s wrong beside each passage of an article; what they send waits here "
        "for an answer."
    )
    list_per_page = 50
    actions = None
    fields = ["quoted", "wrong"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related("edition__article", "answered_by", "fixed_in")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.display(description="state")
    def state(self, report: SentenceReport) -> str:
        if report.answered_at is None:
            return format_html(
                '<span class="state {}">Waiting for an answer</span>', "changes" if report.is_grave else "waiting"
            )
        return format_html('<span class="state live">{}</span>', report.get_outcome_display())

    @admin.display(description="article")
    def article(self, report: SentenceReport) -> str:
        return report.edition.title

    # The two actions --------------------------------------------------------------------------------------------------

    def get_urls(self) -> list[URLPattern]:
        own = [
            path(
                f"<int:pk>/{view.__name__}/",
                self.admin_site.admin_view(require_POST(view)),
                name=f"articles_sentencereport_{view.__name__}",
            )
            for view in (self.assess, self.answer)
        ]
        return own + super().get_urls()

    def assess(self, request: DeskRequest, pk: int) -> HttpResponse:
        report = self._one(request, pk)
        try:
            reports.assess(report, severity=request.POST.get("severity", ""), by=request.user)
        except reports.ReportRefused as refused:
            return self._back(request, pk, refused.problems)
        messages.success(request, "Assessment saved.")
        return self._back(request, pk)

    def answer(self, request: DeskRequest, pk: int) -> HttpResponse:
        report = self._one(request, pk)
        fixed_in = Edition.objects.filter(pk=positive(request.POST.get("fixed_in", ""))).first()
        outcome, words = request.POST.get("outcome", ""), request.POST.get("answer", "")
        try:
            reports.answer(report, outcome=outcome, answer=words, fixed_in=fixed_in, by=request.user)
        except reports.ReportRefused as refused:
            return self._show_again(request, pk, refused.problems)
        asked = bool(report.email) and outcome != SentenceReport.UNUSABLE
        messages.success(request, "Answered. The reader will get it by email." if asked else "Answered.")
        return self._back(request, pk)

    def _one(self, request: HttpRequest, pk: int) -> SentenceReport:
        report: SentenceReport = get_object_or_404(self.get_queryset(request), pk=pk)
        if not self.has_view_permission(request, report) or not request.user.has_perm("articles.answer_sentencereport"):
            raise PermissionDenied
        return report

    def _back(self, request: HttpRequest, pk: int, problems: Sequence[str] = ()) -> HttpResponse:
        for problem in problems:
            messages.error(request, problem)
        return HttpResponseRedirect(reverse("admin:articles_sentencereport_change", args=[pk]))

    def _show_again(self, request: HttpRequest, pk: int, problems: Sequence[str]) -> HttpResponse:
        """The page with what was written still in its form."""
        for problem in problems:
            messages.error(request, problem)
        typed = {name: request.POST.get(name, "") for name in ("outcome", "answer", "fixed_in")}
        request.method = "GET"
        return self.change_view(request, str(pk), extra_context={"typed": typed})

    # Showing ----------------------------------------------------------------------------------------------------------

    def change_view(self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None) -> Any:
        report = self.get_object(request, object_id)
        if report is None or not self.has_view_permission(request, report):
            return super().change_view(request, object_id, form_url, extra_context)
        is_open = report.answered_at is None
        may = request.user.has_perm("articles.answer_sentencereport")
        context = {
            "report": report,
            "title": "Reader report",
            "wants_answer": bool(report.email),
            "can_answer": may and is_open,
            "severities": SentenceReport.SEVERITIES,
            "outcomes": SentenceReport.OUTCOMES,
            "editions": [(one, _told(one)) for one in reports.later_versions(report)] if may and is_open else [],
        }
        return super().change_view(request, object_id, form_url, {**context, **(extra_context or {})})


def _told(edition: Edition) -> str:
    """An option of the form: “Version 3, November 24, 2026, correction: what it says now”."""
    day = date_format(localtime(edition.live_from), "F j, Y")
    correction = getattr(edition, "correction", None)
    what = f"correction: {correction.now}" if correction else edition.note
    return f"Version {edition.number}, {day}{f', {what}' if what else ''}"[:120]


@admin.register(RetractionNotice)
class RetractionNoticeAdmin(ReadOnlyAdmin):
    list_display = ["title", "nature", "noticed_on", "journal", "doi", "pmid"]
    list_filter = ["nature"]
    search_fields = ["title", "=doi", "=pmid", "=notice_doi", "=notice_pmid"]
    when_empty = (
        "No notices yet. manage.py import_retractions FILE.csv reads the Crossref and Retraction Watch file; from "
        "then on, retracted papers that articles cite are marked."
    )
    show_full_result_count = False
    fields = ["title", "journal", "nature", "noticed_on", "doi", "pmid", "notice_doi", "notice_pmid", "reasons"]
