"""A database that another program holds: readers read on, and who writes is told that nothing was changed."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import urlopen

import pytest

from tests.demo_site import Site, own_copy, served
from tests.management.serving import soon


@contextmanager
def held(site: Site) -> Iterator[None]:
    """Nobody else writes meanwhile: SQLite locks the whole file."""
    with closing(sqlite3.connect(site.var / "site.sqlite3", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.rollback()


def is_taken(site: Site, wish: bytes) -> bool:
    try:
        return bool(urlopen(site.url + "/subscribe/", wish, timeout=60).status == 200)
    except HTTPError:
        return False


@pytest.fixture
def impatient(shared_folder: Path, tmp_path: Path) -> Iterator[Site]:
    with own_copy(shared_folder, tmp_path) as found:
        found.env["DJANGO_SETTINGS_MODULE"] = "tests.journeys.impatient"
        with served(found, "manage.py", "serve", "--workers", "1", "--port", found.port):
            yield found


def test_a_database_that_is_held_loses_nothing_and_says_so(impatient: Site) -> None:
    wish = urlencode({"email": "waiting@example.org", "page": "/"}).encode()
    with held(impatient):
        assert urlopen(impatient.url + "/articles/intrathecal-pumps/", timeout=60).status == 200
        with pytest.raises(HTTPError) as refused:
            urlopen(impatient.url + "/subscribe/", wish, timeout=60)
        assert (refused.value.code, refused.value.headers["Retry-After"]) == (503, "60")
        assert "nothing was changed" in refused.value.read().decode()
    assert soon(lambda: is_taken(impatient, wish)), "the clock, too, may hold the database for longer than two seconds"
    assert impatient.newest_mail("waiting@example.org")["Subject"]
