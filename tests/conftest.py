"""What every test stands on: a media folder, a fence around the network, the guards lifted where tables are emptied."""

import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from pytest_django.plugin import blocking_manager_key

from tests import needs

# A busy machine is slow without anything being wrong, so no example has a deadline.
hypothesis.settings.register_profile("ours", deadline=None)
hypothesis.settings.load_profile("ours")


@pytest.fixture(autouse=True)
def media_of_its_own(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture(autouse=True)
def nothing_kept_from_another_test() -> None:
    from django.core.cache import cache

    cache.clear()


@pytest.fixture(autouse=True)
def only_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test that reaches for another machine fails at once."""
    connect = socket.socket.connect

    def fenced(self: socket.socket, address: Any) -> Any:
        if self.family != socket.AF_UNIX and address[0] not in ("127.0.0.1", "localhost", "::1"):
            raise AssertionError(f"a test reached for {address}")
        return connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", fenced)


@pytest.fixture(autouse=True)
def guards_lifted_before_tables_are_emptied(request: pytest.FixtureRequest) -> Iterator[None]:
    """The database refuses to delete history; a test with real transactions ends by emptying every table.

    Emptying sends post_migrate, which puts the guards back.
    """
    if not empties_tables(request.node):
        yield
        return
    request.getfixturevalue("transactional_db")
    from articles.models import guards

    guards.install()
    yield
    guards.lift()


def empties_tables(test: pytest.Item) -> bool:
    """Whether it has real transactions, so that every table is emptied after it."""
    marker = test.get_closest_marker("django_db")
    return marker is not None and bool(marker.kwargs.get("transaction", False))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> Iterator[None]:
    """Groups and sections are put back after tables were emptied: any test may come next where workers share them.

    After the last test there is no database.
    """
    yield
    if nextitem is not None and empties_tables(item):
        from tests.factories import restore_what_migrations_made

        with item.config.stash[blocking_manager_key].unblock():
            restore_what_migrations_made()


@pytest.fixture(scope="session")
def needs_chromium() -> None:
    needs.program("chromium", "apt-get install chromium")


@pytest.fixture(scope="session")
def needs_exiftool() -> None:
    needs.program("exiftool", "apt-get install libimage-exiftool-perl")


@pytest.fixture(scope="session")
def needs_postgresql() -> None:
    needs.postgresql()
