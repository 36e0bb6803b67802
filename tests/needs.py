"""What some tests need besides Python: left out with one line where it is missing, a failure under REQUIRE_ALL=1."""

import fcntl
import os
import shutil
import socket
import tempfile
from pathlib import Path

import pytest

PORTS = range(18_000, 32_000)  # below those that Linux, macOS and Windows give to whatever asks for any


def left_out(what: str, how: str) -> None:
    """Leaves a test out and says how to have it run; where everything is required, that is a failure."""
    if os.environ.get("REQUIRE_ALL") == "1":
        pytest.fail(f"{what} is missing, and REQUIRE_ALL is set: {how}")
    pytest.skip(f"{what} is missing: {how}")


def program(name: str, how: str) -> None:
    if shutil.which(name) is None:
        left_out(name, how)


def chromium() -> str | None:
    """The browser of the journeys: the one without windows, where it is installed, takes half of the processor time."""
    return shutil.which("chromium-headless-shell") or shutil.which("chromium")


def on_postgresql() -> bool:
    return os.environ.get("DATABASE_URL", "").startswith("postgres")


def postgresql() -> None:
    if not on_postgresql():
        pytest.skip("this run is on SQLite: set DATABASE_URL=postgres://USER:PASSWORD@HOST/NAME for PostgreSQL")


def free_port() -> int:
    """Each test of this machine that asks, in whichever process and run, gets the next one that nobody uses.

    So it is still free when the server starts that it is meant for, and while that server is started again.
    """
    with open(Path(tempfile.gettempdir()) / f"test-ports-{os.getuid()}", "a+") as last:
        fcntl.flock(last, fcntl.LOCK_EX)
        last.seek(0)
        port = int(last.read() or PORTS[0])
        for _port in PORTS:
            port = PORTS[(port + 1 - PORTS[0]) % len(PORTS)]
            if _is_free(port):
                last.truncate(0)
                last.write(str(port))
                return port
    raise AssertionError(f"every port from {PORTS[0]} to {PORTS[-1]} is in use")


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        try:
            probe.bind(("", port))
        except OSError:
            return False
    return True
