"""The buttons beside an issue, and what is looked at there: previews as a reader gets it, and the live counts."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from csp.constants import NONE, SELF, UNSAFE_INLINE
from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import URLPattern, path, reverse
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_POST, require_safe

from articles.admin import issue_report
from articles.admin.revisions import as_number
from articles.admin.sign_in import DeskRequest
from articles.admin.site import POLICY, under
from articles.models import Correction, Issue
from articles.newsletter.issues import building, preview_mail, rendering
from articles.newsletter.issues.building import IssueRefused

# The letter in its frame: its own styles and pictures, no script, no form, nothing it could reach.
LETTER_POLICY = {
    "default-src": [NONE],
    "img-src": [SELF, settings.SITE_URL],
    "style-src": [UNSAFE_INLINE],
    "form-action": [NONE],
    "base-uri": [NONE],
    "frame-ancestors": [SELF],
    "sandbox": ["allow-popups"],
}
FRAMING_POLICY = {**POLICY, "frame-src": [SELF]}

Act = Callable[[Any, Any, Issue], str]


def deed(act: Act) -> Callable[[Any, HttpRequest, int], HttpResponse]:
    """A view that does one deed and goes back to the issue's page, with what `act` says or why it was refused."""

    @wraps(act)
    def view(self: Any, request: HttpRequest, pk: int) -> HttpResponse:
        issue = _seen(self, request, pk)
        try:
            messages.success(request, act(self, request, issue))
        except IssueRefused as refusal:
            for sentence in refusal.problems:
                messages.error(request, sentence)
        return _back_to(issue)

    return view


def _seen(self: Any, request: HttpRequest, pk: int) -> Issue:
    """The issue, for somebody who may look at it."""
    issue = get_object_or_404(Issue, pk=pk)
    if not self.has_view_permission(request, issue):
        raise PermissionDenied
    return issue


def _back_to(issue: Issue) -> HttpResponse:
    return HttpResponseRedirect(reverse("admin:articles_issue_change", args=[issue.pk]))


class IssueDeeds(admin.ModelAdmin):
    """What `IssueAdmin` does besides listing and editing."""

    def get_urls(self) -> list[URLPattern]:
        deeds = [self.gather, self.approve, self.hold, self.resume, self.mend, self.close, self.skip, self.test_send]
        looks = [self.preview, self.letter, self.progress_json]
        views = [*map(require_POST, deeds), *map(require_safe, looks)]
        own = [
            path(
                f"<int:pk>/{view.__name__.replace('_', '-')}/",
                self.admin_site.admin_view(view),
                name=f"articles_issue_{view.__name__}",
            )
            for view in views
        ]
        correct = self.admin_site.admin_view(require_POST(self.correct))
        return [*own, path("correct/", correct, name="articles_issue_correct"), *super().get_urls()]

    # Deeds -----------------------------------------------------------------------------------------------------------

    @deed
    def gather(self, request: Any, issue: Issue) -> str:
        if problems := building.permission(request.user):
            raise IssueRefused(*problems)
        before = issue.items.count()
        again = building.build(week=issue.week)
        found = again.items.count() - before
        return f"{found} more in it." if found else "Nothing went live since."

    @deed
    def approve(self, request: Any, issue: Issue) -> str:
        approved = building.approve(issue, by=request.user)
        readers = approved.deliveries.count()
        return f"Approved. It goes to {readers:,} reader{'' if readers == 1 else 's'}."

    @deed
    def hold(self, request: Any, issue: Issue) -> str:
        building.hold(issue, because=request.POST.get("because", ""), by=request.user)
        return "Held. Whoever had not got it by now does not get it until you resume."

    @deed
    def resume(self, request: Any, issue: Issue) -> str:
        building.resume(issue, by=request.user)
        return "It goes on, to those who have not had it."

    @deed
    def mend(self, request: Any, issue: Issue) -> str:
        mended = building.continue_with_the_rest(issue, by=request.user)
        return f"Issue {mended.number} is the mended letter for the rest. Read it, then approve it."

    @deed
    def close(self, request: Any, issue: Issue) -> str:
        building.close(issue, because=request.POST.get("because", ""), by=request.user)
        return "Closed. Nobody gets it any more."

    @deed
    def skip(self, request: Any, issue: Issue) -> str:
        building.skip(issue, because=request.POST.get("because", ""), by=request.user)
        return "Left out."

    @deed
    def test_send(self, request: Any, issue: Issue) -> str:
        return f"It is on its way to {preview_mail.send_test(issue, by=request.user)}."

    def correct(self, request: DeskRequest) -> HttpResponse:
        """Drafts the mail of a correction."""
        correction = get_object_or_404(Correction, pk=as_number(request.POST.get("correction", "")))
        if not self.has_view_permission(request):
            raise PermissionDenied
        try:
            return _back_to(building.correction_issue(correction, by=request.user))
        except IssueRefused as refusal:
            for sentence in refusal.problems:
                messages.error(request, sentence)
        return HttpResponseRedirect(reverse("admin:articles_issue_changelist"))

    # Looks -----------------------------------------------------------------------------------------------------------

    def preview(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The letter as a wide screen, a telephone and a plain-text reader show it."""
        issue = _seen(self, request, pk)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "issue": issue,
            "title": issue.subject,
            "text": rendering.render(issue).for_nobody().text,
        }
        return under(FRAMING_POLICY)(render)(request, "admin/articles/issue/preview.html", context)

    def letter(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The HTML body alone, for the frames of the preview."""
        return _framed(rendering.render(_seen(self, request, pk)).for_nobody().html)

    def progress_json(self, request: HttpRequest, pk: int) -> HttpResponse:
        issue = _seen(self, request, pk)
        standing = issue_report.standing(issue)
        return JsonResponse({"state": issue.state, "words": standing.words, "counts": issue_report.counts(issue)})


@under(LETTER_POLICY)
@xframe_options_sameorigin
def _framed(html: str) -> HttpResponse:
    return HttpResponse(html)
