"""Deleting an upload that was never used: no text on the desk, no saved state and no edition names it."""

from django.contrib.auth.models import User
from django.db import transaction

from articles.models import Image, Revision
from articles.publishing.pictures import files
from articles.publishing.pictures.places import never_used
from articles.publishing.pictures.refusal import PicturesRefused


@transaction.atomic
def delete(image: Image, *, by: User) -> None:
    """Deletes a picture with its credit and its files, for good. Raises PicturesRefused with every reason."""
    Image.objects.select_for_update().get(pk=image.pk)
    held = Image.objects.with_credit().get(pk=image.pk)
    if problems := why_kept(held, by=by):
        raise PicturesRefused(*problems)
    name = str(held.file.name)
    transaction.on_commit(lambda: files.remove([name]), robust=True)
    transaction.on_commit(lambda: files.remove_all(held), robust=True)
    held.delete()


def why_kept(image: Image, *, by: User) -> list[str]:
    """Why somebody cannot delete a picture; empty if they can."""
    problems = []
    if image.uploaded_by_id != by.pk and not by.has_perm("articles.publish_article"):
        problems.append("Only an editor or the person who uploaded it can delete it.")
    if not never_used().filter(pk=image.pk).exists() or _is_in_saved_state(image):
        problems.append("An article uses it or used it, and its history keeps what it showed.")
    credit = getattr(image, "credit", None)
    if credit is not None and (credit.raw or credit.evidence.exists()):
        problems.append("Its credit has an old credit line or evidence, which is kept.")
    if image.events.exists() or image.replaced_by_id is not None:
        problems.append("It was replaced or taken down, and the record of that is kept.")
    return problems


def _is_in_saved_state(image: Image) -> bool:
    kept = Revision.objects.order_by().values_list("content__pictures", flat=True)
    return any(place["id"] == image.pk for places in kept.iterator() for place in places or [])
