"""A backup brought back: checked whole before anything is touched, files first, then the database in one step.

In that same step the restored database is marked (`models.Restore`) and its issues under way are put on hold, so there
is no moment in which a clock or a worker could send from it.
"""

import hashlib
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.core.files import File
from django.core.files.storage import Storage
from django.core.management import call_command
from django.db import connection, connections, transaction
from django.db.migrations.loader import MigrationLoader
from django.utils import timezone

from articles.backup import holding, replay
from articles.backup.engines import Engine, engine
from articles.backup.making import key, storages
from articles.backup.manifest import Kept, Manifest, read, sha256
from articles.backup.refusal import BackupRefused
from articles.backup.store import Store
from articles.mail import journal
from articles.models import Restore
from articles.newsletter.subscriptions import erasure

Watch = Callable[[list[Kept]], Iterable[Kept]]


@dataclass(frozen=True)
class Restored:
    """What was brought back, and what the journal says happened since."""

    name: str
    manifest: Manifest
    events: list[str]


def restore(
    folder: Path,
    *,
    name: str = "",
    replace: bool = False,
    other_key: bool = False,
    journals: Sequence[Path] = (),
    watch: Watch = list,
    at: datetime | None = None,
) -> Restored:
    """Brings back the newest backup of a folder, or the one of that name. Raises BackupRefused with every reason.

    `journals` are those of other machines, beside our own. `replace` overwrites a database that is not empty.
    """
    at, store, kind = at or timezone.now(), Store(folder), engine()
    name = name or next(reversed(store.names()), "")
    if name not in store.names():
        raise BackupRefused(f"{folder} holds no backup{f' called {name}' if name else ''}.")
    manifest = read(folder / name)
    if problems := _problems(store, manifest, folder / name, kind, watch, replace=replace, other_key=other_key):
        raise BackupRefused(*problems)
    known = journal.read(journal.path(), *journals, since=manifest.moment - replay.OVERLAP)
    try:
        for kept in watch(manifest.files):
            _put_back(store, kept)
        marks = holding.statements(kind, backup_at=manifest.moment, restored_at=at)
        kind.load(folder / name / manifest.database, marks)
    except (OSError, sqlite3.Error) as problem:
        raise BackupRefused(f"The database was not changed: {getattr(problem, 'strerror', None) or problem}.") from None
    connections.close_all()
    call_command("migrate", verbosity=0, interactive=False)
    with transaction.atomic():  # a restore that is cut off before takes no answer
        events = replay.apply(known, since=manifest.moment, at=at)
        Restore.objects.filter(restored_at=at).update(events=events)
    erasure.sweep(at=at)
    return Restored(name, manifest, events)


def _problems(
    store: Store, manifest: Manifest, folder: Path, kind: Engine, watch: Watch, *, replace: bool, other_key: bool
) -> list[str]:
    if manifest.database != kind.file:
        return [f"This backup holds {manifest.database}, and DATABASE_URL names a database of another kind."]
    problems = []
    if not replace and not kind.is_empty():
        problems.append("The database isn’t empty. Add --replace to overwrite everything in it with the backup.")
    if not other_key and manifest.key not in map(key, (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)):
        problems.append(
            "The backup was made with another SECRET_KEY. Set that one, or add it to SECRET_KEY_FALLBACKS: without it, "
            "nobody knows who must not be written to, and links in emails end. If it’s lost, add --other-key."
        )
    known = MigrationLoader(connection).disk_migrations if not problems else {}
    newer = [f"{app}.{label}" for app, label in manifest.migrations if known and (app, label) not in known]
    if newer:
        problems.append(f"The backup comes from a newer release, which has {', '.join(newer)}. Update first.")
    return problems or _damaged(store, manifest, folder, kind, watch)


def _damaged(store: Store, manifest: Manifest, folder: Path, kind: Engine, watch: Watch) -> list[str]:
    problems = []
    if problem := kind.problem(folder / manifest.database):
        problems.append(f"{folder / manifest.database} isn’t sound: {problem}")
    for kept in watch(manifest.files):
        place = store.place(kept.sha256)
        try:
            if sha256(place) != kept.sha256:
                problems.append(f"{place} is damaged: it isn’t {kept} any more.")
        except OSError:
            problems.append(f"{place} is missing or can’t be read. It is {kept}.")
    return problems


def _put_back(store: Store, kept: Kept) -> None:
    """A file that is there already stays, if it is the same. Others are left alone: nothing names them any more."""
    storage = storages()[kept.root]
    if storage.exists(kept.name):
        if _is_same(storage, kept):
            return
        storage.delete(kept.name)
    with store.place(kept.sha256).open("rb") as file:
        storage.save(kept.name, File(file))


def _is_same(storage: Storage, kept: Kept) -> bool:
    if storage.size(kept.name) != kept.size:
        return False
    hashed = hashlib.sha256()
    with storage.open(kept.name) as file:
        for chunk in file.chunks():
            hashed.update(chunk)
    return hashed.hexdigest() == kept.sha256
