"""What happens to the account that a reviewer signs by: somebody else changes its password, address or second step.

Then they could sign in the reviewer's name, so it is told to the reviewer, and sign-offs by it wait (`safeguards`).
Django reports each password that is set and saved, on the desk, by `manage.py changepassword` or in a shell. What is
changed past that differs from the reviewer's `SettledAccount`: the database takes no sign-off then, and the clock
tells of it (`safeguards.note_what_differs`).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import User
from django.db.models import F
from django.db.models.signals import pre_save
from django.utils import timezone

from articles.models import Contributor, SettledAccount
from articles.models.safeguards import ADDRESS, PASSWORD, SECOND_STEP, opened_with
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
        _changed(user, PASSWORD, user.password)


def note_address(sender: Any, instance: Any, raw: bool, update_fields: Any = None, **kwargs: Any) -> None:
    """Before a user is saved. Two accounts of one person are known by their addresses: one's own change is told too."""
    if raw or instance.pk is None or (update_fields is not None and "email" not in update_fields):
        return
    stored = User.objects.filter(pk=instance.pk).values_list("email", flat=True).first()
    if stored not in (None, instance.email) and (reviewer := _reviewer(instance)) is not None:
        by = _acting.get() or instance
        safeguards.note_account(reviewer, ADDRESS, was=stored or "", becomes=instance.email, by=by, at=timezone.now())


def second_step_changed(user: Any) -> None:
    """An authenticator app was confirmed or removed, in the transaction that does so."""
    _changed(user, SECOND_STEP, opened_with(user)[SECOND_STEP])


def _changed(user: Any, field: str, value: str) -> None:
    """What one does oneself settles at once; it does not settle what somebody else did before."""
    if (reviewer := _reviewer(user)) is None:
        return
    by = _acting.get()
    if by == user:
        SettledAccount.objects.settle(reviewer, field, value)
    else:
        safeguards.note_account(reviewer, field, becomes=value, by=by or user, at=timezone.now())


class Backend(ModelBackend):
    """Django's, which stores a stronger hash of a password that was just proven: that is still the settled one."""

    def authenticate(self, request: Any, username: Any = None, password: Any = None, **kwargs: Any) -> Any:
        same = SettledAccount.objects.filter(user__username=username, password=F("user__password")).first()
        user = super().authenticate(request, username=username, password=password, **kwargs)
        if same is not None and user is not None and user.password != same.password:
            SettledAccount.objects.filter(pk=same.pk, password=same.password).update(password=user.password)
        return user


def _reviewer(user: Any) -> Contributor | None:
    own = Contributor.objects.filter(user=user).first()
    return own if own is not None and safeguards.is_guarded(own) else None


def connect() -> None:
    pre_save.connect(note_address, sender=get_user_model())
