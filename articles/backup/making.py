"""A backup of the running site: the database at one moment, then the files that it names.

The files come after the database and cannot contradict it: an original is named by its hash and never changes, and a
rendition lies in a folder named by the credit inside it. One that was deleted in between is listed as gone: a picture
without its file shows a placeholder in the restored site, as it would if it had been taken down.
"""

import logging
import sqlite3
import subprocess
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import IO, cast

from django.apps import apps
from django.conf import settings
from django.core.files.storage import Storage, default_storage
from django.db import DatabaseError, models
from django.utils import timezone
from django.utils.crypto import salted_hmac

from articles.backup import replay
from articles.backup.engines import Rows, engine
from articles.backup.manifest import Kept, Manifest, read, sha256
from articles.backup.refusal import BackupRefused
from articles.backup.store import Store
from articles.images import renditions
from articles.images.storage import PART
from articles.mail import alarms, journal
from articles.models import Image, db_errors
from articles.models.documents import DocumentField, documents

logger = logging.getLogger(__name__)

MIGRATIONS = "SELECT app, name FROM django_migrations ORDER BY app, name"
RENDERED = f"SELECT digest, rendered FROM {Image._meta.db_table} WHERE rendered <> ''"  # noqa: S608
Watch = Callable[[list[tuple[str, str]]], Iterable[tuple[str, str]]]


@dataclass(frozen=True)
class Made:
    """What a backup holds, how much of it was new to its folder, and how many lines the journal no longer needs."""

    name: str
    manifest: Manifest
    added: int
    forgotten: int


def storages() -> dict[str, Storage]:
    """The folders of the site, by the names that they have in a backup."""
    return {"media": default_storage, "documents": documents()}


def backup(folder: Path, *, watch: Watch = list, at: datetime | None = None) -> Made:
    """Writes a backup into a folder of backups, whole or not at all. Raises BackupRefused with the reason."""
    at, store = at or timezone.now(), Store(folder)
    try:
        with store.writing(at) as part:
            journal.write(journal.BACKUP, moment=at.isoformat())
            manifest = _written(part, store, watch, at)
    except (OSError, sqlite3.Error) as problem:
        raise BackupRefused(f"No backup was made in {folder}: {_reason(problem)}.") from problem
    alarms.over(journal.ALARM)
    _last().write_text(at.isoformat())
    return Made(store.names()[-1], manifest, len(store.added), _shortened(store, at))


def _shortened(store: Store, at: datetime) -> int:
    """Takes from the journal what is older than every backup here; and than JOURNAL_DAYS, since some are elsewhere."""
    needed_from = min(store.oldest(), at - timedelta(days=settings.JOURNAL_DAYS)) - replay.OVERLAP
    try:
        return journal.shorten(needed_from)
    except OSError as problem:
        logger.warning("The journal could not be shortened: %s", problem)
        return 0


def _last() -> Path:
    return Path(settings.VAR_DIR) / "last-backup"


def last() -> datetime | None:
    """The moment of the newest backup that was made on this machine; None where there is none."""
    try:
        return datetime.fromisoformat(_last().read_text())
    except (OSError, ValueError):
        return None


def _reason(problem: Exception) -> str:
    words = getattr(problem, "strerror", None) or str(problem)
    if "disk is full" in words or "No space left" in words:
        return "there’s no room left on the disk"
    return db_errors.sentence(DatabaseError(words)) if isinstance(problem, sqlite3.Error) else words


def _written(part: Path, store: Store, watch: Watch, at: datetime) -> Manifest:
    kind = engine()
    database = part / kind.file
    columns = list(_file_columns())
    migrations, rendered, *named = kind.dump(database, [MIGRATIONS, RENDERED, *(sql for _root, sql in columns)])
    if problem := kind.problem(database):
        raise BackupRefused(f"The copy of the database isn’t sound: {problem}")
    wanted = [(root, name) for (root, _sql), rows in zip(columns, named, strict=True) for (name,) in rows]
    kept, gone = [], []
    for root, name in watch(sorted({*wanted, *_renditions(rendered)})):
        entry = _kept(store, root, name)
        if entry:
            kept.append(entry)
        elif (root, name) in wanted:
            gone.append(f"{root}/{name}")
    manifest = Manifest(
        moment=at,
        database=kind.file,
        size=database.stat().st_size,
        sha256=sha256(database),
        migrations=[list(row) for row in migrations],
        commit=_commit(),
        key=key(settings.SECRET_KEY),
        files=kept,
        gone=gone,
    )
    manifest.write(part)
    return read(part)


def _kept(store: Store, root: str, name: str) -> Kept | None:
    try:
        with storages()[root].open(name) as file:
            digest, size = store.keep(cast(IO[bytes], file.file))
    except FileNotFoundError:
        return None
    return Kept(root, name, digest, size)


def _file_columns() -> Iterator[tuple[str, str]]:
    """Each column that names files: of which folder, and the SELECT of its names."""
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, models.FileField):
                root = "documents" if isinstance(field, DocumentField) else "media"
                table, column = model._meta.db_table, field.column
                yield root, f"SELECT DISTINCT {column} FROM {table} WHERE {column} <> ''"  # noqa: S608


def _renditions(rendered: Rows) -> Iterator[tuple[str, str]]:
    """The files that are served of each picture; what is missing of them can be made again."""
    for digest, stamp in rendered:
        folder = renditions.folder_for(digest, stamp)
        try:
            _folders, files = default_storage.listdir(folder)
        except FileNotFoundError:
            continue
        yield from (("media", f"{folder}/{file}") for file in files if not file.startswith(PART))


def key(secret: str) -> str:
    """What tells one SECRET_KEY from another: with a wrong one, hashed readers and signed links mean nothing."""
    return salted_hmac("articles.backup", "key", secret=secret, algorithm="sha256").hexdigest()


def _commit() -> str:
    """Of the program, where it runs from its repository."""
    command = ["git", "-C", str(settings.BASE_DIR), "rev-parse", "HEAD"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=10)  # noqa: S603
    except (OSError, subprocess.SubprocessError):
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""
