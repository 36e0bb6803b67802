"""What `/health/ready` looks at: each check says in one sentence what is wrong, or nothing.

Checks run in threads of their own, because a database or a network disk that hangs would hang the answer, too. What was
found is kept for a second, so that many questions cost no more than one.
"""

import os
import shutil
import threading
import time
import uuid
from collections.abc import Callable
from datetime import timedelta
from functools import cache as once
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.core.files.storage import default_storage
from django.db import connection, connections
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from articles import database_file, replica
from articles.models import Delivery, Image, Issue, OutgoingMail
from articles.newsletter import heartbeat

WAIT = 2.0  # seconds that an answer waits for a check
KEPT_FOR = 1.0
WRITTEN_EVERY = 60.0
ENOUGH_SPACE = 500 * 1024 * 1024  # bytes: a few uploads, and a database that grows for a day
OVERDUE = timedelta(minutes=15)
CACHE_LOST = "Nothing can be kept, so pages cost more. Is the server in CACHE_URL running?"

Check = Callable[[], str]


def database() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return ""


def migrations() -> str:
    pending = len(_known_migrations() - set(MigrationRecorder(connection).applied_migrations()))
    return f"{pending} not applied. Run manage.py migrate." if pending else ""


@once
def _known_migrations() -> frozenset[tuple[str, str]]:
    return frozenset(MigrationLoader(None).graph.nodes)


def queues() -> str:
    """Mail that should have left, and issues that nobody sends."""
    late = timezone.now() - OVERDUE
    mails = OutgoingMail.objects.filter(next_at__lte=late).count()
    issues = Issue.objects.filter(state=Issue.APPROVED, approved_at__lte=late).exclude(send_at__gt=late).count()
    issues += _silent_issues(late)
    problems = [
        f"{mails} overdue in the outbox" if mails else "",
        f"{issues} approved but not moving" if issues else "",
    ]
    return ", ".join(filter(None, problems))


def _silent_issues(late: object) -> int:
    """Issues that are being sent, with copies that have been due for long."""
    due = Delivery.objects.filter(state=Delivery.QUEUED, next_at__lte=late, issue__state=Issue.SENDING)
    return due.values("issue").distinct().count()


def cache_keeps() -> str:
    """A lost cache raises nothing: it keeps nothing."""
    name = f"health.{uuid.uuid4()}"
    cache.set(name, 1, timeout=10)
    if cache.get(name) != 1:
        return CACHE_LOST
    cache.delete(name)
    return ""


def media() -> str:
    """No file of any picture, though pictures are known: a disk that is not mounted, or another bucket."""
    try:
        is_empty = not any(default_storage.listdir("pictures"))
    except FileNotFoundError:  # the first picture makes it
        is_empty = True
    if is_empty and Image.objects.exists():
        return "Nothing is in MEDIA_STORAGE, but there are pictures. Is its disk mounted?"
    return ""


class _MediaWriting:
    """Tries to write at most once a minute, and says in between what came of it."""

    def __init__(self) -> None:
        self.said, self.place, self.until = "", "", 0.0

    def __call__(self) -> str:
        media: Any = default_storage
        if str(media.location) != self.place or time.monotonic() >= self.until:
            self.said = self._attempt(media)
            self.place, self.until = str(media.location), time.monotonic() + WRITTEN_EVERY
        return self.said

    def _attempt(self, media: Any) -> str:
        try:
            media.try_writing()
        except OSError as problem:
            return f"Nothing can be written ({problem.strerror})."
        return ""


def disk() -> str:
    folders = [settings.VAR_DIR, *filter(os.path.isdir, [settings.MEDIA_ROOT])]
    free = min(shutil.disk_usage(folder).free for folder in folders)
    return f"{free // 1024 // 1024} MB left" if free < ENOUGH_SPACE else ""


def clock() -> str:
    silence = heartbeat.silence()
    if silence is None:
        return "It has never run. Start manage.py serve or manage.py clock."
    return f"Silent for {silence.total_seconds() // 60:.0f} minutes." if silence >= heartbeat.LATE else ""


# Threads: what may hang together stands together, the first of each before what depends on it.
GROUPS: list[dict[str, Check]] = [
    {"database_file": database_file.problem, "database": database, "migrations": migrations, "queues": queues},
    {"cache": cache_keeps},
    {"media": media, "media_writable": _MediaWriting(), "disk": disk},
    {"clock": clock},
    {"replica": replica.problem},
]
NEEDED = frozenset({"database", "migrations", "media"})  # without these no reader is served
OK, WARNING, FAILED = "ok", "warning", "failed"


def state(name: str, problem: str) -> str:
    """How bad it is what a check said."""
    if not problem:
        return OK
    return FAILED if name in NEEDED else WARNING


class _Look(threading.Thread):
    """One look at a group. `found` is what each check said so far."""

    def __init__(self, checks: dict[str, Check]) -> None:
        super().__init__(name="health", daemon=True)
        self.checks, self.found, self.began = checks, dict[str, str](), time.monotonic()

    def run(self) -> None:
        try:
            for name, check in self.checks.items():
                self.found[name] = _said(check)
        finally:
            connections.close_all()

    def is_fresh(self) -> bool:
        return self.is_alive() or time.monotonic() - self.began < KEPT_FOR

    def result(self) -> dict[str, str]:
        """Waits for the look until two seconds after its beginning; those who ask later do not wait at all."""
        self.join(max(0.0, self.began + WAIT - time.monotonic()))
        answers = dict(self.found)
        return {name: answers.get(name, f"No answer within {WAIT:.0f} seconds.") for name in self.checks}


def _said(check: Check) -> str:
    """A check that raises has found something; its words may hold addresses and passwords, so only its kind is told."""
    try:
        return check()
    except Exception as problem:
        return f"No answer ({type(problem).__name__})."


_lock = threading.Lock()
_looks: dict[int, _Look] = {}


def found() -> dict[str, str]:
    """What is wrong, by the names of all checks; empty sentences where nothing is."""
    with _lock:
        for number, checks in enumerate(GROUPS):
            if number not in _looks or not _looks[number].is_fresh():
                _looks[number] = _Look(checks)
                _looks[number].start()
        looks = list(_looks.values())
    return {name: problem for look in looks for name, problem in look.result().items()}


def forget() -> None:
    """The next question looks anew."""
    with _lock:
        _looks.clear()
