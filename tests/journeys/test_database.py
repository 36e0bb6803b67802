"""A database that another program holds: readers read on, and who writes is told that nothing was changed."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import urlopen

import psycopg
import pytest

from tests.demo_site import Site


@contextmanager
def held(site: Site) -> Iterator[None]:
    """Nobody else writes meanwhile: SQLite locks the whole file, PostgreSQL the table that mail waits in."""
    address = site.env.get("DATABASE_URL", "")
    if address.startswith("postgres"):
        with psycopg.connect(address) as other:
            other.execute("LOCK TABLE articles_outgoingmail IN EXCLUSIVE MODE")
            yield
            other.rollback()
        return
    other_file = sqlite3.connect(site.var / "site.sqlite3", isolation_level=None)
    try:
        other_file.execute("BEGIN IMMEDIATE")
        yield
        other_file.rollback()
    finally:
        other_file.close()


def test_a_database_that_is_held_loses_nothing_and_says_so(site: Site) -> None:
    wish = urlencode({"email": "waiting@example.org", "page": "/"}).encode()
    with held(site):
        assert urlopen(site.url + "/articles/intrathecal-pumps/", timeout=60).status == 200
        with pytest.raises(HTTPError) as refused:
            urlopen(site.url + "/subscribe/", wish, timeout=60)
        assert (refused.value.code, refused.value.headers["Retry-After"]) == (503, "60")
        assert "nothing was changed" in refused.value.read().decode()
    assert urlopen(site.url + "/subscribe/", wish, timeout=60).status == 200
    assert site.newest_mail("waiting@example.org")["Subject"]
