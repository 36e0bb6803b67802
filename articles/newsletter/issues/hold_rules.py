"""Why an issue must not go on: what became of its articles since it was put together.

Each rule looks at one thing. To add one, write it and put it into RULES.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import BooleanField, Case, Exists, Max, OuterRef, QuerySet, When
from django.utils import timezone

from articles.models import Correction, Edition, Issue, Review, SentenceReport


def present(issue: Issue, *, at: datetime | None = None) -> QuerySet[Edition]:
    """What stands in the issue: in a draft what its articles say now, in an approved one what they said then."""
    pinned = Edition.objects.filter(issue_items__issue=issue)
    if issue.state != Issue.DRAFT:
        return pinned
    live = Edition.objects.live(at).filter(article__in=pinned.values("article"))
    return Edition.objects.filter(pk__in=[*live.values_list("pk", flat=True), *_gone(pinned, live)])


def _gone(pinned: QuerySet[Edition], live: QuerySet[Edition]) -> list[int]:
    return list(pinned.exclude(article__in=live.values("article")).values_list("pk", flat=True))


@dataclass(frozen=True)
class ArticleStatus:
    """One article of an issue, and what became of it."""

    edition: Edition
    is_public: bool
    is_corrected: bool
    is_signed_now: bool


def reasons_to_hold(issue: Issue, *, at: datetime | None = None) -> list[str]:
    """Sentences that say why the issue must stop now, or cannot be approved; none where it may go on.

    Senders ask before every message, so an approved issue that nothing happened to is one query, however many articles
    it has.
    """
    at = at or timezone.now()
    if issue.approved_at is not None and _undisturbed(issue, at):
        return []
    rules = RULES[issue.kind]
    return [reason for status in _statuses(issue, at) for rule in rules if (reason := rule(status, at))]


def _undisturbed(issue: Issue, at: datetime) -> bool:
    """Whether every edition of an approved issue is still live, in date, shown with its picture, and unquestioned."""
    today = timezone.localdate(at)
    return not any(
        edition.is_over  # type: ignore[attr-defined]
        or edition.is_doubted  # type: ignore[attr-defined]
        or edition.is_reported  # type: ignore[attr-defined]
        or (edition.review is not None and edition.review.due_on is not None and edition.review.due_on < today)
        or (edition.lead_picture is not None and not edition.lead_picture.is_shown)
        for edition in statuses(issue, at=at)
    )


def statuses(issue: Issue, *, at: datetime) -> QuerySet[Edition]:
    """The editions of an approved issue with all that the rules look at: the same rows on one day mean the same.

    `is_over`: it is not the live one any more; `is_doubted`: a reviewer asked for changes since it was built;
    `is_reported`: a reader reported harm. One query.
    """
    own = OuterRef("article")
    doubts = Review.objects.filter(decision=Review.CHANGES, revision__article=own, decided_at__gt=issue.built_at)
    reports = SentenceReport.objects.open_for_safety().filter(edition__article=own)
    editions = Edition.objects.filter(issue_items__issue=issue).annotate(
        is_over=Case(When(live_until__lte=at, then=True), default=False, output_field=BooleanField()),
        is_doubted=Exists(doubts.order_by()),
        is_reported=Exists(reports.order_by()),
    )
    lead = ("lead_image__credit", "lead_image__replaced_by__credit")
    unneeded = ("body", "search_text", "references", "standfirst", "disclosure", "corrections")
    return editions.select_related("review", *lead).defer(*unneeded).order_by("pk")


def _statuses(issue: Issue, at: datetime) -> list[ArticleStatus]:
    reported = SentenceReport.objects.open_for_safety().filter(edition__article=OuterRef("article"))
    queryset = (
        present(issue, at=at)
        .select_related("review", "lead_image__credit", "lead_image__replaced_by__credit")
        .defer("body", "search_text", "references")
        .annotate(is_reported=Exists(reported.order_by()))
        .order_by("pk")
    )
    editions = list(queryset)
    replaced = [edition for edition in editions if edition.live_until is not None and edition.live_until <= at]
    signed, corrected = _what_replaced(replaced, at) if replaced else ({}, set())
    return [
        ArticleStatus(
            edition,
            is_public=edition not in replaced or edition.article_id in signed,
            is_corrected=edition.pk in corrected,
            is_signed_now=edition not in replaced or signed.get(edition.article_id, False),
        )
        for edition in editions
    ]


def _what_replaced(editions: Sequence[Edition], at: datetime) -> tuple[dict[int, bool], set[int]]:
    """Whether what is public now of each of their articles is signed (nothing, where nothing is public); and which of
    the editions were corrected since.
    """
    articles = [edition.article_id for edition in editions]
    live = Edition.objects.live(at).filter(article__in=articles).values_list("article", "review")
    corrections = Correction.objects.public(at).filter(edition__article__in=articles)
    numbers = dict(corrections.order_by().values_list("edition__article").annotate(newest=Max("edition__number")))
    corrected = {edition.pk for edition in editions if numbers.get(edition.article_id, 0) > edition.number}
    return {article: review is not None for article, review in live}, corrected


def withdrawn(status: ArticleStatus, at: datetime) -> str:
    return "" if status.is_public else f"“{status.edition.title}” is no longer published."


def corrected(status: ArticleStatus, at: datetime) -> str:
    return f"“{status.edition.title}” has been corrected since." if status.is_corrected else ""


def sign_off_lost(status: ArticleStatus, at: datetime) -> str:
    edition, review = status.edition, status.edition.review
    if review is None:
        return ""
    if review.withdrawn_at is not None:
        return f"{review.full_name}, who signed off on “{edition.title}”, now requests changes."
    if status.is_public and not status.is_signed_now:
        return f"“{edition.title}” lost its sign-off: the published version isn’t signed off."
    if review.is_due(at):
        return f"The medical review of “{edition.title}” has expired."
    return ""


def credit_lost(status: ArticleStatus, at: datetime) -> str:
    picture = status.edition.lead_picture
    return (
        f"The picture of “{status.edition.title}” has an incomplete credit." if picture and not picture.is_shown else ""
    )


def harm_reported(status: ArticleStatus, at: datetime) -> str:
    reported: bool = status.edition.is_reported  # type: ignore[attr-defined]
    title = status.edition.title
    return f"A reader reported that “{title}” could do harm. The report hasn’t been answered." if reported else ""


Rule = Callable[[ArticleStatus, datetime], str]
# A correction must reach its readers whatever else is the matter; it stops only where its own words are not ours now.
RULES: dict[str, list[Rule]] = {
    Issue.WEEKLY: [withdrawn, corrected, sign_off_lost, credit_lost, harm_reported],
    Issue.CORRECTION: [withdrawn, corrected],
}
