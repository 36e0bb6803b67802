"""Mails to the desk about sign-offs: one that was taken back, and one that is due again soon."""

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.contrib.auth import get_user_model
from django.urls import reverse

from articles.mail import alarms, outbox
from articles.mail.bodies import written
from articles.mail.kinds import Kind, register
from articles.mail.message import Message
from articles.mail.wrapping import wrapped
from articles.models import Edition, OutgoingMail, Review

MARKS = (60, 30, 7, 0)  # days before a review is due, at each of which the desk is reminded once


def _desk() -> list[str]:
    """Where everybody who may publish is reached."""
    editors = get_user_model().objects.with_perm(
        "articles.publish_article", backend="django.contrib.auth.backends.ModelBackend"
    )
    return alarms.addresses_of(editors)


def tell_withdrawn(reviews: Sequence[Review], planned: Sequence[Edition], *, at: datetime) -> None:
    """Tells the desk that a sign-off was taken back, and which versions came off the schedule by it.

    `reviews` are the sign-off and those that were kept after a typo.
    """
    keys = [review.pk for review in reviews]
    context = {"reviews": keys, "planned": sorted(edition.number for edition in planned)}
    for address in _desk():
        outbox.enqueue(ReviewWithdrawn.name, address, key=keys, context=context, at=at)


def _about_an_article(subject: str, sentences: Sequence[str], article_id: int) -> Message:
    return written(
        "desk_notice",
        subject,
        sentences=sentences,
        plain=[wrapped(sentence) for sentence in sentences],
        link=settings.SITE_URL + reverse("admin:articles_article_change", args=[article_id]),
    )


@register
class ReviewWithdrawn(Kind):
    name = "review_withdrawn"

    def write(self, mail: OutgoingMail, at: datetime) -> Message | None:
        keys = mail.context["reviews"]
        review = Review.objects.select_related("revision").get(pk=keys[0])
        title = review.revision.content["title"]
        sentences = [f"{review.full_name} withdrew the sign-off on “{title}”."]
        numbers = mail.context["planned"]
        sentences += [f"Version {number} was scheduled and won’t be published." for number in numbers]
        if Edition.objects.live(at).filter(review__in=keys).exists():
            sentences.append("The text is live, and its page says that the review was withdrawn.")
        return _about_an_article(f"The review of “{title}” was withdrawn", sentences, review.revision.article_id)
