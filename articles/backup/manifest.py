"""What is in a backup: its moment, its database, and each file by its hash; written once, read back and checked.

`SHA256SUMS` beside it names the manifest and the database, so that no byte of a backup is unwatched:
`sha256sum --check SHA256SUMS` looks at them without this program.
"""

import hashlib
import json
import re
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from articles.backup.refusal import BackupRefused

FORMAT = 1
NAME, SUMS = "manifest.json", "SHA256SUMS"
SUM = re.compile(r"(?P<digest>[0-9a-f]{64})  (?P<name>[\w.]+)")
AT_ONCE = 1 << 20  # bytes


@dataclass(frozen=True)
class Kept:
    """One file of the site: in which of its folders, under which name; its bytes lie in the store by their hash."""

    root: str
    name: str
    sha256: str
    size: int

    def __str__(self) -> str:
        return f"{self.root}/{self.name}"


@dataclass(frozen=True)
class Manifest:
    """Everything that a restore has to know. `key` tells one SECRET_KEY from another, and gives nothing of it away."""

    moment: datetime
    database: str
    size: int
    sha256: str
    migrations: list[list[str]]
    commit: str
    key: str
    files: list[Kept]
    gone: list[str] = field(default_factory=list)  # named by the database, and not there when they were to be copied

    def write(self, folder: Path) -> None:
        text = json.dumps({"format": FORMAT, **asdict(self)}, default=datetime.isoformat, indent=1, ensure_ascii=False)
        (folder / NAME).write_text(text + "\n", encoding="utf-8")
        sums = {NAME: sha256(folder / NAME), self.database: self.sha256}
        (folder / SUMS).write_text("".join(f"{digest}  {name}\n" for name, digest in sums.items()))


def sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def read(folder: Path) -> Manifest:
    """The manifest of a backup whose own files are as they were written. Raises BackupRefused, naming the others."""
    try:
        lines = (folder / SUMS).read_bytes().decode("ascii").splitlines(keepends=True)
    except (OSError, UnicodeDecodeError):
        lines = []
    sums = [SUM.fullmatch(line.removesuffix("\n")) for line in lines if line.endswith("\n")]
    named = {match["name"]: match["digest"] for match in sums if match}
    if len(named) != 2 or len(lines) != 2 or NAME not in named:
        raise BackupRefused(f"{folder / SUMS} is missing or damaged.")
    if problems := [problem for name, digest in named.items() if (problem := _differs(folder / name, digest))]:
        raise BackupRefused(*problems)
    return _parsed(folder / NAME, named)


def _differs(path: Path, digest: str) -> str:
    try:
        is_same = sha256(path) == digest
    except OSError:
        return f"{path}, which {SUMS} names, is missing or can’t be read."
    return "" if is_same else f"{path} isn’t what {SUMS} says: one of the two is damaged."


def _parsed(path: Path, named: dict[str, str]) -> Manifest:
    facts: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    if facts.pop("format") != FORMAT:
        raise BackupRefused(f"{path} was written by a newer release. Restore it with that one.")
    files = [Kept(**kept) for kept in facts.pop("files")]
    manifest = Manifest(moment=datetime.fromisoformat(facts.pop("moment")), files=files, **facts)
    if named.get(manifest.database) != manifest.sha256:
        raise BackupRefused(f"{path.parent / SUMS} is missing or damaged.")
    return manifest
