"""When the number of the public site's state is known and when it cannot be, on SQLite's file and on PostgreSQL."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import threading
import time
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.db import connection, transaction

from articles import cache, database_file, public_state
from articles.models import Section
from tests.management.serving import PATIENCE

ROOT = Path(__file__).parents[1]


@pytest.fixture(autouse=True)
def what_a_test_wrote_counts_as_committed():
    """Not here: what is asked is the product itself."""
    public_state.forget()
    database_file.forget()
    yield
    public_state.forget()
    database_file.forget()


def eventually(is_so):
    ends_at = time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < ends_at
        time.sleep(0.005)


# SQLite ---------------------------------------------------------------------------------------------------------------


@pytest.fixture
def file(migrated, tmp_path, monkeypatch):
    """A site's file, which is the database as far as the product knows."""
    copy = Path(shutil.copy(migrated, tmp_path / "site.sqlite3"))
    primary = SimpleNamespace(in_atomic_block=False, vendor="sqlite", settings_dict={"NAME": copy})
    monkeypatch.setattr(public_state, "connections", {"default": primary})
    return copy


@pytest.fixture
def writer(file):
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        yield connection


def change(writer):
    writer.execute("UPDATE articles_section SET position = position + 1")


def test_a_commit_is_known_at_once_and_no_change_before_it(writer):
    first = public_state.current()
    writer.execute("BEGIN")
    change(writer)
    assert public_state.current() == first
    writer.execute("ROLLBACK")
    assert public_state.current() == first
    writer.execute("BEGIN")
    change(writer)
    writer.execute("COMMIT")
    second = public_state.current()
    assert second not in (first, None)
    writer.execute("UPDATE articles_article SET title = 'Another'")
    assert public_state.current() == second


def test_each_thread_knows_the_same(writer):
    found = []

    def ask():
        for _time in range(3):
            found.append(public_state.current())
            change_it.wait()
            changed.wait()

    change_it, changed = threading.Barrier(5), threading.Barrier(5)
    threads = [threading.Thread(target=ask) for _number in range(4)]
    for thread in threads:
        thread.start()
    for _time in range(3):
        change_it.wait()
        change(writer)
        changed.wait()
    for thread in threads:
        thread.join()
    assert [len({*found[start : start + 4]}) for start in (0, 4, 8)] == [1, 1, 1]
    assert len({*found}) == 3


def test_nobody_is_kept_from_writing_or_from_emptying_the_log_of_what_was_written(writer):
    for _time in range(3):
        change(writer)
        assert public_state.current() is not None
    assert writer.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone() == (0, 0, 0)


def test_nothing_is_known_without_a_file_or_before_its_tables_are_there(file):
    file.unlink()
    assert public_state.current() is None
    with closing(sqlite3.connect(file)) as empty:
        empty.execute("CREATE TABLE something (id)")
        assert public_state.current() is None
        empty.execute("CREATE TABLE articles_publicstate (id, number)")
        assert public_state.current() is None
        empty.execute("INSERT INTO articles_publicstate VALUES (1, 12)")
        empty.commit()
        assert public_state.current() == 12


def test_nothing_is_known_after_the_file_was_replaced_under_the_process(file, monkeypatch):
    clock = SimpleNamespace(monotonic=lambda: now)
    monkeypatch.setattr(database_file, "time", clock)
    now = 1000.0
    assert public_state.current() is not None
    file.rename(file.with_suffix(".old"))
    shutil.copy(file.with_suffix(".old"), file)
    now += database_file.LOOKED_AT_EVERY
    assert public_state.current() is None


def test_a_backup_that_is_restored_has_its_own_number_again_and_what_follows_a_new_one(writer, tmp_path):
    first = public_state.current()
    with closing(sqlite3.connect(tmp_path / "backup.sqlite3")) as backup:
        writer.backup(backup)
        numbers = {first}
        for _time in range(3):
            change(writer)
            numbers.add(public_state.current())
        backup.backup(writer)
    assert public_state.current() == first
    change(writer)
    assert public_state.current() not in {*numbers, None}
    assert len(numbers) == 4


def test_a_process_that_was_forked_asks_by_itself(writer):
    first = public_state.current()
    reads, writes = os.pipe()
    child = os.fork()
    if not child:
        os.write(writes, json.dumps(public_state.current()).encode())
        os._exit(0)
    os.waitpid(child, 0)
    with open(reads) as answer:
        os.close(writes)
        assert json.loads(answer.read()) == first
    change(writer)
    assert public_state.current() not in (first, None)


