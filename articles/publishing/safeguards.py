"""Changing who may vouch for medicine, or what a section requires: it waits a day, or for a second person.

Until then the reviewer's present address and every administrator can stop it, by the link in their mail or on the desk.
A new password, address or second step of the account that a reviewer signs by is in use at once
(`reviewer_accounts`): it is sign-offs that wait then, and stopping it closes the account.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import User
from django.core import signing
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from articles.mail import alarms, outbox
from articles.mail.bodies import written
from articles.mail.kinds import Kind, register
from articles.mail.message import Message
from articles.models import Contributor, OutgoingMail, SafeguardChange, Section, SettledAccount
from articles.models.safeguards import ACCOUNT, ADDRESS, IDENTITY, PASSWORD, RULES, SECOND_STEP, opened_with
from articles.publishing import persons, public_texts
from articles.publishing.links import LinkRefused
from articles.refusal import Refused

WAIT = timedelta(hours=24)
LINK_LIFE = timedelta(days=30)
MAY = "articles.ask_safeguardchange"
SALT = "articles.publishing.safeguards"
Subject = Contributor | Section


class SafeguardRefused(Refused):
    """A change of a safeguard that cannot be asked for, confirmed or stopped."""


def is_guarded(contributor: Contributor) -> bool:
    """Whether the database guards who a contributor is: a reviewer, now, before or soon."""
    if contributor.is_medical_reviewer or contributor.reviews.exists():
        return True
    return SafeguardChange.objects.filter(contributor=contributor).exists()


def waiting_values(before: Subject | None, after: Subject) -> dict[str, Any]:
    """What of a form's new values has to wait, by column: `before` is the row as the database has it, if it does."""
    if isinstance(after, Section):
        return _different(RULES, before or Section(), after)
    if not isinstance(before, Contributor):
        return {"is_medical_reviewer": True} if after.is_medical_reviewer else {}
    if not (after.is_medical_reviewer or is_guarded(before)):
        return {}
    names = [Contributor._meta.get_field(name).attname for name in IDENTITY]  # type: ignore[union-attr]
    return _different(names, before, after)


def _different(names: Sequence[str], before: Subject, after: Subject) -> dict[str, Any]:
    return {name: getattr(after, name) for name in names if getattr(after, name) != getattr(before, name)}


@transaction.atomic
def ask(subject: Subject, values: Mapping[str, Any], *, by: User, at: datetime | None = None) -> list[SafeguardChange]:
    """Records each new value of a contributor or section as a change that waits, and tells everyone who can stop it.

    Raises SafeguardRefused if `by` may not ask, or if a change of the same value waits already.
    """
    at = at or timezone.now()
    subject = type(subject)._default_manager.select_for_update(of=("self",)).get(pk=subject.pk)
    owner = {"section" if isinstance(subject, Section) else "contributor": subject}
    changes = [
        SafeguardChange(
            field=name.removesuffix("_id"),
            was=_as_text(getattr(subject, name)),
            becomes=_as_text(value),
            asked_by=by,
            asked_at=at,
            takes_effect_at=at + WAIT,
            **owner,
        )
        for name, value in values.items()
    ]
    problems = [] if by.has_perm(MAY) else ["Only site administrators can change this."]
    open_fields = set(SafeguardChange.objects.open().filter(**owner).values_list("field", flat=True))
    problems += [
        f"A change of “{change.label}” of {subject} is waiting already. Confirm it or stop it first."
        for change in changes
        if change.field in open_fields
    ]
    if problems:
        raise SafeguardRefused(*problems)
    for change in changes:
        change.save(force_insert=True)
    _tell(subject, changes, at)
    return changes


def _as_text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else "" if value is None else str(value)


@transaction.atomic
def note_account(contributor: Contributor, field: str, *, was: str = "", becomes: str, by: User, at: datetime) -> None:
    """Records a change of what a reviewer's account is opened with, and tells those who can stop it.

    A password or second step is recorded as a digest. A second change of the same field begins a second day.
    """
    own = SafeguardChange.objects.open().filter(contributor=contributor, field=field)
    own.update(stopped_at=at)
    becomes = becomes if field == ADDRESS else digest_of(becomes)
    change = SafeguardChange(contributor=contributor, field=field, was=was, becomes=becomes, asked_by=by, asked_at=at)
    change.takes_effect_at = at + WAIT
    change.save(force_insert=True)
    account = contributor.user.email if contributor.user else ""
    _tell(contributor, [change], at, also=[was or account])


