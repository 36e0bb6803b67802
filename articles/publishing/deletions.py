"""Deleting a draft, putting it back for 30 days, and its end after them.

What was published or scheduled, decided on by a medical reviewer, or has an overridden check is on record and stays.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from articles.models import Article, Contributor, Edition, Notice, Override, Review, ReviewTask
from articles.publishing import notices
from articles.publishing.desk import DELETED, DeskRefused

KEPT_FOR = timedelta(days=30)
ON_RECORD = (
    "It was published or scheduled before, so its versions are kept.",
    "A medical reviewer’s decision on it is on record, so it’s kept.",
    "An override of one of its checks is on record, so it’s kept.",
)


def may_delete(article: Article, by: Any) -> bool:
    """Who may publish deletes any draft; who writes, those that they began or are an author of."""
    if not by.has_perm("articles.change_article"):
        return False
    is_own = article.created_by_id == by.pk or article.authors.filter(user=by).exists()
    return is_own or bool(by.has_perm("articles.publish_article"))


def on_record(article: Article) -> list[str]:
    """Why an article stays, in a sentence each."""
    own = OuterRef("pk")
    records = (
        Exists(Edition.objects.filter(article=own)),
        Exists(Review.objects.filter(revision__article=own)),
        Exists(Override.objects.filter(article=own)),
    )
    found = Article.everything.filter(pk=article.pk).values_list(*records).get()
    return [sentence for sentence, is_there in zip(ON_RECORD, found, strict=True) if is_there]


def against(article: Article, by: Any) -> list[str]:
    """Why somebody can’t delete an article."""
    return on_record(article) if may_delete(article, by) else ["You don’t have permission to delete it."]


def gone_at(article: Article) -> datetime | None:
    """When a deleted draft goes for good."""
    return article.deleted_at + KEPT_FOR if article.deleted_at else None


def require(article: Article) -> None:
    """Raises DeskRefused for a deleted draft."""
    if article.deleted_at is not None:
        raise DeskRefused(DELETED)


@transaction.atomic
def delete(article: Article, *, by: User, at: datetime | None = None) -> None:
    """Takes a draft off every list; links to it open nothing more. Raises DeskRefused."""
    held = locked(article)
    if held.deleted_at is not None:
        raise DeskRefused(f"“{held}” was deleted already.")
    if reasons := against(held, by):
        raise DeskRefused(*(f"“{held}” can’t be deleted. {reason}" for reason in reasons))
    at = at or timezone.now()
    reviewers = [task.reviewer for task in ReviewTask.objects.open().filter(article=held).select_related("reviewer")]
    Article.everything.filter(pk=held.pk).update(deleted_at=at, deleted_by=by)
    article.refresh_from_db(fields=["deleted_at", "deleted_by"])
    _tell(held, reviewers, by, at)


def _tell(article: Article, reviewers: Iterable[Contributor], by: User, at: datetime) -> None:
    asked = [reviewer.user for reviewer in reviewers]
    sentence = f"“{article}” was deleted. Your review is no longer needed."
    notices.tell(article, Notice.ASKED, sentence, to=asked, but=by, at=at)
    sentence = f"“{article}”, which was assigned to you, was deleted."
    notices.tell(article, Notice.ASSIGNED, sentence, to=[article.assigned_to], but=by, at=at)


@transaction.atomic
def put_back(article: Article, *, by: User) -> None:
    """Undoes `delete`: the draft, its assignment and requests for review are where they were. Raises DeskRefused."""
    held = locked(article)
    if not may_delete(held, by):
        raise DeskRefused(f"You don’t have permission to put “{held}” back.")
    if held.deleted_at is None:
        raise DeskRefused(f"“{held}” isn’t deleted.")
    Article.everything.filter(pk=held.pk).update(deleted_at=None, deleted_by=None)
    article.refresh_from_db(fields=["deleted_at", "deleted_by"])


def purge(at: datetime | None = None) -> None:
    """Removes what was deleted 30 days ago, with all that hangs on it. Pictures stay in the library."""
    due = Article.everything.filter(deleted_at__lte=(at or timezone.now()) - KEPT_FOR)
    for pk in due.order_by("pk").values_list("pk", flat=True):
        with transaction.atomic():
            article = due.select_for_update(of=("self",)).filter(pk=pk).first()
            if article is not None:  # nobody put it back meanwhile
                article.revisions.all().delete()
                article.delete()


def locked(article: Article) -> Article:
    """The article as the database has it, deleted or not, held until the transaction ends. Raises DeskRefused."""
    found = Article.everything.select_for_update(of=("self",)).filter(pk=article.pk).first()
    if found is None:
        raise DeskRefused("This draft is gone for good.")
    return found
