"""What every test stands on: a media folder, a fence around the network, the guards lifted where tables are emptied."""

import gc
import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from importlib import import_module
from itertools import count
from pathlib import Path
from typing import Any

import hypothesis
import pytest

from tests import needs
from tests.newsletter.certificates import certificate, server_context
from tests.once import once
from tests.written_log import WrittenLog

ROOT = Path(__file__).parents[1]

# Bytecode is kept, also where the environment is against it: a hundred processes would each compile the product anew.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

NUMBERS = count(1)  # of the tests of this process

# A busy machine is slow without anything being wrong, so neither an example nor making it has a deadline. A run tries
# the same examples each time, so that what is red was broken by the change at hand; a campaign looks for what nobody
# thought of. (Versions of hypothesis after 6.130 also draw from the constants of whatever is imported, which differs.)
PATIENT: dict[str, Any] = {"deadline": None, "suppress_health_check": [hypothesis.HealthCheck.too_slow]}
hypothesis.settings.register_profile("ours", **PATIENT, derandomize=True, max_examples=50)
hypothesis.settings.register_profile("campaign", **PATIENT, max_examples=2000)


READING_ROOMS = ("admin", "metadata", "publishing/checks", "views")
MORE_THAN_ROWS = re.compile(
    r"select_for_update|\batomic\b|IntegrityError|cursor\(|connection\.vendor|on_postgresql"
    r"|\b(Exists|Subquery|aggregate|annotate|distinct|union)\("
)


def pytest_configure(config: pytest.Config) -> None:
    """A campaign (`-m campaign`) tries every property on forty times as many examples."""
    hypothesis.settings.load_profile("campaign" if config.option.markexpr == "campaign" else "ours")


def pytest_xdist_auto_num_workers() -> int:
    """One process more than cores: a browser, a mail server or a lock is waited for in one of them most of the time."""
    return (os.cpu_count() or 1) + 1


def pytest_collection(session: pytest.Session) -> None:
    """Of a whole run, each process begins with other files: what one has compiled is read by the rest."""
    if "PYTEST_XDIST_WORKER" not in os.environ or session.config.args != session.config.getini("testpaths"):
        return
    files = sorted(ROOT.glob("tests/**/test_*.py"))
    number = int(os.environ["PYTEST_XDIST_WORKER"].removeprefix("gw"))
    first = len(files) * number // int(os.environ["PYTEST_XDIST_WORKER_COUNT"])
    for file in files[first:] + files[:first]:
        with suppress(Exception):  # what is wrong there is said where the file is collected
            import_module(".".join(file.relative_to(ROOT).with_suffix("").parts))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Properties are part of a campaign; on PostgreSQL runs what only it can show, and one journey."""
    left_out: list[pytest.Item] = []
    if config.option.markexpr == "campaign":
        for item in items:
            if hasattr(getattr(item, "obj", None), "hypothesis"):
                item.add_marker("campaign")
    elif needs.on_postgresql():
        left_out = [item for item in items if not runs_on_postgresql(item)]
    if left_out:
        items[:] = [item for item in items if runs_on_postgresql(item)]
        config.hook.pytest_deselected(items=left_out)
    items.sort(key=turn)


def turn(item: pytest.Item) -> int:
    """What takes longest comes first.

    While one process prepares the demonstration for the journeys at the desk, another does what does not wait for it.
    Tests with real transactions empty the tables: pytest-django puts them last, and no file is shared out in one piece.
    """
    group = item.get_closest_marker("xdist_group")
    if group and group.args[0] in ("desk", "reading"):
        return 0 if group.args[0] == "desk" else 2
    return 1 if item.nodeid.startswith("tests/admin/test_leaks.py") else 3


def pytest_collection_finish() -> None:
    """What is loaded by now stays: leaving it out of every collection of garbage saves a tenth of the CPU."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


def runs_on_postgresql(item: pytest.Item) -> bool:
    """Whether a test asks PostgreSQL what SQLite cannot answer for it.

    What asks no database, needs SQLite's file or a browser runs on SQLite alone, but for the main path; so do pages and
    checks that read rows and word them. (`test_leaks.py` and the demonstration open each address on PostgreSQL, too.)
    """
    if item.nodeid.startswith("tests/journeys/"):
        return item.get_closest_marker("main_path") is not None
    marker = item.get_closest_marker("django_db")
    if marker is None:
        return "db" in getattr(item, "fixturenames", ())
    room = item.path.parent.relative_to(ROOT / "tests").as_posix()
    return room not in READING_ROOMS or marker.kwargs.get("transaction", False) or asks_more_than_rows(item.path)


@cache
def asks_more_than_rows(file: Path) -> bool:
    """Whether a file of tests, or the module that it mirrors, locks, takes back, counts, or speaks SQL."""
    mirrored = ROOT / "articles" / file.relative_to(ROOT / "tests").with_name(file.name.removeprefix("test_"))
    return any(MORE_THAN_ROWS.search(one.read_text()) for one in (file, mirrored) if one.exists())


