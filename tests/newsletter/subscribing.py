"""Subscribing as a page and the clock do it, at once and at a given moment."""

from django.utils import timezone

from articles.mail import sender
from articles.newsletter.subscriptions import requests


def subscribe(address, *, consent, at=None):
    at = at or timezone.now()
    requests.subscribe(address, consent=consent, at=at)
    sender.send_due(at=at)
