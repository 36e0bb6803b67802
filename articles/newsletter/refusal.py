"""IssueRefused, what every verb on an issue raises; and who may do such deeds."""

from typing import Any


class IssueRefused(Exception):
    """It was not done; `problems` says why, in sentences."""

    def __init__(self, *problems: str) -> None:
        super().__init__(" ".join(problems))
        self.problems = list(problems)


def permission(by: Any) -> list[str]:
    """Why this account may not approve, hold or send; nothing where it may."""
    may = by is not None and by.is_active and by.has_perm("articles.approve_issue")
    return [] if may else ["This account may not approve, hold or send an issue."]
