"""Pictures taken out of print: withdrawn after a claim, or replaced everywhere at once.

Editions are immutable and stay as they are: they name a picture of the library, and what the library says of it now
decides what readers are sent. So one row takes a picture off every page, feed and card at the next request, and
`views.media` asks that row before it sends a file.

**What a swap does to a medical sign-off.** A reviewer signs words and pictures. A replacement is therefore the same
subject with the same text for those who cannot see it (another scan, a licensed copy, better light); caption, place and
alt text stay as they were signed, and the page says from then on that a picture was replaced after the review. On the
desk the text counts as changed (`snapshot`), so the next edition waits for a reviewer who has seen the new picture.
A picture of another subject is a new edition, through the gate.
"""

from datetime import datetime
from functools import partial
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format

from articles.models import Image, ImageEvent
from articles.publishing.pictures import files
from articles.publishing.pictures.receivers import bring_up_to_date
from articles.publishing.pictures.refusal import PicturesRefused


@transaction.atomic
def withdraw(image: Image, *, by: User, reason: str, at: datetime | None = None) -> ImageEvent:
    """Takes a picture from readers everywhere at once: a labeled placeholder stands in, and its files are gone.

    The stored file is kept as evidence and served to nobody. Raises PicturesRefused with every reason.
    """
    held, at = _held(image), at or timezone.now()
    problems = _permission(by)
    if not reason.strip():
        problems.append("Say why you’re taking it down: who claimed what. Readers won’t see this.")
    if held.withdrawn_at is not None:
        problems.append(f"“{held}” was already taken down on {_day(held.withdrawn_at)}.")
    if problems:
        raise PicturesRefused(*problems)
    _set(image, withdrawn_at=at)
    transaction.on_commit(lambda: files.remove_all(held), robust=True)
    return ImageEvent.objects.create(image=held, kind=ImageEvent.WITHDRAWN, reason=reason.strip(), by=by, at=at)


@transaction.atomic
def restore(image: Image, *, by: User, at: datetime | None = None) -> ImageEvent:
    """Brings a withdrawn picture back to where it was. Raises PicturesRefused with every reason."""
    held = _held(image)
    problems = _permission(by)
    if held.withdrawn_at is None:
        problems.append(f"“{held}” isn’t taken down.")
    if problems:
        raise PicturesRefused(*problems)
    _set(image, withdrawn_at=None)
    transaction.on_commit(partial(bring_up_to_date, held.pk))
    return ImageEvent.objects.create(image=held, kind=ImageEvent.RESTORED, by=by, at=at or timezone.now())


@transaction.atomic
def replace(image: Image, by_image: Image, *, by: User, at: datetime | None = None) -> ImageEvent:
    """Shows `by_image` wherever `image` is, in print and on the desk. Raises PicturesRefused with every reason.

    If the new picture has no text for those who cannot see it, it takes over the old one's. Putting the old picture
    back is replacing its replacement by it.
    """
    # Both rows are locked in one order, so that two people who swap the same two pictures wait for each other.
    first, second = sorted((image, by_image), key=lambda one: one.pk)
    locked = {one.pk: _held(one) for one in (first, second)}
    old, new, at = locked[image.pk], locked[by_image.pk], at or timezone.now()
    if problems := [*_permission(by), *_not_replaceable(old, new), *_no_replacement(old, new)]:
        raise PicturesRefused(*problems)
    if new.replaced_by_id is not None:
        _set(by_image, replaced_by=None, replaced_at=None)
    if not new.alt and not new.is_decorative:
        _set(by_image, alt=old.alt, is_decorative=old.is_decorative)
    old.stands_in_for.exclude(pk=new.pk).update(replaced_by=new, replaced_at=at)
    _set(image, replaced_by=new, replaced_at=at)
    transaction.on_commit(lambda: files.remove_all(old), robust=True)
    transaction.on_commit(partial(bring_up_to_date, new.pk))
    return ImageEvent.objects.create(image=old, kind=ImageEvent.REPLACED, replacement=new, by=by, at=at)


def _held(image: Image) -> Image:
    """The picture as the database has it, its row locked until the transaction ends."""
    Image.objects.select_for_update().get(pk=image.pk)
    return Image.objects.with_credit().get(pk=image.pk)


def _set(image: Image, **columns: Any) -> None:
    Image.objects.filter(pk=image.pk).update(**columns)
    for name, value in columns.items():
        setattr(image, name, value)


def _permission(by: User) -> list[str]:
    if by is not None and by.is_active and by.has_perm("articles.publish_article"):
        return []
    return ["You don’t have permission to change published pictures."]


def _not_replaceable(old: Image, new: Image) -> list[str]:
    problems = []
    if old.pk == new.pk:
        problems.append("A picture can’t replace itself.")
    if old.replaced_by is not None and old.replaced_at is not None:
        when = date_format(timezone.localtime(old.replaced_at), "F j, Y, H:i")
        problems.append(f"“{old}” was already replaced by “{old.replaced_by}” on {when}. Replace that one instead.")
    return problems


def _no_replacement(old: Image, new: Image) -> list[str]:
    problems = []
    if new.withdrawn_at is not None:
        problems.append(f"“{new}” is taken down, so it can’t replace another picture.")
    if new.replaced_by_id not in (None, old.pk):
        problems.append(f"“{new}” was itself replaced by “{new.replaced_by}”. Use that one.")
    credit = getattr(new, "credit", None)
    if credit is None or not credit.is_complete():
        problems.append(
            f"The credit of “{new}” is incomplete. Complete it first; until then readers would see neither picture."
        )
    if new.is_decorative != old.is_decorative and (new.alt or new.is_decorative):
        problems.append(
            "One picture is decorative and the other isn’t. Replace a picture only with one of the same subject."
        )
    elif new.alt and new.alt != old.alt:
        problems.append(
            f"“{new}” has different alt text. Replace a picture only with one of the same subject: give it the same "
            "alt text, or publish a new version with the new picture."
        )
    return problems


def _day(at: datetime) -> str:
    return date_format(timezone.localtime(at), "F j, Y")
