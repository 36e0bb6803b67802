"""What waits for one person: their drafts and assignments, reviews asked of them, approvals that they may give."""

from datetime import date
from itertools import islice
from textwrap import shorten
from typing import Any

from django.db.models import Count, F, OuterRef, Q, Subquery
from django.forms import model_to_dict
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from articles.admin import issue_report
from articles.admin.dashboard_item import MOST, DashboardItem, address, day, moment
from articles.models import (
    Article,
    Byline,
    Correction,
    Override,
    Review,
    ReviewTask,
    Revision,
    SafeguardChange,
    SentenceReport,
)
from articles.publishing import currency, retractions, safeguards

CITED = ("citation", "doi", "pmid", "url")
LONGEST = 160  # characters of a reviewer's comment


# Writing and reviewing ------------------------------------------------------------------------------------------------


def to_write(user: Any) -> list[DashboardItem]:
    """What reviewers asked for, then assignments by the day that they are due, then other drafts."""
    if not user.has_perm("articles.change_article"):
        return []
    asked = list(Review.objects.asking_changes_of(user)[:MOST])
    drafts = _drafts(user).exclude(pk__in=[review.revision.article_id for review in asked])
    return [_changes(review) for review in asked] + [_draft(article, user) for article in drafts[:MOST]]


def _changes(review: Review) -> DashboardItem:
    article = review.revision.article
    said = f": “{shorten(review.comments, LONGEST, placeholder=' …')}”" if review.comments.strip() else ""
    about = f"{review.reviewer.name}, {day(review.decided_at)}{said}"
    return DashboardItem(
        str(article), about, address(article.pk), "The reviewer asked for changes", "care", article.lead_image_id
    )


def _drafts(user: Any) -> Any:
    """What a person writes: unpublished articles of theirs, and whatever is assigned to them until it is signed."""
    written = Byline.objects.filter(contributor__user=user).values("article")
    mine = Article.objects.filter(created_by=user).order_by().values("pk").union(written.order_by())
    states = Article.objects.with_state("live_number", "scheduled_for", "is_printed", "is_signed")
    own = Q(pk__in=mine, live_number=None) | Q(assigned_to=user, is_printed=False)
    drafts = states.filter(own, scheduled_for=None, is_signed=False, submitted_at=None)
    return drafts.only("title", "lead_image", "assigned_to", "due_on").order_by(
        F("due_on").asc(nulls_last=True), "-changed_at"
    )


def _draft(article: Article, user: Any) -> DashboardItem:
    about = "Assigned to you" if article.assigned_to_id == user.pk else "Your draft"
    is_due = article.due_on is not None and article.assigned_to_id == user.pk
    return DashboardItem(
        str(article),
        about,
        address(article.pk),
        *(_due(article.due_on) if is_due and article.due_on else ("Draft", "")),
        article.lead_image_id,
    )


def _due(on: date) -> tuple[str, str]:
    """How a due day is said, and how urgent it is."""
    days = (on - timezone.localdate()).days
    if days < 0:
        return f"Overdue since {date_format(on, 'F j')}", "stop"
    words = {0: "Due today", 1: "Due tomorrow"}.get(days, f"Due {date_format(on, 'F j')}")
    return words, "care" if days <= 2 else ""


def to_review(user: Any) -> list[DashboardItem]:
    """What waits for medical review, none of it their own; what was asked of them by a day says so."""
    if not user.has_perm("articles.sign_off_article"):
        return []
    asked = Article.objects.exclude(submitted_at=None).exclude(byline__contributor__user=user).order_by("submitted_at")
    articles = list(asked.prefetch_related("references")[:MOST])
    tasks = ReviewTask.objects.open().filter(reviewer__user=user).exclude(due_on=None)
    due = {task.article_id: task.due_on for task in tasks if task.due_on}
    cited = [list(article.references.all()) for article in articles]
    lists = [[model_to_dict(reference, fields=CITED) for reference in references] for references in cited]
    stale = currency.stale_lists(lists, timezone.localdate())
    return [
        DashboardItem(
            str(article),
            f"Waiting for medical review since {day(article.submitted_at)}" + _and_how_many(sources),
            address(article.pk),
            *(_due(due[article.pk]) if article.pk in due else ("Review", "")),
            article.lead_image_id,
        )
        for article, sources in zip(articles, stale, strict=True)
    ]


def _and_how_many(sources: list[currency.Stale]) -> str:
    counted = "1 old or superseded source" if len(sources) == 1 else f"{len(sources)} old or superseded sources"
    return f". Cites {counted}" if sources else ""


# Approvals ------------------------------------------------------------------------------------------------------------


