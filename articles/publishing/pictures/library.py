"""What comes into the library: bytes checked, files made, the row written, or none of it; and what is there already."""

from contextlib import suppress
from dataclasses import dataclass
from pathlib import PureWindowsPath
from typing import Any

from django.contrib.auth.models import User
from django.core.files.storage import default_storage
from django.db import DatabaseError, transaction
from django.db.models import Q, QuerySet
from django.utils.text import Truncator

from articles.images import fingerprints, intake, renditions
from articles.images.storage import put
from articles.models import Image
from articles.publishing.pictures import files
from articles.publishing.pictures.refusal import PicturesRefused
from articles.richtext import text


@dataclass(frozen=True)
class Twin:
    """A picture of the library that is the same as another: byte for byte, or to the eye.

    `distance` is how many of 64 bits of their looks differ.
    """

    image: Image
    same_bytes: bool
    distance: int


def twins(accepted: intake.Accepted) -> list[Twin]:
    """Pictures that are this one already, or look like it, the nearest first. Two queries, however many there are."""
    same = set(_same(accepted).values_list("pk", flat=True))
    looks = Image.objects.exclude(fingerprint="").values_list("pk", "fingerprint")
    alike = {
        pk: fingerprints.distance(look, accepted.fingerprint)
        for pk, look in looks
        if pk not in same and fingerprints.are_alike(look, accepted.fingerprint)
    }
    found = Image.objects.with_credit().in_bulk([*same, *alike])
    every = [Twin(image, pk in same, alike.get(pk, 0)) for pk, image in found.items()]
    return sorted(every, key=lambda twin: (not twin.same_bytes, twin.distance, twin.image.pk))


def store(data: bytes, *, name: str, by: User | None = None, alt: str = "", is_decorative: bool = False) -> Image:
    """The library's picture of a file: a new one, or the one that is there already.

    Raises `intake.RefusedPicture` for the file, PicturesRefused if it cannot be kept.
    """
    return keep(intake.accept(data, name=name), name=name, by=by, alt=alt, is_decorative=is_decorative)


def keep(
    accepted: intake.Accepted, *, name: str, by: User | None = None, alt: str = "", is_decorative: bool = False
) -> Image:
    """`store` for a caller that has looked at the file already, so that it is not decoded twice.

    Files are written before the row, so that no row stands without its file; what was written is removed again if the
    rest fails. Raises PicturesRefused.
    """
    if (known := _same(accepted).order_by("pk").first()) is not None:
        return known
    written: list[str] = []
    try:
        stamp = _write(accepted, written)
        with transaction.atomic():
            return _row(accepted, stamp, name=name, by=by, alt=alt, is_decorative=is_decorative)
    except BaseException as problem:
        _take_back(accepted, written)
        if isinstance(problem, OSError):
            raise PicturesRefused(
                f"“{name}” couldn’t be saved ({problem.strerror}). Try again when there is room."
            ) from problem
        raise


def _same(accepted: intake.Accepted) -> QuerySet[Image]:
    """The library's pictures that were stored as the same bytes, or came in as the same file."""
    same = Q(digest=accepted.digest)
    return Image.objects.filter(same | Q(original=accepted.original) if accepted.original else same)


def _write(accepted: intake.Accepted, written: list[str]) -> str:
    """Writes every file, listing those that were not there before; returns the stamp under which they lie."""
    stamp = renditions.NO_CREDIT.stamp
    # Nothing is cropped before its license is known.
    look = renditions.Look(accepted.width, accepted.height, crops=False)
    _put(path_of(accepted), accepted.data, written)
    for made in files.made(accepted.data, look, packets=renditions.NO_CREDIT):
        _put(f"{renditions.folder_for(accepted.digest, stamp)}/{made.spec.file}", made.data, written)
    return stamp


def path_of(accepted: intake.Accepted) -> str:
    return f"pictures/{accepted.digest[:2]}/{accepted.digest}.{accepted.extension}"


def _put(name: str, data: bytes, written: list[str]) -> None:
    """Names are hashes of what they hold, so a file that is there already is the same file."""
    if not default_storage.exists(name):
        put(name, data)
        written.append(name)


def _row(accepted: intake.Accepted, stamp: str, **given: Any) -> Image:
    columns = {
        "file": path_of(accepted),
        "original": accepted.original,
        "fingerprint": accepted.fingerprint,
        "file_name": _stem(given["name"]),
        "format": accepted.format,
        "width": accepted.width,
        "height": accepted.height,
        "rendered": stamp,
        "alt": given["alt"],
        "is_decorative": given["is_decorative"],
        "uploaded_by": given["by"],
    }
    image, _created = Image.objects.get_or_create(digest=accepted.digest, defaults=columns)
    return image


def _stem(name: str) -> str:
    """A file's name as the library calls the picture until it has a title: without folders and its ending."""
    bare = text.UNSEEN.sub("", PureWindowsPath(name).name)
    return Truncator(" ".join(PureWindowsPath(bare).stem.split())).chars(120)


def _take_back(accepted: intake.Accepted, written: list[str]) -> None:
    """Somebody else may have stored the same picture meanwhile; then the files are theirs too."""
    try:
        is_known = Image.objects.filter(digest=accepted.digest).exists()
    except DatabaseError:
        return  # a later `sweep` knows what belongs to whom
    if not is_known:
        with suppress(OSError):  # the storage may be what failed; then they, too, are left to a `sweep`
            files.remove(written)
