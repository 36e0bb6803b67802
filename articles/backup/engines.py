"""A database as one file: SQLite's online backup, or pg_dump's custom format. Each takes it in and brings it back.

What is asked of the moment of a backup is asked in SQL, on the very state that was written.
"""

import shutil
import sqlite3
import tempfile
from abc import ABC, abstractmethod
from collections.abc import Sequence
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, transaction

from articles.backup import programs
from articles.backup.refusal import BackupRefused

PREPARING = ".restore-"
Rows = list[tuple[Any, ...]]


class Engine(ABC):
    """One kind of database. `file` is what it is called in a backup."""

    file = ""

    @abstractmethod
    def dump(self, path: Path, questions: Sequence[str]) -> list[Rows]:
        """Writes the database at one moment, and says what it held then: the rows of each SELECT."""

    @abstractmethod
    def problem(self, path: Path) -> str:
        """What is wrong with a written file; empty where nothing is."""

    @abstractmethod
    def load(self, path: Path, statements: Sequence[str]) -> None:
        """Puts a written file in the place of the whole database, together with some statements: all of it or none."""

    @abstractmethod
    def moment(self, at: datetime) -> str:
        """A moment as a literal of its SQL."""

    @abstractmethod
    def skip_ids(self, table: str, number: int) -> list[str]:
        """SQL after which so many ids of a table are never given out."""

    def is_empty(self) -> bool:
        with connection.cursor() as cursor:
            return not connection.introspection.table_names(cursor)


class Sqlite(Engine):
    file = "database.sqlite3"

    def dump(self, path: Path, questions: Sequence[str]) -> list[Rows]:
        """All pages in one step, under one read lock: no writer waits for it, and none makes it begin again."""
        connection.ensure_connection()
        with closing(sqlite3.connect(path)) as copy:
            connection.connection.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")  # one file, without a -wal beside it
            return [copy.execute(question).fetchall() for question in questions]

    def problem(self, path: Path) -> str:
        try:
            with closing(_read_only(path)) as copy:
                problems = [row[0] for row in copy.execute("PRAGMA integrity_check")]
        except sqlite3.DatabaseError as problem:
            return str(problem)
        return "" if problems == ["ok"] else str(problems[0])

    def load(self, path: Path, statements: Sequence[str]) -> None:
        """Through SQLite itself, not by a rename: a server that runs sees the old state or the new, never a mixture."""
        for left in Path(settings.VAR_DIR).glob(f"{PREPARING}*"):  # by a restore that was killed
            shutil.rmtree(left, ignore_errors=True)
        with tempfile.TemporaryDirectory(prefix=PREPARING, dir=settings.VAR_DIR) as folder:
            prepared = Path(folder) / self.file
            with closing(_read_only(path)) as kept, closing(sqlite3.connect(prepared)) as copy:
                kept.backup(copy)
                for statement in statements:
                    copy.execute(statement)
                copy.commit()
                connection.ensure_connection()
                copy.backup(connection.connection)

    def moment(self, at: datetime) -> str:
        return f"'{at.astimezone(UTC):%Y-%m-%d %H:%M:%S.%f}'"

    def skip_ids(self, table: str, number: int) -> list[str]:
        known = f"SELECT 1 FROM sqlite_sequence WHERE name = '{table}'"  # noqa: S608
        return [
            f"INSERT INTO sqlite_sequence (name, seq) SELECT '{table}', 0 WHERE NOT EXISTS ({known})",
            f"UPDATE sqlite_sequence SET seq = seq + {number} WHERE name = '{table}'",  # noqa: S608
        ]


def _read_only(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)


class Postgresql(Engine):
    file = "database.pgdump"

    def dump(self, path: Path, questions: Sequence[str]) -> list[Rows]:
        """pg_dump reads the snapshot of our own transaction, in which the questions are asked too."""
        with transaction.atomic(durable=True), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            cursor.execute("SELECT pg_export_snapshot()")
            snapshot = cursor.fetchone()[0]
            programs.run("pg_dump", "--format=custom", *APART, f"--snapshot={snapshot}", f"--file={path}")
            answers = []
            for question in questions:
                cursor.execute(question)
                answers.append(cursor.fetchall())
        return answers

    def problem(self, path: Path) -> str:
        try:
            programs.run("pg_restore", "--list", str(path), is_connected=False)
        except BackupRefused as refusal:
            return str(refusal)
        return ""

    def load(self, path: Path, statements: Sequence[str]) -> None:
        """One transaction of psql. A site that reads meanwhile waits, and then sees the new state."""
        script = ["pg_restore", "--file=-", *APART, "--no-comments", str(path)]
        connection.close()
        programs.pipe(script, before=self._drops(), after=statements)

    def _drops(self) -> list[str]:
        """Our tables and functions; an extension stays, which may belong to the server's owner."""
        with connection.cursor() as cursor:
            tables = [connection.ops.quote_name(table) for table in connection.introspection.table_names(cursor)]
            cursor.execute(FUNCTIONS)
            functions = [row[0] for row in cursor.fetchall()]
        connection.close()
        return [
            "SET LOCAL lock_timeout = '20s'",
            *(f"DROP TABLE IF EXISTS {table} CASCADE" for table in tables),
            *(f"DROP FUNCTION IF EXISTS {function} CASCADE" for function in functions),
        ]

    def moment(self, at: datetime) -> str:
        return f"'{at.astimezone(UTC):%Y-%m-%d %H:%M:%S.%f}+00'"

    def skip_ids(self, table: str, number: int) -> list[str]:
        sequence = f"pg_get_serial_sequence('{table}', 'id')"
        return [f"SELECT setval({sequence}, nextval({sequence}) + {number})"]


APART = ("--no-owner", "--no-privileges")  # who owns and who may read is the business of the database it comes to
FUNCTIONS = """
SELECT oid::regprocedure::text FROM pg_proc
WHERE pronamespace = current_schema()::regnamespace
  AND NOT EXISTS (SELECT 1 FROM pg_depend WHERE objid = pg_proc.oid AND deptype = 'e')"""


def engine() -> Engine:
    """That of the site's database."""
    return Postgresql() if connection.vendor == "postgresql" else Sqlite()
