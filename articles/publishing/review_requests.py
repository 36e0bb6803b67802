"""Asking a medical reviewer by mail to sign off one text, or to say what should change.

The signed link goes to the reviewer's own address and is shown to nobody: it is good for a signature.
"""

from datetime import datetime

from django.conf import settings
from django.contrib.auth.models import User
from django.urls import reverse

from articles.mail import alarms, outbox
from articles.mail.bodies import written
from articles.mail.kinds import Kind, register
from articles.mail.message import Message
from articles.models import Contributor, OutgoingMail, Revision
from articles.publishing import links


def ask(revision: Revision, reviewer: Contributor, *, by: User) -> None:
    """Puts the request in line; asked twice before it is sent, it is one mail."""
    context = {"revision": revision.pk, "reviewer": reviewer.pk, "asked_by": by.get_full_name()}
    outbox.enqueue(ReviewRequest.name, reviewer.email, key=f"{revision.pk} {reviewer.pk}", context=context)


@register
class ReviewRequest(Kind):
    name = "review_request"

    def write(self, mail: OutgoingMail, at: datetime) -> Message | None:
        revision = Revision.objects.get(pk=mail.context["revision"])
        reviewer = Contributor.objects.get(pk=mail.context["reviewer"])
        if reviewer.email != mail.to:
            return None  # the link is for its owner alone
        return written(
            "review",
            f"Would you review “{revision.content['title']}”?",
            headers={},
            reviewer=reviewer,
            title=revision.content["title"],
            standfirst=revision.content["standfirst"],
            asked_by=mail.context["asked_by"] or "our newsroom",
            link=settings.SITE_URL + reverse("review", args=[links.for_review(revision, reviewer)]),
            days=links.LIFE[links.REVIEW].days,
        )

    def not_sent(self, mail: OutgoingMail, at: datetime) -> None:
        reviewer = Contributor.objects.get(pk=mail.context["reviewer"])
        sentence = f"The request to review didn’t reach {reviewer}: the mail server refuses the address."
        alarms.ring(f"review:{reviewer.pk}", sentence, at=at)
