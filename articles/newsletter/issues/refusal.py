"""IssueRefused, what every verb on an issue raises; who may do such deeds, and in which states."""

from typing import Any

from articles.models import Issue


class IssueRefused(Exception):
    """It was not done; `problems` says why, in sentences."""

    def __init__(self, *problems: str) -> None:
        super().__init__(" ".join(problems))
        self.problems = list(problems)


def permission(by: Any) -> list[str]:
    """Why this account may not approve, hold or send; nothing where it may."""
    may = by is not None and by.is_active and by.has_perm("articles.approve_issue")
    return [] if may else ["This account may not approve, hold or send an issue."]


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
