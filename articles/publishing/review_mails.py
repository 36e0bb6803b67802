"""Mails to the desk about sign-offs: one that was taken back, and one that is due again soon."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from articles.mail import alarms, outbox
from articles.mail.bodies import written
from articles.mail.kinds import Kind, register
from articles.mail.message import Message
from articles.mail.wrapping import wrapped
from articles.models import Edition, OutgoingMail, Review

MARKS = (-1, 7, 30, 60)  # days before a review is due, at each of which the desk is reminded once; -1: it is overdue


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


def remind(at: datetime | None = None) -> None:
    """Reminds the desk of live articles whose review is due soon or overdue, once at each mark; of several clocks one
    does it.
    """
    at = at or timezone.now()
    today = timezone.localdate(at)
    for review in Review.objects.filter(pk__in=Edition.objects.live(at).values("review")).filter(_has_news(today)):
        mark = _mark(review, today)
        if mark is None:
            continue
        with transaction.atomic():
            row = Review.objects.filter(pk=review.pk, reminded_at_days=review.reminded_at_days)
            if row.update(reminded_at_days=mark):
                for address in _desk():
                    key = f"{review.pk} {mark}"
                    outbox.enqueue(ReviewDue.name, address, key=key, context={"review": review.pk}, at=at)


def _has_news(today: date) -> Q:
    news = Q(pk__in=[])
    for mark in MARKS:
        unsaid = Q(reminded_at_days=None) | Q(reminded_at_days__gt=mark)
        news |= Q(due_on__lte=today + timedelta(days=mark)) & unsaid
    return news & Q(withdrawn_at=None)


def _mark(review: Review, today: date) -> int | None:
    """The nearest mark that a review has reached, if its time was ever longer than that and nobody was told yet."""
    if review.due_on is None:
        return None
    left, whole = (review.due_on - today).days, (review.due_on - timezone.localdate(review.decided_at)).days
    mark = next((mark for mark in MARKS if left <= mark), None)
    if mark is None or mark >= whole:
        return None
    return mark if review.reminded_at_days is None or mark < review.reminded_at_days else None


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
        sentences = [f"{review.full_name} withdrew their sign-off on “{title}”."]
        withdrawn_at = review.withdrawn_at or at
        why = Review.objects.filter(reviewer=review.reviewer_id, decision=Review.CHANGES, decided_at=withdrawn_at)
        sentences += [f"They wrote: “{words}”" for words in why.values_list("comments", flat=True) if words]
        numbers = mail.context["planned"]
        sentences += [f"Version {number} was scheduled and won’t be published." for number in numbers]
        if Edition.objects.live(at).filter(review__in=keys).exists():
            sentences.append("The text is live, and its page says that the review was withdrawn.")
        return _about_an_article(f"The review of “{title}” was withdrawn", sentences, review.revision.article_id)


@register
class ReviewDue(Kind):
    name = "review_due"

    def write(self, mail: OutgoingMail, at: datetime) -> Message | None:
        live = Edition.objects.live(at).filter(review=mail.context["review"], review__withdrawn_at=None)
        edition = live.select_related("review").first()
        if edition is None or edition.review is None or edition.review.due_on is None:
            return None
        day = date_format(edition.review.due_on, "F j, Y")
        state = f"overdue since {day}. The page says so." if edition.review.is_due(at) else f"due by {day}."
        sentence = f"The medical review of “{edition.title}” by {edition.review.full_name} is {state}"
        return _about_an_article(f"Review due: “{edition.title}”", [sentence], edition.article_id)
