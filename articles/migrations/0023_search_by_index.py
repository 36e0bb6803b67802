"""On PostgreSQL: what matches is found by the index and by nothing else, and texts in it are kept as they are.

A planner that has counted the rows takes it for cheaper to read every text, since it knows no price for fetching and
unpacking one. Texts that are in the index already are kept anew when it is made anew (`rebuild_search`).
"""

from django.db import migrations

FORWARDS = [
    "CREATE FUNCTION articles_search_matching(tsquery) RETURNS SETOF bigint LANGUAGE sql STABLE "
    "SET enable_seqscan = off AS 'SELECT edition_id FROM articles_search WHERE document @@ $1'",
    "ALTER TABLE articles_search ALTER COLUMN document SET STORAGE EXTERNAL",
]
BACKWARDS = [
    "DROP FUNCTION articles_search_matching(tsquery)",
    "ALTER TABLE articles_search ALTER COLUMN document SET STORAGE MAIN",
]


def on_postgresql(statements):
    def run(apps, schema_editor):
        if schema_editor.connection.vendor == "postgresql":
            for statement in statements:
                schema_editor.execute(statement)

    return run


class Migration(migrations.Migration):
    dependencies = [("articles", "0022_wish_mail")]
    operations = [migrations.RunPython(on_postgresql(FORWARDS), on_postgresql(BACKWARDS))]
