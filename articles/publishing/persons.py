"""Whether two accounts or contributors are one person: the same user, the same contributor, or the same inbox.

The database compares them too, by the same traces (`models.two_people`).
"""

from django.contrib.auth.models import User
from django.db.models import Q

from articles.mail.addresses import inbox
from articles.models import Contributor, SafeguardChange
from articles.models.safeguards import ADDRESS

Traces = set[tuple[str, object]]


def traces_of(*, user: User | None = None, contributor: Contributor | None = None) -> Traces:
    """What a person is known by: their account, their page, and the inboxes of both, now and before any change."""
    if contributor is None and user is not None:
        contributor = Contributor.objects.filter(user=user).first()
    if user is None and contributor is not None:
        user = contributor.user
    found: Traces = set()
    if user is not None:
        found |= {("user", user.pk), *_inboxes(user.email)}
    if contributor is not None:
        found |= {("contributor", contributor.pk), *_inboxes(contributor.email)}
        in_force = Q(applied_at__isnull=False) | Q(field=ADDRESS)  # an account's address is another one at once
        for change in SafeguardChange.objects.filter(in_force, contributor=contributor):
            found |= _of_change(change)
    return found


def _of_change(change: SafeguardChange) -> Traces:
    if change.field in ("email", ADDRESS):
        return {*_inboxes(change.was), *_inboxes(change.becomes)}
    if change.field == "user":
        return {("user", int(pk)) for pk in (change.was, change.becomes) if pk}
    return set()


def _inboxes(address: str) -> Traces:
    return {("inbox", inbox(address.strip()))} if address.strip() else set()


def is_contributor(user: User, contributor: Contributor) -> bool:
    return bool(traces_of(user=user) & traces_of(contributor=contributor))


def are_one(user: User, other: User) -> bool:
    return bool(traces_of(user=user) & traces_of(user=other))
