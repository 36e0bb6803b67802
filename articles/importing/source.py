"""A path -> its bytes and its text, or one plain sentence why not. What the text means is read elsewhere."""

import hashlib
import os
import stat
from dataclasses import dataclass
from pathlib import Path

from articles.importing import plain_text
from articles.refusal import Refused

LARGEST = 5 * 1024 * 1024  # bytes; a long book without pictures has two million characters


class UnreadableFile(Refused):
    """A file that cannot be imported; the reason fits after “was not imported:”."""


@dataclass(frozen=True)
class Source:
    """One file as it was read. `name` can be printed on one line; `digest` is the SHA-256 of its bytes."""

    name: str
    place: str
    text: str
    encoding: str
    digest: str


def printable(path: str | os.PathLike[str]) -> str:
    """A path as one line of printable text, whatever bytes the file system holds."""
    words = os.fsencode(path).decode("utf-8", "replace")
    return "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in words)


def read(path: str | os.PathLike[str]) -> Source:
    """Reads a file of text. Raises UnreadableFile."""
    data = _bytes(Path(path))
    if not data:
        raise UnreadableFile("it is empty.")
    try:
        text, encoding = plain_text.decode(data)
    except ValueError as problem:
        raise UnreadableFile(str(problem)) from problem
    if plain_text.is_empty(text):
        raise UnreadableFile("it contains no words.")
    place = printable(Path(path).resolve())
    return Source(printable(path), place, text, encoding, hashlib.sha256(data).hexdigest())


def _bytes(path: Path) -> bytes:
    """The file's bytes, never more than LARGEST of them; nothing that is no plain file is opened."""
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise UnreadableFile("it is a directory. Name the files in it.")
        if not stat.S_ISREG(status.st_mode):
            raise UnreadableFile("it is not a regular file.")
        if status.st_size <= LARGEST:
            with path.open("rb") as file:
                data = file.read(LARGEST + 1)
    except FileNotFoundError as problem:
        raise UnreadableFile("file not found.") from problem
    except PermissionError as problem:
        raise UnreadableFile("you don’t have permission to read it.") from problem
    except (OSError, ValueError) as problem:
        raise UnreadableFile(f"it could not be read ({getattr(problem, 'strerror', None) or problem}).") from problem
    if status.st_size > LARGEST or len(data) > LARGEST:
        raise UnreadableFile(f"it is larger than {LARGEST // 1024**2} MB. Extract the article’s text first.")
    return data
