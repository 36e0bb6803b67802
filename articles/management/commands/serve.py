"""`serve`: the production server and the clock in one go."""

import argparse
import hashlib
import os
import signal
import subprocess
import sys
import time
from importlib.metadata import version
from pathlib import Path
from types import FrameType
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import CommandError, CommandParser

from articles.management.base import PlainCommand
from articles.management.binding import Binding
from articles.management.supervisor import Process, Supervisor, stop


class Command(PlainCommand):
    help = "Serves the site with granian and runs the clock beside it. SIGTERM stops both cleanly."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default=settings.HOST, help="an IP address, or unix:/path/of/a/socket")
        parser.add_argument("--port", type=int, default=settings.PORT)
        parser.add_argument("--workers", type=at_least_one, default=settings.WORKERS, help="server processes")
        parser.add_argument("--threads", type=at_least_one, default=settings.THREADS, help="of each server process")
        parser.add_argument(
            "--proxy-only",
            action="store_true",
            default=settings.PROXY_ONLY,
            help="only the proxies that TRUSTED_PROXIES counts can reach this address and port",
        )

    def handle(self, *, host: str, port: int, workers: int, threads: int, proxy_only: bool, **options: Any) -> None:
        binding = Binding.read(host, port)
        binding.refuse_forgery(proxies=settings.TRUSTED_PROXIES, proxy_only=proxy_only)
        binding.refuse_taken()
        collect_static()
        running, supervisor = server(binding, workers, threads), Supervisor(clock)
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, _stop)
        try:
            while running.poll() is None:
                if said := supervisor.look():
                    self.stderr.write(said)
                time.sleep(0.5)
            raise CommandError(f"The server stopped unexpectedly (exit {running.returncode}).")
        except Stopped:
            pass
        finally:
            stop([running, supervisor.process])


class Stopped(Exception):
    """Somebody asked the whole to stop."""


def _stop(number: int, frame: FrameType | None) -> None:
    raise Stopped


def at_least_one(given: str) -> int:
    number = int(given)
    if number < 1:
        raise argparse.ArgumentTypeError("has to be at least 1")
    return number


def collect_static() -> None:
    """Gathers, hashes and compresses the static files, unless that was done for exactly these."""
    stamp, wanted = Path(settings.STATIC_ROOT) / ".collected", static_sources()
    if stamp.exists() and stamp.read_text() == wanted:
        return
    call_command("collectstatic", interactive=False, verbosity=0)
    stamp.write_text(wanted)


def static_sources() -> str:
    """A digest of the name, size and time of every static file, and of the version of what compresses them."""
    seen = hashlib.sha256(version("whitenoise").encode())
    staticfiles: Any = apps.get_app_config("staticfiles")
    for finder in get_finders():
        for name, storage in finder.list(staticfiles.ignore_patterns):
            found = os.stat(storage.path(name))
            seen.update(f"{name}\0{found.st_size}\0{found.st_mtime_ns}\n".encode())
    return seen.hexdigest()


def server(binding: Binding, workers: int, threads: int) -> Process:
    module, _dot, name = settings.WSGI_APPLICATION.rpartition(".")
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", *binding.arguments()]
    command += ["--workers", str(workers), "--blocking-threads", str(threads), "--backpressure", str(2 * threads)]
    command += ["--log-level", "error", "--workers-kill-timeout", "5", f"{module}:{name}"]
    return subprocess.Popen(command, cwd=settings.BASE_DIR, start_new_session=True)  # noqa: S603


def clock() -> Process:
    command = [sys.executable, str(Path(settings.BASE_DIR) / "manage.py"), "clock"]
    return subprocess.Popen(command, cwd=settings.BASE_DIR, start_new_session=True)  # noqa: S603
