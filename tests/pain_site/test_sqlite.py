"""SQLite's connections stay open, and see whatever happens to the file meanwhile."""

import sqlite3
from contextlib import closing

import pytest
from django.db.utils import ConnectionHandler

from pain_site import backends

PAGES = 1000  # of the log, after which SQLite folds it back into the file


@pytest.fixture
def path(tmp_path):
    return made(tmp_path / "site.sqlite3", row=1)


@pytest.fixture
def connection(path, django_db_blocker):
    """What one thread of a server holds."""
    held = ConnectionHandler({"default": backends.sqlite(path)})["default"]
    with django_db_blocker.unblock():
        yield held
        held.close()


def made(path, *, row):
    with closing(sqlite3.connect(path)) as new:
        new.execute("PRAGMA journal_mode=WAL")
        new.execute("CREATE TABLE a (b)")
        new.execute("INSERT INTO a VALUES (?)", [row])
        new.commit()
    return path


def asked(connection):
    """As at a request, which begins and ends by putting away what is of no use any more."""
    connection.close_if_unusable_or_obsolete()
    with connection.cursor() as cursor:
        cursor.execute("SELECT b FROM a")
        rows = cursor.fetchall()
    connection.close_if_unusable_or_obsolete()
    return [row[0] for row in rows]


def test_a_connection_stays_open_from_request_to_request(connection):
    assert asked(connection) == [1]
    held = connection.connection
    assert asked(connection) == [1]
    assert connection.connection is held


@pytest.mark.parametrize("is_there_between", [True, False])
def test_a_file_that_was_replaced_is_read_at_the_next_request(connection, path, tmp_path, is_there_between):
    assert asked(connection) == [1]
    other = made(tmp_path / "other.sqlite3", row=2)
    if not is_there_between:
        path.unlink()
    other.replace(path)
    assert asked(connection) == [2]
    held = connection.connection
    assert asked(connection) == [2]
    assert connection.connection is held


def test_what_is_restored_into_the_file_is_read_at_the_next_request(connection, path, tmp_path):
    assert asked(connection) == [1]
    with closing(sqlite3.connect(made(tmp_path / "kept.sqlite3", row=2))) as kept:
        kept.execute("CREATE TABLE another (c)")
        kept.execute("ALTER TABLE a ADD COLUMN d")
        kept.commit()
        with closing(sqlite3.connect(path)) as into:
            kept.backup(into)
    assert asked(connection) == [2]


def test_the_log_beside_the_file_does_not_grow_with_what_is_written_while_connections_are_open(connection, path):
    with closing(sqlite3.connect(path)) as writer:
        for _write in range(5):
            for _page in range(PAGES // 2):
                writer.execute("INSERT INTO a VALUES (zeroblob(4000))")
            writer.commit()
            asked(connection)
    log = path.with_name(f"{path.name}-wal")
    assert log.stat().st_size < 2 * PAGES * 4096 < path.stat().st_size
