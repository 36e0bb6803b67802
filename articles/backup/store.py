"""A folder of backups: one folder for each, and the files of all of them once, by the hash of their bytes.

    FOLDER/files/ab/abcdef…           a file of the site, whatever it is called, in however many backups
    FOLDER/2026-11-30T094500Z/        one backup: its database, its manifest, SHA256SUMS

Whole or not at all: what is being written has another name until it is on the disk, and a backup that fails takes with
it what it had added.
"""

import fcntl
import hashlib
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from articles.backup.manifest import AT_ONCE, sha256
from articles.backup.refusal import BackupRefused

FILES, PART = "files", ".part-"
NAMES = re.compile(r"\d{4}-\d\d-\d\dT\d{6}(\.\d{6})?Z")


class Store:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.added: list[Path] = []

    def names(self) -> list[str]:
        """The backups that are here, the oldest first."""
        try:
            names = [path.name for path in self.folder.iterdir() if NAMES.fullmatch(path.name) and path.is_dir()]
        except OSError:
            return []
        return sorted(names)

    def oldest(self) -> datetime:
        """The moment of the oldest backup that is here."""
        form = "%Y-%m-%dT%H%M%S.%fZ" if "." in self.names()[0] else "%Y-%m-%dT%H%M%SZ"
        return datetime.strptime(self.names()[0], form).replace(tzinfo=UTC)

    def place(self, digest: str) -> Path:
        return self.folder / FILES / digest[:2] / digest

    @contextmanager
    def writing(self, at: datetime) -> Iterator[Path]:
        """A folder in which a backup is written. It gets its name at the end; if anything fails, nothing is left."""
        self.folder.mkdir(parents=True, exist_ok=True)
        final = self.folder / f"{at.astimezone(UTC):%Y-%m-%dT%H%M%S.%f}Z"
        with self._alone():
            part = Path(tempfile.mkdtemp(prefix=PART, dir=self.folder))
            try:
                yield part
                for written in part.iterdir():
                    _onto_the_disk(written)
                _onto_the_disk(part)
                part.rename(final)
                _onto_the_disk(self.folder)
            except BaseException:
                shutil.rmtree(part, ignore_errors=True)
                for path in self.added:
                    path.unlink(missing_ok=True)
                raise

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """One backup at a time; what a killed one left half written goes."""
        with (self.folder / ".lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise BackupRefused(f"Another backup is being written into {self.folder} right now.") from None
            for left in self.folder.glob(f"{PART}*"):
                shutil.rmtree(left, ignore_errors=True)
            for left in (self.folder / FILES).glob(f"*/{PART}*"):
                left.unlink(missing_ok=True)
            yield

    def keep(self, source: IO[bytes]) -> tuple[str, int]:
        """Keeps a file's bytes, if they are not here yet; their hash and size. What is here is read again each time."""
        hashed, size = hashlib.sha256(), 0
        while chunk := source.read(AT_ONCE):
            hashed.update(chunk)
            size += len(chunk)
        digest = hashed.hexdigest()
        place = self.place(digest)
        if not place.exists() or sha256(place) != digest:
            source.seek(0)
            self._add(source, place)
            if sha256(place) != digest:
                raise BackupRefused(f"{place} doesn’t hold what was written into it. Is its disk failing?")
        return digest, size

    def _add(self, source: IO[bytes], place: Path) -> None:
        place.parent.mkdir(parents=True, exist_ok=True)
        handle, part = tempfile.mkstemp(prefix=PART, dir=place.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                shutil.copyfileobj(source, file, AT_ONCE)
                file.flush()
                os.fsync(file.fileno())
            if not place.exists():
                self.added.append(place)
            os.replace(part, place)
        except BaseException:
            with suppress(OSError):
                os.unlink(part)
            raise


def _onto_the_disk(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
