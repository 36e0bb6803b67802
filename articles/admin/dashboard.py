"""The dashboard: what is waiting for the user, what comes next, what is published. The number of queries is fixed."""

from itertools import islice
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import Count, OuterRef, Subquery
from django.forms import model_to_dict
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from articles.admin import newsletter_dashboard, public_dashboard, site_pages, system
from articles.admin.dashboard_item import MOST, DashboardItem, address, day, moment
from articles.backup import answering
from articles.models import (
    Article,
    Byline,
    Correction,
    Edition,
    Restore,
    Review,
    Revision,
    SafeguardChange,
    SentenceReport,
    Subscription,
)
from articles.newsletter import heartbeat
from articles.publishing import currency, retractions, safeguards
from articles.search import misses

CITED = ("citation", "doi", "pmid", "url")


def for_user(user: Any) -> dict[str, Any]:
    """The panels as template context."""
    urgent = (
        public_dashboard.withdrawn_reviews(user) + _late(user) + _safeguards(user) + newsletter_dashboard.waiting(user)
    )
    urgent += _reports(user) + _repeats(user) + _doubtful(user)
    writing = _drafts(user) + _reviews(user) + public_dashboard.reopened(user) + _ready(user)
    waiting = (
        urgent
        + writing
        + public_dashboard.labels(user)
        + public_dashboard.benchmarks(user)
        + public_dashboard.pictures(user)
    )
    return {
        "greeting": _greeting(),
        "restored": _restored(user),
        "waiting": waiting[: 2 * MOST],
        "upcoming": newsletter_dashboard.upcoming(user)
        + public_dashboard.scheduled(user)
        + public_dashboard.reviews_due(user)
        + _stale(user),
        "live": _live(user),
        "searched": _searched(user),
        "needed": site_pages.needed(user),
        "version": settings.VERSION,
        "live_count": public_dashboard.while_public("live", Edition.objects.live().articles().count),
        "readers": Subscription.objects.filter(state=Subscription.ACTIVE).count(),
    }


def _greeting() -> str:
    hour = timezone.localtime().hour
    return "Good morning" if 4 <= hour < 12 else "Good afternoon" if hour < 18 else "Good evening"


def _restored(user: Any) -> Restore | None:
    """The restored backup after which no mail is sent yet, for those whose work waits for that."""
    if not (user.has_perm("articles.view_issue") or user.has_perm("articles.answer_restore")):
        return None
    return answering.waiting()


def _safeguards(user: Any) -> list[DashboardItem]:
    """Changes of who reviews, or of what a section requires, that can still be stopped."""
    if not user.has_perm(safeguards.MAY):
        return []
    waiting = SafeguardChange.objects.open().select_related("asked_by", "contributor", "section")
    address = reverse("admin:articles_safeguardchange_changelist")
    return [
        DashboardItem(
            safeguards.in_words(change),
            f"Asked for by {change.asked_by}. Takes effect on {moment(change.takes_effect_at)}. Confirm it or stop it",
            address,
        )
        for change in waiting[:MOST]
    ]


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
            f"{day(report.received_at)}",
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
            str(article), f"Reference {doubt.number}: {doubt.state.words.lower()}", address(article.pk) + "#doubts"
        )
        for article, doubt in islice(found, MOST)
    ] + [
        DashboardItem(
            edition.title,
            f"The live page still cites reference {number}: {state.words.lower()}. Publish the draft without it",
            address(edition.article_id),
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
            address(article.pk),
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
            f"Waiting for medical review since {day(article.submitted_at)}" + _and_how_many(sources),
            address(article.pk),
        )
        for article, sources in zip(articles, stale, strict=True)
    ]


def _ready(user: Any) -> list[DashboardItem]:
    if not user.has_perm("articles.publish_article"):
        return []
    states = Article.objects.with_state("is_printed", "scheduled_for", "is_withdrawn", "is_signed")
    unprinted = states.filter(is_printed=False, scheduled_for=None, is_withdrawn=False)
    signed = dict(unprinted.order_by("-is_signed", "-changed_at").values_list("pk", "is_signed")[:MOST])
    articles = Article.objects.only("title", "submitted_at").in_bulk(signed)  # the sorting reads no text
    return [
        DashboardItem(str(articles[pk]), _unpublished(articles[pk], is_signed), address(pk))
        for pk, is_signed in signed.items()
    ]


def _unpublished(article: Article, is_signed: bool) -> str:
    if is_signed:
        return "Signed off, not published yet"
    if article.submitted_at:
        return f"Waiting for medical review since {day(article.submitted_at)}"
    return "Draft. Open it to see what’s missing"


def _stale(user: Any) -> list[DashboardItem]:
    """Published articles that cite old or superseded sources, those first that are reviewed again the soonest."""
    if not user.has_perm("articles.view_review"):
        return []
    soonest = public_dashboard.while_public("soonest", currency.reviewed_soonest)
    return [
        DashboardItem(edition.title, _in_words(sources), address(edition.article_id))
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
            f"Version {edition.number}, published {day(edition.live_from)}"
            + ("" if edition.revision_id == edition.newest else " · has unpublished changes"),
            address(edition.article_id),
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
