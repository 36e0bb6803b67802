"""What follows when a credit or a focal point was saved: the picture's files are brought up to date, after commit.

What was changed past `save` (in the database itself, by a queryset's `update`) is found by the clock.
"""

import logging
from functools import partial
from typing import Any

from django.core.cache import cache
from django.db import transaction
from django.db.models.signals import post_delete, post_save

from articles.models import EditionPicture, Image, ImageCredit
from articles.publishing.pictures import files
from articles.publishing.pictures.refusal import PicturesRefused

log = logging.getLogger(__name__)

LOOKED_AT = 500  # pictures in one round of the clock: ten thousand take it ten minutes
AT_ONCE = 20  # pictures whose files are made in one round; the clock has other work, and comes back
REACHED = "articles.pictures.reached"  # the key of the last picture that was looked at


def connect() -> None:
    """Called once, when the application is ready."""
    post_save.connect(credit_changed, sender=ImageCredit, dispatch_uid="picture files after a credit was saved")
    post_delete.connect(credit_changed, sender=ImageCredit, dispatch_uid="picture files after a credit was deleted")
    post_save.connect(picture_changed, sender=Image, dispatch_uid="picture files after a picture was saved")


def credit_changed(instance: ImageCredit, raw: bool = False, **kwargs: Any) -> None:
    if instance.image_id is not None and not raw:
        transaction.on_commit(partial(bring_up_to_date, instance.image_id))


def picture_changed(instance: Image, created: bool, raw: bool = False, **kwargs: Any) -> None:
    if not created and not raw:
        transaction.on_commit(partial(bring_up_to_date, instance.pk))


def catch_up() -> int:
    """Makes the files of pictures that live pages hold back for nothing but their files; returns how many it tried.

    No database can tell what is inside a file, so the pictures are looked at one by one: all of them when nobody knows
    where to go on, else the next LOOKED_AT. So one that fails every time keeps no other waiting.
    """
    tried, reached = 0, cache.get(REACHED)
    for image in _next_after(reached):
        if tried == AT_ONCE:
            break
        reached = image.pk
        if image.hidden_reason == "files":
            bring_up_to_date(image.pk)
            tried += 1
    cache.set(REACHED, reached, timeout=None)
    return tried


def _next_after(reached: int | None) -> list[Image]:
    """The live pictures in turn, each once; after the last comes the first."""
    shown = EditionPicture.objects.live().pictures().select_related("credit").order_by("pk")
    if reached is None:
        return list(shown)
    following = list(shown.filter(pk__gt=reached)[:LOOKED_AT])
    return following + list(shown.filter(pk__lte=reached)[: LOOKED_AT - len(following)])


def bring_up_to_date(pk: int) -> None:
    """A failure is written down and loses nothing: readers see the placeholder until the clock or `render_images`
    mends it.
    """
    image = Image.objects.with_credit().filter(pk=pk).first()
    if image is None:
        return
    try:
        if not files.is_rendered(image):
            files.render(image)
    except (OSError, PicturesRefused) as problem:
        log.warning("The files of picture %s could not be made; the clock and render_images try again: %s", pk, problem)
