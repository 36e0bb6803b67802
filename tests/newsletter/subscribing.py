"""Subscribing without a wish in between: what the clock does with one, at once and at a given moment."""

from django.utils import timezone

from articles.newsletter import addresses
from articles.newsletter.consent import ask, take


def subscribe(address, *, consent, at=None):
    at = at or timezone.now()
    subscription = take(addresses.normalize(address), consent=consent, at=at)
    if subscription:
        ask(subscription, at=at)
