"""Who gets an issue: one row of the ledger for each of its readers, made when it is approved.

A correction goes to those who were sent the wrong text: corrections → wrong editions → issues → deliveries →
subscriptions still active.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from articles.models import Correction, Delivery, Edition, Issue, Section, Subscription
from articles.newsletter.issues import rendering
from articles.newsletter.issues.hold_rules import present

AT_ONCE = 2000  # rows in one statement


def readers(issue: Issue, *, at: datetime | None = None) -> QuerySet[Subscription]:
    """Those to whom an issue goes, before their sections are looked at: subscribers to the newsletter, those that a
    stopped issue left without, or those who were handed what a correction corrects.
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


# Who was sent the wrong text -----------------------------------------------------------------------------------------


def wrong_editions(correction: Correction) -> QuerySet[Edition]:
    """The edition that was corrected, and earlier ones of the article in which the same wrong words stood.

    So a typo mended meanwhile, which is an edition of its own, hides no reader from the correction.
    """
    is_wrong = Q(pk=correction.corrected_id)
    if words := correction.was.strip():
        is_wrong |= Q(number__lt=correction.corrected.number, search_text__contains=words)
    return Edition.objects.filter(is_wrong, article=correction.corrected.article_id).select_related("section")


def handed_over(correction: Correction) -> QuerySet[Delivery]:
    """Deliveries that handed a wrong edition over, or may have: a sender died with them in hand, or holds them now."""
    found = Delivery.objects.none()
    for edition in wrong_editions(correction):
        found = found | Delivery.objects.possibly_handed_over().showing(edition)
    return found.distinct()


def reached(correction: Correction) -> QuerySet[Subscription]:
    """Readers to whom the correction goes: those who may have the error and still subscribe, whatever they pause."""
    ids = handed_over(correction).order_by().values("subscription")
    return Subscription.objects.active().filter(pk__in=ids)
