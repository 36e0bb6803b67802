"""The label files that somebody downloaded: one XML file, or a zip of them, as DailyMed's releases have zips in a zip.

Everything is bounded: how much one member, and all members of a zip together, may unpack to.
"""

import io
import lzma
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import IO, NamedTuple, cast

from articles.evidence import spl
from articles.evidence.spl import NotALabel, SplLabel

LARGEST_ZIP = 200_000_000  # bytes of a zip within a zip
IN_MEMORY = 8_000_000  # of it; what is larger is put on the disk
MOST_RATIO = 100  # what a zip may unpack to, in its own size; XML is packed to a tenth or a twentieth
AT_LEAST = 100_000_000  # bytes that any zip may unpack to
MOST_MEMBERS = 100_000
# What zipfile raises for members that are damaged, or packed in a way that Python doesn't know.
_BROKEN = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, ValueError, RuntimeError)


class Found(NamedTuple):
    """A label, or why there is none, and where: “release.zip/a.zip/a.xml”."""

    file: str
    label: SplLabel | None = None
    problem: str = ""


class _TooMuch(NotALabel):
    """The zip unpacks to more than anybody should read."""


def read(path: Path) -> Iterator[Found]:
    """Every label in a file, one after the other; what cannot be read is named, and the rest goes on."""
    try:
        with path.open("rb") as file:
            if zipfile.is_zipfile(file):
                file.seek(0)
                budget = _Budget(max(AT_LEAST, MOST_RATIO * path.stat().st_size))
                yield from _unpacked(file, path.name, budget)
            else:
                file.seek(0)
                yield _label(path.name, file)
    except OSError as problem:
        yield Found(path.name, problem=f"It can’t be read: {problem.strerror or problem}.")


class _Budget:
    """How many bytes may still be unpacked."""

    def __init__(self, size: int) -> None:
        self.left = size

    def spend(self, size: int) -> None:
        self.left -= size
        if self.left < 0:
            raise _TooMuch("It unpacks to far more than labels do. The rest of this zip was not read.")


class _Counted(io.RawIOBase):
    """A member of a zip that is read on a budget."""

    def __init__(self, file: IO[bytes], budget: _Budget) -> None:
        self.file, self.budget = file, budget

    def read(self, size: int = -1) -> bytes:
        chunk = self.file.read(size)
        self.budget.spend(len(chunk))
        return chunk


def _unpacked(file: IO[bytes], name: str, budget: _Budget, *, is_inner: bool = False) -> Iterator[Found]:
    try:
        with zipfile.ZipFile(file) as archive:
            members = [member for member in archive.infolist() if not member.is_dir()]
            if len(members) > MOST_MEMBERS:
                yield Found(name, problem=f"It has more than {MOST_MEMBERS} files.")
                return
            wanted = [member for member in members if member.filename.lower().endswith((".xml", ".zip"))]
            if not wanted:
                yield Found(name, problem="There is no XML file in it.")
            for member in wanted:
                yield from _member(archive, member, f"{name}/{member.filename}", budget, is_inner=is_inner)
    except _TooMuch as problem:
        if is_inner:
            raise
        yield Found(name, problem=str(problem))
    except _BROKEN:
        yield Found(name, problem="It is a broken zip.")


def _member(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, name: str, budget: _Budget, *, is_inner: bool
) -> Iterator[Found]:
    if member.flag_bits & 1:
        yield Found(name, problem="It is encrypted.")
        return
    if not member.filename.lower().endswith(".zip"):
        yield _read(name, lambda: archive.open(member), budget)
    elif is_inner:
        yield Found(name, problem="It is a zip in a zip in a zip.")
    else:
        with SpooledTemporaryFile(IN_MEMORY) as copy:
            if problem := _copied(name, lambda: archive.open(member), copy, budget):
                yield problem
            else:
                yield from _unpacked(cast(IO[bytes], copy), name, budget, is_inner=True)


def _read(name: str, opened: Callable[[], IO[bytes]], budget: _Budget) -> Found:
    try:
        with opened() as file:
            return _label(name, cast(IO[bytes], _Counted(file, budget)))
    except _BROKEN:
        return Found(name, problem="It is broken within its zip.")


def _copied(name: str, opened: Callable[[], IO[bytes]], copy: IO[bytes], budget: _Budget) -> Found | None:
    size = 0
    try:
        with opened() as file:
            counted = _Counted(file, budget)
            while chunk := counted.read(1 << 16):
                size += len(chunk)
                if size > LARGEST_ZIP:
                    return Found(name, problem=f"It is larger than {LARGEST_ZIP // 10**6} MB.")
                copy.write(chunk)
    except _BROKEN:
        return Found(name, problem="It is broken within its zip.")
    copy.seek(0)
    return None


def _label(name: str, file: IO[bytes]) -> Found:
    try:
        return Found(name, label=spl.read(file))
    except _TooMuch:
        raise
    except NotALabel as problem:
        return Found(name, problem=str(problem))
