"""Which editions are in a weekly newsletter, and in which order."""

from datetime import datetime

from django.db.models import Exists, Max, OuterRef
from django.utils import timezone

from articles.models import Edition, Issue, IssueItem, SentenceReport
from articles.models.edition import EditionQuerySet
from articles.richtext.text import on_one_line

FIRST_NEWSLETTER = 12  # articles: there is no newsletter before it, so everything would be new
LONGEST_SUBJECT = 120  # characters, of the 150 that the column takes; phones show about 40


def last_covered() -> datetime | None:
    """Until when the newsletters that went out have told of everything; None before the first."""
    last_approved: datetime | None = Issue.objects.filter(kind=Issue.WEEKLY, approved_at__isnull=False).aggregate(
        at=Max("until")
    )["at"]
    return last_approved


def editions(since: datetime | None, until: datetime) -> list[Edition]:
    """What is public at `until` of every article that is new or was materially changed after `since`, once each.

    Not what an approved newsletter told of already; nothing whose medical review has expired. The newest article leads,
    the others follow by section, newest first.
    """
    news = Edition.objects.articles().material().filter(live_from__lte=until)
    if since is not None:
        news = news.filter(live_from__gt=since)
    already_sent = IssueItem.objects.filter(
        issue__kind=Issue.WEEKLY,
        issue__approved_at__isnull=False,
        edition__article=OuterRef("article"),
        edition__live_from__gte=OuterRef("live_from"),
    )
    untold = news.filter(~Exists(already_sent)).values("article")
    editions = list(fit(Edition.objects.live(until).filter(article__in=untold), until).for_list())
    if since is None:
        editions = editions[:FIRST_NEWSLETTER]
    lead, rest = editions[:1], editions[1:]
    return lead + sorted(rest, key=lambda edition: (edition.filed_in.position, edition.filed_in.name))


def fit(public: EditionQuerySet, at: datetime) -> EditionQuerySet:
    """Those that a newsletter may recommend: an expired review or an open report of harm costs an article its place."""
    reported = SentenceReport.objects.open_for_safety().values("edition__article")
    return public.exclude(review__due_on__lt=timezone.localdate(at)).exclude(article__in=reported)


def subject(editions: list[Edition]) -> str:
    """What the newsletter is called until an editor words it better."""
    title = on_one_line(editions[0].title)
    more = f", and {len(editions) - 1} more" if len(editions) > 1 else ""
    room = LONGEST_SUBJECT - len(more)
    if len(title) > room:
        title = title[: room - 1].rsplit(" ", 1)[0] + "…"
    return title + more


def put_in(issue: Issue, editions: list[Edition]) -> None:
    """Editions as the issue's next items, in their order."""
    start = issue.items.count()
    IssueItem.objects.bulk_create(
        IssueItem(issue=issue, edition=edition, position=start + place) for place, edition in enumerate(editions, 1)
    )