def to_publish(user: Any) -> list[DashboardItem]:
    """What is signed off and not published, for those who publish."""
    if not user.has_perm("articles.publish_article"):
        return []
    states = Article.objects.with_state("is_printed", "scheduled_for", "is_withdrawn", "is_signed")
    ready = states.filter(is_printed=False, scheduled_for=None, is_withdrawn=False, is_signed=True)
    return [
        DashboardItem(str(article), "Signed off, not published yet", address(article.pk), "Publish", "", image)
        for article in ready.order_by("-changed_at").only("title", "lead_image")[:MOST]
        for image in [article.lead_image_id]
    ]


def to_confirm(user: Any) -> list[DashboardItem]:
    """Overrides of checks that somebody else asked for, of texts that are still the same."""
    if not user.has_perm("articles.publish_article"):
        return []
    newest = Revision.objects.filter(article=OuterRef("article"), is_autosave=False).order_by("-number")
    asked = Override.objects.filter(agreed_by=None, digest=Subquery(newest.values("digest")[:1])).exclude(asked_by=user)
    return [
        DashboardItem(
            str(override.article),
            f"{override.asked_by} asks to override a check: {shorten(override.reason, LONGEST, placeholder=' …')}",
            address(override.article_id),
            "Confirm the override",
            "care",
            override.article.lead_image_id,
        )
        for override in asked.select_related("article", "asked_by").defer("article__body")[:MOST]
    ]


def safeguards_to_confirm(user: Any) -> list[DashboardItem]:
    """Changes of who reviews, or of what a section requires, that can still be stopped."""
    if not user.has_perm(safeguards.MAY):
        return []
    waiting = SafeguardChange.objects.open().select_related("asked_by", "contributor", "section")
    address = reverse("admin:articles_safeguardchange_changelist")
    return [
        DashboardItem(
            safeguards.in_words(change),
            f"Asked for by {change.asked_by}. Takes effect on {moment(change.takes_effect_at)}",
            address,
            "Confirm it or stop it",
            "care",
        )
        for change in waiting[:MOST]
    ]


def corrections_to_mail(user: Any) -> list[DashboardItem]:
    """Corrections that subscribers who were sent the error have not been told of."""
    return [
        DashboardItem(
            mailing.correction.corrected.title,
            f"Corrected after {mailing.readers:,} subscriber{'' if mailing.readers == 1 else 's'} received it",
            reverse("admin:articles_issue_changelist"),
            "Email the correction",
            "care",
            mailing.correction.corrected.lead_image_id,
        )
        for mailing in issue_report.corrections(user)
        if mailing.readers
    ]


# What readers and papers say ------------------------------------------------------------------------------------------


def reports(user: Any) -> list[DashboardItem]:
    """Reader reports: all of them for editors, those about their own articles for authors."""
    found = SentenceReport.objects.for_desk().open()
    if not user.has_perm("articles.answer_sentencereport"):
        if not (user.has_perm("articles.view_sentencereport") and user.has_perm("articles.change_article")):
            return []
        found = found.in_articles_of(user.pk)
    return [
        DashboardItem(
            f"“{report}”",
            f"{report.get_severity_display()}. {report.edition.title}, {day(report.received_at)}",
            reverse("admin:articles_sentencereport_change", args=[report.pk]),
            "Reader report",
            "care",
            report.edition.lead_image_id,
        )
        for report in found[:MOST]
    ]


def doubtful(user: Any) -> list[DashboardItem]:
    """Articles that cite a retracted, corrected or questioned paper, until an editor decides."""
    if not user.has_perm("articles.publish_article"):
        return []
    found = retractions.to_look_at(Article.objects.select_related("section"))
    return [
        DashboardItem(
            str(article),
            f"Reference {doubt.number}: {doubt.state.words.lower()}",
            address(article.pk) + "#doubts",
            "Check the source",
            "care",
            article.lead_image_id,
        )
        for article, doubt in islice(found, MOST)
    ] + [
        DashboardItem(
            edition.title,
            f"The live page still cites reference {number}: {state.words.lower()}. Publish the draft without it",
            address(edition.article_id),
            "Check the source",
            "stop",
        )
        for edition, number, state in islice(retractions.still_printed(), MOST)
    ]


def repeats(user: Any) -> list[DashboardItem]:
    """Corrections whose error may be said in other places, until an editor has looked at each."""
    if not user.has_perm("articles.publish_article"):
        return []
    waiting = Correction.objects.filter(possible_repeats__decision="").select_related("edition")
    counted = waiting.annotate(places=Count("possible_repeats")).order_by("-id")
    address = reverse("admin:articles_possiblerepeat_changelist")
    return [
        DashboardItem(
            f"“{correction.was or correction.now}”",
            f"Corrected in {correction.edition.title}, and possibly said in {correction.places} other "
            f"place{'' if correction.places == 1 else 's'}. Look at each",
            f"{address}?decided=no&correction__id__exact={correction.pk}",
            "Possible repeats",
            "care",
        )
        for correction in counted[:MOST]
    ]
