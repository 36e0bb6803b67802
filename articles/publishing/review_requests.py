"""Asking a medical reviewer by mail to sign off one text, or to say what should change.

The signed link goes to the reviewer's own address and is shown to nobody: it is good for a signature.
"""

from datetime import date, datetime

from django.conf import settings
from django.contrib.auth.models import User
from django.urls import reverse
from django.utils.formats import date_format

from articles.mail import alarms, outbox
from articles.mail.bodies import written
from articles.mail.kinds import Kind, register
from articles.mail.message import Message
from articles.models import Article, Contributor, Notice, OutgoingMail, ReviewTask, Revision
from articles.publishing import desk, links, notices


def ask(revision: Revision, reviewer: Contributor, *, by: User, due_on: date | None = None) -> None:
    """Notes who is asked for what and by when, and puts the request in line; asked twice before it is sent, it is one
    mail.
    """
    article = revision.article
    ReviewTask.objects.create(article=article, revision=revision, reviewer=reviewer, asked_by=by, due_on=due_on)
    until = f" by {date_format(due_on, 'F j, Y')}" if due_on else ""
    notices.tell(article, Notice.ASKED, f"Your review of “{article}” is asked for{until}.", to=[reviewer.user], but=by)
    context = {"revision": revision.pk, "reviewer": reviewer.pk, "asked_by": by.get_full_name()}
    outbox.enqueue(ReviewRequest.name, reviewer.email, key=f"{revision.pk} {reviewer.pk}", context=context)


def announce(revision: Revision, *, by: User) -> None:
    """Tells every reviewer with an account, but its authors, that a text waits for one of them."""
    authors = revision.article.authors.values("pk")
    reviewers = Contributor.objects.filter(is_medical_reviewer=True).exclude(pk__in=authors).select_related("user")
    sentence = f"“{revision.article}” waits for a medical review."
    notices.tell(revision.article, Notice.ASKED, sentence, to=[reviewer.user for reviewer in reviewers], but=by)


def ask_again(article: Article, *, by: User) -> None:
    """Puts an article before every reviewer, whether or not one signed off on it before. Raises DeskRefused."""
    if reasons := against(article):
        raise desk.DeskRefused(*(f"“{article}”: {reason}" for reason in reasons))
    announce(desk.submit(article, by=by), by=by)


def against(article: Article) -> list[str]:
    """Why no review is asked for."""
    return ["It’s waiting for a medical review already."] if article.submitted_at else []


@register
class ReviewRequest(Kind):
    name = "review_request"

    def write(self, mail: OutgoingMail, at: datetime) -> Message | None:
        revision = Revision.objects.filter(pk=mail.context["revision"], article__deleted_at=None).first()
        reviewer = Contributor.objects.reachable().filter(pk=mail.context["reviewer"], email=mail.to).first()
        if revision is None or reviewer is None or links.is_taken_back(revision, reviewer):
            return None  # the link is for its owner alone, and for a review that is wanted
        task = ReviewTask.objects.filter(revision=revision, reviewer=reviewer).first()
        return written(
            "review",
            f"Would you review “{revision.content['title']}”?",
            headers={},
            reviewer=reviewer,
            title=revision.content["title"],
            standfirst=revision.content["standfirst"],
            asked_by=mail.context["asked_by"] or "our newsroom",
            link=settings.SITE_URL + reverse("review", args=[links.for_review(revision, reviewer)]),
            due_on=task.due_on if task else None,
            days=links.LIFE[links.REVIEW].days,
        )

    def not_sent(self, mail: OutgoingMail, at: datetime) -> None:
        reviewer = Contributor.objects.get(pk=mail.context["reviewer"])
        sentence = f"The request to review didn’t reach {reviewer}: the mail server refuses the address."
        alarms.ring(f"review:{reviewer.pk}", sentence, at=at)
