"""Telling people on the desk what happened to their articles: a row for each, at most one mail an hour for a person.

Each person switches kinds off for themselves. The clock gathers what waits (`mail`) and notices what is due (`remind`).
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import Truncator

from articles.mail import outbox, standstill
from articles.mail.bodies import written
from articles.mail.kinds import Kind, register
from articles.mail.message import Message
from articles.mail.wrapping import wrapped
from articles.models import Article, Contributor, MutedNotice, Notice, OutgoingMail, Restore, ReviewTask

BETWEEN = timedelta(hours=1)  # two mails to one person
DAYS_BEFORE = 2  # something is due, its person is told
NEWS_FOR = timedelta(days=1)
FORGOTTEN_AFTER = timedelta(days=90)


def people_of(article: Article) -> QuerySet[Any]:
    """Those whose article it is: who began it, to whom it is assigned, and its authors with an account."""
    return get_user_model().objects.filter(
        Q(pk__in=[pk for pk in (article.created_by_id, article.assigned_to_id) if pk])
        | Q(contributor__in=article.authors.all())
    )


def tell(
    article: Article,
    kind: str,
    sentence: str,
    *,
    to: Iterable[Any],
    but: User | None = None,
    at: datetime | None = None,
) -> None:
    """Notes a sentence for each person, but for who did it and those who switched this kind off; a history that is set
    up with its own dates is no news.
    """
    at = at or timezone.now()
    if at < timezone.now() - NEWS_FOR:
        return
    told = {user.pk: user for user in to if user is not None and user.is_active and user.email and user != but}
    if told:
        muted = MutedNotice.objects.filter(kind=kind, user__in=told).values_list("user", flat=True)
        sentence = Truncator(sentence).chars(500)
        Notice.objects.bulk_create(
            Notice(user=told[pk], article=article, kind=kind, sentence=sentence, at=at)
            for pk in told.keys() - set(muted)
        )


def reviewed(
    article: Article, reviewer: Contributor, *, approved: bool, comments: str, by: User | None, at: datetime
) -> None:
    kind = Notice.SIGNED if approved else Notice.CHANGES
    what = "signed off on" if approved else "asked for changes to"
    said = f": {' '.join(comments.split())}" if comments.strip() else "."
    tell(article, kind, f"{reviewer.full_name} {what} “{article}”{said}", to=people_of(article), but=by, at=at)


def published(article: Article, number: int, live_from: datetime, *, by: User) -> None:
    sentence = f"“{article}” was published (version {number})."
    if live_from < timezone.now() - NEWS_FOR:
        return
    if live_from > timezone.now():
        when = date_format(timezone.localtime(live_from), "F j, Y, H:i")
        sentence = f"“{article}” is scheduled for {when} (version {number})."
    tell(article, Notice.PUBLISHED, sentence, to=people_of(article), but=by)


def remind(at: datetime | None = None) -> None:
    """Notes once what is due in two days or less: articles for those they are assigned to, reviews for reviewers."""
    at = at or timezone.now()
    soon = timezone.localdate(at) + timedelta(days=DAYS_BEFORE)
    for article in Article.objects.filter(due_on__lte=soon, assigned_to__isnull=False).select_related("assigned_to"):
        day = date_format(article.due_on, "F j, Y") if article.due_on else ""
        _once(article, f"“{article}” is due by {day}.", article.assigned_to, at)
    for task in ReviewTask.objects.due_by(soon).select_related("reviewer__user"):
        day = date_format(task.due_on, "F j, Y") if task.due_on else ""
        _once(task.article, f"Your review of “{task.article}” is due by {day}.", task.reviewer.user, at)


def _once(article: Article, sentence: str, user: Any, at: datetime) -> None:
    if not Notice.objects.filter(article=article, user=user, kind=Notice.DUE, sentence=sentence).exists():
        tell(article, Notice.DUE, sentence, to=[user], at=at)


def mail(at: datetime | None = None) -> None:
    """Puts what waits for each person in one mail, if none went to them for an hour. Of several clocks one does it."""
    at = at or timezone.now()
    if standstill.reason():
        return
    Notice.objects.filter(mailed_at__lt=at - FORGOTTEN_AFTER).delete()
    if (restored_at := Restore.objects.values_list("restored_at", flat=True).first()) is not None:
        Notice.objects.waiting().filter(at__lt=restored_at).update(mailed_at=at)  # a mail since the backup may say it
    lately = Notice.objects.filter(mailed_at__gt=at - BETWEEN).values("user")
    waiting = Notice.objects.waiting().exclude(user__in=lately)
    for user in get_user_model().objects.filter(pk__in=waiting.values("user")):
        with transaction.atomic():
            if Notice.objects.waiting().filter(user=user).update(mailed_at=at):
                keys = list(Notice.objects.filter(user=user, mailed_at=at).values_list("pk", flat=True))
                context = {"user": user.pk, "notices": keys}
                outbox.enqueue(Digest.name, user.email, key=keys, context=context, at=at)


@register
class Digest(Kind):
    """What happened, with a link to each article. What its reader may not see or switched off is left out."""

    name = "desk_digest"

    def write(self, mail: OutgoingMail, at: datetime) -> Message | None:
        user = get_user_model().objects.filter(pk=mail.context["user"], is_active=True, email=mail.to).first()
        if user is None or not user.has_perm("articles.view_article"):
            return None
        muted = user.muted_notices.values("kind")
        notices = Notice.objects.filter(pk__in=mail.context["notices"], user=user).exclude(kind__in=muted)
        of_articles: dict[Article, list[str]] = {}
        for notice in notices.select_related("article"):
            of_articles.setdefault(notice.article, []).append(notice.sentence)
        if not of_articles:
            return None
        choose = settings.SITE_URL + reverse("admin:notifications")
        parts = [
            {
                "sentences": sentences,
                "plain": "\n\n".join(map(wrapped, sentences)),
                "link": settings.SITE_URL + reverse("admin:articles_article_change", args=[article.pk]),
            }
            for article, sentences in of_articles.items()
        ]
        sentences = [sentence for each in of_articles.values() for sentence in each]
        about = f"on “{next(iter(of_articles))}”" if len(of_articles) == 1 else f"at {settings.SITE_NAME}"
        heading = f"{len(sentences)} updates {about}" if len(sentences) > 1 else f"An update {about}"
        subject = heading if len(sentences) > 1 else Truncator(sentences[0]).chars(150)
        return written("desk_digest", subject, heading=heading, parts=parts, choose=choose)
