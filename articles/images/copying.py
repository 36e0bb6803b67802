"""The files of a folder go to where they will be kept from now on; each is read back and compared, so that a copy which
was cut off is finished by doing it again.
"""

import errno
import hashlib
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from articles.images.storage import PART, StorageAway

AT_ONCE = 8  # a bucket takes its time for each file, but many at once
COPIED, THERE, GONE = "copied", "there already", "gone"


def names(folder: Path) -> list[str]:
    """The files below a folder, without those that were being written when something was killed."""
    files = [path for path in folder.rglob("*") if path.is_file() and not path.name.startswith(PART)]
    return sorted(path.relative_to(folder).as_posix() for path in files)


def copy(folder: Path, wanted: list[str], storage: Any) -> Iterator[str]:
    """What became of each file: COPIED, THERE, GONE from the folder meanwhile, or a sentence that says what is wrong.

    Raises StorageAway as soon as the storage cannot be used.
    """
    with ThreadPoolExecutor(AT_ONCE) as pool:
        try:
            yield from pool.map(lambda name: _told(_copy, folder, name, storage), wanted)
        finally:
            pool.shutdown(cancel_futures=True)


def _told(copy: Callable[[Path, str, Any], str], folder: Path, name: str, storage: Any) -> str:
    try:
        return copy(folder, name, storage)
    except StorageAway:
        raise
    except OSError as problem:
        return f"{name}: {problem.strerror}"


def _copy(folder: Path, name: str, storage: Any) -> str:
    try:
        data = (folder / name).read_bytes()
    except FileNotFoundError:
        return GONE
    done = THERE
    if not _is_there(name, data, storage):
        storage.put(name, data)
        done = COPIED
        if not _is_there(name, data, storage):
            raise OSError(errno.EIO, "what was copied reads back as other bytes")
    stem = Path(name).stem
    if len(stem) == 64 and hashlib.sha256(data).hexdigest() != stem:  # originals and documents are named so
        raise OSError(errno.EIO, "copied, but it was damaged in the folder already: its name is another hash")
    return done


def _is_there(name: str, data: bytes, storage: Any) -> bool:
    try:
        with storage.open(name) as file:
            return bool(file.read() == data)
    except FileNotFoundError:
        return False
