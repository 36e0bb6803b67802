"""Corrections by mail: to those whom they `reach`, once, with what was, what is, and why."""

from datetime import datetime, timedelta

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from articles.models import Correction, Issue, IssueItem
from articles.newsletter.issues.reach import reached, why_nobody
from articles.newsletter.issues.refusal import IssueRefused, permission
from articles.richtext.text import on_one_line

LOOKED_BACK = timedelta(days=400)  # a safety correction older than that was printed before there were newsletters
SUBJECTS = {
    Correction.SAFETY: "Please read: we were wrong about safety in “{}”",
    Correction.FACTUAL: "Correction: “{}”",
    Correction.MINOR: "Correction: “{}”",
}


def correction_issue(correction: Correction, *, by: User, at: datetime | None = None) -> Issue:
    """Drafts the mail of a correction, or finds it drafted. Raises IssueRefused if it is minor, or reaches nobody."""
    problems = permission(by)
    if correction.severity == Correction.MINOR:
        problems.append("A typo that changes nothing for readers isn’t emailed.")
    if problems := problems or why_nobody(correction):
        raise IssueRefused(*problems)
    return _draft(correction, at or timezone.now())


def draft_safety_corrections(now: datetime | None = None) -> list[Issue]:
    """Drafts the mail of every public safety correction that has none and reaches somebody. An editor sends it."""
    now = now or timezone.now()
    printed = Correction.objects.public(now).filter(
        severity=Correction.SAFETY, issue=None, edition__live_from__gt=now - LOOKED_BACK
    )
    return [_draft(correction, now) for correction in printed if reached(correction).exists()]


@transaction.atomic
def _draft(correction: Correction, at: datetime) -> Issue:
    issue, made = Issue.objects.get_or_create(
        correction=correction,
        defaults={
            "kind": Issue.CORRECTION,
            "number": Issue.objects.next_number(),
            "subject": _subject(correction),
            "built_at": at,
            "since": at,
            "until": at,
        },
    )
    if made:
        IssueItem.objects.create(issue=issue, edition=correction.edition, position=1)
    return issue


def _subject(correction: Correction) -> str:
    wording, title = SUBJECTS[correction.severity], on_one_line(correction.corrected.title)
    room = 150 - len(wording.format(""))
    return wording.format(title if len(title) <= room else title[: room - 1].rstrip() + "…")
