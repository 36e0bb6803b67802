"""The actions on an article's page: each button posts to its own URL and calls `publishing`, which decides."""

from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils.dateparse import parse_date
from django.utils.timezone import localtime
from django.views.decorators.http import require_POST

from articles import wall_clock
from articles.admin import confirming, editorial_status
from articles.admin.revisions import RevisionViews
from articles.models import Article, Correction, Edition, Override, RetractionNotice, Review, Revision
from articles.newsletter.issues import reach
from articles.numbers import positive
from articles.publishing import deletions, desk, duplicating, overrides, press, reading, review_requests, snapshot
from articles.publishing.desk import DeskRefused
from articles.refusal import Refused
from articles.views.forms import AnswersForm

Act = Callable[[Any, Any, Article], str]


def action(act: Act) -> Callable[[Any, HttpRequest, int], HttpResponse]:
    """A view that runs one action and returns to the article's page with its message or the reasons for a refusal."""

    @wraps(act)
    def view(self: Any, request: HttpRequest, pk: int) -> HttpResponse:
        article = get_object_or_404(Article, pk=pk)
        if isinstance(request.user, AnonymousUser) or not self.has_view_permission(request, article):
            raise PermissionDenied
        after = reverse("admin:articles_article_change", args=[article.pk])
        try:
            deletions.require(article)
            messages.success(request, act(self, request, article))
        except Refused as refusal:
            for sentence in refusal.problems:
                messages.error(request, sentence)
            if act.__name__ in confirming.ASKED and request.user.has_perm(confirming.ASKED[act.__name__][1]):
                confirming.keep(request, article, act.__name__)
                after = confirming.address(article, act.__name__)
            if (before := _outdated(request, article)) is not None:
                comparison = reverse("admin:articles_article_compare", args=[article.pk])
                return HttpResponseRedirect(f"{comparison}?old={before.number}")
        return HttpResponseRedirect(after)

    return view