def note_what_differs(at: datetime | None = None) -> int:
    """Records what reviewers' accounts are opened with and no record tells of: by SQL, or a row saved past the desk.

    Who did it is not known, so the account's own user stands there, and nobody can confirm it. Returns how many
    changes were new to it.
    """
    at = at or timezone.now()
    told = set(SafeguardChange.objects.open().filter(field__in=ACCOUNT).values_list("contributor", "field", "becomes"))
    found = [
        (reviewer, field, value)
        for reviewer, field, value in SettledAccount.objects.differing()
        if (reviewer.pk, field, digest_of(value)) not in told
    ]
    for reviewer, field, value in found:
        note_account(reviewer, field, becomes=value, by=reviewer.user, at=at)  # type: ignore[arg-type]
    return len(found)


def digest_of(value: str) -> str:
    return hashlib.sha256(value.encode()).hexdigest()


@transaction.atomic
def confirm(change: SafeguardChange, *, by: User, at: datetime | None = None) -> SafeguardChange:
    """A second person's agreement: the change takes effect now. Raises SafeguardRefused."""
    at = at or timezone.now()
    change = _locked(change)
    problems = _reasons_against_deciding(change, by)
    if change.is_anonymous:
        problems.append("It isn’t known who changed this account, so no one can confirm it: wait a day, or stop it.")
    elif persons.are_one(change.asked_by, by):
        problems.append("You asked for this change. A second person must confirm it.")
    if problems:
        raise SafeguardRefused(*problems)
    change.confirmed_by, change.confirmed_at = by, at
    _apply(change, at)
    return change


@transaction.atomic
def stop(change: SafeguardChange, *, by: User | None, at: datetime | None = None) -> SafeguardChange:
    """Ends a change before it takes effect; `by` is None for the link in the email. Raises SafeguardRefused."""
    change = _locked(change)
    if problems := _reasons_against_deciding(change, by):
        raise SafeguardRefused(*problems)
    change.stopped_by, change.stopped_at = by, at or timezone.now()
    change.save(update_fields=["stopped_by", "stopped_at"])
    if change.field in ACCOUNT and change.contributor and (user := change.contributor.user):
        user.set_unusable_password()
        user.is_active = False
        user.save(update_fields=["password", "is_active"])
    return change


def apply_due(at: datetime | None = None) -> int:
    """Puts in force what waited a day and was not stopped. The clock does this; it is safe to repeat."""
    at = at or timezone.now()
    note_what_differs(at)  # a value that changed once more begins its own day
    due = list(SafeguardChange.objects.open().filter(takes_effect_at__lte=at).order_by("pk"))
    for waiting in due:
        with transaction.atomic():
            change = _locked(waiting)
            if change.applied_at is not None or change.stopped_at is not None:
                continue
            try:
                _apply(change, at)
            except SafeguardRefused:
                stop(change, by=None, at=at)
    return len(due)


def _locked(change: SafeguardChange) -> SafeguardChange:
    return SafeguardChange.objects.select_for_update(of=("self",)).get(pk=change.pk)


def _reasons_against_deciding(change: SafeguardChange, by: User | None) -> list[str]:
    if by is not None and not by.has_perm(MAY):
        return ["Only site administrators can change this."]
    if change.applied_at is not None:
        return ["This change took effect already. To undo it, ask for the opposite change."]
    return ["This change was stopped already."] if change.stopped_at is not None else []


def _apply(change: SafeguardChange, at: datetime) -> None:
    """The row first: the database lets the value change only by it."""
    change.applied_at = at
    if change.field in ACCOUNT:
        change.save(update_fields=["confirmed_by", "confirmed_at", "applied_at"])
        if change.field != ADDRESS and change.contributor is not None and change.contributor.user is not None:
            now = opened_with(change.contributor.user)[change.field]
            if digest_of(now) == change.becomes:
                SettledAccount.objects.settle(change.contributor, change.field, now)
        return
    subject = change.subject
    column: Any = subject._meta.get_field(change.field)
    value = {"true": True, "false": False}.get(change.becomes, change.becomes)
    setattr(subject, column.attname, column.to_python(value) if value != "" or column.empty_strings_allowed else None)
    try:
        with transaction.atomic():
            change.save(update_fields=["confirmed_by", "confirmed_at", "applied_at"])
            public_texts.save_decided(subject, by=change.confirmed_by or change.asked_by, at=at)
            if isinstance(subject, Contributor) and change.field in ("user", "is_medical_reviewer"):
                SettledAccount.objects.begin(subject)
    except IntegrityError as problem:
        raise SafeguardRefused("Another contributor has this user now.") from problem


