"""The files of a picture: made with its present credit inside, exchanged when the credit changes, removed when old.

Each credit has a folder of its own, named by the stamp of its XMP packet, and `Image.rendered` names the one that is
served: whatever happens in between, a page shows a file with exactly the credit that the database has, or none.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from pathlib import PurePosixPath
from typing import Any

from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from articles.images import metadata, renditions, turns
from articles.images.storage import PART, put
from articles.models import Image
from articles.publishing.pictures.refusal import PicturesRefused

ATTEMPTS = 5  # the credit may change while files are made; then it is done again
LEFT_BEHIND = timedelta(hours=1)  # so old is a file that no running process is about to claim


def render(image: Image, *, anew: bool = False) -> int:
    """Makes the files that are missing for the picture's present credit, look and place; returns how many were written.

    Files that differ in their credit alone are copied with the new packet in the old one's place, which takes
    milliseconds. `anew` encodes all. Old files go after the commit. Raises PicturesRefused if the stored file is gone.
    """
    for _attempt in range(ATTEMPTS):
        present = _fresh(image)
        if present.withdrawn_at is not None or present.replaced_by_id is not None:
            remove_all(present)
            return 0
        written = _make(present, anew=anew)
        if _claim(image, present.stamp()):
            return written
    raise PicturesRefused(f"The credit of “{image}” changed while its files were being made. Try again.")


def is_rendered(image: Image) -> bool:
    """Whether every planned file is there, with the present credit inside."""
    if image.rendered != image.stamp():
        return False
    folder = renditions.folder_for(image.digest, image.rendered)
    there = set(_listed(folder))
    return all(spec.file in there for spec in renditions.plan(image.look))


def preview_bytes(image: Image, width: int = 320) -> tuple[bytes, str]:
    """A picture for staff alone, whatever its credit and its fate: bytes, and their MIME type.

    The smallest JPEG at least so many pixels wide, or the stored file. Raises PicturesRefused if neither is there.
    """
    wide_first = [spec for spec in renditions.specs(image.look, "full") if spec.format == "jpeg"]
    spec = next((spec for spec in reversed(wide_first) if spec.width >= width), wide_first[0])
    name = f"{_folder(image, image.rendered)}/{spec.file}"
    if image.rendered and default_storage.exists(name):
        with default_storage.open(name) as file:
            return file.read(), "image/jpeg"
    return _stored(image), f"image/{image.format.lower()}"


def _fresh(image: Image) -> Image:
    return Image.objects.with_credit().get(pk=image.pk)


def _make(image: Image, *, anew: bool) -> int:
    folder, before = _folder(image, image.stamp()), _folder(image, image.rendered) if image.rendered else ""
    there = set() if anew else set(_listed(folder))
    missing = [spec for spec in renditions.plan(image.look) if spec.file not in there]
    encode = list(missing) if anew else [spec for spec in missing if not _exchange(spec, before, folder, image)]
    if encode:
        for one in made(_stored(image), image.look, packets=image.packets(), only=encode):
            put(f"{folder}/{one.spec.file}", one.data)
    return len(missing)


def made(data: bytes, look: renditions.Look, **how: Any) -> list[renditions.Rendition]:
    """`renditions.make`, where a picture that would wait too long is refused like any other."""
    try:
        return renditions.make(data, look, **how)
    except turns.Busy as problem:
        raise PicturesRefused(str(problem)) from problem


def _folder(image: Image, stamp: str) -> str:
    return renditions.folder_for(image.digest, stamp)


def _exchange(spec: renditions.Spec, before: str, folder: str, image: Image) -> bool:
    """Whether the file could be had from one with another credit."""
    if not before or before == folder or not default_storage.exists(f"{before}/{spec.file}"):
        return False
    with default_storage.open(f"{before}/{spec.file}") as file:
        exchanged = metadata.exchanged(file.read(), image.packets().of(spec.shape))
    if exchanged is not None:
        put(f"{folder}/{spec.file}", exchanged)
    return exchanged is not None


def _stored(image: Image) -> bytes:
    try:
        with default_storage.open(str(image.file.name)) as file:
            return bytes(file.read())
    except FileNotFoundError as problem:
        raise PicturesRefused(f"The file of “{image}” isn’t in the media folder ({image.file.name}).") from problem


@transaction.atomic
def _claim(image: Image, stamp: str) -> bool:
    """Makes the files with this stamp the ones that are served, unless the credit has changed since."""
    Image.objects.select_for_update().get(pk=image.pk)
    present = _fresh(image)
    if present.stamp() != stamp:
        return False
    Image.objects.filter(pk=image.pk).update(rendered=stamp)
    image.rendered = stamp
    if present.rendered not in ("", stamp):
        transaction.on_commit(lambda: remove_folder(_folder(present, present.rendered)), robust=True)
    planned = {spec.file for spec in renditions.plan(present.look)}
    old = [name for name in _listed(_folder(present, stamp)) if name not in planned]
    transaction.on_commit(lambda: remove(f"{_folder(present, stamp)}/{name}" for name in old), robust=True)
    return True


def remove(names: Iterable[str]) -> None:
    for name in list(names):
        default_storage.delete(name)


def remove_all(image: Image) -> None:
    """Takes every rendition of a picture off the disk."""
    remove_folder(renditions.folder_for(image.digest))


def _listed(folder: str) -> list[str]:
    try:
        return default_storage.listdir(folder)[1]
    except FileNotFoundError:
        return []


def remove_folder(folder: str) -> None:
    try:
        folders, names = default_storage.listdir(folder)
    except FileNotFoundError:
        return
    for inner in folders:
        remove_folder(f"{folder}/{inner}")
    remove(f"{folder}/{name}" for name in names)
    default_storage.delete(folder)


def sweep(*, at: datetime | None = None) -> int:
    """Removes what was left for an hour and belongs to no picture, to an older credit, or to a picture that readers are
    not to have: returns how many files.

    An upload that was killed half-way leaves such files, and so does a takedown when the storage is away.
    """
    until = (at or timezone.now()) - LEFT_BEHIND
    shown = Image.objects.filter(withdrawn_at=None, replaced_by=None).values_list("digest", "rendered")
    kept = {renditions.folder_for(digest, stamp) for digest, stamp in shown}
    kept |= set(Image.objects.values_list("file", flat=True))
    old = [name for name in _everything("renditions") if str(PurePosixPath(name).parent) not in kept or _is_part(name)]
    old += [name for name in _everything("pictures") if name not in kept]
    left = [name for name in old if default_storage.get_modified_time(name) < until]
    remove(left)
    return len(left)


def _is_part(name: str) -> bool:
    return PurePosixPath(name).name.startswith(PART)


def _everything(folder: str) -> Iterator[str]:
    try:
        folders, names = default_storage.listdir(folder)
    except FileNotFoundError:
        return
    yield from (f"{folder}/{name}" for name in names)
    for inner in folders:
        yield from _everything(f"{folder}/{inner}")
