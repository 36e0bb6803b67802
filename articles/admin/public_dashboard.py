"""Those panels of the dashboard that follow from the public site alone: kept in the process, for all users."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import wraps
from typing import Any, TypeVar

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from articles import cache
from articles.admin.dashboard_item import MOST, DashboardItem, address, day, moment
from articles.models import Edition, Image, ImageCredit, Label, Review
from articles.publishing import medicines, public_texts

UNREAD = ("body", "search_text", "references")  # of editions: the long columns
LAST = 5  # published
REVIEW_IS_NEAR = timedelta(days=60)
Value = TypeVar("Value")


def while_public(name: str, read: Callable[[], Value]) -> Value:
    """What follows from the public site and the day, read once until either changes."""
    until = cache.next_change(timezone.now())
    return cache.by_state(f"dashboard: {name}, {timezone.localdate()}, {until}", read)


Panel = Callable[[Any], list[DashboardItem]]


def _public(may: str | Callable[[Any], bool]) -> Callable[[Callable[[], list[DashboardItem]]], Panel]:
    """Makes a panel of what follows from the public site, for users with a permission."""

    def decorate(make: Callable[[], list[DashboardItem]]) -> Panel:
        @wraps(make)
        def panel(user: Any) -> list[DashboardItem]:
            is_shown = user.has_perm(may) if isinstance(may, str) else may(user)
            return while_public(make.__name__, make) if is_shown else []

        return panel

    return decorate


@_public("articles.publish_article")
def withdrawn_reviews() -> list[DashboardItem]:
    """Live articles whose reviewer took the sign-off back, until a version with another one is published."""
    withdrawn = Review.objects.filter(withdrawn_at__isnull=False)
    found = Edition.objects.live().filter(review__in=withdrawn).select_related("review").defer(*UNREAD)
    return [
        DashboardItem(
            edition.title,
            f"{edition.review.full_name} withdrew the review on {day(edition.review.withdrawn_at)}. The page says so",
            address(edition.article_id),
            "Review withdrawn",
            "stop",
            edition.lead_image_id,
        )
        for edition in found[:MOST]
        if edition.review
    ]


@_public("articles.publish_article")
def reopened() -> list[DashboardItem]:
    """Published articles that name a medicine whose entry changed since."""
    return [
        DashboardItem(
            edition.title,
            f"The card for {drug} changed on {day(drug.changed_at)}. Please reread the article",
            address(edition.article_id),
            "Medicine changed",
            "care",
            edition.lead_image_id,
        )
        for edition, drug in medicines.reopened()[:MOST]
    ]


@_public("articles.change_imagecredit")
def pictures() -> list[DashboardItem]:
    lines = []
    incomplete = Image.objects.lacking_credit().count()
    if incomplete:
        title = f"{incomplete} picture{'' if incomplete == 1 else 's'} with an incomplete credit"
        lines.append(
            DashboardItem(
                title,
                "Readers see a picture once its credit is complete",
                reverse("admin:articles_image_changelist") + "?credit=lacking",
                "Complete the credit",
                "care",
            )
        )
    lone = ImageCredit.objects.waiting().count()
    if lone:
        title = f"{lone} old credit line{'' if lone == 1 else 's'} without a picture"
        lines.append(
            DashboardItem(
                title, "From imported posts", reverse("admin:articles_imagecredit_changelist"), "Find the picture"
            )
        )
    return lines


@_public(public_texts.may_check)
def labels() -> list[DashboardItem]:
    """Medicines whose cards differ from a label that nobody has checked them against."""
    number = Label.objects.differing().count()
    address = reverse("admin:articles_label_changelist") + "?status=differ"
    title = f"{number} label{'' if number == 1 else 's'} that differ{'s' if number == 1 else ''}"
    about = "Read the card beside the label. Readers see the card once it’s checked"
    return [DashboardItem(title, about, address, "Check the card")] if number else []


@_public("articles.publish_article")
def benchmarks() -> list[DashboardItem]:
    """Published articles that miss one of the JAMA benchmarks: the only one that can be lost after the gate."""
    return [
        DashboardItem(
            edition.title, "Missing JAMA benchmarks: authorship", address(edition.article_id), "Name the author"
        )
        for edition in Edition.objects.live().by_unknown_authors().only("title", "article")[:MOST]
    ]


@_public("articles.view_edition")
def scheduled() -> list[DashboardItem]:
    """What goes live after this week."""
    days = timedelta(days=7 - timezone.localdate().weekday())
    monday = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0) + days
    coming = Edition.objects.scheduled(monday).order_by("live_from").defer(*UNREAD)[:LAST]
    return [
        DashboardItem(edition.title, f"Scheduled for {moment(edition.live_from)}", address(edition.article_id))
        for edition in coming
    ]


@_public("articles.view_review")
def reviews_due() -> list[DashboardItem]:
    soon = timezone.localdate() + REVIEW_IS_NEAR
    due = Edition.objects.live().filter(review__in=Review.objects.filter(due_on__lte=soon))
    return [
        DashboardItem(edition.title, _due(edition.review.due_on), address(edition.article_id))
        for edition in due.select_related("review").defer(*UNREAD).order_by("review__due_on")[:MOST]
        if edition.review and edition.review.due_on
    ]


def _due(on: date) -> str:
    """When a review is due, with the nearest of the marks for starting one."""
    days = (on - timezone.localdate()).days
    when = date_format(on, "F j, Y")
    if days < 0:
        return f"Review overdue since {when}. The page says so"
    within = next(f"within {mark} days" for mark in (7, 30, 60, days) if days <= mark)
    return f"Review due {within}, by {when}"


@_public("articles.view_article")
def live() -> list[DashboardItem]:
    """What was published last."""
    newest = Edition.objects.live().order_by("-live_from").only("number", "live_from", "article", "title")
    return [
        DashboardItem(
            edition.title,
            f"Version {edition.number}, published {day(edition.live_from)}",
            address(edition.article_id),
        )
        for edition in newest[:LAST]
    ]
