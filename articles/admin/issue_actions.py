"""The actions on a newsletter issue's page, its previews as a subscriber sees it, and its live counts."""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any

from csp.constants import NONE, SELF, UNSAFE_INLINE
from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_POST, require_safe

from articles import wall_clock
from articles.admin import issue_report
from articles.admin.sign_in import DeskRequest
from articles.admin.site import POLICY, under
from articles.models import Correction, Edition, Issue
from articles.newsletter.issues import building, preview_mail, reach, refused_readers, rendering, unsaved
from articles.newsletter.issues.building import IssueRefused
from articles.numbers import positive
from articles.refusal import Refused

# The issue in its frame: its own styles and pictures; no script, no form, no other hosts.
ISSUE_POLICY = {
    "default-src": [NONE],
    "img-src": [SELF, settings.SITE_URL],
    "style-src": [UNSAFE_INLINE],
    "form-action": [NONE],
    "base-uri": [NONE],
    "frame-ancestors": [SELF],
    "sandbox": ["allow-popups"],
}
FRAMING_POLICY = {**POLICY, "frame-src": [SELF]}

APPROVE = "articles.approve_issue"

Act = Callable[[Any, Any, Issue], str]


def action(act: Act) -> Callable[[Any, HttpRequest, int], HttpResponse]:
    """A view that runs one action and returns to the issue's page with its message or the reasons for a refusal."""

    @wraps(act)
    def view(self: Any, request: HttpRequest, pk: int) -> HttpResponse:
        issue = _seen(self, request, pk)
        try:
            messages.success(request, act(self, request, issue))
        except Refused as refusal:
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


def _version(request: HttpRequest) -> Edition:
    return get_object_or_404(Edition, pk=positive(request.POST.get("version", "")))


def _subscriptions(number: int) -> str:
    return f"{number:,} subscription{'' if number == 1 else 's'}"


