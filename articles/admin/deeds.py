"""The buttons beside an article: each posts to an address of its own and asks `publishing` to act; none decides."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils.dateparse import parse_datetime
from django.utils.timezone import is_naive, localtime, make_aware
from django.views.decorators.http import require_POST

from articles.admin import judgment
from articles.admin.revisions import RevisionViews, as_number
from articles.models import Article, Edition, Override, RetractionNotice, Review
from articles.publishing import desk, overrides, press, review_requests
from articles.publishing.desk import DeskRefused
from articles.refusal import Refused

Act = Callable[[Any, Any, Article], str]


def deed(act: Act) -> Callable[[Any, HttpRequest, int], HttpResponse]:
    """A view that does one deed and goes back to the article's page, with what `act` says or why it was refused."""

    @wraps(act)
    def view(self: Any, request: HttpRequest, pk: int) -> HttpResponse:
        article = get_object_or_404(Article, pk=pk)
        if isinstance(request.user, AnonymousUser) or not self.has_view_permission(request, article):
            raise PermissionDenied
        try:
            messages.success(request, act(self, request, article))
        except Refused as refusal:
            for sentence in refusal.problems:
                messages.error(request, sentence)
        return HttpResponseRedirect(reverse("admin:articles_article_change", args=[article.pk]))

    return view


class Deeds(RevisionViews):
    """What `ArticleAdmin` does besides showing and saving."""

    def get_urls(self) -> list[URLPattern]:
        deeds = [
            self.submit,
            self.ask_reviewer,
            self.sign_off,
            self.carry_over,
            self.set_aside,
            self.agree,
            self.acknowledge,
            self.publish,
            self.unschedule,
            self.correct,
            self.mend_slip,
            self.withdraw,
        ]
        own = [
            path(
                f"<int:pk>/{view.__name__.replace('_', '-')}/",
                self.admin_site.admin_view(require_POST(view)),
                name=f"articles_article_{view.__name__}",
            )
            for view in deeds
        ]
        return own + super().get_urls()

    # Review ----------------------------------------------------------------------------------------------------------

    @deed
    def submit(self, request: Any, article: Article) -> str:
        desk.submit(article, by=request.user)
        return "It is on the reviewers' desk now."

    @deed
    def ask_reviewer(self, request: Any, article: Article) -> str:
        """Mails a signed link to a reviewer's own address."""
        chosen = as_number(request.POST.get("reviewer", ""))
        reviewer = judgment.reviewers_by_mail(article).filter(pk=chosen).first()
        if reviewer is None:
            raise DeskRefused("Choose a reviewer whose e-mail address is known.")
        review_requests.ask(desk.submit(article, by=request.user), reviewer, by=request.user)
        return f"{reviewer} is being mailed a link to exactly this text."

    @deed
    def sign_off(self, request: Any, article: Article) -> str:
        revision = get_object_or_404(article.revisions, pk=as_number(request.POST.get("revision", "")))
        decision = Review.APPROVED if request.POST.get("decision") == Review.APPROVED else Review.CHANGES
        desk.sign_off(revision, by=request.user, decision=decision, comments=request.POST.get("comments", ""))
        return "You have signed this text." if decision == Review.APPROVED else "The authors see what you ask for."

    @deed
    def carry_over(self, request: Any, article: Article) -> str:
        review = desk.carry_over(article, by=request.user)
        return f"The sign-off of {review.full_name} stands for this text too."

    @deed
    def set_aside(self, request: Any, article: Article) -> str:
        finding, message, reason = (request.POST.get(name, "") for name in ("finding", "message", "reason"))
        overrides.ask(article, finding=finding, message=message, reason=reason, by=request.user)
        return "It is set aside as soon as another editor agrees."

    @deed
    def agree(self, request: Any, article: Article) -> str:
        override = get_object_or_404(Override, article=article, pk=as_number(request.POST.get("override", "")))
        overrides.agree(override, by=request.user)
        return "Set aside. Readers will see that, and why."

    @deed
    def acknowledge(self, request: Any, article: Article) -> str:
        notice = get_object_or_404(RetractionNotice, pk=as_number(request.POST.get("notice", "")))
        overrides.acknowledge(article, notice, reason=request.POST.get("reason", ""), by=request.user)
        return "The reference stays, and the reviewer reads why."

    # Print -----------------------------------------------------------------------------------------------------------

    @deed
    def publish(self, request: Any, article: Article) -> str:
        at = _moment(request.POST.get("at", ""))
        if request.POST.get("deed") == "schedule" and at is None:
            raise DeskRefused("Choose the day and the time at which it goes live.")
        edition = press.publish(article, by=request.user, at=at, note=request.POST.get("note", "").strip())
        when_live = f"goes live on {localtime(edition.live_from):%-d %B %Y at %H:%M}" if at else "is live"
        return f"Edition {edition.number} {when_live}."

    @deed
    @transaction.atomic
    def unschedule(self, request: Any, article: Article) -> str:
        edition = Edition.objects.scheduled().filter(article=article).order_by("live_from").first()
        if edition is None:
            raise DeskRefused("Nothing of this article is on the schedule.")
        press.unschedule(edition, by=request.user)
        return "It is off the schedule."

    @deed
    def correct(self, request: Any, article: Article) -> str:
        said = {name: request.POST.get(name, "") for name in ("was", "now", "why", "severity")}
        correction = press.correct(article, press.Erratum(**said), by=request.user)
        if same := press.also_said(correction):
            messages.warning(request, f"The same words also stand in: {'; '.join(same)}.")
        return f"Edition {correction.edition.number} is live as a correction."

    @deed
    def mend_slip(self, request: Any, article: Article) -> str:
        was, now = request.POST.get("was", ""), request.POST.get("now", "")
        edition = press.mend_slip(article, was=was, now=now, by=request.user)
        return f"Edition {edition.number} is live; what waits here is untouched but for it."

    @deed
    def withdraw(self, request: Any, article: Article) -> str:
        press.withdraw(article, by=request.user, note=request.POST.get("note", ""))
        return "It is withdrawn; its address answers with your note."


def _moment(given: str) -> Any:
    """The time in a form's field, in the newsroom's zone; None where it is none."""
    try:
        at = parse_datetime(given)
    except ValueError:  # well formed, and no date
        return None
    return make_aware(at) if at is not None and is_naive(at) else at
