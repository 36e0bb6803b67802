"""The settings of an environment; and a real Redis on a port of its own, that tests stop, freeze and start again."""

import os
import runpy
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest
import redis
from django.core.cache import caches

from articles.pausing import Pause
from pain_site import redis_cache
from pain_site.redis_cache import LossyRedisCache
from tests import needs
from tests.management.serving import PATIENCE
from tests.pain_site.environments import GOOD, ROOT

BACKEND = "pain_site.redis_cache.LossyRedisCache"


class Server:
    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, needs.free_port()
        self.process: subprocess.Popen[bytes] | None = None
        self.use: Callable[[float], None] = lambda wait: None

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    def start(self) -> None:
        kept = ["--save", "", "--appendonly", "no", "--dir", str(self.folder), "--logfile", "log"]
        command = ["redis-server", "--bind", "127.0.0.1", "--port", str(self.port), *kept]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        until = time.monotonic() + PATIENCE
        while not self._answers():
            assert self.process.poll() is None, (self.folder / "log").read_text()
            assert time.monotonic() < until, "redis-server did not start"
            time.sleep(0.02)

    def _answers(self) -> bool:
        try:
            with redis.Redis(port=self.port) as client:
                return bool(client.ping())
        except redis.RedisError:
            return False

    def freeze(self) -> None:
        """It takes connections and answers nothing, as a machine does that has no memory left."""
        assert self.process is not None
        self.process.send_signal(signal.SIGSTOP)
        while psutil.Process(self.process.pid).status() != psutil.STATUS_STOPPED:
            time.sleep(0.01)
        self.use(redis_cache.WAIT)

    def stop(self) -> None:
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None


@pytest.fixture(scope="session")
def redis_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    needs.program("redis-server", "apt-get install redis-server")
    server = Server(tmp_path_factory.mktemp("redis"))
    yield server
    server.stop()


@pytest.fixture
def in_redis(redis_server: Server, settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """The site's cache is in that Redis, which is empty and runs. Slow, as on a busy machine, is not lost."""

    def use(wait: float) -> None:
        with monkeypatch.context() as patched:
            patched.setattr(redis_cache, "WAIT", wait)
            settings.CACHES = {**settings.CACHES, "default": {"BACKEND": BACKEND, "LOCATION": redis_server.url}}
            caches["default"]

    monkeypatch.setattr(LossyRedisCache, "pause", Pause(3600.0))
    redis_server.stop()
    redis_server.start()
    redis_server.use = use
    use(PATIENCE)
    yield redis_server
    redis_server.stop()


@pytest.fixture
def load(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., dict[str, Any]]:
    """The settings as they are with some variables, and with no others."""

    def load(**variables: str) -> dict[str, Any]:
        with monkeypatch.context() as patch:
            for name in set(os.environ) - {"PATH", "HOME"}:
                patch.delenv(name)
            for name, value in {**GOOD, "VAR_DIR": str(tmp_path), **variables}.items():
                patch.setenv(name, value)
            return runpy.run_path(str(ROOT / "pain_site" / "settings.py"))

    return load
