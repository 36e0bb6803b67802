"""Who writes an article and by when, and taking back what a reviewer was asked."""

from datetime import date, datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.formats import date_format

from articles.models import Article, Notice, ReviewTask
from articles.publishing import notices
from articles.publishing.desk import DELETED, DeskRefused


def writers() -> QuerySet[Any]:
    """Those to whom an article can be assigned."""
    writing = get_user_model().objects.with_perm(
        "articles.change_article", backend="django.contrib.auth.backends.ModelBackend"
    )
    return writing.order_by("first_name", "last_name", "username")


@transaction.atomic
def assign(article: Article, to: Any, *, due_on: date | None, by: User, at: datetime | None = None) -> None:
    """Says who writes on (None: nobody in particular) and by when. Raises DeskRefused."""
    if not by.has_perm("articles.change_article"):
        raise DeskRefused("You don’t have permission to assign articles.")
    if to is not None and not writers().filter(pk=to.pk).exists():
        raise DeskRefused("Choose somebody who may write articles.")
    before = article.assigned_to_id
    if not Article.objects.filter(pk=article.pk).update(assigned_to=to, due_on=due_on):
        raise DeskRefused(DELETED)
    article.refresh_from_db(fields=["assigned_to", "due_on"])
    if to is not None and to.pk != before:
        until = f", due by {date_format(due_on, 'F j, Y')}" if due_on else ""
        notices.tell(article, Notice.ASSIGNED, f"“{article}” was assigned to you{until}.", to=[to], but=by, at=at)


@transaction.atomic
def take_back(article: Article, *, by: User, at: datetime | None = None) -> None:
    """Takes a request for review back: it waits for nobody, and links that were mailed for it open nothing more."""
    if not by.has_perm("articles.submit_article"):
        raise DeskRefused("You don’t have permission to take back a request for review.")
    at = at or timezone.now()
    tasks = list(ReviewTask.objects.open().filter(article=article).select_related("reviewer__user"))
    if not tasks and article.submitted_at is None:
        raise DeskRefused("No review is asked for.")
    Article.objects.filter(pk=article.pk).update(submitted_at=None)
    article.refresh_from_db(fields=["submitted_at"])
    ReviewTask.objects.filter(pk__in=[task.pk for task in tasks]).update(taken_back_at=at)
    sentence = f"The newsroom no longer needs your review of “{article}”."
    notices.tell(article, Notice.ASKED, sentence, to=[task.reviewer.user for task in tasks], but=by, at=at)
