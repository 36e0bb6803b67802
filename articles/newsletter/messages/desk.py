"""Mails to those who see to the letter."""

from django.conf import settings
from django.urls import reverse

from articles.models import Alarm
from articles.newsletter.messages.bodies import written
from articles.newsletter.messages.message import Message
from articles.newsletter.messages.wrapping import wrapped


def alarm(raised: Alarm) -> Message:
    """Tells a newsletter editor what happened to an issue, and where to see to it."""
    page = reverse("admin:index")
    if raised.issue_id is not None:
        page = reverse("admin:articles_issue_change", args=[raised.issue_id])
    return written(
        "alarm",
        f"The letter of {settings.SITE_NAME} needs you",
        sentence=raised.sentence,
        plain=wrapped(raised.sentence),
        desk=settings.SITE_URL + page,
    )
