"""The dashboard: what is waiting for the user, what comes next, what is published. The number of queries is fixed.

What follows from the public site alone is kept in the process, for all users.
"""

from collections.abc import Callable
from datetime import date, timedelta
from functools import wraps
from itertools import islice
from typing import Any, TypeVar
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import Count, OuterRef, Subquery
from django.forms import model_to_dict
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from articles import cache
from articles.admin import newsletter_dashboard, site_pages, system
from articles.admin.dashboard_item import DashboardItem
from articles.backup import answering
from articles.models import (
    Article,
    Byline,
    Correction,
    Edition,
    Image,
    ImageCredit,
    Label,
    Restore,
    Review,
    Revision,
    SafeguardChange,
    SentenceReport,
    Subscription,
)
from articles.newsletter import heartbeat
from articles.publishing import currency, medicines, public_texts, retractions, safeguards
from articles.search import misses

MOST = 8  # items in a panel
UNREAD = ("body", "search_text", "references")  # of editions: the long columns
CITED = ("citation", "doi", "pmid", "url")
REVIEW_IS_NEAR = timedelta(days=60)
Value = TypeVar("Value")


def for_user(user: Any) -> dict[str, Any]:
    """The panels as template context."""
    urgent = _withdrawn_reviews(user) + _late(user) + _safeguards(user) + newsletter_dashboard.waiting(user)
    urgent += _reports(user) + _repeats(user) + _doubtful(user)
    writing = _drafts(user) + _reviews(user) + _reopened(user) + _ready(user)
    waiting = urgent + writing + _labels(user) + _benchmarks(user) + _pictures(user)
    return {
        "greeting": _greeting(),
        "restored": _restored(user),
        "waiting": waiting[: 2 * MOST],
        "upcoming": newsletter_dashboard.upcoming(user) + _scheduled(user) + _reviews_due(user) + _stale(user),
        "live": _live(user),
        "searched": _searched(user),
        "needed": site_pages.needed(user),
        "version": settings.VERSION,
        "live_count": _while_public("live", Edition.objects.live().articles().count),
        "readers": Subscription.objects.filter(state=Subscription.ACTIVE).count(),
    }


def _while_public(name: str, read: Callable[[], Value]) -> Value:
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
            return _while_public(make.__name__, make) if is_shown else []

        return panel

    return decorate


def _greeting() -> str:
    hour = timezone.localtime().hour
    return "Good morning" if 4 <= hour < 12 else "Good afternoon" if hour < 18 else "Good evening"


def _restored(user: Any) -> Restore | None:
    """The restored backup after which no mail is sent yet, for those whose work waits for that."""
    if not (user.has_perm("articles.view_issue") or user.has_perm("articles.answer_restore")):
        return None
    return answering.waiting()


@_public("articles.publish_article")
def _withdrawn_reviews() -> list[DashboardItem]:
    """Live articles whose reviewer took the sign-off back, until a version with another one is published."""
    withdrawn = Review.objects.filter(withdrawn_at__isnull=False)
    found = Edition.objects.live().filter(review__in=withdrawn).select_related("review").defer(*UNREAD)
    return [
        DashboardItem(
            edition.title,
            f"{edition.review.full_name} withdrew the review on {_day(edition.review.withdrawn_at)}. The page says so",
            _address(edition.article_id),
        )
        for edition in found[:MOST]
        if edition.review
    ]


def _safeguards(user: Any) -> list[DashboardItem]:
    """Changes of who reviews, or of what a section requires, that can still be stopped."""
    if not user.has_perm(safeguards.MAY):
        return []
    waiting = SafeguardChange.objects.open().select_related("asked_by", "contributor", "section")
    address = reverse("admin:articles_safeguardchange_changelist")
    return [
        DashboardItem(
            safeguards.in_words(change),
            f"Asked for by {change.asked_by}. Takes effect on {_moment(change.takes_effect_at)}. Confirm it or stop it",
            address,
        )
        for change in waiting[:MOST]
    ]


def _address(article_id: int) -> str:
    return reverse("admin:articles_article_change", args=[article_id])


def _reports(user: Any) -> list[DashboardItem]:
    """Reader reports: all of them for editors, those about their own articles for authors."""
    found = SentenceReport.objects.for_desk().open()
    if not user.has_perm("articles.answer_sentencereport"):
        if not (user.has_perm("articles.view_sentencereport") and user.has_perm("articles.change_article")):
            return []
        found = found.in_articles_of(user.pk)
    return [
        DashboardItem(
            f"“{report}”",
            f"Reader report: {report.get_severity_display().lower()}. {report.edition.title}, "
            f"{_day(report.received_at)}",
            reverse("admin:articles_sentencereport_change", args=[report.pk]),
        )
        for report in found[:MOST]
    ]


