"""What some tests need besides Python: left out with one line where it is missing, a failure under REQUIRE_ALL=1."""

import os
import shutil
import socket

import pytest


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
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
