"""The number that names the state of the public site, and the triggers that draw another one when a row changes that
public pages show. `articles.public_state` reads it.

It is drawn, not counted: a backup that is restored brings the number of its own rows back, and the next change one that
no state had before. In SQLite one row holds it, in PostgreSQL it is the sum of a few: each transaction adds a row of
its own and takes away those that nobody else holds, so no writer ever waits for another. (One row would be held from
the change to the end of a transaction, and drawing it only at the commit leads to deadlocks with foreign keys, which
are checked then.) Installed after every `migrate`, like the guards.
"""

from collections.abc import Collection

from django.db import connections, models
from django.db.backends.base.base import BaseDatabaseWrapper

from articles.models.giving_way import giving_way

TABLE = "articles_publicstate"
CHANNEL = "articles_public_state"  # on which PostgreSQL says that there is another number

# The tables that public pages are made of, and columns of theirs that no page shows.
WATCHED: dict[str, frozenset[str]] = {
    "articles_contributor": frozenset(),
    "articles_correction": frozenset(),
    "articles_drawing": frozenset(),
    "articles_drug": frozenset(),
    "articles_edition": frozenset(),
    "articles_editionbyline": frozenset(),
    "articles_editionpicture": frozenset(),
    "articles_editiontopic": frozenset(),
    "articles_image": frozenset({"original", "fingerprint", "uploaded_by_id"}),
    "articles_imagecredit": frozenset(),
    "articles_issue": frozenset(),
    "articles_issueitem": frozenset(),
    "articles_label": frozenset(),
    "articles_pagetext_medicines": frozenset(),
    "articles_readnext": frozenset({"looked_at"}),
    "articles_retractionnotice": frozenset(),
    "articles_review": frozenset({"comments", "reminded_at_days"}),
    "articles_searchentry": frozenset(),
    "articles_section": frozenset(),
    "articles_sentencereport": frozenset(  # /corrections/ counts them, and how long answers take
        {"severity", "email", "answer", "fixed_in_id", "answered_by_id", "mailed_at"}
    ),
    "articles_term": frozenset(),
    "articles_topic": frozenset(),
    "articles_topic_medicines": frozenset(),
}
EVENTS = ("INSERT", "UPDATE", "DELETE")
LARGEST = 2**62 - 1

SQLITE_NUMBER = f"random() & {LARGEST}"
POSTGRESQL_NUMBER = f"hashtextextended(gen_random_uuid()::text, 0) & {LARGEST}"
# Once in a transaction, which a setting knows that ends with it, or with the savepoint that the change is in.
POSTGRESQL_FUNCTION = f"""
CREATE OR REPLACE FUNCTION {TABLE}_draw() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  IF current_setting('articles.drawn', true) IS DISTINCT FROM 'yes' THEN
    DELETE FROM {TABLE} WHERE id IN (SELECT id FROM {TABLE} FOR UPDATE SKIP LOCKED);
    INSERT INTO {TABLE} (number) VALUES ({POSTGRESQL_NUMBER});
    PERFORM set_config('articles.drawn', 'yes', true);
    NOTIFY {CHANNEL};
  END IF;
  RETURN NULL;
END $$"""  # noqa: S608


class PublicState(models.Model):
    """A part of the number. Without a row there is no number, and nothing is kept."""

    number = models.BigIntegerField()

    def __str__(self) -> str:
        return str(self.number)


@giving_way
def install(using: str) -> None:
    """Creates the triggers of every table that exists, and draws a number: what `migrate` did counts as a change."""
    connection = connections[using]
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        if TABLE not in tables or connection.vendor not in ("sqlite", "postgresql"):
            return
        if connection.vendor == "postgresql":
            cursor.execute(POSTGRESQL_FUNCTION)
        for statement in _statements(connection, sorted(WATCHED.keys() & set(tables))):
            cursor.execute(statement)
        drawn = SQLITE_NUMBER if connection.vendor == "sqlite" else POSTGRESQL_NUMBER
        cursor.execute(f"DELETE FROM {TABLE}")  # noqa: S608
        cursor.execute(f"INSERT INTO {TABLE} (number) VALUES ({drawn})")  # noqa: S608


@giving_way
def lift(using: str) -> None:
    """Removes the triggers and the number, for as long as a migration changes what nobody watches."""
    connection = connections[using]
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        for table in sorted(WATCHED.keys() & set(tables)):
            for event in _events(connection):
                cursor.execute(_drop(connection, table, event))
        if TABLE in tables:
            cursor.execute(f"DELETE FROM {TABLE}")  # noqa: S608


def _events(connection: BaseDatabaseWrapper) -> tuple[str, ...]:
    return EVENTS if connection.vendor == "sqlite" else (*EVENTS, "TRUNCATE")


def _drop(connection: BaseDatabaseWrapper, table: str, event: str) -> str:
    on = f" ON {table}" if connection.vendor == "postgresql" else ""
    return f"DROP TRIGGER IF EXISTS {name(table, event)}{on}"


def name(table: str, event: str) -> str:
    return f"{table}_shown_{event.lower()}"


def _statements(connection: BaseDatabaseWrapper, tables: Collection[str]) -> list[str]:
    """What creates the triggers, each anew but where SQLite has the very same."""
    if connection.vendor == "postgresql":
        pairs = [(table, event) for table in tables for event in _events(connection)]
        return [_postgresql(connection, *pair) for pair in pairs]
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        present = dict(cursor.fetchall())
    statements = []
    for table in tables:
        for event in EVENTS:
            wanted = _sqlite(connection, table, event)
            if present.get(name(table, event)) != wanted:
                statements += [_drop(connection, table, event), wanted]
    return statements


def _sqlite(connection: BaseDatabaseWrapper, table: str, event: str) -> str:
    when = f" WHEN {_changes(connection, table)}" if event == "UPDATE" else ""
    draw = f"UPDATE {TABLE} SET number = {SQLITE_NUMBER}"  # noqa: S608
    return f"CREATE TRIGGER {name(table, event)} AFTER {event} ON {table} FOR EACH ROW{when} BEGIN {draw}; END"


def _postgresql(connection: BaseDatabaseWrapper, table: str, event: str) -> str:
    each = "STATEMENT" if event == "TRUNCATE" else "ROW"
    when = f" WHEN ({_changes(connection, table)})" if event == "UPDATE" else ""
    return (
        f"CREATE OR REPLACE TRIGGER {name(table, event)} AFTER {event} ON {table} FOR EACH {each}{when} "
        f"EXECUTE FUNCTION {TABLE}_draw()"
    )


def _changes(connection: BaseDatabaseWrapper, table: str) -> str:
    """Whether a row shows something else than before: Django writes every column, also the same value again."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table} WHERE FALSE")  # noqa: S608  quicker than Django's introspection
        columns = [column[0] for column in cursor.description if column[0] not in WATCHED[table]]
    differs = "IS NOT" if connection.vendor == "sqlite" else "IS DISTINCT FROM"
    return " OR ".join(f'OLD."{column}" {differs} NEW."{column}"' for column in columns)
