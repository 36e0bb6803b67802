"""Reading a mail as its reader does; readers, and letters that they were sent."""

import re
from datetime import UTC, datetime
from typing import Any

import pytest

from articles.models import Delivery, Issue, Subscription
from tests import factories


def link_in(mail: Any, purpose: str) -> str:
    """The token of the mail's link that confirms or leaves."""
    paths = {
        "confirm": "/subscribe/confirm/",
        "unsubscribe": "/unsubscribe/",
        "not-me": "/subscribe/not-me/",
        "preferences": "/preferences/",
    }
    words = mail.body + mail.extra_headers.get("List-Unsubscribe", "")
    found = re.search(rf"{paths[purpose]}([^/\s]+)/", words)
    assert found, f"no link to {purpose} in: {mail.body}"
    return found[1]


def reader(email="reader@example.org", **columns):
    """An active subscription, with its events, as a confirmation leaves it."""
    confirmed_at = columns.pop("confirmed_at", datetime(2026, 1, 5, 9, tzinfo=UTC))
    made = Subscription.objects.create(email=email, state="active", confirmed_at=confirmed_at, **columns)
    for kind in ("asked", "confirmed"):
        made.consent_events.create(kind=kind, wording="Send me the letter.", page="/subscribe/", at=confirmed_at)
    return made


def delivery_to(subscription, **columns):
    """A letter's row in the ledger; each of an issue of its own."""
    number = Issue.objects.count() + 1
    at = datetime(2026, 1, 5, 9, tzinfo=UTC)
    issue = Issue.objects.create(number=number, week=f"2026-W{number:02}", subject="News", since=at, until=at)
    return Delivery.objects.create(
        issue=issue, subscription=subscription, message_id=f"<{number}@example.org>", **columns
    )


@pytest.fixture
def chief():
    return factories.newsletter_editor()


@pytest.fixture
def edition():
    return factories.print_edition(title="Pumps", lead_image=factories.CreditFactory().image)
