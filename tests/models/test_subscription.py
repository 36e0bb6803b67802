"""What the table of subscriptions refuses: an address twice, and a state without its time."""

import pytest
from django.db import IntegrityError, connection, transaction
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


def test_an_address_is_found_by_an_index_however_long_the_list():
    Subscription.objects.create(email="Reader@example.org")
    found = Subscription.objects.at_address("READER@example.org")
    assert found.get().email == "Reader@example.org"
    if connection.vendor == "sqlite":
        assert "USING INDEX subscription_address_once" in found.explain()
