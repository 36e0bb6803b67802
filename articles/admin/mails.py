"""Mails of the desk to those who work for it. They leave through `newsletter.sending`, as every mail does."""

from django.conf import settings
from django.contrib.auth.models import User
from django.urls import reverse

from articles.models import Contributor, Revision
from articles.newsletter.messages import Message, written
from articles.publishing import links


def review_request(revision: Revision, reviewer: Contributor, *, by: User) -> Message:
    """Asks a medical reviewer to sign one text, or to say what should change."""
    return written(
        "review",
        f"Would you review “{revision.content['title']}”?",
        headers={},
        reviewer=reviewer,
        title=revision.content["title"],
        standfirst=revision.content["standfirst"],
        asked_by=by.get_full_name() or "our newsroom",
        link=settings.SITE_URL + reverse("review", args=[links.for_review(revision, reviewer)]),
        days=links.LIFE[links.REVIEW].days,
    )
