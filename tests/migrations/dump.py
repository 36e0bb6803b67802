"""A small site as the first release left it, kept as SQL: every later `migrate` is tried on it.

`first_release.sql` holds the schema, the guards, and a few rows in each table that matters; `test_migrate.py` loads it
into SQLite, migrates it, looks for every row, and compares the schema with the models. Until the first release a change
of 0001_initial makes the file stale, which that test reports, and

    python -m tests.migrations.dump

writes it again. From the release on it is history, like the migrations themselves, and must not be written again.
"""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

FILE = Path(__file__).with_name("first_release.sql")
INDEX = "articles_search"
BEHIND_THE_INDEX = f"{INDEX}_"  # SQLite's own tables, which follow what is put into the index


def fill() -> None:
    """An article with a picture that was published, corrected, mailed and reported, and who did it."""
    from articles.models import ConsentEvent, CreditEvidence, Drug, Procedure, SentenceReport, Suppression, Term, Topic
    from articles.newsletter.issues import building
    from articles.publishing import pictures, press
    from tests import factories

    Term.objects.exclude(slug="analgesic").delete()  # the seed is no part of what has to survive
    Drug.objects.exclude(name="ziconotide").delete()
    Procedure.objects.exclude(name="intrathecal pump").delete()
    editor = factories.editor()
    image = pictures.store(factories.picture_bytes("JPEG", (700, 400)), name="pump.jpg", alt="A pump.", by=editor)
    credit = factories.CreditFactory(image=image)
    CreditEvidence.objects.create(credit=credit, by=editor, page="https://example.org/work", file_digest=image.digest)
    article = factories.publishable_article(title="Pumps", slug="pumps", lead_image=image)
    article.topics.add(Topic.objects.create(name="Pumps", slug="pumps"))
    first = press.publish(article, by=editor)
    reader = factories.subscription("reader@example.org", sections=("treatments",))
    ConsentEvent.objects.create(
        subscription=reader, kind=ConsentEvent.ASKED, wording="One newsletter a week.", page="/"
    )
    Suppression.objects.create(digest="0" * 64, reason="erased")
    building.approve(building.build(), by=factories.newsletter_editor())
    SentenceReport.objects.create(
        edition=first, quoted="It may help.", wrong="It may not.", reader_severity="wrong", severity="wrong"
    )
    article.standfirst = "What a pump can do, and what not."
    article.save()
    factories.sign(article)
    erratum = press.Erratum(was="can do.", now="can do, and what not.", why="Half was missing.", severity="minor")
    factories.correct(article, erratum, by=editor)


def statements(connection: sqlite3.Connection) -> Iterator[str]:
    """SQL that makes the database again: tables with their rows, then indexes and guards, which need not watch that."""
    schema = connection.execute("SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY rowid")
    later = []
    yield "BEGIN;"
    for kind, name, sql in schema.fetchall():
        if kind != "table":
            later.append(f"{sql};")
        elif not name.startswith((BEHIND_THE_INDEX, "sqlite_")):
            yield f"{sql};"
            yield from rows(connection, name)
    yield from later
    yield "COMMIT;"


def rows(connection: sqlite3.Connection, table: str) -> Iterator[str]:
    columns = [column for _, column, *_ in connection.execute(f"PRAGMA table_info({table})")]
    into = table
    if table == INDEX:
        columns.insert(0, "rowid")  # the edition's number
        into += f"({', '.join(columns)})"
    values = " || ',' || ".join(f'quote("{column}")' for column in columns)
    for (row,) in connection.execute(f"SELECT {values} FROM {table} ORDER BY rowid"):
        yield f"INSERT INTO {into} VALUES({row});"


def main() -> None:
    import os

    os.environ |= {"DATABASE_URL": "", "DJANGO_SETTINGS_MODULE": "tests.settings"}
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", verbosity=0)
    fill()
    connection.close()
    written = sqlite3.connect(connection.settings_dict["NAME"])
    FILE.write_text("\n".join(statements(written)) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
