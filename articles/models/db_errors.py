"""What a database that fails means, in one plain sentence for the person who ran a command."""

from django.db import DatabaseError

# What SQLite and PostgreSQL say, and what it means.
MEANINGS = {
    "no such table": "the database is not set up yet; run manage.py migrate",
    "does not exist": "the database is not set up yet; run manage.py migrate",
    "locked": "the database is locked by another program; try again later",
    "readonly": "the database is read-only for this user",
    "read-only": "the database is read-only for this user",
    "connection": "the database can’t be reached",
}


def sentence(problem: DatabaseError) -> str:
    """Without its capital letter and full stop, to stand behind a colon."""
    said = next(iter(str(problem).splitlines()), "") or type(problem).__name__
    return next((meaning for words, meaning in MEANINGS.items() if words in said), f"the database refused it ({said})")
