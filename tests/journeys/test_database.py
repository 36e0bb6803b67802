"""A database that is locked by another program: readers read on, and who writes is told that nothing was changed."""

import os
import sqlite3
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import urlopen

import pytest

from tests.journeys.conftest import Site


@pytest.mark.skipif(os.environ.get("DATABASE_URL", "").startswith("postgres"), reason="a whole-file lock is SQLite's")
def test_a_locked_database_loses_nothing_and_says_so(site: Site) -> None:
    wish = urlencode({"email": "waiting@example.org", "page": "/"}).encode()
    other = sqlite3.connect(site.var / "site.sqlite3", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        assert urlopen(site.url + "/articles/intrathecal-pumps/", timeout=60).status == 200
        with pytest.raises(HTTPError) as refused:
            urlopen(site.url + "/subscribe/", wish, timeout=60)
        assert (refused.value.code, refused.value.headers["Retry-After"]) == (503, "60")
        assert "nothing was changed" in refused.value.read().decode()
    finally:
        other.rollback()
        other.close()
    assert urlopen(site.url + "/subscribe/", wish, timeout=60).status == 200
    assert site.newest_mail("waiting@example.org")["Subject"]
