"""Who gets an issue: one row of the ledger for each of its readers, made when it is approved.

A correction goes to those whom it `reach`es.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from articles.models import Delivery, Issue, Section, Subscription
from articles.newsletter.issues import rendering
from articles.newsletter.issues.hold_rules import present
from articles.newsletter.issues.reach import reached

AT_ONCE = 2000  # rows in one statement


def readers(issue: Issue, *, at: datetime | None = None) -> QuerySet[Subscription]:
    """Those to whom an issue goes, before their sections are looked at: subscribers to the newsletter, those that a
    stopped issue left without, or those whom a correction reaches.
    """
    if issue.correction is not None:
        return reached(issue.correction)
    newsletter = Subscription.objects.getting_the_newsletter(at)
    if issue.continues_id is None:
        return newsletter
    left = Delivery.objects.filter(issue=issue.continues_id, subscription=OuterRef("pk"), state=Delivery.WITHHELD)
    return newsletter.filter(Exists(left))


def queue(issue: Issue, *, at: datetime | None = None) -> int:
    """Makes the rows that are missing; to repeat it adds nobody twice. The number of rows the issue has then."""
    at = at or timezone.now()
    batch = []
    for subscription, sections in _addressed(issue, at):
        batch.append(
            Delivery(
                issue=issue,
                subscription_id=subscription,
                message_id=rendering.message_id(issue, subscription),
                sections=sections,
                next_at=at,
            )
        )
        if len(batch) == AT_ONCE:
            Delivery.objects.bulk_create(batch, ignore_conflicts=True)
            batch = []
    Delivery.objects.bulk_create(batch, ignore_conflicts=True)
    return issue.deliveries.count()


def count(issue: Issue, *, at: datetime | None = None) -> int:
    """How many would get it if it were approved now."""
    return sum(1 for _one in _addressed(issue, at or timezone.now()))


def _addressed(issue: Issue, at: datetime) -> Iterator[tuple[int, str]]:
    """Ids of subscriptions, each with the sections that its newsletter covers (as in `Delivery.sections`)."""
    told = set(Section.objects.filter(pk__in=present(issue, at=at).values("section")).values_list("slug", flat=True))
    wanted = _wanted() if issue.kind == Issue.WEEKLY else {}
    for pk in readers(issue, at=at).order_by("pk").values_list("pk", flat=True):
        chosen = wanted.get(pk)
        if chosen is None:
            yield pk, ""
        elif chosen & told:
            yield pk, f",{','.join(sorted(chosen))},"


def _wanted() -> dict[int, set[str]]:
    """The sections that readers chose; nobody who chose none."""
    wanted = defaultdict(set)
    chosen = Subscription.sections.through.objects.values_list("subscription", "section__slug")
    for pk, slug in chosen:
        wanted[pk].add(slug)
    return wanted