class ArticleActions(confirming.Confirming, RevisionViews):
    """What `ArticleAdmin` does besides showing and saving."""

    def get_urls(self) -> list[URLPattern]:
        actions = [
            self.submit,
            self.ask_reviewer,
            self.sign_off,
            self.keep_sign_off,
            self.request_override,
            self.confirm_override,
            self.keep_reference,
            self.publish,
            self.unschedule,
            self.correct,
            self.fix_typo,
            self.unpublish,
            self.duplicate,
        ]
        own = [
            path(
                f"<int:pk>/{view.__name__.replace('_', '-')}/",
                self.admin_site.admin_view(require_POST(view)),
                name=f"articles_article_{view.__name__}",
            )
            for view in actions
        ]
        return own + super().get_urls()

    # Review -----------------------------------------------------------------------------------------------------------

    @action
    def submit(self, request: Any, article: Article) -> str:
        review_requests.announce(desk.submit(article, by=request.user), by=request.user)
        return "Sent for review."

    @action
    def ask_reviewer(self, request: Any, article: Article) -> str:
        """Emails a signed link to a reviewer. No one else is shown it: anyone who has it can sign off with it."""
        chosen = positive(request.POST.get("reviewer", ""))
        reviewer = editorial_status.reviewers_by_mail(article).filter(pk=chosen).first()
        if reviewer is None:
            raise DeskRefused("Choose a reviewer who has an email address.")
        due_on = day(request.POST.get("due_on", ""))
        review_requests.ask(desk.submit(article, by=request.user), reviewer, by=request.user, due_on=due_on)
        return f"A link to this version is on its way to {reviewer}."

    @action
    def sign_off(self, request: Any, article: Article) -> str:
        revision = get_object_or_404(article.revisions, pk=positive(request.POST.get("revision", "")))
        decision = Review.APPROVED if request.POST.get("decision") == Review.APPROVED else Review.CHANGES
        form = AnswersForm(request.POST, questions=desk.questions(revision))
        form.is_valid()
        comments = request.POST.get("comments", "")
        desk.sign_off(revision, by=request.user, decision=decision, comments=comments, answers=form.given())
        return (
            "You signed off on this version."
            if decision == Review.APPROVED
            else "The authors can see the changes you asked for."
        )

    @action
    def keep_sign_off(self, request: Any, article: Article) -> str:
        reading.require(article, _seen(request))
        review = desk.carry_over(article, by=request.user)
        return f"The sign-off by {review.full_name} now covers this version too."

    @action
    def request_override(self, request: Any, article: Article) -> str:
        reading.require(article, _seen(request))
        finding, message, reason = (request.POST.get(name, "") for name in ("finding", "message", "reason"))
        overrides.ask(article, finding=finding, message=message, reason=reason, by=request.user)
        return "The override takes effect when a second editor confirms it."

    @action
    def confirm_override(self, request: Any, article: Article) -> str:
        override = get_object_or_404(Override, article=article, pk=positive(request.POST.get("override", "")))
        overrides.agree(override, by=request.user)
        return "Check overridden. Readers will see that, and why."

    @action
    def keep_reference(self, request: Any, article: Article) -> str:
        notice = get_object_or_404(RetractionNotice, pk=positive(request.POST.get("notice", "")))
        overrides.acknowledge(article, notice, reason=request.POST.get("reason", ""), by=request.user)
        return "The reference stays. The reviewer will see why."

    # Print ------------------------------------------------------------------------------------------------------------

    @action
    def publish(self, request: Any, article: Article) -> str:
        at = wall_clock.read(request.POST.get("at", ""), which=request.POST.get("which_hour", ""))
        if request.POST.get("_publish") == "schedule" and at is None:
            raise DeskRefused("Choose a date and time to publish it.")
        edition = press.publish(
            article, by=request.user, at=at, note=request.POST.get("note", "").strip(), seen=_seen(request)
        )
        if at:
            return f"Version {edition.number} is scheduled for {localtime(edition.live_from):%B %-d, %Y at %H:%M}."
        return f"Published version {edition.number}."

    @action
    @transaction.atomic
    def unschedule(self, request: Any, article: Article) -> str:
        edition = Edition.objects.scheduled().filter(article=article).order_by("live_from").first()
        if edition is None:
            raise DeskRefused("This article isn’t scheduled.")
        press.unschedule(edition, by=request.user)
        return "Unscheduled."

    @action
    def correct(self, request: Any, article: Article) -> str:
        said = {name: request.POST.get(name, "") for name in ("was", "now", "why", "severity")}
        correction = press.correct(article, press.Erratum(**said), by=request.user, seen=_seen(request))
        if same := [str(repeat) for repeat in correction.possible_repeats.all()]:
            waits = "They wait on the dashboard until someone has looked at each."
            messages.warning(request, f"The same error may also be in: {'; '.join(same)}. {waits}")
        _say_whom_it_reaches(request, correction)
        return f"Published version {correction.edition.number} as a correction."

    @action
    def fix_typo(self, request: Any, article: Article) -> str:
        was, now = request.POST.get("was", ""), request.POST.get("now", "")
        read = request.POST.get("published", "")  # the digest of the published text that the user read
        edition = press.fix_typo(article, was=was, now=now, by=request.user, seen=read)
        return f"Published version {edition.number} with the typo fixed. Your unpublished changes are kept."

    @action
    def unpublish(self, request: Any, article: Article) -> str:
        press.withdraw(article, by=request.user, note=request.POST.get("note", ""))
        return "Unpublished. Its address now shows your note."

    def duplicate(self, request: Any, pk: int) -> HttpResponse:
        article = get_object_or_404(Article, pk=pk)
        if not self.has_view_permission(request, article):
            raise PermissionDenied
        try:
            article = duplicating.duplicate(article, by=request.user)
        except Refused as refusal:
            for sentence in refusal.problems:
                messages.error(request, sentence)
        else:
            messages.success(request, "This is the copy. Give it a title of its own.")
        return HttpResponseRedirect(reverse("admin:articles_article_change", args=[article.pk]))


def _say_whom_it_reaches(request: HttpRequest, correction: Correction) -> None:
    """Beside the correction just published: how many get it by mail, or why nobody does."""
    if correction.severity == Correction.MINOR:
        return
    if reasons := reach.why_nobody(correction):
        messages.warning(request, f"No subscriber gets this correction by email. {' '.join(reasons)}")
        return
    count = reach.reached(correction).count()
    verb = "was" if count == 1 else "were"
    messages.info(
        request,
        f"{count:,} subscriber{'' if count == 1 else 's'} {verb} sent this article before. "
        "A newsletter editor can email them the correction under Newsletter issues.",
    )


def _seen(request: HttpRequest) -> str:
    """The digest of the text that the user read."""
    return request.POST.get("seen", "")


def _outdated(request: HttpRequest, article: Article) -> Revision | None:
    """The saved state that the user read, if the text has changed since."""
    before = reading.revision_of(article, request.POST.get("seen", ""))
    if chosen := positive(request.POST.get("revision", "")):
        before = article.revisions.filter(pk=chosen).first()
    if before is None or before.digest == snapshot.digest(snapshot.content_of(article)):
        return None
    return before


def day(given: str) -> date | None:
    """The day in a form field; None where there is none. Raises DeskRefused for what is no day."""
    try:
        found = parse_date(given.strip())
    except ValueError:  # well formed, and no day
        found = None
    if found is None and given.strip():
        raise DeskRefused("That isn’t a date. Choose a day, or leave it empty.")
    return found
