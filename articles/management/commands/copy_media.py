"""`copy_media`: pictures and documents move from their folders into a bucket; restartable, and safe to stop."""

from collections import Counter
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.storage import default_storage, storages
from django.core.management.base import CommandError, CommandParser
from tqdm import tqdm

from articles.images import copying
from articles.images.storage import StorageAway
from articles.management.base import PlainCommand


class Command(PlainCommand):
    help = (
        "Copies the pictures of FOLDER, and the private documents, to where MEDIA_STORAGE says that they are kept, and "
        "reads each file back. The folders stay as they are. If interrupted, it continues where it stopped."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "folder", type=Path, nargs="?", default=Path(settings.VAR_DIR) / "media", help="default: media in VAR_DIR"
        )
        parser.add_argument(
            "--documents",
            type=Path,
            default=Path(settings.DOCUMENTS_ROOT),
            metavar="FOLDER",
            help="where letters of permission are; default: documents in VAR_DIR",
        )

    def handle(self, *, folder: Path, documents: Path, **options: Any) -> None:
        media: Any = default_storage
        if _is_kept_in(folder, media):
            raise CommandError(
                f"{folder} is where pictures are kept now. Set MEDIA_STORAGE to where they should go, as s3://BUCKET."
            )
        if not folder.is_dir():
            raise CommandError(f"{folder} is not a folder. Name the one in which the pictures are.")
        wanted = [name for name in copying.names(folder) if name.startswith(("pictures/", "renditions/"))]
        done = self._copied("Pictures", folder, wanted, media)
        if documents.is_dir() and not _is_kept_in(documents, storages["documents"]):
            done += self._copied("Documents", documents, copying.names(documents), storages["documents"])
        counts = Counter(outcome for outcome in done if outcome in (copying.COPIED, copying.THERE))
        problems = [outcome for outcome in done if outcome not in (copying.COPIED, copying.THERE, copying.GONE)]
        self.stdout.write(
            f"{len(done)} files: {counts[copying.COPIED]} copied, {counts[copying.THERE]} there already, "
            f"{len(problems)} failed. The folders are unchanged."
        )
        if problems:
            raise CommandError("\n".join(problems))

    def _copied(self, what: str, folder: Path, wanted: list[str], storage: Any) -> list[str]:
        every = copying.copy(folder, wanted, storage)
        done: list[str] = []
        try:
            for outcome in tqdm(every, desc=what, unit=" files", total=len(wanted), leave=False, disable=None):
                done.append(outcome)
        except StorageAway as problem:
            raise CommandError(
                f"{len(done)} of {len(wanted)} files of {folder} are done, but {problem.strerror}. Run this again to "
                "go on."
            ) from problem
        return done


def _is_kept_in(folder: Path, storage: Any) -> bool:
    """Whether a storage is a folder, and this one. That of a bucket begins at no root."""
    return Path(storage.location).is_absolute() and Path(storage.location).resolve() == folder.resolve()
