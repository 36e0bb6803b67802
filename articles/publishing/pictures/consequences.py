"""What follows when a credit or a focal point was saved: the picture's files are brought up to date, after commit.

What was changed past `save` (in the database itself, by a queryset's `update`) is found by the clock.
"""

import logging
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete, post_save

from articles.models import EditionPicture, Image, ImageCredit
from articles.publishing.pictures import files
from articles.publishing.pictures.refusal import PicturesRefused

log = logging.getLogger(__name__)

AT_ONCE = 20  # pictures; the clock has other work, and comes back


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
    """Makes the files of pictures that live pages hold back for nothing but their files; returns how many it tried."""
    shown = EditionPicture.objects.live().pictures().select_related("credit")
    behind = [image.pk for image in shown if image.hidden_because == "files"][:AT_ONCE]
    for pk in behind:
        bring_up_to_date(pk)
    return len(behind)


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
    except (OSError, PicturesRefused):
        log.exception("The files of picture %s could not be made; the clock and render_images will try again.", pk)
