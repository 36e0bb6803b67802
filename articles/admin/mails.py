"""Mails of the desk to those who work for it. They leave through `newsletter.sending`, as every mail does."""

from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from articles.models import Contributor, Revision
from articles.newsletter.messages import Message
from articles.publishing import links


def review_request(revision: Revision, reviewer: Contributor, *, by: Any) -> Message:
    """Asks a medical reviewer to sign one text, or to say what should change."""
    context = {
        "site_name": settings.SITE_NAME,
        "postal_address": settings.POSTAL_ADDRESS,
        "subject": f"Would you review “{revision.content['title']}”?",
        "reviewer": reviewer,
        "title": revision.content["title"],
        "standfirst": revision.content["standfirst"],
        "asked_by": by.get_full_name() or "our newsroom",
        "link": settings.SITE_URL + reverse("review", args=[links.for_review(revision, reviewer)]),
        "days": links.LIFE[links.REVIEW].days,
    }
    return Message(
        subject=str(context["subject"]),
        text=render_to_string("articles/mail/review.txt", context),
        html=render_to_string("articles/mail/review.html", context),
    )
