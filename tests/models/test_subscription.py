"""What the table of subscriptions refuses: an address twice, and a state without its time."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from articles.models import Subscription

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("again", ["reader@example.org", "Reader@Example.ORG", "READER@example.org"])
def test_an_address_is_subscribed_once_whatever_its_case(again):
    Subscription.objects.create(email="reader@example.org")
    with pytest.raises(IntegrityError), transaction.atomic():
        Subscription.objects.create(email=again)


@pytest.mark.parametrize(
    "row",
    [
        {"state": "active"},
        {"state": "ended"},
        {"state": "pending", "confirmed_at": timezone.now()},
        {"state": "active", "confirmed_at": timezone.now(), "ended_at": timezone.now()},
        {"state": "asleep"},
    ],
)
def test_a_state_has_its_time(row):
    with pytest.raises(IntegrityError), transaction.atomic():
        Subscription.objects.create(email="reader@example.org", **row)
