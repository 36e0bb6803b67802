"""Comments on an article's words: by everybody who sees it on the desk, and by reviewers through their link alike."""

from collections.abc import Mapping
from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.text import Truncator

from articles.models import Article, Comment, Contributor, Notice, ReviewTask, Revision
from articles.publishing import notices, snapshot
from articles.refusal import Refused
from articles.richtext import text as richtext

MOST = 500  # comments and answers on one article


class CommentRefused(Refused):
    """A comment that cannot be kept, or resolved."""


@transaction.atomic
def comment(
    revision: Revision,
    text: str,
    *,
    quote: str = "",
    by: User | None = None,
    reviewer: Contributor | None = None,
    at: datetime | None = None,
) -> Comment:
    """Keeps a comment on words of a saved state; with a `quote` that is not in them it is about the whole text.

    Raises CommentRefused where it says nothing, too much, or is one too many.
    """
    quote = _short(quote)
    made = Comment(article=revision.article, revision=revision, quote=quote, by=by, reviewer=reviewer)
    return _keep(made, text, at)


@transaction.atomic
def answer(comment: Comment, text: str, *, by: User, at: datetime | None = None) -> Comment:
    """Answers a comment, or the one that it answers."""
    first = comment.parent or comment
    return _keep(Comment(article=first.article, revision=first.revision, parent=first, by=by), text, at)


@transaction.atomic
def from_link(revision: Revision, reviewer: Contributor, comments: Mapping[str, str], whole: str = "") -> int:
    """Keeps what a reviewer wrote beside sentences, by sentence, and on the whole; what is there already stays once."""
    wanted = [*comments.items(), *([("", whole)] if whole.strip() else [])]
    own = Comment.objects.filter(revision=revision, reviewer=reviewer)
    known = {(each.quote, each.text) for each in own}
    fresh = [(quote, text) for quote, text in wanted if (_short(quote), snapshot.canonical(text)) not in known]
    for quote, text in fresh:
        comment(revision, text, quote=quote, reviewer=reviewer)
    return len(fresh)


def _short(quote: str) -> str:
    return " ".join(richtext.UNSEEN.sub(" ", quote).split())[: Comment.LONGEST_QUOTE]


def _keep(made: Comment, text: str, at: datetime | None) -> Comment:
    made.text, made.at = snapshot.canonical(text), at or timezone.now()
    if not made.text:
        raise CommentRefused("Write a comment first.")
    if len(made.text) > Comment.LONGEST:
        raise CommentRefused(f"A comment has room for {Comment.LONGEST:,} characters, and this has {len(made.text):,}.")
    if made.article.comments.count() >= MOST:
        raise CommentRefused(f"This article has {MOST} comments already. Resolve and edit before adding more.")
    made.save()
    _tell(made)
    return made


def _tell(made: Comment) -> None:
    article, first = made.article, made.parent or made
    people = list(notices.people_of(article))
    people += [task.reviewer.user for task in ReviewTask.objects.open().filter(article=article)]
    people += [first.by, *(each.by for each in first.answers.select_related("by"))]
    verb = "answered a comment" if made.parent else "commented"
    said = Truncator(made.text).chars(160)
    notices.tell(article, Notice.COMMENTED, f"{made.who} {verb} on “{article}”: {said}", to=people, but=made.by)


@transaction.atomic
def resolve(comment: Comment, *, by: User, at: datetime | None = None) -> None:
    """Marks a comment, with its answers, as done."""
    Comment.objects.open().filter(pk=comment.pk).update(resolved_at=at or timezone.now(), resolved_by=by)


@transaction.atomic
def reopen(comment: Comment) -> None:
    Comment.objects.filter(pk=comment.pk, parent=None).update(resolved_at=None, resolved_by=None)


def is_in(quote: str, article: Article) -> bool:
    """Whether the words that a comment is about are in the text as it is now."""
    return _flat(quote) in _flat(f"{article.title} {article.standfirst} {richtext.plain_text(article.body)}")


def _flat(words: str) -> str:
    return "".join(richtext.CITATION.sub("", words).split())
