"""`migrate` where something is already: a site of the first release, and a database with the tables of one app."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from django.apps import apps

from articles import roles
from articles.models import guards, public_state
from tests.migrations import dump

ROOT = Path(__file__).parents[2]
# What `migrate` itself keeps: it grows with the models and with the table of roles, or is drawn anew each time.
KEPT_BY_MIGRATE = {"django_migrations", "django_content_type", "auth_permission", "auth_group_permissions"}
KEPT_BY_MIGRATE |= {"articles_publicstate"}
MATTERS = """article byline reference revision review edition editionbyline editionpicture editiontopic correction image
    imagecredit creditevidence topic subscription consentevent suppression issue issueitem delivery sentencereport"""


def migrate(folder, *arguments):
    site = {"DJANGO_SETTINGS_MODULE": "pain_site.settings", "DATABASE_URL": "", "VAR_DIR": str(folder)}
    command = [sys.executable, "manage.py", "migrate", "-v0", *arguments]
    return subprocess.run(command, cwd=ROOT, env={**os.environ, **site}, capture_output=True, text=True)


@pytest.fixture
def database(tmp_path):
    with closing(sqlite3.connect(tmp_path / "site.sqlite3")) as connection:
        connection.row_factory = sqlite3.Row
        yield connection


def rows(connection):
    """Every row of every table but those that `migrate` keeps, by table and column."""
    tables = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")
    names = {table["name"] for table in tables if not table["name"].startswith((dump.BEHIND_THE_INDEX, "sqlite_"))}
    return {
        name: [dict(row) for row in connection.execute(f"SELECT rowid AS number, * FROM {name} ORDER BY rowid")]
        for name in names - KEPT_BY_MIGRATE
    }


def missing_in(connection):
    """What the models have and the database does not, or has besides: columns, constraints and indexes."""
    schema = " ".join(row["sql"] for row in connection.execute("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL"))
    for model in apps.get_app_config("articles").get_models(include_auto_created=True):
        meta = model._meta
        table = {row["name"] for row in connection.execute(f"PRAGMA table_info({meta.db_table})")}
        for column in table ^ {field.column for field in meta.local_concrete_fields}:
            yield f"{meta.db_table}.{column}"
        yield from (one.name for one in [*meta.constraints, *meta.indexes] if f'"{one.name}"' not in schema)


def permissions(connection):
    return connection.execute(
        """SELECT role.name, type.app_label || '.' || permission.codename FROM auth_group_permissions granted
        JOIN auth_group role ON role.id = granted.group_id
        JOIN auth_permission permission ON permission.id = granted.permission_id
        JOIN django_content_type type ON type.id = permission.content_type_id"""
    )


def test_a_site_of_the_first_release_keeps_every_row_and_gets_the_schema_guards_and_roles_of_today(tmp_path, database):
    database.executescript(dump.FILE.read_text(encoding="utf-8"))
    before = rows(database)
    assert [name for name in MATTERS.split() if not before[f"articles_{name}"]] == []
    database.execute("DROP TRIGGER articles_edition_unchanged")
    database.execute("DELETE FROM auth_group_permissions WHERE id % 2")
    database.commit()

    done = migrate(tmp_path)
    assert done.returncode == 0, done.stderr

    after = rows(database)
    for table, kept in before.items():
        assert [{column: row[column] for column in old} for old, row in zip(kept, after[table], strict=True)] == kept
    assert list(missing_in(database)) == []
    triggers = {row["name"] for row in database.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'")}
    watching = {public_state.name(table, event) for table in public_state.WATCHED for event in public_state.EVENTS}
    assert triggers == {guard.name for guard in guards.GUARDS} | watching
    with pytest.raises(sqlite3.IntegrityError, match=r"^A published edition cannot be changed\.$"):
        database.execute("UPDATE articles_edition SET title = 'Another'")
    assert {tuple(row) for row in permissions(database)} == {
        (role, permission) for role, granted in roles.ROLES.items() for permission in granted
    }


def test_the_tables_of_one_app_can_be_made_alone(tmp_path):
    done = migrate(tmp_path, "auth")
    assert done.returncode == 0, done.stderr
