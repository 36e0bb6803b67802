"""A person's word after a restore: that nothing else was sent since the backup, or that everything stays on hold."""

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from articles.backup.holding import ON_HOLD
from articles.backup.refusal import BackupRefused
from articles.models import Issue, Restore
from articles.newsletter.issues import lifecycle
from articles.newsletter.issues.refusal import IssueRefused

CUT_OFF = "The restore was cut off before it read the journal: run manage.py restore again, with --replace."


def waiting() -> Restore | None:
    """The restore after which mail still stands still; None where it does not."""
    return Restore.objects.unsettled().select_related("answered_by").first()


@transaction.atomic
def go_on(*, by: User, at: datetime | None = None) -> list[str]:
    """Lets mail leave again, and the issues go on that the restore put on hold. What stays on hold, and why."""
    at, newest = at or timezone.now(), waiting()
    if newest is not None and not newest.is_finished:
        raise BackupRefused(CUT_OFF)
    _answer(Restore.GO_ON, by, at)
    stays = []
    for issue in Issue.objects.filter(state=Issue.HELD, reason=ON_HOLD).order_by("number"):
        try:
            lifecycle.let_go_on(issue, at=at)
        except IssueRefused as refusal:
            stays.append(f"Issue {issue.number} stays on hold: {refusal}")
    return stays


@transaction.atomic
def keep_on_hold(*, by: User, at: datetime | None = None) -> None:
    """Records that somebody has seen it and wants nothing to leave. They, or another, may let it go on later."""
    _answer(Restore.HOLD, by, at or timezone.now())


def _answer(answer: str, by: User, at: datetime) -> None:
    if not (by.is_active and by.has_perm("articles.answer_restore")):
        raise BackupRefused("You don’t have permission to answer this.")
    if not Restore.objects.unsettled().update(answer=answer, answered_at=at, answered_by=by):
        raise BackupRefused("Nothing is on hold because of a restored backup.")
