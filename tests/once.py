"""What is made once for all processes of a test run: an empty database, a prepared site."""

import fcntl
import shutil
from collections.abc import Callable
from pathlib import Path


def once(shared: Path, name: str, make: Callable[[Path], object]) -> Path:
    """The folder of that name in one that all share: whoever asks first fills it by `make`, the others wait for it.

    Nobody changes it; it is copied.
    """
    folder, unfinished = shared / name, shared / f"{name}-unfinished"
    with open(shared / f"{name}.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            shutil.rmtree(unfinished, ignore_errors=True)
            unfinished.mkdir()
            make(unfinished)
            unfinished.rename(folder)
    return folder
