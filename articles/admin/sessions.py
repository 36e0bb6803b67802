"""How long sessions last: as long as they are used, and not past a change of the user's role or second step.

Django itself ends a user's other sessions when their password changes.
"""

import time
from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY, get_user_model
from django.contrib.auth.models import Group
from django.contrib.auth.signals import user_logged_in
from django.contrib.sessions.models import Session
from django.db.models.signals import m2m_changed, post_save, pre_save
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

User = get_user_model()
RENEWED_AT, EVERY = "renewed_at", 600  # seconds; a session that is used isn't written at every request
ROLE_FLAGS = ("is_active", "is_staff", "is_superuser")


def begin(sender: Any, request: Any, **kwargs: Any) -> None:
    request.session[RENEWED_AT] = int(time.time())


def renewed(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: using the desk puts off the end of the session. What a page's script asks by itself is no use."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.path.startswith(settings.SESSION_COOKIE_PATH) and "X-Unattended" not in request.headers:
            _renew(request.session)
        return response

    return answer


def _renew(session: Any) -> None:
    now = int(time.time())
    is_due = SESSION_KEY in session and session.get(RENEWED_AT, 0) <= now - EVERY
    if is_due and session.exists(session.session_key):  # this very request may have ended it
        session[RENEWED_AT] = now


def end(users: Iterable[Any], *, but: str | None = None) -> None:
    """Deletes every session of the users with these keys, except the one whose key is `but`.

    Only editors have sessions, so reading all of them is cheap.
    """
    wanted = {str(pk) for pk in users}
    if not wanted:
        return
    running = Session.objects.filter(expire_date__gt=timezone.now()).exclude(session_key=but)
    found = [one.pk for one in running.iterator() if one.get_decoded().get(SESSION_KEY) in wanted]
    Session.objects.filter(pk__in=found).delete()


def keeping(user: Any, session_key: str | None) -> None:
    """A user who changes their own role keeps the current session."""
    user._keep_session = session_key


def note_role_flags(sender: Any, instance: Any, raw: bool, update_fields: Any = None, **kwargs: Any) -> None:
    """Before a user is saved: keeps whether what Django reads as a role differs from what is stored."""
    instance._role_changes = False
    if raw or instance.pk is None or (update_fields is not None and not set(ROLE_FLAGS) & set(update_fields)):
        return
    stored = User.objects.filter(pk=instance.pk).values(*ROLE_FLAGS).first()
    instance._role_changes = stored is not None and any(getattr(instance, flag) != stored[flag] for flag in stored)


def end_after_role_flags(sender: Any, instance: Any, **kwargs: Any) -> None:
    if instance._role_changes:
        end([instance.pk], but=getattr(instance, "_keep_session", None))


def end_after_roles(sender: Any, instance: Any, action: str, reverse: bool, pk_set: Any, **kwargs: Any) -> None:
    """After groups or permissions were given to a user or taken away, from whichever side."""
    if action in ("post_add", "post_remove") and pk_set:
        users = pk_set if reverse else [instance.pk]
    elif action == "pre_clear":
        users = instance.user_set.values_list("pk", flat=True) if reverse else [instance.pk]
    else:
        return
    end(users, but=getattr(instance, "_keep_session", None))


def end_after_group(sender: Any, instance: Any, action: str, reverse: bool, pk_set: Any, **kwargs: Any) -> None:
    """After a group was given permissions or lost some: everyone in it."""
    if (action in ("post_add", "post_remove") and pk_set) or action == "pre_clear":
        if not reverse:
            groups = Group.objects.filter(pk=instance.pk)
        else:
            groups = instance.group_set.all() if pk_set is None else Group.objects.filter(pk__in=pk_set)
        end(User.objects.filter(groups__in=groups).values_list("pk", flat=True))


user_logged_in.connect(begin)
pre_save.connect(note_role_flags, sender=User)
post_save.connect(end_after_role_flags, sender=User)
m2m_changed.connect(end_after_roles, sender=User.groups.through)
m2m_changed.connect(end_after_roles, sender=User.user_permissions.through)
m2m_changed.connect(end_after_group, sender=Group.permissions.through)