def test_a_writer_and_readers_in_two_processes_agree(migrated, tmp_path):
    shutil.copy(migrated, tmp_path / "site.sqlite3")
    agree({"VAR_DIR": str(tmp_path), "DATABASE_URL": ""}, seconds=1.5, seed=1)


@pytest.mark.campaign
@pytest.mark.parametrize("seed", range(20))
def test_a_writer_and_readers_agree_for_long(migrated, tmp_path, seed):
    shutil.copy(migrated, tmp_path / "site.sqlite3")
    agree({"VAR_DIR": str(tmp_path), "DATABASE_URL": ""}, seconds=15, seed=seed)


def agree(env, *, seconds, seed):
    command = [sys.executable, "-m", "tests.state_race", str(seconds), str(seed)]
    env = {**os.environ, "DJANGO_SETTINGS_MODULE": "pain_site.settings", **env}
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert (found["wrong"], found["was_killed"]) == ([], True)
    assert found["committed"] > 3
    assert found["read"] < found["asked"], "something was kept"


# PostgreSQL -----------------------------------------------------------------------------------------------------------


def known():
    eventually(lambda: public_state.current() is not None)
    return public_state.current()


@pytest.mark.django_db(transaction=True)
def test_a_commit_is_known_soon_on_postgresql_and_no_change_before_it(needs_postgresql):
    first = known()
    with transaction.atomic():
        Section.objects.update(position=9)
        assert public_state.current() is None, "this thread sees what nobody else sees"
        transaction.set_rollback(True)
    Section.objects.update(position=9)
    eventually(lambda: public_state.current() not in (first, None))
    second = known()
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE articles_retractionnotice CASCADE")
    eventually(lambda: public_state.current() not in (first, second, None))


@pytest.mark.django_db(transaction=True)
def test_while_the_database_does_not_answer_nothing_is_known(needs_postgresql, monkeypatch, caplog):
    known()
    with monkeypatch.context() as lost:
        lost.setattr(public_state, "LISTEN", "LISTEN")  # an error each time
        end_listening()
        eventually(lambda: public_state.current() is None)
    assert known() is not None
    lost = [record.message for record in caplog.records if record.name == "articles.public_state"]
    assert lost == ["the state of the public site is not known: the database does not answer"]


def end_listening():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity "
            "WHERE datname = current_database() AND query LIKE 'SELECT SUM(number)%%'"
        )
        assert cursor.fetchone() == (1,)


@pytest.mark.django_db(transaction=True)
def test_one_connection_listens_for_all_threads_and_none_is_left(needs_postgresql):
    known()
    threads = [threading.Thread(target=public_state.current) for _number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert connections() == 2
    public_state.forget()
    eventually(lambda: connections() == 1)


def connections():
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()")
        return cursor.fetchone()[0]


@pytest.mark.django_db(transaction=True)
def test_writers_never_wait_for_each_other(needs_postgresql):
    """Each holds what it wrote until all have written; with one row that all change, nobody would get there."""
    slugs = [f"section-{number}" for number in range(6)]
    Section.objects.bulk_create(Section(name=slug, slug=slug) for slug in slugs)
    everybody, before = threading.Barrier(len(slugs)), known()
    done = []

    def write(slug):
        try:
            for position in range(3):
                with transaction.atomic():
                    Section.objects.filter(slug=slug).update(position=position)
                    everybody.wait(PATIENCE)
            done.append(slug)
        finally:
            connection.close()

    threads = [threading.Thread(target=write, args=[slug]) for slug in slugs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(done) == slugs
    eventually(lambda: public_state.current() not in (before, None))
    Section.objects.update(position=9)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM articles_publicstate")
        assert cursor.fetchone() == (1,), "nobody held what the others left"


@pytest.mark.django_db(transaction=True)
def test_a_writer_and_readers_in_two_processes_agree_on_postgresql(needs_postgresql):
    agree(site(), seconds=3, seed=1)


@pytest.mark.campaign
@pytest.mark.parametrize("seed", range(20))
@pytest.mark.django_db(transaction=True)
def test_a_writer_and_readers_agree_for_long_on_postgresql(needs_postgresql, seed):
    agree(site(), seconds=15, seed=seed)


def site():
    server = os.environ["DATABASE_URL"].rpartition("/")[0]
    return {"DATABASE_URL": f"{server}/{connection.settings_dict['NAME']}"}


@pytest.mark.django_db(transaction=True)
def test_inside_a_transaction_nothing_is_kept():
    with transaction.atomic():
        assert public_state.current() is None
        assert [cache.by_state("name", lambda: "first"), cache.by_state("name", lambda: "second")] == [
            "first",
            "second",
        ]