# Telling those who can stop it ----------------------------------------------------------------------------------------


def _tell(subject: Subject, changes: Sequence[SafeguardChange], at: datetime, also: Sequence[str] = ()) -> None:
    keys = [change.pk for change in changes]
    own = [subject.email, *also] if isinstance(subject, Contributor) else []
    once = {address.lower(): address for address in [*filter(None, own), *alarms.addresses_of(administrators())]}
    for address in once.values():
        outbox.enqueue(SafeguardMail.name, address, key=keys, context={"changes": keys}, at=at)


def administrators() -> Any:
    """Everybody who may ask for and stop such a change, superusers included."""
    return get_user_model().objects.with_perm(MAY, backend="django.contrib.auth.backends.ModelBackend")


OPENED_BY = {PASSWORD: "a new password", SECOND_STEP: "its two-step sign-in was removed or set up anew"}


def in_words(change: SafeguardChange) -> str:
    """One change as a sentence: “Email address of Ada Rey, MD: from ada@example.org to eve@example.org”."""
    if change.field in OPENED_BY:
        return f"Account of {change.subject}: {OPENED_BY[change.field]}"
    was, becomes = (_shown(change, value) for value in (change.was, change.becomes))
    return f"{change.label[:1].upper()}{change.label[1:]} of {change.subject}: from {was} to {becomes}"


def _shown(change: SafeguardChange, value: str) -> str:
    if change.field == "user" and value:
        user = get_user_model().objects.filter(pk=value).first()
        return f"the user {user}" if user else "a user who was deleted"
    return {"true": "yes", "false": "no", "": "nothing"}.get(value, value)


@dataclass(frozen=True)
class StopRequest:
    """What a link in an email can stop, and whether it still can."""

    changes: list[SafeguardChange]

    @property
    def sentences(self) -> list[str]:
        return [in_words(change) for change in self.changes]

    @property
    def is_account(self) -> bool:
        return any(change.field in ACCOUNT for change in self.changes)

    @property
    def open(self) -> list[SafeguardChange]:
        return [change for change in self.changes if change.state == "Waiting"]


def link_to_stop(changes: Sequence[int]) -> str:
    return settings.SITE_URL + reverse("stop-change", args=[signing.dumps({"changes": list(changes)}, salt=SALT)])


def open_stop(token: str) -> StopRequest:
    """Raises LinkRefused."""
    try:
        keys = signing.loads(token, salt=SALT, max_age=LINK_LIFE)["changes"]
    except signing.SignatureExpired as problem:
        raise LinkRefused("This link is too old: the change was decided long ago.", status=410) from problem
    except signing.BadSignature as problem:
        sentence = "This link is incomplete or isn’t ours. Copy the whole address from the email."
        raise LinkRefused(sentence, status=404) from problem
    return StopRequest(list(SafeguardChange.objects.filter(pk__in=keys).order_by("pk")))


@register
class SafeguardMail(Kind):
    """To the reviewer's present address and every administrator: what will change, when, and how to stop it."""

    name = "safeguard_change"

    def write(self, mail: OutgoingMail, at: datetime) -> Message | None:
        waiting = list(SafeguardChange.objects.open().filter(pk__in=mail.context["changes"]).order_by("pk"))
        if not waiting:
            return None
        takes_effect = timezone.localtime(waiting[0].takes_effect_at)
        return written(
            "safeguard_change",
            f"Stop this change at {settings.SITE_NAME} if it is wrong",
            sentences=[in_words(change) for change in waiting],
            asked_by=waiting[0].asked_by,
            is_account=waiting[0].field in ACCOUNT,
            when=date_format(takes_effect, "F j, Y, H:i"),
            link=link_to_stop(mail.context["changes"]),
        )
