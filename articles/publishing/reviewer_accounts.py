"""What happens to the account that a reviewer signs by: its password or its address is changed by somebody else.

Then they could sign in the reviewer's name, so it is told to the reviewer, and sign-offs by it wait (`safeguards`).
Django reports each password that is set and saved, on the desk, by `manage.py changepassword` or in a shell.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import User
from django.db.models.signals import pre_save
from django.utils import timezone

from articles.models import Contributor
from articles.publishing import safeguards

_acting: ContextVar[User | None] = ContextVar("acting", default=None)


@contextmanager
def acting(user: Any) -> Iterator[None]:
    """Says who changes accounts meanwhile: one's own password is nobody else's concern."""
    before = _acting.set(user)
    try:
        yield
    finally:
        _acting.reset(before)


class Watch:
    """Among AUTH_PASSWORD_VALIDATORS, which are told of every password that was changed; all are good enough for it."""

    def validate(self, password: str, user: Any = None) -> None:
        pass

    def get_help_text(self) -> str:
        return ""

    def password_changed(self, password: str, user: Any = None) -> None:
        by = _acting.get()
        if by != user and (reviewer := _reviewer(user)) is not None:
            safeguards.note_account(reviewer, by=by or user, at=timezone.now())


def note_address(sender: Any, instance: Any, raw: bool, update_fields: Any = None, **kwargs: Any) -> None:
    """Before a user is saved. Two accounts of one person are known by their addresses: one's own change is told too."""
    if raw or instance.pk is None or (update_fields is not None and "email" not in update_fields):
        return
    stored = User.objects.filter(pk=instance.pk).values_list("email", flat=True).first()
    if stored not in (None, instance.email) and (reviewer := _reviewer(instance)) is not None:
        by = _acting.get() or instance
        safeguards.note_account(reviewer, was=stored or "", becomes=instance.email, by=by, at=timezone.now())


def _reviewer(user: Any) -> Contributor | None:
    own = Contributor.objects.filter(user=user).first()
    return own if own is not None and safeguards.is_guarded(own) else None


def connect() -> None:
    pre_save.connect(note_address, sender=get_user_model())
