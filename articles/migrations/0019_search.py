"""The full-text index of each database, its companion rows, and what is printed already learned later by `rebuild_search`."""

import django.db.models.deletion
from django.db import migrations, models

TABLE = {
    "sqlite": [
        "CREATE VIRTUAL TABLE articles_search USING fts5(title, names, standfirst, body, "
        "tokenize = 'unicode61 remove_diacritics 0', prefix = '3 4')"
    ],
    "postgresql": [
        "CREATE TABLE articles_search (edition_id bigint PRIMARY KEY, document tsvector NOT NULL)",
        # In the row itself where it fits a page: the planner takes a text that is kept elsewhere for free to read.
        "ALTER TABLE articles_search ALTER COLUMN document SET STORAGE MAIN",
        "CREATE INDEX articles_search_document ON articles_search USING gin (document)",
    ],
}


def make(apps, schema_editor):
    for statement in TABLE.get(schema_editor.connection.vendor, []):
        schema_editor.execute(statement)


def drop(apps, schema_editor):
    schema_editor.execute("DROP TABLE articles_search")


class Migration(migrations.Migration):
    dependencies = [("articles", "0018_readers")]
    operations = [
        migrations.CreateModel(
            name="SearchWord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("word", models.CharField(max_length=60, unique=True)),
                ("length", models.PositiveSmallIntegerField(db_index=True)),
            ],
        ),
        migrations.CreateModel(
            name="SearchEntry",
            fields=[
                (
                    "edition",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="search_entry",
                        serialize=False,
                        to="articles.edition",
                    ),
                ),
                ("article_id", models.BigIntegerField(db_index=True)),
                ("live_from", models.DateTimeField(db_index=True)),
                ("live_until", models.DateTimeField(db_index=True, null=True)),
                ("first_live_from", models.DateTimeField()),
                ("topics", models.CharField(help_text="Slugs between bars: “|nerve-pain|safety|”.", max_length=500)),
                (
                    "section",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="articles.section"
                    ),
                ),
            ],
            options={"verbose_name_plural": "search entries"},
        ),
        migrations.RunPython(make, drop),
    ]
