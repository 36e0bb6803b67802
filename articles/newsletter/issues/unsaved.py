"""What somebody types into a draft, kept beside it and not in it: the issue changes when they save."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from articles.models import Issue, UnsavedIssue

TYPED = ("subject", "introduction")


@transaction.atomic
def keep(issue: Issue, typed: Mapping[str, str], *, by: User, at: datetime | None = None) -> UnsavedIssue | None:
    """Keeps the form's present words in place of what this person typed before. None where they add nothing."""
    issue = Issue.objects.select_for_update().get(pk=issue.pk)
    words = {name: plain(typed.get(name, getattr(issue, name))) for name in TYPED}
    drop(issue, by=by)
    if words == _saved(issue):
        return None
    return UnsavedIssue.objects.create(issue=issue, user=by, at=at or timezone.now(), **words)


def found(issue: Issue, *, by: User) -> UnsavedIssue | None:
    """What this person typed and did not save, if it differs from what is there."""
    kept = UnsavedIssue.objects.filter(issue=issue, user=by).first()
    return None if kept is None or {name: getattr(kept, name) for name in TYPED} == _saved(issue) else kept


def drop(issue: Issue, *, by: User, kept: Iterable[int] | None = None) -> None:
    """Forgets what this person typed; after a save what the saved form had `kept`, and nothing of another tab."""
    own = UnsavedIssue.objects.filter(issue=issue, user=by)
    (own if kept is None else own.filter(pk__in=list(kept))).delete()


def plain(words: str) -> str:
    """With the line breaks of Unix, and nothing that no database keeps."""
    return words.replace("\r\n", "\n").replace("\x00", "")


def _saved(issue: Issue) -> dict[str, str]:
    return {name: plain(getattr(issue, name)) for name in TYPED}
