"""The demonstration's newsletter: one issue that a few made-up subscribers got, and one that waits for approval."""

import threading

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone

from articles.models import Issue, Subscription, SubscriptionToken
from articles.newsletter.delivery.liveness import signed_on
from articles.newsletter.delivery.worker import Worker
from articles.newsletter.issues import building, weeks
from articles.newsletter.subscriptions import consent, tokens

WEEK = "2026-W47"  # the week in which all but the newest article were published
READERS = ["amal@example.org", "rowan@example.org", "teodora@example.org"]
INTRODUCTION = (
    "This is our first newsletter, so it lists everything we’ve published so far. From now on you’ll get one a week "
    "with what’s new."
)


def send_last_weeks() -> None:
    """Sent like every issue; the messages are in the mail folder afterwards."""
    if weeks.due_at(WEEK) > timezone.now():
        return
    issue = Issue.objects.filter(week=WEEK).first()
    if issue is None and not Issue.objects.exists() and not Subscription.objects.exists():
        issue = _approved()
    if issue is not None and issue.state in (Issue.APPROVED, Issue.SENDING):
        with signed_on() as sender:
            Worker(issue, sender=sender, stop=threading.Event(), waits=False).run()


@transaction.atomic
def _approved() -> Issue:
    at = weeks.due_at(WEEK)
    for address in READERS:
        _subscribe(address)
    issue = building.build(now=at, week=WEEK)
    issue.introduction = INTRODUCTION
    issue.save(update_fields=["introduction"])
    return building.approve(issue, by=get_user_model().objects.get(username="newsletter"), at=at)


def _subscribe(address: str) -> None:
    """Asked and confirmed as everybody is, but for the mail that asks."""
    at, agreed = (
        weeks.due_at("2026-W45"),
        consent.Consent(consent.WORDING.format(site=settings.SITE_NAME), "/subscribe/"),
    )
    subscription = consent.take(address, consent=agreed, at=at)
    if subscription is not None:
        token = tokens.mint(subscription, SubscriptionToken.CONFIRM, at=at)
        consent.confirm(token, consent=agreed, at=at)


def draft_this_weeks() -> None:
    """What the clock would build on its day, a little early, so that there is one to look at."""
    sent = Issue.objects.filter(week=WEEK, state=Issue.SENT)
    if sent.exists() and not Issue.objects.exclude(week=WEEK).exists():
        building.build()