class IssueActions(admin.ModelAdmin):
    """What `IssueAdmin` does besides listing and editing."""

    def get_urls(self) -> list[URLPattern]:
        actions = [
            self.refresh,
            self.approve,
            self.undo,
            self.discard,
            self.autosave,
            self.hold,
            self.resume,
            self.send_to_the_rest,
            self.close,
            self.skip,
            self.test_send,
            self.leave_out,
            self.take_in,
            self.refused_are_dead,
            self.refused_are_fine,
            self.restore_ended,
        ]
        looks = [self.preview, self.html, self.progress_json]
        views = [*map(require_POST, actions), *map(require_safe, looks)]
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

    # Actions ----------------------------------------------------------------------------------------------------------

    @action
    def refresh(self, request: Any, issue: Issue) -> str:
        if problems := building.permission(request.user):
            raise IssueRefused(*problems)
        before = issue.items.count()
        again = building.build(week=issue.week)
        found = again.items.count() - before
        return (
            f"Added {found} article{'' if found == 1 else 's'}." if found else "Nothing new has been published since."
        )

    @action
    def approve(self, request: Any, issue: Issue) -> str:
        chosen = wall_clock.read(request.POST.get("at", ""), which=request.POST.get("which_hour", ""))
        now, seen = timezone.now(), request.POST.get("seen", "")
        send_at = chosen or now + timedelta(seconds=settings.NEWSLETTER_UNDO)
        approved = building.approve(issue, by=request.user, at=now, send_at=send_at, seen=seen)
        count = approved.deliveries.count()
        when = f" {issue_report.moment(send_at)}" if chosen else ""
        return f"Approved. It goes to {count:,} subscriber{'' if count == 1 else 's'}{when}."

    @action
    def undo(self, request: Any, issue: Issue) -> str:
        building.undo_approval(issue, by=request.user)
        return "The approval was undone. Nothing was sent, and the issue is a draft again."

    @action
    def hold(self, request: Any, issue: Issue) -> str:
        building.hold(issue, reason=request.POST.get("reason", ""), by=request.user)
        return "On hold. Subscribers who haven’t received it won’t until you resume."

    @action
    def resume(self, request: Any, issue: Issue) -> str:
        building.resume(issue, by=request.user)
        return "Resumed. It goes to subscribers who haven’t received it."

    @action
    def send_to_the_rest(self, request: Any, issue: Issue) -> str:
        mended = building.continue_with_the_rest(issue, by=request.user)
        return f"Issue {mended.number} is the corrected issue for the remaining subscribers. Read it, then approve it."

    @action
    def close(self, request: Any, issue: Issue) -> str:
        building.close(issue, reason=request.POST.get("reason", ""), by=request.user)
        return "Closed. No one else will receive it."

    @action
    def skip(self, request: Any, issue: Issue) -> str:
        building.skip(issue, reason=request.POST.get("reason", ""), by=request.user)
        return "Skipped."

    @action
    def leave_out(self, request: Any, issue: Issue) -> str:
        version = _version(request)
        reach.leave_out(issue, version, reason=request.POST.get("reason", ""), by=request.user)
        return f"Version {version.number} is left out. Its readers get this correction only if they were sent another."

    @action
    def take_in(self, request: Any, issue: Issue) -> str:
        version = _version(request)
        reach.take_in(issue, version, by=request.user)
        return f"The correction goes to readers of version {version.number} again."

    @action
    def refused_are_dead(self, request: Any, issue: Issue) -> str:
        return f"{_subscriptions(refused_readers.are_dead(issue, by=request.user))} ended."

    @action
    def refused_are_fine(self, request: Any, issue: Issue) -> str:
        kept = _subscriptions(refused_readers.are_fine(issue, by=request.user))
        again = " They get this issue once you resume it." if issue.state == Issue.HELD else ""
        return f"{kept} kept.{again}"

    @action
    def restore_ended(self, request: Any, issue: Issue) -> str:
        return f"{_subscriptions(refused_readers.restore(issue, by=request.user))} restored."

    @action
    def test_send(self, request: Any, issue: Issue) -> str:
        return f"A test is on its way to {preview_mail.send_test(issue, by=request.user)}."

    def correct(self, request: DeskRequest) -> HttpResponse:
        """Drafts the mail of a correction."""
        correction = get_object_or_404(Correction, pk=positive(request.POST.get("correction", "")))
        if not self.has_view_permission(request):
            raise PermissionDenied
        try:
            return _back_to(building.correction_issue(correction, by=request.user))
        except IssueRefused as refusal:
            for sentence in refusal.problems:
                messages.error(request, sentence)
        return HttpResponseRedirect(reverse("admin:articles_issue_changelist"))

    # What is typed ---------------------------------------------------------------------------------------------------

    def autosave(self, request: DeskRequest, pk: int) -> JsonResponse:
        """Keeps what is being typed, beside the draft. Without words it keeps nothing, and answers all the same."""
        issue = _seen(self, request, pk)
        if not request.user.has_perm("articles.change_issue"):  # also of one that was approved meanwhile
            raise PermissionDenied
        typed = {name: request.POST[name] for name in unsaved.TYPED if name in request.POST}
        kept = unsaved.keep(issue, typed, by=request.user) if typed else None
        at = kept.at if kept else None
        return JsonResponse(
            {
                "kept": kept.pk if kept else None,
                "kept_at": at.isoformat() if at else None,
                "clock": f"{timezone.localtime(at):%H:%M}" if at else None,
                "others": [],
                "saved_since": "",
            }
        )

    def discard(self, request: DeskRequest, pk: int) -> HttpResponse:
        issue = _seen(self, request, pk)
        unsaved.drop(issue, by=request.user)
        return _back_to(issue)

    def response_change(self, request: HttpRequest, obj: Issue) -> HttpResponse:
        """What is on the screen is saved first: then a test goes out, or the preview asks whether to send it."""
        match request.POST.get("_then"):
            case "approve":
                return HttpResponseRedirect(reverse("admin:articles_issue_preview", args=[obj.pk]) + "?approve=1")
            case "preview":
                return HttpResponseRedirect(reverse("admin:articles_issue_preview", args=[obj.pk]))
            case "test_send":
                return self.test_send(request, obj.pk)
        return super().response_change(request, obj)

    # Looks ------------------------------------------------------------------------------------------------------------

    def preview(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The issue as a desktop screen, a phone and a plain-text mail program show it."""
        issue = _seen(self, request, pk)
        asks = "approve" in request.GET and issue.state == Issue.DRAFT and request.user.has_perm(APPROVE)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "issue": issue,
            "title": issue.subject,
            "text": rendering.render(issue).for_nobody().text,
            "asked": issue_report.question(issue, request.GET) if asks else None,
        }
        return under(FRAMING_POLICY)(render)(request, "admin/articles/issue/preview.html", context)

    def html(self, request: DeskRequest, pk: int) -> HttpResponse:
        """The HTML body alone, for the frames of the preview; with `?typed` as this editor has it on the screen."""
        issue = _seen(self, request, pk)
        typed = unsaved.found(issue, by=request.user) if "typed" in request.GET and issue.state == Issue.DRAFT else None
        if typed is not None:
            issue.subject, issue.introduction = typed.subject, typed.introduction
        return _framed(rendering.render(issue).for_nobody().html)

    def progress_json(self, request: HttpRequest, pk: int) -> HttpResponse:
        issue = _seen(self, request, pk)
        label = issue_report.status_label(issue)
        return JsonResponse({"state": issue.state, "words": label.words, "counts": issue_report.counts(issue)})


@under(ISSUE_POLICY)
@xframe_options_sameorigin
def _framed(html: str) -> HttpResponse:
    return HttpResponse(html)
