"""Closing the account of somebody who left, and opening it again: what they wrote stays under their name.

A closed account signs in no more, its sessions end at once, and links mailed to its reviewer open nothing.
"""

from collections import Counter
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import User
from django.db import transaction

from articles.models import Article, ReviewTask
from articles.publishing import safeguards
from articles.refusal import Refused

ASSIGNED, ASKED = "Assigned", "Review asked"
MAY = "auth.change_user"
LAST = "No one else can manage users. Make someone else a site administrator first."


class ClosingRefused(Refused):
    """An account that cannot be closed or opened again, or a role that cannot be taken away."""


def waiting_for(user: User) -> list[tuple[str, Article]]:
    """What somebody has to take over: articles assigned to the user, and reviews asked of them."""
    unpublished = Article.objects.with_state("is_printed").filter(assigned_to=user, is_printed=False)
    asked = ReviewTask.objects.open().filter(reviewer__user=user).order_by("asked_at")
    reviews = {task.article_id: task.article for task in asked}
    return [
        *((ASSIGNED, article) for article in unpublished.order_by("due_on", "pk")),
        *((ASKED, article) for article in reviews.values()),
    ]


def in_words(waiting: list[tuple[str, Article]]) -> str:
    """How much that is: “3 assignments and 1 review”."""
    counts = Counter(what for what, _article in waiting)
    words = [(ASSIGNED, "assignment"), (ASKED, "review")]
    parts = [f"{counts[what]} {word}{'s' * (counts[what] > 1)}" for what, word in words if counts[what]]
    return " and ".join(parts)


def is_last_administrator(user: Any) -> bool:
    """Whether nobody else could manage users and stop changes of safeguards. Locks those who can."""
    keys = safeguards.administrators().filter(is_staff=True).values("pk")
    able = get_user_model().objects.select_for_update().filter(pk__in=keys).order_by("pk")
    return {other.pk for other in able} == {user.pk}


@transaction.atomic
def close(user: User, *, by: User) -> None:
    """Raises ClosingRefused. Sessions end with the flag (`admin.sessions`)."""
    problems = _reasons_against(user, by)
    if user.pk == by.pk:
        problems.append("You can’t close your own account. Another administrator can.")
    elif is_last_administrator(user):
        problems.append(LAST)
    _set(user, is_active=False, problems=problems)


@transaction.atomic
def reopen(user: User, *, by: User) -> None:
    """Raises ClosingRefused."""
    _set(user, is_active=True, problems=_reasons_against(user, by))


def _reasons_against(user: User, by: User) -> list[str]:
    if not (by.is_active and by.has_perm(MAY)):
        return ["Only site administrators can close and reopen accounts."]
    return ["Only a superuser can do this for a superuser."] if user.is_superuser and not by.is_superuser else []


def _set(user: User, *, is_active: bool, problems: list[str]) -> None:
    if problems:
        raise ClosingRefused(*problems)
    user.is_active = is_active
    user.save(update_fields=["is_active"])
