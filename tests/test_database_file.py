"""SQLite's file, replaced under a running process: noticed, said, and no mail is sent."""

import sqlite3

import pytest

from articles import database_file
from articles.mail import standstill


class Connection:
    vendor = "sqlite"

    def __init__(self, path):
        self.settings_dict = {"NAME": path}


@pytest.fixture
def path(tmp_path, monkeypatch):
    """A database that the process has opened. Looked at each time, not once a second."""
    monkeypatch.setattr(database_file, "LOOKED_AT_EVERY", 0.0)
    path = tmp_path / "site.sqlite3"
    sqlite3.connect(path).execute("CREATE TABLE a (b)")
    database_file.forget()
    database_file._begin(Connection(path))
    yield path
    database_file.forget()


def test_a_file_that_grows_is_the_same(path):
    sqlite3.connect(path).execute("CREATE TABLE c (d)")
    assert database_file.problem() == ""


@pytest.mark.parametrize("how", ["replaced", "removed"])
def test_another_file_in_its_place_is_noticed_for_good(path, tmp_path, how):
    kept = tmp_path / "kept"
    path.rename(kept)
    if how == "replaced":
        path.write_bytes(kept.read_bytes())
    database_file._begin(Connection(path))  # the next request opens the new one
    assert database_file.problem() == database_file.SENTENCE
    assert standstill.reason() == database_file.SENTENCE
    path.unlink(missing_ok=True)
    kept.rename(path)
    assert database_file.problem() == database_file.SENTENCE


def test_it_is_looked_at_once_a_second(path, tmp_path, monkeypatch):
    assert database_file.problem() == ""
    monkeypatch.setattr(database_file, "LOOKED_AT_EVERY", 3600.0)
    path.rename(tmp_path / "kept")
    assert database_file.problem() == ""


def test_a_database_in_memory_or_on_a_server_is_no_file(tmp_path, monkeypatch):
    database_file.forget()
    database_file._begin(Connection(":memory:"))
    assert database_file.problem() == ""