def _doubtful(user: Any) -> list[DashboardItem]:
    """Articles that cite a retracted, corrected or questioned paper, until an editor decides."""
    if not user.has_perm("articles.publish_article"):
        return []
    found = retractions.to_look_at(Article.objects.select_related("section"))
    return [
        DashboardItem(
            str(article), f"Reference {doubt.number}: {doubt.state.words.lower()}", _address(article.pk) + "#doubts"
        )
        for article, doubt in islice(found, MOST)
    ] + [
        DashboardItem(
            edition.title,
            f"The live page still cites reference {number}: {state.words.lower()}. Publish the draft without it",
            _address(edition.article_id),
        )
        for edition, number, state in islice(retractions.still_printed(), MOST)
    ]


def _repeats(user: Any) -> list[DashboardItem]:
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
        )
        for correction in counted[:MOST]
    ]


def _drafts(user: Any) -> list[DashboardItem]:
    if not user.has_perm("articles.change_article"):
        return []
    written = Byline.objects.filter(contributor__user=user).values("article")
    mine = Article.objects.filter(created_by=user).order_by().values("pk").union(written.order_by())
    states = Article.objects.with_state("live_number", "scheduled_for", "is_signed", "last_decision")
    drafts = states.filter(pk__in=mine, live_number=None, scheduled_for=None, is_signed=False, submitted_at=None)
    return [
        DashboardItem(
            str(article),
            "The reviewer asked for changes" if article.last_decision == Review.CHANGES else "Your draft",
            _address(article.pk),
        )
        for article in drafts.only("title")[:MOST]
    ]


def _reviews(user: Any) -> list[DashboardItem]:
    if not user.has_perm("articles.sign_off_article"):
        return []
    asked = Article.objects.exclude(submitted_at=None).exclude(byline__contributor__user=user).order_by("submitted_at")
    articles = list(asked.prefetch_related("references")[:MOST])
    cited = [list(article.references.all()) for article in articles]
    lists = [[model_to_dict(reference, fields=CITED) for reference in references] for references in cited]
    stale = currency.stale_lists(lists, timezone.localdate())
    return [
        DashboardItem(
            str(article),
            f"Waiting for medical review since {_day(article.submitted_at)}" + _and_how_many(sources),
            _address(article.pk),
        )
        for article, sources in zip(articles, stale, strict=True)
    ]


@_public("articles.publish_article")
def _reopened() -> list[DashboardItem]:
    """Published articles that name a medicine whose entry changed since."""
    return [
        DashboardItem(
            edition.title,
            f"The card for {drug} changed on {_day(drug.changed_at)}. Please reread the article",
            _address(edition.article_id),
        )
        for edition, drug in medicines.reopened()[:MOST]
    ]


def _ready(user: Any) -> list[DashboardItem]:
    if not user.has_perm("articles.publish_article"):
        return []
    states = Article.objects.with_state("is_printed", "scheduled_for", "is_withdrawn", "is_signed")
    unprinted = states.filter(is_printed=False, scheduled_for=None, is_withdrawn=False)
    signed = dict(unprinted.order_by("-is_signed", "-changed_at").values_list("pk", "is_signed")[:MOST])
    articles = Article.objects.only("title", "submitted_at").in_bulk(signed)  # the sorting reads no text
    return [
        DashboardItem(str(articles[pk]), _unpublished(articles[pk], is_signed), _address(pk))
        for pk, is_signed in signed.items()
    ]


def _unpublished(article: Article, is_signed: bool) -> str:
    if is_signed:
        return "Signed off, not published yet"
    if article.submitted_at:
        return f"Waiting for medical review since {_day(article.submitted_at)}"
    return "Draft. Open it to see what’s missing"


@_public("articles.change_imagecredit")
def _pictures() -> list[DashboardItem]:
    lines = []
    incomplete = Image.objects.lacking_credit().count()
    if incomplete:
        title = f"{incomplete} picture{'' if incomplete == 1 else 's'} with an incomplete credit"
        lines.append(
            DashboardItem(
                title,
                "Readers see a picture once its credit is complete",
                reverse("admin:articles_image_changelist") + "?credit=lacking",
            )
        )
    lone = ImageCredit.objects.waiting().count()
    if lone:
        title = f"{lone} old credit line{'' if lone == 1 else 's'} without a picture"
        lines.append(DashboardItem(title, "From imported posts", reverse("admin:articles_imagecredit_changelist")))
    return lines


@_public(public_texts.may_check)
def _labels() -> list[DashboardItem]:
    """Medicines whose cards differ from a label that nobody has checked them against."""
    number = Label.objects.differing().count()
    address = reverse("admin:articles_label_changelist") + "?status=differ"
    title = f"{number} label{'' if number == 1 else 's'} that differ{'s' if number == 1 else ''}"
    about = "Read the card beside the label. Readers see the card once it’s checked"
    return [DashboardItem(title, about, address)] if number else []


