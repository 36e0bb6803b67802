"""IssueRefused, what every verb on an issue raises; who may act on an issue, and in which states."""

from django.contrib.auth.models import User

from articles.models import Issue
from articles.refusal import Refused


class IssueRefused(Refused):
    """The issue stays as it is."""


def permission(by: User | None) -> list[str]:
    """Why this account may not approve, hold or send; nothing where it may."""
    may = by is not None and by.is_active and by.has_perm("articles.approve_issue")
    return [] if may else ["You don’t have permission to approve, hold or send an issue."]


def locked(issue: Issue, states: list[str], problems: list[str], otherwise: str) -> Issue:
    """The issue as the database has it, locked, if it is in one of these states; IssueRefused if not."""
    issue = Issue.objects.select_for_update().get(pk=issue.pk)
    if issue.state not in states:
        problems = [*problems, otherwise.format(state=named(issue))]
    if problems:
        raise IssueRefused(*problems)
    return issue


def named(issue: Issue) -> str:
    """Its state in words that fit “It is …”."""
    return {Issue.DRAFT: "a draft"}.get(issue.state, issue.get_state_display().lower())
