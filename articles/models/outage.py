"""What a database that fails means, in one plain sentence for whoever ran a command."""

from django.db import DatabaseError

# What SQLite and PostgreSQL say, and what it means.
MEANINGS = {
    "no such table": "the database is not prepared yet; run manage.py migrate",
    "does not exist": "the database is not prepared yet; run manage.py migrate",
    "locked": "the database is locked by another program; try again when that is done",
    "readonly": "the database is read-only for your account",
    "read-only": "the database is read-only for your account",
    "connection": "the database cannot be reached",
}


def sentence(problem: DatabaseError) -> str:
    """Without its capital letter and full stop, to stand behind a colon."""
    said = next(iter(str(problem).splitlines()), "") or type(problem).__name__
    return next(
        (meaning for words, meaning in MEANINGS.items() if words in said), f"the database did not take it ({said})"
    )