@_public("articles.publish_article")
def _benchmarks() -> list[DashboardItem]:
    """Published articles that miss one of the JAMA benchmarks: the only one that can be lost after the gate."""
    return [
        DashboardItem(edition.title, "Missing JAMA benchmarks: authorship", _address(edition.article_id))
        for edition in Edition.objects.live().by_unknown_authors().only("title", "article")[:MOST]
    ]


@_public("articles.view_edition")
def _scheduled() -> list[DashboardItem]:
    coming = Edition.objects.scheduled().order_by("live_from").defer(*UNREAD)[:MOST]
    return [
        DashboardItem(edition.title, f"Scheduled for {_moment(edition.live_from)}", _address(edition.article_id))
        for edition in coming
    ]


@_public("articles.view_review")
def _reviews_due() -> list[DashboardItem]:
    soon = timezone.localdate() + REVIEW_IS_NEAR
    due = Edition.objects.live().filter(review__in=Review.objects.filter(due_on__lte=soon))
    return [
        DashboardItem(edition.title, _due(edition.review.due_on), _address(edition.article_id))
        for edition in due.select_related("review").defer(*UNREAD).order_by("review__due_on")[:MOST]
        if edition.review and edition.review.due_on
    ]


def _stale(user: Any) -> list[DashboardItem]:
    """Published articles that cite old or superseded sources, those first that are reviewed again the soonest."""
    if not user.has_perm("articles.view_review"):
        return []
    soonest = _while_public("soonest", currency.reviewed_soonest)
    return [
        DashboardItem(edition.title, _in_words(sources), _address(edition.article_id))
        for edition, sources in islice(currency.unanswered(soonest), MOST)
    ]


def _and_how_many(sources: list[currency.Stale]) -> str:
    counted = "1 old or superseded source" if len(sources) == 1 else f"{len(sources)} old or superseded sources"
    return f". Cites {counted}" if sources else ""


def _in_words(sources: list[currency.Stale]) -> str:
    """The first source, one that is superseded if there is any, and how many more there are."""
    first = min(sources, key=lambda source: not source.is_superseded)
    more = f" And {len(sources) - 1} more" if len(sources) > 1 else ""
    return f"Old or superseded source: reference {first.number}. {first.why}{more}"


def _due(on: date) -> str:
    """When a review is due, with the nearest of the marks for starting one."""
    days = (on - timezone.localdate()).days
    when = date_format(on, "F j, Y")
    if days < 0:
        return f"Review overdue since {when}. The page says so"
    within = next(f"within {mark} days" for mark in (7, 30, 60, days) if days <= mark)
    return f"Review due {within}, by {when}"


def _late(user: Any) -> list[DashboardItem]:
    """A warning that the clock isn't running: email waits, scheduled articles still go live."""
    if not (user.has_perm("articles.publish_article") or user.has_perm("auth.change_user")):
        return []
    silence = heartbeat.silence()
    if silence is None or silence < heartbeat.LATE:
        return []
    since = date_format(timezone.localtime(timezone.now() - silence), "F j, H:i")
    about = f"Stopped since {since}. Email waits; scheduled articles still go live. Start it with manage.py clock"
    address = reverse("admin:system" if user.has_perm(system.PERMISSION) else "health-ready")
    return [DashboardItem("The clock isn’t running", about, address)]


def _live(user: Any) -> list[DashboardItem]:
    if not user.has_perm("articles.view_article"):
        return []
    kept = Revision.objects.filter(article=OuterRef("article"), is_autosave=False).order_by("-number")
    live: Any = Edition.objects.live().select_related("article").annotate(newest=Subquery(kept.values("pk")[:1]))
    return [
        DashboardItem(
            edition.article.title,
            f"Version {edition.number}, published {_day(edition.live_from)}"
            + ("" if edition.revision_id == edition.newest else " · has unpublished changes"),
            _address(edition.article_id),
        )
        for edition in live.only("number", "live_from", "revision", "article__title").order_by("-live_from")[:MOST]
    ]


def _searched(user: Any) -> list[DashboardItem]:
    """What readers searched for in vain, for those who decide what is written."""
    if not user.has_perm("articles.publish_article"):
        return []
    return [
        DashboardItem(
            f"“{question}”",
            f"At least {times} times in the last month",
            f"{reverse('search')}?{urlencode({'q': question})}",
        )
        for question, times in misses.frequent()[:MOST]
    ]


def _day(at: Any) -> str:
    return date_format(timezone.localtime(at), "F j")


def _moment(at: Any) -> str:
    return date_format(timezone.localtime(at), "l, F j, H:i")