@pytest.fixture(autouse=True)
def media_of_its_own(settings: Any, tmp_path_factory: pytest.TempPathFactory) -> None:
    """A folder that is not there until something is kept: thousands of tests keep nothing."""
    settings.MEDIA_ROOT = tmp_path_factory.getbasetemp() / f"media-{next(NUMBERS)}"


@pytest.fixture(autouse=True)
def nothing_kept_from_another_test() -> None:
    from django.core.cache import caches

    from articles import cache
    from articles.views import readiness

    readiness.forget()
    for kept in caches.all(initialized_only=True):
        kept.clear()
    cache.clear()


@pytest.fixture(autouse=True)
def nothing_is_counted_by_a_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a process counts is written where a test says so, in its own transaction."""
    from articles.readers import opens
    from articles.search import misses
    from articles.tally import Tally

    monkeypatch.setattr(Tally, "begin", lambda self: None)
    for tally in (opens.tally, misses.tally):
        tally.counted.clear()


@pytest.fixture(autouse=True)
def what_a_test_wrote_counts_as_committed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Most tests are one transaction, which ends with them, and count queries as readers' requests make them."""
    from articles import public_state

    monkeypatch.setattr(public_state, "current", number_seen_by_this_connection)


def number_seen_by_this_connection() -> int | None:
    """Asked past Django, whose queries are counted. PostgreSQL draws once in a transaction: here, once a question."""
    from django.db import connection

    from articles.public_state import NUMBER

    draws_again = {"postgresql": "SELECT set_config('articles.drawn', '', true), ", "sqlite": "SELECT 1, "}
    with suppress(connection.Database.Error):
        if connection.connection is not None:
            sql = NUMBER.replace("SELECT ", draws_again[connection.vendor])
            return connection.connection.execute(sql).fetchone()[1]
    return None


@pytest.fixture(autouse=True, scope="session")
def only_this_machine() -> Iterator[None]:
    """A test that reaches for another machine fails at once."""
    connect = socket.socket.connect

    def fenced(self: socket.socket, address: Any) -> Any:
        if self.family != socket.AF_UNIX and address[0] not in ("127.0.0.1", "localhost", "::1"):
            raise AssertionError(f"a test reached for {address}")
        return connect(self, address)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(socket.socket, "connect", fenced)
        yield


@pytest.fixture(autouse=True)
def guards_lifted_before_tables_are_emptied(request: pytest.FixtureRequest) -> Iterator[None]:
    """The database refuses to delete history; a test with real transactions ends by emptying every table.

    Emptying sends post_migrate, which puts guards and roles back; what the migrations filled in is put back here.
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
    yield
    guards.lift()


@pytest.fixture(scope="session")
def shared_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One folder for all processes of this run, for what is made `once` and used by several."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


@pytest.fixture(scope="session")
def migrated(shared_folder: Path) -> Path:
    """An empty SQLite database as `migrate` leaves it, for sites in processes of their own."""

    def migrate(folder: Path) -> None:
        env = {**os.environ, "VAR_DIR": str(folder), "DATABASE_URL": "", "DJANGO_SETTINGS_MODULE": "pain_site.settings"}
        subprocess.run([sys.executable, "manage.py", "migrate", "-v0"], cwd=ROOT, env=env, check=True)

    return once(shared_folder, "migrated", migrate) / "site.sqlite3"


@pytest.fixture(scope="session")
def needs_chromium() -> None:
    if needs.chromium() is None:
        needs.left_out("Chromium", "apt-get install chromium-headless-shell, or chromium")


@pytest.fixture(scope="session")
def needs_exiftool() -> None:
    needs.program("exiftool", "apt-get install libimage-exiftool-perl")


@pytest.fixture(scope="session")
def needs_postgresql() -> None:
    needs.postgresql()


@pytest.fixture(scope="session")
def certificate_files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A server's own certificate, and one that nobody here trusts."""
    folder = tmp_path_factory.mktemp("certificates")
    return {name: certificate(folder, name) for name in ("own", "strangers")}


@pytest.fixture
def certificates(certificate_files: dict[str, Path], monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """The contexts of a relay; its own certificate is trusted, as an administrator says so to OpenSSL."""
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate_files["own"]))
    return {
        "tls": server_context(certificate_files["own"]),
        "strangers": server_context(certificate_files["strangers"]),
    }


@pytest.fixture
def own_folder(settings: Any, tmp_path: Path) -> None:
    """Where workers hold their locks and the clock beats."""
    settings.VAR_DIR = tmp_path


@pytest.fixture
def log() -> Iterator[WrittenLog]:
    """The log as it is written to standard error, from `log.begin(style)` on."""
    log = WrittenLog()
    yield log
    log.end()
