"""Files that are whole or not there: the media folder, on a disk that may be full or lose power.

`bucket.py` is the same for files in a bucket.
"""

import os
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

from django.core.files.storage import FileSystemStorage, default_storage

PART = ".part-"  # what a file is called until it is whole
PERMISSIONS = 0o644


class StorageAway(OSError):
    """Files cannot be had at the moment, though they are not lost. What raises it has written why to the log."""


class WholeFileStorage(FileSystemStorage):
    """Django's own storage in a folder, writing whole files."""

    def put(self, name: str, data: bytes) -> None:
        """Keeps a file under exactly this name, in the place of one that is there."""
        _write(Path(self.path(name)), [data], self.file_permissions_mode or PERMISSIONS)

    def try_writing(self) -> None:
        """Raises OSError where nothing can be written."""
        Path(self.location).mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=self.location) as file:
            file.write(b"health")

    def _save(self, name: str, content: Any) -> str:
        _write(Path(self.path(name)), content.chunks(), self.file_permissions_mode or PERMISSIONS)
        return name


def put(name: str, data: bytes) -> None:
    """`put` of the storage in which pictures are."""
    media: Any = default_storage
    media.put(name, data)


def _write(path: Path, chunks: Iterable[bytes], permissions: int) -> None:
    """Beside the place first, then onto the disk, then by one rename into the place."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, part = tempfile.mkstemp(prefix=PART, dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            for chunk in chunks:
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(part, permissions)
        os.replace(part, path)
    except BaseException:
        with suppress(OSError):
            os.unlink(part)
        raise
