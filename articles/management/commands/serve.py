"""`serve`: the production server and the clock in one go."""

import hashlib
import os
import signal
import socket
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

from articles import metrics
from articles.management.base import PlainCommand
from articles.management.supervisor import Process, Supervisor, stop


class Command(PlainCommand):
    help = "Serves the site with granian and runs the clock beside it. SIGTERM stops both cleanly."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--workers", type=int, default=2, help="server processes")

    def handle(self, *, host: str, port: int, workers: int, **options: Any) -> None:
        if not 0 < port < 65536:
            raise CommandError(f"{port} is not a port. Choose one between 1 and 65535.")
        refuse_taken_port(host, port)
        collect_static()
        os.environ.update(metrics.shared())  # of both processes
        running, supervisor = server(host, port, workers), Supervisor(clock)
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


def refuse_taken_port(host: str, port: int) -> None:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as problem:
            hint = f"Choose another with --port {port + 1}." if port < 65535 else ""
            raise CommandError(f"Port {port} on {host} can’t be used ({problem.strerror}). {hint}") from problem


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


def server(host: str, port: int, workers: int) -> Process:
    module, _dot, name = settings.WSGI_APPLICATION.rpartition(".")
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port)]
    command += ["--workers", str(workers), "--blocking-threads", "8", "--backpressure", "16"]
    command += ["--log-level", "error", "--no-access-log", "--workers-kill-timeout", "5", f"{module}:{name}"]
    return subprocess.Popen(command, cwd=settings.BASE_DIR, start_new_session=True)  # noqa: S603


def clock() -> Process:
    command = [sys.executable, str(Path(settings.BASE_DIR) / "manage.py"), "clock"]
    return subprocess.Popen(command, cwd=settings.BASE_DIR, start_new_session=True)  # noqa: S603
