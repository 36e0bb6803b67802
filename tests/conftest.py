"""What every test stands on: a media folder, a fence around the network, the guards lifted where tables are emptied."""

import os
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest

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

    Emptying sends post_migrate, which puts the guards back; the sections of the migration have to be put back too.
    """
    marker = request.node.get_closest_marker("django_db")
    real = marker is not None and marker.kwargs.get("transaction", False)
    if not real:
        yield
        return
    request.getfixturevalue("transactional_db")
    from articles.models import guards
    from tests.factories import restore_what_migrations_made

    restore_what_migrations_made()
    guards.install()
    yield
    guards.lift()


@pytest.fixture(scope="session")
def shared_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One folder for all processes of this run, for what is made once and used by several."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


@pytest.fixture(scope="session")
def needs_chromium() -> None:
    needs.program("chromium", "apt-get install chromium")


@pytest.fixture(scope="session")
def needs_exiftool() -> None:
    needs.program("exiftool", "apt-get install libimage-exiftool-perl")


@pytest.fixture(scope="session")
def needs_postgresql() -> None:
    needs.postgresql()
